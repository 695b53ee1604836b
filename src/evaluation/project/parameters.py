"""Parameters of notebooks: one tagged cell of literals, names declared in evaluation.yml."""

import ast
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError
from evaluation.project.config import Config, check_parameter
from evaluation.project.folder import path_in_folder
from evaluation.project.notebook_files import read_notebook

TAG = "parameters"


def injected(config: Config, source: Path, overrides: dict[str, Any]) -> dict[str, Any]:
    """The parameters to inject into a notebook: configured values and overrides it declares.

    Raises InputError for a name in its parameters cell that evaluation.yml does not declare,
    or a default of another type.
    """
    declared = defaults(source, path_in_folder(source))
    for name, value in declared.items():
        check_parameter(config.parameters, name, value, file=path_in_folder(source))
    configured = {
        name: entry["value"] for name, entry in config.parameters.items() if "value" in entry
    }
    wanted = {**configured, **overrides}
    return {name: value for name, value in wanted.items() if name in declared}


def defaults(source: Path, name: str) -> dict[str, Any]:
    """Names and values in the parameters cell of the notebook `source`: literals only.

    name: what messages call the notebook.
    """
    cells = read_notebook(source, name)["cells"]
    code = next(
        ("".join(cell["source"]) for cell in cells if TAG in cell["metadata"].get("tags", [])), ""
    )
    try:
        statements: list[Any] = ast.parse(code).body
    except SyntaxError as error:
        raise InputError(
            name,
            "the parameters cell is Python",
            "correct the line",
            row=f"line {error.lineno or 1} of the parameters cell",
            value=error.text,
        ) from None
    found = {}
    for statement in statements:
        try:
            (target,) = statement.targets
            found[target.id] = ast.literal_eval(statement.value)
        except (AttributeError, ValueError, TypeError):
            raise InputError(
                name,
                "the parameters cell holds lines of the form name = literal",
                "move other code to the next cell",
                row=f"line {statement.lineno} of the parameters cell",
                value=ast.unparse(statement),
            ) from None
    return found

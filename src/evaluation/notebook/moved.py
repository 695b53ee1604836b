"""Imports of modules that have moved since a notebook was written."""

import ast
from importlib.util import find_spec
from pathlib import Path

import nbformat

from evaluation.base.whole_files import replace_all

METHODS = (
    *("actor_network", "bridge_building", "coding_quality", "collaboration_phases"),
    *("goal_attainment", "meetings_grants", "partnership_check", "resource_check"),
)
# what a notebook imported, below `evaluation` -> where it is now
MOVED = {
    "folder.Folder": "Folder",
    "report.open_report": "open_report",
    "comparisons.crosstab": "survey.crosstabs.crosstab",
    "indicators.population_size": "survey.population.population_size",
    "audit": "methods.source_audit.scores",
    "check": "survey.check",
    "clean": "survey.reconstruction",
    "comparisons": "stats.comparisons",
    "evidence": "methods.evidence.scores",
    "exchange": "exchange.writing",
    "explore": "report.explore",
    "figures": "report.figures",
    "folder": "project.folder",
    "goals": "stats.goal_attainment",
    "indicators": "survey.indicators",
    "intervals": "stats.intervals",
    "linkage": "disclosure.reidentification",
    "measures": "survey.measures",
    "open_answers": "survey.open_answers",
    "ordinal": "stats.ordinal",
    "provenance": "report.provenance",
    "raw_tables": "project.raw_tables",
    "raw_tables.evidence": "methods.evidence.tables",
    "report": "report.report",
    "survey": "survey.responses",
    "tables": "report.tables",
    "texts": "language.texts",
    "waves": "survey.waves",
    "wording": "report.shares",
    **{
        f"views.{name}": f"report.chapters.{name}"
        for name in (
            "about",
            "data_check",
            "open_answers",
            "privacy",
            "questions",
            "survey",
            "waves",
        )
    },
    **{
        f"views.{name}": f"methods.evidence.chapters.{name}"
        for name in (
            *("capacity", "collaboration", "elements", "frameworks", "literature"),
            *("objectives", "source_facts"),
        )
    },
    **{f"views.{name}": f"methods.{name}.chapter" for name in METHODS},
    **{f"instruments.{name}": f"methods.{name}.scores" for name in METHODS},
    "views.audit": "methods.source_audit.chapter",
    "views.evidence": "methods.evidence.chapter",
    "views.instrument": "report.formats",
    "views.number_ledger": "notebook.ledger_chapter",
}


def upgrade(root: Path) -> list[str]:
    """Write into the notebooks of a folder where what they import is now: all files, or none.

    Returns the files that changed.
    """
    files = {}
    for path in sorted([*root.glob("*.ipynb"), *root.glob("notebooks/*.ipynb")]):
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        before = [cell.source for cell in notebook.cells]
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source = upgraded(cell.source)
        if [cell.source for cell in notebook.cells] != before:
            files[path.relative_to(root).as_posix()] = f"{nbformat.writes(notebook)}\n".encode()
    replace_all(root, files)
    return list(files)


def upgraded(source: str) -> str:
    """The code of a cell with every import from where the module is now, under its old name."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a cell magic, which imports nothing of the library
        return source
    lines = source.split("\n")
    for statement in reversed(statements):
        if isinstance(statement, ast.ImportFrom):
            now = _imports(statement)
            if now != _parts(statement):
                where = slice(statement.lineno - 1, statement.end_lineno)
                lines[where] = [f"from {module} import {names}" for module, names in now.items()]
    return "\n".join(lines)


def _imports(statement: ast.ImportFrom) -> dict[str, str]:
    """Module -> the names imported from it, as it is written now."""
    found: dict[str, list[str]] = {}
    for imported in statement.names:
        module, name = _now(statement.module or "", imported.name)
        called = imported.asname or imported.name
        found.setdefault(module, []).append(name if name == called else f"{name} as {called}")
    return {module: ", ".join(names) for module, names in found.items()}


def _parts(statement: ast.ImportFrom) -> dict[str, str]:
    return {statement.module or "": ", ".join(map(ast.unparse, statement.names))}


def _now(module: str, name: str) -> tuple[str, str]:
    package, _, below = module.partition(".")
    if package != "evaluation":
        return module, name
    if f"{below}.{name}".lstrip(".") in MOVED:
        parent, _, name = MOVED[f"{below}.{name}".lstrip(".")].rpartition(".")
        return ".".join(filter(None, [package, parent])), name
    # a room may have the name of a module that was: what it holds stays where it is
    if below in MOVED and not (find_spec(module) and find_spec(f"{module}.{name}")):
        return f"{package}.{MOVED[below]}", name
    return module, name

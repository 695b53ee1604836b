"""What the files for Quarto of an earlier version say, and say now.

Version 0.1.0 let Quarto render at the root of a folder, into the published site. Quarto empties the
folder that it renders into before it runs anything, so that nothing may be rendered there now.
"""

import re
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.base.plain_files import read_text
from evaluation.base.yaml_files import read_yaml

BESIDE = ("*.qmd", "*.bib", "*.csl")
# what 0.1.0 wrote -> what stands there now; whatever else an author wrote stays, comments and all
CHANGES = (
    (
        r"(?m)^( *pre-render: *|  *- *)(['\"]?)_extensions/rapport/prepare\.py\2(?= *(?:#.*)?$)",
        r"\1evaluation quarto",
    ),
    (
        r"(?m)^( *output-dir: *)(['\"]?)reports/site/(da|en)/?\2(?= *(?:#.*)?$)",
        r"\1reports/.quarto/\3",
    ),
    (r"(?m)^ *- *(['\"]?)evaluation filter (?:da|en)\1 *(?:#.*)?\n?", ""),
    # the list of filters where none is left, and what was told of them
    (r"(?m)^ipynb-filters: *\n\n?(?! *-)", ""),
    (r"(?m)^# the filter keeps the cells of this profile's language\n", ""),
    (r"(?m)^# Quarto caches a filtered notebook by .*\n# of another length than .*\n", ""),
)


def quarto_files(root: Path) -> list[Path]:
    return sorted(root.glob("_quarto*.yml"))


def upgraded(text: str) -> str:
    """The text of a file for Quarto, with what this version says in the place of the earlier."""
    for before, after in CHANGES:
        text = re.sub(before, after, text)
    return text


def check_quarto_files(root: Path) -> None:
    """Raise InputError where Quarto, run at the root of a folder, would empty its site, and where
    what stands beside its settings cannot be read."""
    for path in quarto_files(root):
        read_yaml(path)  # refuses what is no YAML
        text = read_text(path, path.name)
        if upgraded(text) != text:
            raise InputError(
                path.name,
                "nothing lets Quarto render at the root of a folder, as version 0.1.0 did",
                "run `evaluation upgrade`, which keeps what you wrote",
            )
    for kind in BESIDE:
        for path in sorted(root.glob(kind)):
            if "\0" in read_text(path, path.name):
                raise InputError(path.name, "a text has no NUL", "remove the sign from it")

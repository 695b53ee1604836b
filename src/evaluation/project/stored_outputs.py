"""Results that JupyterLab saves in a notebook: git stores the notebook without them.

A filter of git does it (gitattributes(5), "clean"), so that it holds whoever adds the file, and
however. What is executed for the report is kept in reports/, which git leaves out.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from evaluation.base.errors import InputError

# results outside of outputs: the state of widgets, and of expressions in the text
WIDGETS, EXPRESSIONS = "widgets", "user_expressions"
SIGNS = ("output_type", WIDGETS, EXPRESSIONS)  # one of them stands in each notebook with results
NAME = "evaluation"
ATTRIBUTES = ".gitattributes"
LINE = f"*.ipynb filter={NAME}"
# of this environment, which need not be active when git runs it
COMMAND = f'"{Path(sys.executable).as_posix()}" -m evaluation.cli strip'


def stripped(text: str) -> str:
    """A notebook as git is to store it: without results, numbers of execution and times.

    text: its file. Raises InputError where that is no notebook.
    """
    try:
        notebook = json.loads(text)
        notebook.get("metadata", {}).pop(WIDGETS, None)
        for cell in notebook["cells"]:
            for entry in ("execution", EXPRESSIONS):
                cell.get("metadata", {}).pop(entry, None)
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            "what git stores", "a notebook is JSON with cells", "save it in JupyterLab again"
        ) from None
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def set_up_filter(root: Path) -> None:
    """Have git strip the notebooks of a folder, where it lies in a repository."""
    if _git(root, "rev-parse", "--is-inside-work-tree") == "true":
        _git(root, "config", f"filter.{NAME}.clean", COMMAND)
        _git(root, "config", f"filter.{NAME}.required", "true")


def unprotected(root: Path) -> list[str]:
    """The notebooks with results that git would store, by their path in the folder."""
    sources = [*root.glob("*.ipynb"), *(root / "notebooks").rglob("*.ipynb")]
    files = [path.relative_to(root).as_posix() for path in sorted(sources) if _has_results(path)]
    if not files or _git(root, "rev-parse", "--is-inside-work-tree") != "true":
        return []
    strips = _git(root, "config", f"filter.{NAME}.clean") != ""
    return [
        file
        for file in files
        if not _git(root, "check-ignore", file)
        and not (strips and _git(root, "check-attr", "filter", file).endswith(f" {NAME}"))
    ]


def remedy() -> str:
    """What to do so that git stores no results."""
    return (
        f"have the line {LINE} in {ATTRIBUTES} and run git config filter.{NAME}.clean '{COMMAND}',"
        " or clear the results before saving"
    )


def _has_results(path: Path) -> bool:
    if not path.is_file():  # a pipe would never end; it is refused where it is opened
        return False
    try:
        text = path.read_text("utf-8")
        # a build looks at every notebook, and few have any
        if not any(sign in text for sign in SIGNS):
            return False
        notebook = json.loads(text)
        return WIDGETS in notebook.get("metadata", {}) or any(
            cell.get("outputs") or EXPRESSIONS in cell.get("metadata", {})
            for cell in notebook["cells"]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False  # told elsewhere: it cannot be executed either


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing where it is not installed or refuses."""
    program = shutil.which("git")
    if program is None:
        return ""
    done = subprocess.run(
        [program, "-C", str(root), *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()

"""The Quarto route: Quarto renders the staged project."""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from evaluation.errors import InputError
from evaluation.yaml_files import read_yaml

MINIMUM = (1, 9, 17)
ENGINES = ("auto", "quarto", "embedded")


def choose(engine: str) -> tuple[str | None, str]:
    """The Quarto program for an engine, None for the embedded renderer; and why, in a line.

    Raises InputError where Quarto is asked for and cannot be used.
    """
    if engine == "embedded":
        return None, "the embedded renderer is used"
    program, why = find_quarto()
    if program is None and engine == "quarto":
        raise InputError(
            "the command line", f"--engine quarto needs Quarto, but {why}", "install Quarto"
        )
    return program, why if program else f"{why}: the embedded renderer is used"


def find_quarto() -> tuple[str | None, str]:
    """The program, or None where it is missing or too old; and what was found."""
    beside = Path(sys.executable).with_name("quarto")
    program = shutil.which("quarto") or (str(beside) if beside.is_file() else None)
    needed = ".".join(map(str, MINIMUM))
    if program is None:
        return None, "Quarto is not installed"
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = asked.stdout.strip()
    numbers = tuple(map(int, re.findall(r"\d+", version)[:3]))
    if asked.returncode or numbers < MINIMUM:
        found = version or "no version"
        return None, f"Quarto {found} is older than {needed}"
    return program, f"Quarto {version}"


def render(program: str, root: Path, profile: str) -> Path:
    """Render the staged project below `root`; returns the folder with the site and the PDF.

    Raises InputError with what Quarto said where it fails.
    """
    book = read_yaml(root / "_quarto.yml", "_quarto.yml")["book"]
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable}
    if "date" in book:
        moment = datetime.fromisoformat(book["date"]).replace(tzinfo=UTC)
        # Typst stamps a PDF with the clock unless it is told the time
        environment["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    done = subprocess.run(
        [program, "render", str(root), "--profile", profile],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-12:]
        raise InputError(
            "_quarto.yml", "Quarto renders the report, but: " + " / ".join(said), "see its message"
        )
    profile_content = read_yaml(root / f"_quarto-{profile}.yml")
    return root / profile_content["project"]["output-dir"]

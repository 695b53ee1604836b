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


def find_quarto() -> tuple[str | None, str]:
    """The program, or None; and in a line why it is used or not."""
    beside = Path(sys.executable).with_name("quarto")
    program = shutil.which("quarto") or (str(beside) if beside.is_file() else None)
    needed = ".".join(map(str, MINIMUM))
    if program is None:
        return None, "Quarto is not installed: the embedded renderer is used"
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = asked.stdout.strip()
    numbers = tuple(map(int, re.findall(r"\d+", version)[:3]))
    if asked.returncode or numbers < MINIMUM:
        found = version or "no version"
        return None, f"Quarto {found} is too old (needs {needed}): the embedded renderer is used"
    return program, f"Quarto {version}"


def render(program: str, root: Path, profile: str) -> Path:
    """Render the staged project below `root`; returns the folder with the site and the PDF.

    Raises InputError with what Quarto said where it fails.
    """
    book = read_yaml(root / "_quarto.yml", "_quarto.yml")["book"]
    environment = dict(os.environ)
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

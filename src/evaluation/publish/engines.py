"""Which engine renders a report: Quarto, where it is new enough, or the embedded renderer."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from evaluation.base.errors import InputError

ENGINES = ("auto", "quarto", "embedded")
MINIMUM = (1, 9, 17)


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

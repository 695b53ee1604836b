"""Quarto pre-render script: the executed chapters of the chosen profile, and what they read."""

import os
import sys

try:
    from evaluation.cli import main
except ModuleNotFoundError:
    raise SystemExit(
        f"{sys.executable} does not have the package `evaluation`: activate the environment that "
        "has it, such as .venv/bin, and run Quarto again"
    ) from None

profile = os.environ.get("QUARTO_PROFILE", "").split(",")[0]
raise SystemExit(main(["execute", *(["-p", f"language={profile}"] if profile else [])]))

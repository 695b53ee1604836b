"""Quarto pre-render script: the executed chapters of the chosen profile, and what they read."""

import os

from evaluation.cli import main

profile = os.environ.get("QUARTO_PROFILE", "").split(",")[0]
raise SystemExit(main(["execute", *(["-p", f"language={profile}"] if profile else [])]))

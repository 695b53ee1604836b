"""Quarto notebook filter: the chapter on stdin as it is published, executed and in one language.

`prepare.py` has made it; Quarto runs nothing itself and leaves the sources as they are.
"""

import os
import sys
from pathlib import Path

asked = sys.stdin.buffer.read()
root = Path(__file__).resolve().parents[2]
profile = os.environ.get("QUARTO_PROFILE", "").split(",")[0]
source = next((path for path in Path.cwd().glob("*.ipynb") if path.read_bytes() == asked), None)
if source is None:
    raise SystemExit(f"no notebook in {Path.cwd()} is the one that Quarto asks for")
published = root / "reports/.build" / profile / source.resolve().relative_to(root)
if not published.is_file():
    raise SystemExit(f"{source.name} is no chapter of the report: list it in _quarto.yml")
sys.stdout.buffer.write(published.read_bytes())

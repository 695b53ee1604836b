"""Quarto pre-render script: what the chapters read, and the fonts of the report."""

from evaluation.cli import main

raise SystemExit(main(["execute"]))

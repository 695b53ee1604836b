"""Quarto pre-render script: the data that the chapters read, and the fonts of the report."""

from evaluation.cli import main

raise SystemExit(main(["data"]))

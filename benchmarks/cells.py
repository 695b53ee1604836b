"""Execute the cells of all notebooks in one process, without Jupyter: what no kernel can be faster
than.

usage: python -m benchmarks.cells FOLDER, an evaluation folder whose report is built
"""

import contextlib
import io
import os
import sys
from pathlib import Path

import matplotlib as mpl
from IPython.core.interactiveshell import InteractiveShell
from nbformat import read

from benchmarks.jobs import jobs


def main(folder: Path) -> None:
    mpl.use("agg")
    for source, given in jobs(folder):
        # what a chapter finds beside itself, and what it was given
        os.chdir(source.parent)
        shell = InteractiveShell()
        cells = [cell for cell in read(source, as_version=4).cells if cell.cell_type == "code"]
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in cells:
                shell.run_cell(cell.source).raise_error()
                if "parameters" in cell.metadata.get("tags", []):
                    shell.push(given)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

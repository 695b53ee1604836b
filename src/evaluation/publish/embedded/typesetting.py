"""Typst in a process of its own: what it takes for a long report is given back when it ends.

usage: python -m evaluation.publish.embedded.typesetting, with what to set as JSON in its input
"""

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock

import typst

from evaluation.base.errors import InputError

# a long report takes hundreds of megabytes: one at a time
ALONE = Lock()


def typeset(source: Path, fonts: Path, standards: list[str], stamp: int | None) -> bytes:
    """The PDF of a Typst document.

    fonts: a folder, no other fonts are used; standards: of PDF, as Typst names them; stamp: the
    time of the PDF in seconds of 1970, None for now. Raises InputError where Typst cannot set it.
    """
    output = source.with_suffix(".pdf")
    asked = {
        "input": str(source),
        "output": str(output),
        "font_paths": [str(fonts)],
        "ignore_system_fonts": True,
        "pdf_standards": standards,
        "timestamp": stamp,
    }
    with ALONE:
        done = subprocess.run(
            [sys.executable, "-m", __spec__.name],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise InputError(
            "the PDF",
            f"Typst sets the report, but: {done.stderr.strip()}",
            "correct the text or the partials",
        )
    return output.read_bytes()


def main() -> None:
    try:
        typst.compile(**json.load(sys.stdin))
    except typst.TypstError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

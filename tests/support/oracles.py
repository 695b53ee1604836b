"""What R gives for the same inputs: tests/data/oracles, each made by the R script beside it.

A case has what was given, what was found, and by which function of which package. Nothing here
needs R.
"""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "data/oracles"
FEWEST = 8


def cases(subject: str, of: str) -> list[Any]:
    """(given, found) of each case of a function, at least `FEWEST`."""
    told = json.loads((FOLDER / f"{subject}.json").read_text("utf-8"))
    found = [case for case in told["cases"] if case["of"] == of]
    assert len(found) >= FEWEST, of
    return [
        pytest.param(case["given"], case["found"], id=f"{of}-{number}")
        for number, case in enumerate(found)
    ]

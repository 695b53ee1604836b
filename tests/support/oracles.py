"""What R gives for the same inputs: tests/data/oracles, each made by the R script beside it.

A case has what was given, what was found, and by which function of which package. Nothing here
needs R.
"""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "data/oracles"


def cases(subject: str, of: str, fewest: int = 8) -> list[Any]:
    """(given, found) of each case of a function, of which there are at least so many."""
    told = json.loads((FOLDER / f"{subject}.json").read_text("utf-8"))
    found = [case for case in told["cases"] if case["of"] == of]
    assert len(found) >= fewest, of
    return [
        pytest.param(case["given"], case["found"], id=f"{of}-{number}")
        for number, case in enumerate(found)
    ]

"""The codebook fragments of the instruments."""

from pathlib import Path

import evaluation
from evaluation.codebook import Codebook, load_codebook

ITEMS = Path(evaluation.__file__).parent / "instruments" / "items"


def fragment(name: str) -> Codebook:
    """The fragment of an instrument, which has every text in both languages.

    That it does is a rule of the codebook; here is only checked that no text is the other's copy
    by mistake, and that each question bears the name of its instrument.
    """
    codebook = load_codebook(ITEMS / f"{name}.yml", f"{name}.yml")
    assert all(question.startswith(f"{name}_") for question in codebook.questions)
    for question in codebook.questions.values():
        assert question.question["da"] != question.question["en"], question.id
    return codebook


def codes_of(column) -> set[str]:
    """The closed list of values of a column of a raw table."""
    return set(column.checks[0].statistics["allowed_values"])

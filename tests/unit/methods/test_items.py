"""methods.items: what comes with the library for every method."""

import pytest

from evaluation.methods.items import FILE, METHODS, fragment


@pytest.mark.parametrize("name", sorted(path.parent.name for path in METHODS.glob(f"*/{FILE}")))
def test_every_instrument_has_its_questions(name):
    assert fragment(name).questions
    assert fragment(name) is fragment(name)


def test_an_unknown_instrument_names_those_that_exist():
    with pytest.raises(KeyError, match=r"partnership_check, resource_check, not \.\./x"):
        fragment("../x")

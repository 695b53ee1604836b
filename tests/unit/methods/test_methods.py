"""methods: what comes with the library for all of them."""

import pytest

from evaluation.methods import ITEMS, fragment


@pytest.mark.parametrize("name", sorted(path.stem for path in ITEMS.iterdir()))
def test_every_instrument_has_its_questions(name):
    assert fragment(name).questions
    assert fragment(name) is fragment(name)


def test_an_unknown_instrument_names_those_that_exist():
    with pytest.raises(KeyError, match=r"partnership_check, resource_check, not \.\./x"):
        fragment("../x")

"""methods.items: what comes with the library for every method."""

import pytest

from evaluation.base.methods import methods
from evaluation.project.items import BROUGHT, brought, check_codes, fragment

BRINGING = [name for name, method in methods().items() if (method.folder / BROUGHT).is_file()]


def test_most_methods_bring_questions():
    assert len(BRINGING) == 8


@pytest.mark.parametrize("name", BRINGING)
def test_every_instrument_has_its_questions(name):
    assert fragment(name).questions
    assert fragment(name) is fragment(name)


def test_an_unknown_instrument_names_those_that_exist():
    with pytest.raises(KeyError, match=r"partnership_check, resource_check, not \.\./x"):
        fragment("../x")


def test_what_a_method_brings_is_known_again_where_it_was_read_at_once_with_another_thread():
    read_by_one = dict(brought())
    brought.cache_clear()
    fragment.cache_clear()
    theme = "meetings_grants_theme"
    assert brought()[theme] is not read_by_one[theme]
    check_codes(read_by_one, {theme: None})

"""report.order: a sentence names whatever comes first, and what ties together."""

import re
from itertools import permutations, product

import pytest

from evaluation.language.texts import LANGUAGES, texts
from evaluation.report.order import Order, Ranked
from evaluation.report.provenance import Origin
from evaluation.report.shares import Share

NAMES = "wxyz"


def order(*counts: int | None, language: str = "en") -> Order:
    """w, x, y, z with these counts of 16, as a report hands them over: largest first."""
    words = texts(language)
    entries = [
        Ranked(
            name, name, Share(k, 16, words, population=21, origin=Origin((name,), "f.csv", (i,)))
        )
        for i, (name, k) in enumerate(zip(NAMES, counts, strict=False))
    ]
    known = sorted((e for e in entries if not e.share.hidden), key=lambda e: -e.share.k)
    return Order([*known, *(e for e in entries if e.share.hidden)], words)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("counts", list(permutations((14, 11, 8))))
def test_the_first_and_the_last_are_named_wherever_they_stand_in_the_codebook(counts):
    named = dict(zip(counts, NAMES, strict=False))
    found = order(*counts)
    assert (found.first.label, found.last.label) == (named[14], named[8])
    assert plain(found.first.full) == "14 of 16 (88%)"
    assert plain(found.between) == f"In between is {named[11]} (11 of 16)."


def test_entries_may_be_handed_over_in_any_order():
    entries = order(14, 11, None, 8)._entries
    for turned in permutations(entries):
        found = Order(list(turned), texts("en"))
        assert [entry.id for entry in found.entries] == ["w", "x", "z", "y"]


def test_what_ties_is_named_together_with_the_share_of_each():
    found = order(14, 8, 14, 8)
    assert found.first.label == "w and y" and found.last.label == "x and z"
    assert plain(found.first.full) == "14 of 16 (88%) each"
    assert plain(order(14, 8, 14, language="da").first.full) == "hver 14 af 16 (88 %)"
    assert found.between == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("counts", list(product((2, 5, 9), repeat=4)))
def test_every_entry_is_named_once_and_every_standing_agrees_with_the_places(counts, language):
    found = order(*counts, language=language)
    words = texts(language)
    ends = {found.first.label, found.last.label}
    told = " ".join([*ends, found.between])
    assert sorted(re.findall(rf"\b[{NAMES}]\b", told)) == list(NAMES)
    for name, count in zip(NAMES, counts, strict=True):
        tied = counts.count(count) > 1
        if count == max(counts):
            expected = "joint_first" if tied else "first"
        elif count == min(counts):
            expected = "joint_last" if tied else "last"
        else:
            expected = "between"
        assert found.standing(name) == words(f"order.standing.{expected}")


def test_all_but_the_first_follow_largest_first_with_their_counts():
    assert plain(order(4, 10, 8).after_first) == (
        "Next, in descending order, come y (8 of 16) and w (4 of 16)."
    )
    assert order(4, 4).after_first == ""


def test_a_hidden_share_has_no_place_and_the_others_theirs_among_those_shown():
    found = order(None, 12, 9, 12)
    assert found.first.label == "x and z (among those shown)"
    assert plain(found.first.full) == "12 of 16 (75%) each"
    assert found.last.label == "y (among those shown)"
    assert plain(found.after_first) == "Next comes y (9 of 16)."
    assert found.between == ""
    assert [found.standing(name) for name in NAMES] == [
        "in a place that is hidden",
        "joint first among those shown",
        "last among those shown",
        "joint first among those shown",
    ]


def test_where_every_share_is_hidden_so_are_the_places():
    found = order(None, None)
    for place in (found.first, found.last):
        assert place.label == "a hidden item"
        assert plain(place.full) == "a hidden number of 16"
        assert plain(place.share.bounds) == "a hidden number of 21"
    assert found.between == found.after_first == ""


def test_what_is_told_remembers_the_figures_behind_it():
    found = order(14, 14, 8)
    assert found.first.label.origin.rows == found.first.full.origin.rows == (0, 1)
    assert found.last.full.origin.k == 8
    assert found.after_first.origin.about == ("y",)
    assert found.standing("y").origin.about == ("w", "x", "y")


def test_an_unknown_entry_names_those_that_exist():
    with pytest.raises(KeyError, match="the order has x, w, not q"):
        order(4, 10).standing("q")

"""base.rounding: half-up percentages, in one place only."""

import csv
import json
import re
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evaluation
from evaluation.base.rounding import counts_printed_as, percent

# how Python, numpy, pandas, Babel, JavaScript and Typst format or round a share
FORMATTERS = re.compile(
    r":[^{}\n]*\.\d+[%f]\}|%\.\d+[f%]|\bround\(|format_percent|fmt_percent|toFixed"
)
TEXT_FILES = {".py", ".yml", ".json", ".js", ".html", ".typ", ".css", ".lua"}


def printed(repository) -> list[dict]:
    with (repository / "data/raw/published_figures.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["percent"]]


@pytest.mark.slow
def test_every_percentage_up_to_200_answers_is_the_exact_share_rounded_half_up():
    for n in range(1, 201):
        for k in range(n + 1):
            assert percent(k, n) == floor(Fraction(100 * k, n) + Fraction(1, 2)), (k, n)


@pytest.mark.parametrize("decimals", [1, 2])
def test_every_percentage_with_decimals_is_the_exact_share_rounded_half_up(decimals):
    scale = 10**decimals
    for n in range(1, 101):
        for k in range(n + 1):
            exact = Fraction(floor(Fraction(100 * scale * k, n) + Fraction(1, 2)), scale)
            assert Fraction(percent(k, n, decimals)) == exact, (k, n)


@pytest.mark.slow
@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_large_surveys_round_half_up_too(share):
    k, n = share
    assert percent(k, n) == floor(Fraction(100 * k, n) + Fraction(1, 2))


# methods.md 0.1: 63 % is 10 of 16 and 13 % is 2 of 16; half-even prints 62 and 12
@pytest.mark.parametrize(("k", "shown"), [(10, "63"), (2, "13"), (6, "38"), (14, "88")])
def test_a_tie_goes_up(k, shown):
    assert str(percent(k, 16)) == shown


@pytest.mark.parametrize(("k", "n"), [(-1, 16), (17, 16), (0, 0), (1, -1)])
def test_what_is_no_share_has_no_percentage(k, n):
    with pytest.raises(ValueError, match=f"not {k} of {n}"):
        percent(k, n)


def test_a_percentage_is_a_decimal_and_never_a_float():
    assert isinstance(percent(1, 3, 2), Decimal)


@pytest.mark.slow
def test_counts_printed_as_is_the_inverse_of_percent():
    for n in range(1, 121):
        found = {value: counts_printed_as(value, n) for value in range(101)}
        assert sorted(k for counts in found.values() for k in counts) == list(range(n + 1))
        assert all(percent(k, n) == value for value, counts in found.items() for k in counts)


def test_seven_printed_numbers_would_be_impossible_under_half_even(repository):
    # methods.md 0.1: 63 % three times and 13 % four times
    impossible = [
        int(row["percent"])
        for row in printed(repository)
        if int(row["percent"])
        not in {round(Fraction(100 * k, int(row["n"]))) for k in range(int(row["n"]) + 1)}
    ]
    assert sorted(impossible) == [13] * 4 + [63] * 3


def test_every_printed_number_is_possible_under_half_up(repository):
    rows = printed(repository)
    assert len(rows) >= 50
    for row in rows:
        assert counts_printed_as(int(row["percent"]), int(row["n"])), row


def test_sixteen_is_the_only_n_below_32_that_gives_all_its_percentages(repository):
    # methods.md 0.2
    values = {int(row["percent"]) for row in printed(repository) if row["n"] == "16"}
    assert [n for n in range(1, 32) if all(counts_printed_as(v, n) for v in values)] == [16]


@pytest.mark.parametrize("bad", ['f"{k / n:.0%}"', "'%.1f' % x", "round(x)", 'f"{x:5.1f}"'])
def test_the_search_for_other_formatters_finds_them(bad):
    assert FORMATTERS.search(bad)


# these round places on a drawing, which are no shares
GEOMETRY = ("placing.py", "profile.py", "layout.py")


@pytest.mark.slow
def test_no_other_module_formats_or_rounds_a_share(repository):
    searched = (Path(evaluation.__file__).parent, repository / "_extensions")
    found = (path for folder in searched for path in sorted(folder.rglob("*")))
    paths = [path for path in found if path.suffix in TEXT_FILES]
    assert {path.suffix for path in paths} == TEXT_FILES
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in paths
        if path.name not in {"rounding.py", *GEOMETRY}
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if FORMATTERS.search(line)
    ]
    assert found == []


def test_no_notebook_formats_or_rounds_a_share(repository):
    paths = sorted((repository / "notebooks").glob("*.ipynb"))
    assert paths
    for path in paths:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            assert not FORMATTERS.search("".join(cell["source"])), path.name

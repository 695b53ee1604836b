"""The partnership check: what partners find strong and weak, and what they disagree on."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd

from evaluation.methods import items
from evaluation.methods.partnership_check.tables import DONT_KNOW, ELEMENTS, FAMILIES, RATINGS
from evaluation.report import formats
from evaluation.report.figures import Drawing
from evaluation.report.figures.profile import Point, profile
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown

NAME = "partnership_check"
RAW = "partner_ratings"
DISAGREEMENT = ("range", "sd", "agreement")


# figures
# the method's own words
_text = partial(formats.text, method=NAME)
_column = partial(formats.column, method=NAME)


def medians(report: Report, family: str) -> Drawing:
    """The median rating of a family's elements in the first and the last wave, with the range.

    report: from `open_report`; family: `relational`, `structural` or `organisational`.
    """
    blocks = formats.first_and_last(report, report.read("partnership_check_profile"))
    found = {
        series: rows.drop_duplicates("element").set_index("element")
        for series, rows in blocks.items()
    }
    rows = [
        (
            name,
            [
                Point(
                    series,
                    *(
                        formats.known(of.loc[element, column])
                        for column in ("median", "lowest", "highest")
                    ),
                )
                for series, of in found.items()
            ],
        )
        for element, name in _elements(report, family).items()
    ]
    drawing = profile(rows if found else [], list(found), _scale(report), report.texts)
    return formats.with_numbers(drawing, formats.points(report, rows), RAW, NAME)


def sectors(report: Report, family: str) -> Drawing:
    """The median rating of a family's elements in each sector, in the last wave.

    report: from `open_report`; family: `relational`, `structural` or `organisational`.
    """
    found = formats.last_wave(report.read("partnership_check_sectors"))
    names = _sectors(report, found)
    medians = found.set_index(["element", "sector"])["median"]
    rows = [
        (
            name,
            [
                Point(called, formats.known(medians[element, sector]))
                for sector, called in names.items()
            ],
        )
        for element, name in _elements(report, family).items()
    ]
    drawing = profile(rows if names else [], list(names.values()), _scale(report), report.texts)
    return formats.with_numbers(drawing, formats.points(report, rows), RAW, NAME)


# tables


def ratings(report: Report, family: str) -> Markdown:
    """How many partners gave each rating of a family's elements, in the last wave.

    report: from `open_report`; family: `relational`, `structural` or `organisational`.
    """
    found = formats.last_wave(report.read("partnership_check_profile"))
    names = _answers(report)
    rows = []
    for element, name in _elements(report, family).items():
        of = found[found["element"] == element].set_index("answer")
        if of.empty:
            continue
        n, middle = of[["n", "median"]].iloc[0]
        counts = [formats.number(report, of.loc[answer, "k"]) for answer in names]
        told = _median(report, middle, bool(of["suppressed"].any()))
        rows.append([name, *counts, formats.number(report, n), told])
    columns = [
        _column(report, "element", 26),
        *(Column(heading, 9, numeric=True) for heading in names.values()),
        _column(report, "n", 7, numeric=True),
        _column(report, "median", 14),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


def disagreement(report: Report, family: str) -> Markdown:
    """How far the partners disagree about a family's elements, in the last wave.

    report: from `open_report`; family: `relational`, `structural` or `organisational`.
    """
    found = formats.last_wave(report.read("partnership_check_disagreement"))
    names = _elements(report, family)
    rows = [
        [
            names[row["element"]],
            formats.number(report, row["rated"]),
            *(_figure(report, row[column], row["suppressed"]) for column in DISAGREEMENT),
        ]
        for _, row in found[found["element"].isin(list(names))].iterrows()
    ]
    columns = [
        _column(report, "element", 34),
        _column(report, "rated", 12, numeric=True),
        *(_column(report, column, 14, numeric=True) for column in DISAGREEMENT),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


def by_sector(report: Report, family: str) -> Markdown:
    """The median of a family's elements in each sector, and how far sectors are apart.

    report: from `open_report`; family: `relational`, `structural` or `organisational`.
    """
    found = formats.last_wave(report.read("partnership_check_sectors"))
    names = _sectors(report, found)
    rows = []
    for element, name in _elements(report, family).items():
        of = found[found["element"] == element].set_index("sector")
        if of.empty:
            continue
        told = [_median(report, of["median"][sector], of["suppressed"][sector]) for sector in names]
        rows.append([name, *told, _figure(report, of["gap"].iloc[0], bool(of["suppressed"].any()))])
    columns = [
        _column(report, "element", 30),
        *(Column(heading, 17) for heading in names.values()),
        _column(report, "gap", 10, numeric=True),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


# sentences


def extremes(report: Report) -> str:
    """The elements with the highest and the lowest median in the last wave.

    report: from `open_report`.
    """
    profiled = formats.last_wave(report.read("partnership_check_profile"))
    if profiled.empty:
        return _sourced(_text(report, "nobody"))
    found = report.read("partnership_check_extremes")
    found = found[found["wave"] == profiled["wave"].iloc[0]]
    if found.empty:
        shown = profiled.dropna(subset="median")
        key = "extremes.none" if shown.empty else "extremes.alike"
        return _sourced(_text(report, key))
    fields = {}
    for place, rows in found.groupby("place"):
        fields[place] = _listed(report, rows["element"])
        fields[f"{place}_level"] = formats.level(report, rows["median"].iloc[0], _scale(report))
    told = [_text(report, "extremes.found", **fields)]
    ranked, elements = map(int, found[["ranked", "elements"]].iloc[0])
    if ranked < elements:
        missing = formats.of_all(report, elements - ranked, elements)
        told.append(_text(report, "extremes.rest", missing=missing))
    return _sourced(*told)


def least_agreement(report: Report) -> str:
    """The elements on which partners agree least in the last wave.

    report: from `open_report`.
    """
    found = formats.last_wave(report.read("partnership_check_disagreement"))
    agreement = found.set_index("element")["agreement"].dropna()
    if agreement.empty:
        return _sourced(_text(report, "agreement.none"))
    least = agreement.min()
    if least == 1:
        return _sourced(_text(report, "agreement.full"))
    told = {
        "elements": _listed(report, agreement.index[agreement == least]),
        "value": formats.decimal(report, least),
    }
    return _sourced(_text(report, "agreement.least", **told))


def widest_gap(report: Report) -> str:
    """The elements on which sectors are furthest apart in the last wave.

    report: from `open_report`.
    """
    found = formats.last_wave(report.read("partnership_check_sectors"))
    gaps = found.drop_duplicates("element").set_index("element")["gap"].dropna()
    if gaps.empty:
        return _sourced(_text(report, "gap.none"))
    widest = gaps.max()
    if not widest:
        return _sourced(_text(report, "gap.alike"))
    told = {
        "elements": _listed(report, gaps.index[gaps == widest]),
        "gap": formats.decimal(report, widest),
    }
    return _sourced(_text(report, "gap.widest", **told))


# what they share


def _sourced(*told: str) -> str:
    return formats.sourced(" ".join(told), RAW, NAME)


def _elements(report: Report, family: str) -> dict[str, str]:
    """Element -> label. Raises KeyError, naming what exists, for an unknown family."""
    if family not in FAMILIES:
        raise KeyError(f"the families are {', '.join(FAMILIES)}, not {family}")
    return {element: items.label(report, NAME, element) for element in FAMILIES[family]}


def _listed(report: Report, elements: Iterable[str]) -> str:
    return formats.quoted(report, [items.label(report, NAME, element) for element in elements])


def _sectors(report: Report, found: pd.DataFrame) -> dict[str, str]:
    """Sector -> label of those that have partners."""
    names = items.options(report, NAME, "sector")
    return {sector: names[sector] for sector in items.in_order(found["sector"], names)}


def _answers(report: Report) -> dict[str, str]:
    """Answer -> label, the best rating first."""
    names = items.options(report, NAME, ELEMENTS[0])
    rated = {rating: names[f"rating_{rating}"] for rating in reversed(RATINGS)}
    return rated | {DONT_KNOW: names[DONT_KNOW]}


def _scale(report: Report) -> list[str]:
    """The ratings from the lowest."""
    return [_answers(report)[rating] for rating in RATINGS]


def _median(report: Report, value: Any, hidden: bool) -> str:
    if pd.notna(value):
        return formats.level(report, value, _scale(report))
    return report.texts("hidden" if hidden else "not_available")


def _figure(report: Report, value: Any, hidden: bool) -> str:
    if pd.notna(value):
        return formats.decimal(report, value)
    return report.texts("hidden" if hidden else "not_available")

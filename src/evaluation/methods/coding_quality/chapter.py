"""Coding quality: in how many cases codes occur, whether coders agree, and saturation."""

from functools import partial
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.methods import items
from evaluation.report import formats
from evaluation.report.figures import Drawing, bars
from evaluation.report.provenance import Origin
from evaluation.report.report import Report
from evaluation.report.shares import Share
from evaluation.report.tables import Markdown
from evaluation.stats.agreement import CONFIDENCE, RELIABLE, TENTATIVE

NAME = "coding_quality"
RAW = "codings"


# figures
# the method's own words
_text = partial(formats.text, method=NAME)
_column = partial(formats.column, method=NAME)


def occurrence(report: Report) -> Drawing:
    """In how many cases each code occurs; what is hidden stands last, in the order of the data.

    report: from `open_report`.
    """
    rows = [(_code(report, row.code), _cases(report, row)) for row in each_row(_codes(report))]
    rows.sort(key=lambda row: (1,) if row[1].hidden else (0, -row[1].k / row[1].n))
    return bars(rows, report.texts)


# tables


def codes(report: Report) -> Markdown:
    """In how many cases and readings each code was given, and how far coders agree on it.

    report: from `open_report`.
    """
    rows = []
    for row in each_row(_codes(report)):
        rows.append(
            [
                _code(report, row.code),
                _cases(report, row).count_of_n,
                _readings(report, row),
                _figure(report, row.alpha, row.suppressed),
                _interval(report, row),
                _figure(report, row.kappa, row.suppressed),
                _reason(report, row.reason),
            ]
        )
    columns = [
        _column(report, "code", 22),
        _column(report, "cases", 14),
        _column(report, "readings", 18),
        _column(report, "alpha", 9, numeric=True),
        _column(report, "interval", 14),
        _column(report, "kappa", 9, numeric=True),
        _column(report, "reason", 20),
    ]
    return formats.table(report, columns, rows, RAW)


def agreement(report: Report) -> Markdown:
    """How far coders agree on all codes together.

    report: from `open_report`.
    """
    rows = [
        [
            _text(report, f"measures.{row.measure}"),
            _figure(report, row.value, False),
            _interval(report, row),
            *(report.number(int(getattr(row, name))) for name in ("units", "codings", "coders")),
            _reason(report, row.reason),
        ]
        for row in each_row(report.read("coding_quality_agreement"))
    ]
    columns = [
        _column(report, "measure", 22),
        _column(report, "value", 9, numeric=True),
        _column(report, "interval", 14),
        *(_column(report, name, 11, numeric=True) for name in ("units", "codings", "coders")),
        _column(report, "reason", 20),
    ]
    return formats.table(report, columns, rows, RAW)


def runs(report: Report) -> Markdown:
    """How many new codes each run of cases brought; hidden where a code is.

    report: from `open_report`.
    """
    rows = [
        [
            report.texts(
                "range", low=report.number(int(row.first)), high=report.number(int(row.last))
            ),
            formats.number(report, row.new),
            report.number(int(row.base_codes)),
            report.texts("hidden") if pd.isna(row.share) else formats.percentage(report, row.share),
        ]
        for row in each_row(_runs(report))
    ]
    names = ("run", "new", "base_codes", "share")
    columns = [_column(report, name, 20, numeric=name != "run") for name in names]
    return formats.table(report, columns, rows, RAW)


# sentences


def reliable(report: Report) -> str:
    """For how many codes coders agree well enough to rely on them, and where there is no alpha.

    report: from `open_report`.
    """
    table = _codes(report)
    if table.empty:
        return _text(report, "reliable.none")
    known = table["alpha"].dropna()
    sentences = []
    if len(known):
        fields = {
            "reliable": formats.of_all(report, int((known >= RELIABLE).sum()), len(table)),
            "tentative": report.number(int(((known >= TENTATIVE) & (known < RELIABLE)).sum())),
            "below": report.number(int((known < TENTATIVE).sum())),
            "limit": formats.decimal(report, RELIABLE, 3),
            "lower_limit": formats.decimal(report, TENTATIVE, 3),
        }
        sentences.append(_text(report, "reliable.counted", **fields))
    for key, some in (
        ("hidden", table["suppressed"]),
        ("undefined", table["alpha"].isna() & ~table["suppressed"]),
    ):
        if some.any():
            counted = formats.of_all(report, int(some.sum()), len(table))
            sentences.append(_text(report, f"reliable.{key}", codes=counted))
    return formats.sourced(" ".join(sentences), RAW)


def overall(report: Report) -> str:
    """How far coders agree on all codes together, or why that is not told.

    report: from `open_report`.
    """
    table = report.read("coding_quality_agreement")
    if table.empty:
        hidden = _codes(report)["suppressed"].any()
        return _text(report, "overall.hidden" if hidden else "overall.together")
    row = table.iloc[0]
    if pd.isna(row["value"]):
        return _text(report, "overall.undefined", reason=_reason(report, row["reason"]))
    fields = {name: report.number(int(row[name])) for name in ("units", "coders")} | {
        "alpha": formats.decimal(report, row["value"])
    }
    sentence = _text(report, "overall.alpha", **fields)
    if pd.notna(row["low"]):
        ends = {end: formats.decimal(report, row[end]) for end in ("low", "high")}
        sentence += " " + _text(report, "overall.interval", confidence=confidence(report), **ends)
    return formats.sourced(sentence, RAW)


def saturation(report: Report) -> str:
    """Whether new cases still brought new codes, by the rule that the scores were made with.

    report: from `open_report`.
    """
    row = report.read("coding_quality_saturation").iloc[0]
    if row["status"] == "not_assessable":
        key = "no_base"
        if row["suppressed"] or row["cases"] < row["fewest"]:
            key = "few_hidden" if row["suppressed"] else "few"
        fields = {"cases": formats.number(report, row["cases"])}
        fields["fewest"] = report.number(int(row["fewest"]))
        return formats.sourced(_text(report, f"saturation.{key}", **fields), "coding_units")
    fields = {name: report.number(int(row[name])) for name in ("base", "run", "cases")}
    fields["threshold"] = formats.percentage(report, row["threshold"])
    if row["status"] == "not_reached":
        return formats.sourced(_text(report, "saturation.not_reached", **fields), RAW)
    fields["after"] = report.number(int(row["after"]))
    sentences = [_text(report, "saturation.reached", **fields)]
    table = _runs(report)
    later = table[table["first"] > row["after"] + 1]
    more = int((later["share"] > row["threshold"]).sum())
    if more:
        counted = formats.of_all(report, more, len(later))
        sentences.append(_text(report, "saturation.later", runs=counted))
    return formats.sourced(" ".join(sentences), RAW)


def confidence(report: Report) -> str:
    """The confidence of the intervals, in percent.

    report: from `open_report`.
    """
    return formats.percentage(report, CONFIDENCE)


# what they share


def _codes(report: Report) -> pd.DataFrame:
    return report.read("coding_quality_codes")


def _code(report: Report, code: str) -> str:
    """What a code is called; without declared codes the table has their names."""
    return items.options(report, NAME, "code").get(code, code)


def _runs(report: Report) -> pd.DataFrame:
    """The runs of saturation. Each is of few cases, the next one of all of these but one: beside
    a hidden code, what each brought would tell which case has it."""
    table = report.read("coding_quality_runs")
    if _codes(report)["suppressed"].any():
        table = table.assign(new=float("nan"), share=float("nan"))
    return table


def _cases(report: Report, row: Any) -> Share:
    """In how many of all cases a code occurs."""
    k, n = (None if pd.isna(value) else int(value) for value in (row.cases, row.of))
    return Share(k, n, report.texts, origin=_origin(row))


def _readings(report: Report, row: Any) -> str:
    """In how many of all readings a code was given."""
    if row.suppressed or not row.n:
        return report.texts("hidden" if row.suppressed else "not_available")
    return Share(int(row.k), int(row.n), report.texts, origin=_origin(row)).full


def _origin(row: Any) -> Origin:
    return Origin((row.code,), f"data/raw/{RAW}.csv")


def _figure(report: Report, value: Any, hidden: bool) -> str:
    if pd.notna(value):
        return formats.decimal(report, value)
    return report.texts("hidden" if hidden else "not_available")


def _interval(report: Report, row: Any) -> str:
    if pd.isna(row.low):
        return report.texts("hidden" if getattr(row, "suppressed", False) else "not_available")
    ends = {end: formats.decimal(report, getattr(row, end)) for end in ("low", "high")}
    return _text(report, "interval", **ends)


def _reason(report: Report, reason: Any) -> str:
    """Why there is no agreement beyond chance, or no interval; empty where there are both."""
    return "" if pd.isna(reason) else _text(report, f"reasons.{reason}")

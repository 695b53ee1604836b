"""The second coding of the findings: how far it agrees with the first."""

from functools import partial

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.report import formats
from evaluation.report.provenance import Count, Origin, told
from evaluation.report.report import Report
from evaluation.report.shares import Share
from evaluation.report.tables import Column, Markdown
from evaluation.stats.agreement import CONFIDENCE, RELIABLE, TENTATIVE

SECOND = "data/raw/second_codings.csv"


def table(report: Report) -> Markdown:
    """Agreement of the codings, a row a variable: findings coded alike, Krippendorff's alpha.

    report: from `open_report`.
    """
    rows = [
        [
            report.texts(f"evidence.agreement.variables.{row.variable}"),
            _share(report, row.k, row.n).full,
            _decimal(report, row.alpha),
            _interval(report, row),
        ]
        for row in each_row(report.read("coding_agreement"))
    ]
    column = partial(_column, report)
    columns = [
        column("variable", 25),
        column("same", 30),
        column("alpha", 20, numeric=True),
        column("interval", 25),
    ]
    return formats.told_table(report, columns, rows)


def read_again(report: Report) -> str:
    """How many findings were coded again.

    report: from `open_report`.
    """
    found = report.read("second_codings")
    return report.number(_count(report, len(found)))


def shared(report: Report) -> Share:
    """On how many findings the codings have one element at least in common.

    report: from `open_report`. Raises KeyError where nothing was coded again.
    """
    table = report.read("coding_agreement").set_index("variable")
    return _share(report, *map(int, table.loc["elements", ["shared", "n"]]))


def limits(report: Report) -> dict[str, str]:
    """From which alpha on a coding can be relied on, and from which on conclusions are tentative.

    report: from `open_report`. Keys: `reliable`, `tentative`.
    """
    return {
        name: told(formats.decimal(report, limit, 3), _count(report, 0))
        for name, limit in (("reliable", RELIABLE), ("tentative", TENTATIVE))
    }


def confidence(report: Report) -> str:
    """How often the interval of alpha holds what is true: `95%`.

    report: from `open_report`.
    """
    return told(formats.percentage(report, CONFIDENCE), _count(report, 0))


def _share(report: Report, k: int, n: int) -> Share:
    return report.share_of(_count(report, k), _count(report, n))


def _count(report: Report, number: int) -> Count:
    rows = tuple(map(int, report.read("second_codings")["row"]))
    return Count(int(number), Origin((), SECOND, rows))


def _decimal(report: Report, value: float) -> str:
    if pd.isna(value):
        return report.texts("not_available")
    return told(formats.decimal(report, value), _count(report, 0))


def _interval(report: Report, row: pd.Series) -> str:
    if pd.isna(row.low):
        return report.texts("not_available")
    low, high = (formats.decimal(report, end) for end in (row.low, row.high))
    return told(report.texts.span(low, high), _count(report, 0))


def _column(report: Report, key: str, width: int, numeric: bool = False) -> Column:
    return Column(report.texts(f"evidence.agreement.columns.{key}"), width, numeric)

"""Numbers that the documents state about what they rest on."""

from typing import Any

from evaluation.report.provenance import Count, Origin, told
from evaluation.report.report import Report
from evaluation.report.shares import Share

FILE = "data/raw/source_facts.csv"


def value(report: Report, name: str) -> int:
    """A number to calculate with; raises KeyError, naming what exists, for an unknown one.

    report: from `open_report`; name: id of one, see `data/raw/source_facts.csv`.
    """
    table = report.read("source_facts").set_index("id")
    if name not in table.index:
        raise KeyError(f"the documents state {', '.join(table.index)}, not {name}")
    row: Any = table.loc[name]
    return Count(int(row["value"]), Origin((name,), FILE, (int(row["row"]),)))


def number(report: Report, name: str) -> str:
    """A number in the format of the language.

    report: from `open_report`; name: as in `value`.
    """
    return report.number(value(report, name))


def year(report: Report, name: str) -> str:
    """A year, without thousands mark.

    report: from `open_report`; name: as in `value`.
    """
    stated = value(report, name)
    return told(str(stated), stated)


def word(report: Report, name: str) -> str:
    """A number as a word up to twelve.

    report: from `open_report`; name: as in `value`.
    """
    return report.word(value(report, name))


def share(report: Report, part: str, whole: str) -> Share:
    """One number as a share of another.

    report: from `open_report`; part, whole: names as in `value`.
    """
    return report.share_of(value(report, part), value(report, whole))

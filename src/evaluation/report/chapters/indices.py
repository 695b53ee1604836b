"""What an index is made of, and whether its items measure one thing.

Arguments of the same name are the same in all functions:

- report: from `open_report`;
- question: id of an index of the codebook, see docs/authors.md.
"""

from typing import Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.report import formats, tables
from evaluation.report.provenance import Origin, Told, Wording
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown

PLACES = 2  # decimals of a coefficient


def said(report: Report, question: str) -> str:
    """Sentences on what the index is, and how far its items go together.

    report, question: as for the module. Raises KeyError for a question that is no index.
    """
    index = report.question(question).index
    if index is None:
        raise KeyError(f"{question} is no index")
    names = formats.quoted(report, [report.label(report.question(item)) for item in index.items])
    sentences = [_text(report, index.by, items=names)]
    rows = _rows(report, question)
    whole = rows[rows["item"] == ""].iloc[0]
    if whole["refused"]:
        return Wording(" ".join([*sentences, _text(report, f"refused.{whole['refused']}")]))
    n = report.texts.number(int(whole["n"]))
    sentences.append(_text(report, "alpha", n=n, **_interval(report, whole, "alpha")))
    if not pd.isna(whole["omega"]):
        sentences.append(_text(report, "omega", **_interval(report, whole, "omega")))
    return Told(" ".join(sentences), Origin((question,), report.survey))


def items(report: Report, question: str) -> Markdown:
    """One row an item: how it goes with the sum of the others, and alpha without it; nothing where
    too few answered.

    report, question: as for the module.
    """
    rows = []
    table = _rows(report, question)
    for row in each_row(table[table["item"] != ""]):
        origin = Origin((question, row.item), report.survey)
        cells = [
            report.texts("not_available")
            if pd.isna(value)
            else Told(formats.decimal(report, value, PLACES), origin)
            for value in (row.item_total, row.alpha_without)
        ]
        rows.append([report.label(report.question(row.item)), *cells])
    if not rows:
        return Markdown("")
    widths = {"item": 50, "item_total": 20, "alpha_without": 20}
    columns = [
        Column(_text(report, f"columns.{name}"), width, name != "item")
        for name, width in widths.items()
    ]
    return tables.pipe_table(columns, rows)


def _rows(report: Report, question: str) -> pd.DataFrame:
    rows = report.rows("reliability", question)
    rows = rows[rows["wave"] == report.wave]
    if rows.empty:
        raise KeyError(f"wave {report.wave} has no answers to the index {question}")
    return rows


def _interval(report: Report, row: Any, name: str) -> dict[str, str]:
    names = {"value": name, "low": f"{name}_low", "high": f"{name}_high"}
    return {key: formats.decimal(report, row[each], PLACES) for key, each in names.items()}


def _text(report: Report, key: str, **fields: object) -> str:
    return report.texts(f"indices.{key}", **fields)

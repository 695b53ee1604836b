"""The words of the report: what each means, and who says so."""

import pandas as pd

from evaluation.base.markdown import escape
from evaluation.project.touched import within_library
from evaluation.report.report import Report
from evaluation.report.tables import Markdown


def terms(report: Report) -> Markdown:
    """The terms of data/raw/glossary.csv by the alphabet, with an explanation by each source.

    report: from `open_report`. A term has the anchor `term-` and its id, with - for _; it is named
    as in its first row.
    """
    # it is written to be published, and tells of no respondent
    with within_library():
        table = report.folder.read_raw("glossary")
    named = f"term_{report.language}"
    explained = [(rows[named].iloc[0], str(id_), rows) for id_, rows in table.groupby("id")]
    explained.sort(key=lambda entry: report.texts.alphabetical(entry[0]))
    return Markdown("\n\n".join(_entry(report, *entry) for entry in explained))


def _entry(report: Report, term: str, id_: str, rows: pd.DataFrame) -> str:
    explanations = [
        f":   {escape(row[f'definition_{report.language}'])} {_source(report, row)}"
        for _, row in rows.iterrows()
    ]
    return "\n\n".join([f"[{escape(term)}]{{#term-{id_.replace('_', '-')}}}", *explanations])


def _source(report: Report, row: pd.Series) -> str:
    """Where an explanation comes from: a citation, or that it is the authors' own."""
    if not row["document"]:
        return escape(f"({report.texts('glossary.ours')})")
    section = row["section"]
    if not section:
        return f"[@{row['document']}]"
    if section[0].isdigit():
        section = report.texts("glossary.section", section=section)
    # a semicolon would begin another citation
    place = escape(section).replace(";", r"\;")
    return f"[@{row['document']}, {place}]"

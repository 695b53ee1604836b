"""The audit: the source's figures, statements and totals against themselves."""

from collections.abc import Iterable
from functools import partial

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.base.markdown import escape
from evaluation.methods.source_audit.scores import STATEMENTS
from evaluation.project.folder import FIGURES
from evaluation.report import formats
from evaluation.report.provenance import Count, Origin, Told, numbers_in, placed, told
from evaluation.report.report import Report
from evaluation.report.sources import document_names
from evaluation.report.tables import Cell, Markdown

DISCREPANCIES = "data/raw/discrepancies.csv"
# the method's own words
_column = partial(formats.column, method="source_audit")


def figures(report: Report) -> Markdown:
    """Questions whose printed percentages do not add up to a hundred, and why.

    report: from `open_report`.
    """
    table = _audited_figures(report)
    rows = []
    for row in each_row(table[table["finding"] != "ok"]):
        origin = _printed([row.question], [row.lines])
        total = report.texts("not_available")
        if not pd.isna(row.total):
            number = report.number(Count(row.total, origin))
            total = told(report.texts("percent", value=number), number)
        rows.append(
            [
                report.label(report.question(row.question)),
                row.section,
                report.number(Count(row.n, origin)),
                total,
                report.texts(f"source_audit.findings.{row.finding}"),
            ]
        )
    columns = [
        report.column("question", 34),
        report.column("section", 10),
        report.column("n", 6, numeric=True),
        report.column("sum", 12, numeric=True),
        report.column("finding", 20),
    ]
    return formats.told_table(report, columns, rows)


def statements(report: Report, *verdicts: str) -> Markdown:
    """Statements of the source beside their figures, for some verdicts.

    report: from `open_report`; verdicts: `hidden`, `not_assessable`, `contradicts`, `overreaches`,
    `agrees`.
    """
    table = report.read("audit_statements")
    rows = [
        [
            row[f"paraphrase_{report.language}"],
            row["section"],
            _words(report, row),
            report.texts("not_available") if pd.isna(row["k"]) else _figure(report, row),
            report.texts(f"source_audit.verdicts.{row['verdict']}"),
            row[f"note_{report.language}"],
        ]
        for _, row in table[table["verdict"].isin(verdicts)].iterrows()
    ]
    columns = [
        report.column("statement", 28),
        report.column("section", 9),
        report.column("source_words", 13),
        report.column("figure", 13),
        report.column("finding", 14),
        report.column("note", 23),
    ]
    return formats.told_table(report, columns, rows)


def statement_count(report: Report, *verdicts: str) -> str:
    """How many statements of the source have one of `verdicts` (default: any).

    report: from `open_report`.
    """
    table = report.read("audit_statements")
    if verdicts:
        table = table[table["verdict"].isin(verdicts)]
    rows = tuple(map(int, table["row"]))
    return report.number(Count(len(rows), Origin(tuple(table["id"]), STATEMENTS, rows)))


def artefact_count(report: Report) -> str:
    """How many questions have percentages whose sum only rounding explains, as a word.

    report: from `open_report`.
    """
    table = _audited_figures(report)
    return report.word(_questions(table[table["finding"] == "artefact"]))


def checked(report: Report) -> str:
    """A sentence on how many questions have printed percentages, and how many of these cannot be
    right, or that there are none.

    report: from `open_report`.
    """
    table = _audited_figures(report)
    if table.empty:
        return report.texts("source_audit.checked.none")
    wrong = table["finding"].isin(["impossible", "error"])
    numbers = {
        "questions": report.number(_questions(table)),
        "wrong": report.number(Count(int(wrong.sum()), _questions(table).origin)),
    }
    return told(report.texts("source_audit.checked.some", **numbers), *numbers.values())


def totals(report: Report) -> Markdown:
    """Each total that a document states, and what its parts come to.

    report: from `open_report`.
    """
    listed = report.read("totals")
    names = listed[listed["kind"] == "total"].set_index("list")[report.language]
    rows = []
    for _, row in report.read("audit_totals").iterrows():
        numbers = (_of_total(report, row, part) for part in ("total", "parts", "difference"))
        rows.append(
            [
                names[row["list"]],
                row["section"],
                *map(report.number, numbers),
                report.texts(f"source_audit.findings.{row['finding']}"),
            ]
        )
    columns = [
        _column(report, "list", 36),
        report.column("section", 10),
        _column(report, "total", 12, numeric=True),
        _column(report, "parts", 12, numeric=True),
        _column(report, "difference", 12, numeric=True),
        report.column("finding", 18),
    ]
    return formats.told_table(report, columns, rows)


def discrepancies(report: Report, *documents: str) -> Markdown:
    """What does not go together in some documents (default: all), each with its place and kind.

    report: from `open_report`; documents: ids.
    """
    table, called = _discrepancies(report, documents), document_names(report.folder)
    columns = [
        _column(report, "document", 14),
        report.column("section", 22),
        _column(report, "kind", 15),
        _column(report, "discrepancy", 49),
    ]
    rows: list[list[Cell]] = []
    for row in each_row(table):
        said = getattr(row, report.language)
        document = called.get(row.document, row.document)
        numbers = numbers_in(said, Origin((row.id,), DISCREPANCIES, (int(row.row),)))
        rows.append(
            [
                document,
                row.section.replace(";", "; "),
                report.texts(f"source_audit.kinds.{row.kind}"),
                Markdown(escape(said), placed(document, columns[3].heading, numbers)),
            ]
        )
    return formats.told_table(report, columns, rows)


def discrepancy_count(report: Report, *documents: str) -> str:
    """How much does not go together in some documents (default: all).

    report: from `open_report`; documents: ids.
    """
    table = _discrepancies(report, documents)
    rows = tuple(map(int, table["row"]))
    return report.number(Count(len(rows), Origin(tuple(table["id"]), DISCREPANCIES, rows)))


def _discrepancies(report: Report, documents: tuple[str, ...]) -> pd.DataFrame:
    table = report.read("discrepancies")
    return table[table["document"].isin(documents)] if documents else table


def total(report: Report, part: str) -> int:
    """A number of the first audited total.

    report: from `open_report`; part: `total`, `parts`, `number` or `difference`.
    """
    return _of_total(report, report.read("audit_totals").iloc[0], part)


def _of_total(report: Report, row: pd.Series, part: str) -> Count:
    listed = report.read("totals")
    lines = tuple(map(int, listed.loc[listed["list"] == row["list"], "row"]))
    return Count(int(row[part]), Origin((str(row["list"]),), "data/raw/totals.csv", lines))


def _words(report: Report, statement: pd.Series) -> str:
    """What the source says of the size, in the language of the edition where that is told."""
    words = statement.get(f"quantifier_{report.language}") or statement["quantifier"]
    if not words:
        return report.texts("not_available")
    return Told(words, Origin((statement["id"],), STATEMENTS, (int(statement["row"]),)))


def _figure(report: Report, statement: pd.Series) -> str:
    """The figure that a statement was held against: the one with the counts of its verdict."""
    for reference in statement["indicator"].split(";"):
        question, _, options = reference.partition(".")
        share = report.share(question, *filter(None, options.split("+")))
        if (share.k, share.n) == (statement["k"], statement["n"]):
            return share.full
    raise ValueError(f"no figure of {statement['id']} has the counts of its verdict")


def _questions(audited: pd.DataFrame) -> Count:
    return Count(len(audited), _printed(audited["question"], audited["lines"]))


def _printed(questions: Iterable[str], joined: Iterable[str]) -> Origin:
    """Where the figures of some questions are printed; joined: the lines of each."""
    lines = tuple(int(line) for lines in joined for line in lines.split(";"))
    return Origin(tuple(questions), FIGURES, lines)


def _audited_figures(report: Report) -> pd.DataFrame:
    """The questions of the source under the rounding it uses."""
    table = report.read("audit_figures")
    return table[table["rounding"] == "half_up"]

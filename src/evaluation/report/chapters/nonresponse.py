"""Who did not answer: of which groups, which questions, and what weights make of it.

Arguments of the same name are the same in all functions:

- report: from `open_report`;
- question: id of a background question with margins, see `survey.margins`.
"""

from typing import Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.report import formats, tables
from evaluation.report.provenance import Count, Hidden, Origin, Told, Wording
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown
from evaluation.survey.margins import FILE as MARGINS

PLACES = 1  # decimals of an effective number


def has_margins(report: Report) -> bool:
    """Whether it is known of all who could have answered to which groups they belong.

    report: as for the module.
    """
    return report.folder.has("response") and len(_of_wave(report, "response")) > 0


def known(report: Report) -> str:
    """A sentence on whether the respondents can be held against all who could have answered.

    report: as for the module.
    """
    return Wording(_text(report, "known" if has_margins(report) else "unknown"))


def by_group(report: Report) -> Markdown:
    """How many of each group answered, of how many there are; nothing where nobody knows these.

    report: as for the module.
    """
    if not has_margins(report):
        return Markdown("")
    rows = []
    for row in each_row(_of_wave(report, "response")):
        question = report.question(row.question)
        label = next(each.label for each in question.options if each.code == row.option)
        origin = Origin((f"{row.question}.{row.option}",), MARGINS)
        answered = (
            report.number(Hidden(report.texts("hidden"), origin))
            if row.suppressed
            else report.share_of(Count(int(row.k), origin), Count(int(row.population), origin)).full
        )
        rows.append([report.label(question), label[report.language], answered])
    columns = [_column(report, "background", 26), _column(report, "group", 26)]
    return tables.pipe_table([*columns, _column(report, "answered", 22, numeric=True)], rows)


def alike(report: Report, question: str) -> str:
    """Whether as many answered in each group as in the others, but for chance.

    report, question: as for the module.
    """
    rows = _of_wave(report, "response")
    rows = rows[rows["question"] == question]
    if rows.empty:
        raise KeyError(f"{question} has no margins in wave {report.wave}")
    name = report.in_text(report.question(question))
    if rows["suppressed"].any():
        return Wording(_text(report, "alike.hidden", by=name))
    if rows["p"].isna().any():
        return Wording(_text(report, "alike.all", by=name))
    p = rows["p"].iloc[0]
    key = "differ" if p < formats.CHANCE else "chance"
    text = _text(report, f"alike.{key}", by=name, p=formats.p_told(report, p))
    return Told(text, Origin((question,), MARGINS))


def left_out(report: Report) -> Markdown:
    """How many answered each question, of those who were asked it, the fewest first.

    report: as for the module.
    """
    table = _of_wave(report, "item_nonresponse")
    table = table.assign(part=(table["answered"] / table["asked"]).astype("Float64"))
    rows = []
    for row in each_row(table.sort_values("part", kind="stable", na_position="last")):
        origin = Origin((row.question,), report.survey)
        answered = (
            report.number(Hidden(report.texts("hidden"), origin))
            if row.suppressed
            else report.share_of(
                Count(int(row.answered), origin), Count(int(row.asked), origin)
            ).full
        )
        rows.append([report.label(report.question(row.question)), answered])
    columns = [_column(report, "question", 50), _column(report, "answered", 22, numeric=True)]
    return tables.pipe_table(columns, rows)


def weighted(report: Report) -> Markdown:
    """The headlines with and without weights: counts, weighted share with its interval, and how
    many answers without weights would be as certain; nothing where there are no weights.

    report: as for the module.
    """
    if _of_wave(report, "weighted").empty:
        return Markdown("")
    rows = []
    for row in each_row(_of_wave(report, "weighted")):
        question = report.question(row.question)
        if question.headline != (row.option,):
            continue
        share = report.share(row.question, row.option)
        label = next(each.label for each in question.options if each.code == row.option)
        cells = [report.label(question), label[report.language], share.count_of_n, share.percent]
        origin = Origin((f"{row.question}.{row.option}",), report.survey)
        rows.append([*cells, *(Told(text, origin) for text in _weighted(report, row))])
    widths = {"question": 26, "answer": 16, "counted": 10, "share": 8, "weighted": 9}
    columns = [
        _column(report, name, width, name not in ("question", "answer"))
        for name, width in widths.items()
    ]
    columns += [_column(report, "interval", 14, True), _column(report, "effective", 10, True)]
    return tables.pipe_table(columns, rows)


def _weighted(report: Report, row: Any) -> list[str]:
    if row.suppressed or pd.isna(row.share):
        return [report.texts("hidden"), *[report.texts("not_available")] * 2]
    interval = (
        report.texts("not_available")
        if pd.isna(row.low)
        else report.texts(
            "range",
            low=formats.percentage(report, row.low),
            high=formats.percentage(report, row.high),
        )
    )
    share = formats.percentage(report, row.share)
    return [share, interval, formats.decimal(report, row.effective_n, PLACES)]


def on_weights(report: Report) -> str:
    """A sentence on whether answers are weighted, and how little that changes certainty.

    report: as for the module.
    """
    return Wording(_text(report, "weights" if len(_of_wave(report, "weighted")) else "no_weights"))


def _of_wave(report: Report, name: str) -> pd.DataFrame:
    if not report.folder.has(name):
        return pd.DataFrame(columns=["wave", "question", "suppressed", "answered", "asked"])
    table = report.read(name)
    return table[table["wave"] == report.wave]


def _column(report: Report, name: str, width: int, numeric: bool = False) -> Column:
    return Column(_text(report, f"columns.{name}"), width, numeric)


def _text(report: Report, key: str, **fields: object) -> str:
    return report.texts(f"nonresponse.{key}", **fields)

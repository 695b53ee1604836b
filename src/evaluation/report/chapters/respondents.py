"""Who answered: the answers to the questions about the respondents themselves.

Arguments of the same name are the same in all functions:

- report: from `open_report`;
- names: ids of questions whose options exclude each other.
"""

from evaluation.report.chapters import questions
from evaluation.report.order import Order, Ranked
from evaluation.report.provenance import told
from evaluation.report.report import Report
from evaluation.report.tables import Column, Markdown, pipe_table


def table(report: Report, *names: str) -> Markdown:
    """How many gave each answer, all questions below each other.

    report, names: as for the module; what the report's wave did not ask has no rows.
    """
    rows = []
    for name in _asked(report, names):
        question = report.question(name)
        label = report.label(question)
        for option in question.options:
            share = report.share(name, option.code)
            answer = option.label[report.language]
            rows.append([label, answer, share.count_of_n, share.percent])
            label = ""
    columns = [
        Column(report.texts(f"respondents.columns.{name}"), width, numeric)
        for name, width, numeric in (
            ("question", 30, False),
            ("answer", 34, False),
            ("count", 16, True),
            ("share", 10, True),
        )
    ]
    nothing = [report.texts("instrument_texts.no_rows"), "", "", ""]
    return pipe_table(columns, rows or [nothing], named_by=1)


def largest(report: Report, *names: str) -> str:
    """A sentence on the most frequent answer to each question; empty where none may be told.

    report, names: as for the module.
    """
    groups = []
    for name in _asked(report, names):
        first = _order(report, name).first
        if not first.share.hidden:
            question = report.texts("questions.quoted", label=report.label(report.question(name)))
            groups.append(
                told(
                    report.texts(
                        "respondents.group",
                        answer=first.label,
                        question=question,
                        share=first.share.count_of_n,
                    ),
                    first.label,
                )
            )
    if not groups:
        return ""
    text = report.texts("respondents.largest", groups=report.texts.enumeration(groups))
    return told(text, *groups)


def _asked(report: Report, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if report.wave in questions.waves_of(report, name)]


def _order(report: Report, name: str) -> Order:
    """The answers to a question in order of size, in quotes."""
    return Order(
        [
            Ranked(
                option.code,
                report.texts("questions.quoted", label=option.label[report.language]),
                report.share(name, option.code),
            )
            for option in report.question(name).options
        ],
        report.texts,
    )

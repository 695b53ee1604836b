"""What disclosure control did to the numbers of this report."""

from evaluation.report.provenance import Count, Origin, told
from evaluation.report.report import Report


def statement(report: Report) -> str:
    """The threshold, and what is hidden because of it or why nothing is.

    report: from `open_report`.
    """
    config = report.folder.config()
    threshold = Count(config.min_cell, Origin(("min_cell",), "evaluation.yml"))
    if config.min_cell == 1:
        reason = (config.min_cell_reason or {})[report.language]
        return told(report.texts("privacy.all_shown", reason=reason), threshold)
    table = report.read("indicators")
    hidden = table[table["suppressed"]]
    if hidden.empty:
        text = report.texts("privacy.none_small", threshold=report.number(threshold))
        return told(text, threshold)
    questions = [report.label(report.question(name)) for name in hidden["question"].unique()]
    text = report.texts(
        "privacy.some_hidden",
        threshold=report.number(threshold),
        hidden=report.number(len(hidden)),
        counts=report.number(len(table)),
        questions="; ".join(questions),
    )
    return told(text, threshold)

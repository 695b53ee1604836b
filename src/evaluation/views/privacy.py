"""What disclosure control did to the numbers of this report."""

from evaluation.provenance import Count, Origin, told
from evaluation.report import Report


def statement(report: Report) -> str:
    """The threshold, and what is hidden because of it or why nothing is."""
    config = report.folder.config()
    if config.min_cell == 1:
        return report.texts("privacy.all_shown", reason=config.min_cell_reason[report.language])
    table = report.read("indicators")
    hidden = table[table["suppressed"]]
    origin = Origin(("min_cell",), "evaluation.yml")
    threshold = Count(config.min_cell, origin)
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

"""What the questions of an instrument and their options are called in a report."""

from evaluation.methods import fragment
from evaluation.report.report import Report


def label(report: Report, name: str, question: str) -> str:
    """What a question of an instrument is called, by its id without the instrument's name."""
    return fragment(name).questions[f"{name}_{question}"].label[report.language]


def options(report: Report, name: str, question: str) -> dict[str, str]:
    """Code -> label of a question's options; those of an ordinal one are listed best first."""
    asked = fragment(name).questions[f"{name}_{question}"]
    return {option.code: option.label[report.language] for option in asked.options}

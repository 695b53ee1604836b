"""The questions that an instrument brings, and what they and their options are called."""

from functools import cache

from evaluation.base.methods import methods
from evaluation.project.codebook import Codebook, load_codebook
from evaluation.report.report import Report

FILE = "items.yml"


@cache
def fragment(name: str) -> Codebook:
    """The questions and options of an instrument, with their texts in Danish and English.

    name: of the instrument's folder.

    Raises KeyError, naming what exists, for an unknown instrument.
    """
    brought = {
        method: installed.folder / FILE
        for method, installed in methods().items()
        if (installed.folder / FILE).is_file()
    }
    if name not in brought:
        raise KeyError(f"the instruments are {', '.join(brought)}, not {name}")
    return load_codebook(brought[name], f"{name}/{FILE}")


def label(report: Report, name: str, question: str) -> str:
    """What a question of an instrument is called in a report.

    report: from `open_report`; name: of the instrument's folder; question: its id without that
    name.
    """
    return fragment(name).questions[f"{name}_{question}"].label[report.language]


def options(report: Report, name: str, question: str) -> dict[str, str]:
    """Code -> label of a question's options in a report; an ordinal one lists them best first.

    report: from `open_report`; name: of the instrument's folder; question: its id without that
    name.
    """
    asked = fragment(name).questions[f"{name}_{question}"]
    return {option.code: option.label[report.language] for option in asked.options}

"""What the questions of a method and their options are called in a report.

They are those that the method brings, or those that the folder declares in their place, see
`project.items`.
"""

from collections.abc import Collection, Iterable

from evaluation.base.errors import InputError
from evaluation.project.codebook import Option, Question
from evaluation.project.items import FILE
from evaluation.report.report import Report, lower_first


def label(report: Report, name: str, question: str) -> str:
    """What a question is called.

    report: from `open_report`; name: of the method's folder; question: its id without that name.
    """
    return _asked(report, name, question).label[report.language]


def options(report: Report, name: str, question: str) -> dict[str, str]:
    """Code -> label of a question's options; an ordinal one lists them best first.

    report: from `open_report`; name: of the method's folder; question: its id without that name.
    """
    asked = _asked(report, name, question)
    return {option.code: option.label[report.language] for option in asked.options}


def in_text(report: Report, name: str, question: str) -> dict[str, str]:
    """Code -> what a question's options are called inside a sentence.

    report: from `open_report`; name: of the method's folder; question: its id without that name.
    """
    asked = _asked(report, name, question)
    return {option.code: _in_text(option, report.language) for option in asked.options}


def check_code(report: Report, name: str, question: str, code: str) -> None:
    """Raise InputError where a chapter asks for an option that a question does not have.

    report: from `open_report`; name: of the method's folder; question: its id without that name;
    code: of the option.
    """
    codes = _asked(report, name, question).codes
    if code not in codes:
        raise InputError(
            f"the chapter {name}",
            f"{name}_{question} has the options {', '.join(codes)}",
            f"correct the notebook, or remove it and have `evaluation add {name}` write it anew; "
            f"other options are declared in {FILE}",
            value=code,
        )


def in_order(found: Iterable[str], codes: Collection[str]) -> list[str]:
    """Those of the codes that are found, in their order.

    found: what is in a column; codes: of the options of its question.

    Raises ValueError where something else is found: it would be left out in silence.
    """
    present = set(found)
    if undeclared := present - set(codes):
        raise ValueError(f"{', '.join(sorted(undeclared))}: none of {', '.join(codes)}")
    return [code for code in codes if code in present]


def _asked(report: Report, name: str, question: str) -> Question:
    return report.method_questions[f"{name}_{question}"]


def _in_text(option: Option, language: str) -> str:
    return (option.in_text or {}).get(language) or lower_first(option.label[language])

"""Tables to explore an evaluation with: what was asked and answered, and what the documents found.

    report = open_report(language)
    answers = explore.responses(report)
    answers.groupby("municipality")["age"].mean()

What may be published of the answers is in the processed table `indicators`, see `Report.read`: one
row per question and option.
"""

from collections.abc import Sequence

import pandas as pd

from evaluation.report.report import Report
from evaluation.survey.in_words import in_words


def questions(report: Report) -> pd.DataFrame:
    """The codebook as published, one row per question, in its order.

    report: see `report.report.open_report`; labels are in its language. Index: id of the question.
    Columns: label, question (the wording), type, options (`code: label`, joined by `; `), asked
    (the `question.option` that filters who was asked, empty where all were), elements (of the
    frameworks, joined by `;`).
    """
    language = report.language
    rows = {
        question.id: {
            "label": question.label[language],
            "question": question.question[language],
            "type": question.type,
            "options": "; ".join(f"{o.code}: {o.label[language]}" for o in question.options),
            "asked": ".".join(question.base or ()),
            "elements": ";".join(question.elements),
        }
        for question in report.codebook.questions.values()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("id")


def responses(report: Report, off_scale: bool = False) -> pd.DataFrame:
    """The answers in words, one row per respondent and wave: for pandas, seaborn and statsmodels.

    report: see `report.report.open_report`; labels are in its language. off_scale: whether answers
    beside a scale, such as "don't know", are kept; else they are missing.

    Columns: respondent, wave, origin (where the rows come from), and those of the questions, by
    their ids:

    - one with options is a categorical of their labels; that of a scale is ordered as in the
      codebook, the first option being the smallest, but where answers beside the scale are kept;
    - one of which several may be chosen has a column an option, `id: label`, true or false;
    - a number is one, and a text of which all answers are days holds days;
    - groupings and indices are there like the questions that they are computed from.

    `attrs["label"]` and `attrs["question"]` tell for each column what it is called and how it was
    asked. A chapter that shows what is computed from the rows has to say why it tells of nobody.

    Raises InputError where no notebook has written the responses.
    """
    codebook = report.folder.codebook()
    return in_words(report.read("responses"), codebook, report.language, off_scale)


def scores(answers: pd.DataFrame, questions: Sequence[str]) -> pd.DataFrame:
    """Answers on a scale as numbers: 1 for its first option, 2 for the next; no answer is missing.

    answers: see `responses`, without those beside a scale; questions: ids of ordinal ones. An index
    counts its items in the same way.

    Raises ValueError for a question that is no scale.
    """
    other = [name for name in questions if not getattr(answers[name].dtype, "ordered", False)]
    if other:
        raise ValueError(f"only answers on a scale have places on it, not {', '.join(other)}")
    places = pd.DataFrame({name: answers[name].cat.codes.astype(float) + 1 for name in questions})
    return places.where(places > 0)


def findings(report: Report) -> pd.DataFrame:
    """The coded findings of the documents, one row per finding and element.

    report: see `report.report.open_report`; texts are in its language. Columns: finding, document,
    section, direction, level, basis (see `methods.evidence.tables`), element (its id), label
    (its name), central (whether the finding is most about it), text. A finding with several
    elements has several rows: count those that are `central` to count each once.

    Raises InputError where the folder has no processed findings.
    """
    told = report.read("findings").rename(columns={"id": "finding", report.language: "text"})
    elements = report.read("frameworks").set_index("id")[report.language].rename("label")
    codings = report.read("codings")[["finding", "element", "central"]]
    columns = ["finding", "document", "section", "direction", "level", "basis"]
    rows = told[[*columns, "text"]].merge(codings, on="finding", validate="one_to_many")
    rows = rows.join(elements, on="element", validate="many_to_one")
    return rows[[*columns, "element", "label", "central", "text"]]

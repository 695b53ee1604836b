"""Tables to explore an evaluation with: what was asked, and what the documents found.

The numbers themselves are in the processed tables, see `Report.read`: `indicators` holds one row
per question and option as published, `responses` the rows behind them where they are stored.
"""

import pandas as pd

from evaluation.report.report import Report


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

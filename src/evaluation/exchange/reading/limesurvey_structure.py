"""The structure file of a LimeSurvey survey (.lss): its questions in one language.

Older versions repeat a question for every language; newer ones keep its texts in tables of their
own (`question_l10ns`, `answer_l10ns`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.markup import plain_text
from evaluation.exchange.reading.xml_files import parse_xml
from evaluation.language.texts import LANGUAGES

# the tables of the file that are read, and what their rows cannot do without
NEEDED = {
    "surveys": (),
    "groups": ("gid",),
    "questions": ("qid", "title", "type"),
    "subquestions": ("qid", "parent_qid", "title"),
    "answers": ("qid", "code"),
    "question_l10ns": ("qid", "language"),
    "answer_l10ns": ("aid", "language"),
    "group_l10ns": ("gid", "language"),
}


@dataclass(frozen=True)
class Item:
    """A subquestion or an answer option; `scale` tells the rows from the columns of an array,
    and the first list of answers from the second.
    """

    code: str
    text: str
    scale: int


@dataclass(frozen=True)
class Asked:
    """A question; `place` is the name that expressions have for it beside its code, `relevance` its
    own filter ("": none), `is_filtered` says whether it or its group has one; `section` is what its
    group is called ("": nothing).
    """

    code: str
    type: str
    text: str
    other: bool
    relevance: str
    is_filtered: bool
    mandatory: bool
    place: str
    subquestions: tuple[Item, ...]
    answers: tuple[Item, ...]
    section: str

    def rows(self, scale: int = 0) -> list[Item]:
        return [item for item in self.subquestions if item.scale == scale]

    def options(self, scale: int = 0) -> list[Item]:
        return [item for item in self.answers if item.scale == scale]


@dataclass(frozen=True)
class Survey:
    language: str
    questions: tuple[Asked, ...]
    remarks: tuple[Remark, ...]


def read_structure(path: Path) -> Survey:
    """The questions in the order of the survey, in Danish or English where it has them.

    Raises InputError for XML that is not well formed, and a survey without a language.
    """
    name = path.name
    root = parse_xml(path.read_bytes(), name)
    language, remarks = _language(root, name)
    texts = _texts(root, "question_l10ns", "qid", "question", language, name)
    labels = _texts(root, "answer_l10ns", "aid", "answer", language, name)
    titles = _texts(root, "group_l10ns", "gid", "group_name", language, name)
    sections = {
        row["gid"]: plain_text(row.get("group_name") or titles.get(row["gid"], ""))
        for row in _in_language(_rows(root, "groups", name), language)
    }
    order = {row.get("gid"): _number(row, "group_order") for row in _rows(root, "groups", name)}
    filtered = set()
    for row in _in_language(_rows(root, "groups", name), language):
        if _filter(row, "grelevance"):
            filtered.add(row["gid"])
            remarks.append(Remark("filter_left_out", f"gid {row['gid']}", row["grelevance"]))

    subquestions: dict[str, list[dict[str, Any]]] = {}
    for row in _in_language(_rows(root, "subquestions", name), language):
        subquestions.setdefault(row["parent_qid"], []).append(row)
    answers: dict[str, list[dict[str, Any]]] = {}
    for row in _in_language(_rows(root, "answers", name), language):
        answers.setdefault(row["qid"], []).append(row)
    asked = _in_language(_rows(root, "questions", name), language)
    asked.sort(key=lambda row: (order.get(row.get("gid"), 0), _number(row, "question_order")))
    questions = []
    for row in asked:
        parts = sorted(subquestions.get(row["qid"], ()), key=_order("question_order"))
        options = sorted(answers.get(row["qid"], ()), key=_order("sortorder"))
        questions.append(
            Asked(
                code=row["title"],
                type=row["type"],
                text=plain_text(row.get("question") or texts.get(row["qid"], "")) or row["title"],
                other=row.get("other") == "Y",
                relevance=_filter(row, "relevance"),
                is_filtered=row.get("gid") in filtered or bool(_filter(row, "relevance")),
                mandatory=row.get("mandatory") == "Y",
                place=f"{row.get('sid')}X{row.get('gid')}X{row['qid']}",
                subquestions=tuple(
                    _item(part, part["title"], part.get("question") or texts.get(part["qid"], ""))
                    for part in parts
                ),
                answers=tuple(
                    _item(
                        option,
                        option["code"],
                        option.get("answer") or labels.get(str(option.get("aid")), ""),
                    )
                    for option in options
                ),
                section=sections.get(row.get("gid"), ""),
            )
        )
    return Survey(language, tuple(questions), tuple(remarks))


def _language(root: Element, name: str) -> tuple[str, list[Remark]]:
    """Danish or English where the survey has it, else the first of its languages."""
    listed = [node.text for node in root.findall("languages/language") if node.text]
    known = listed or [
        row["language"] for row in _rows(root, "surveys", name) if row.get("language")
    ]
    if not known:
        raise InputError(name, "the survey names its language", "export the structure again")
    chosen = next((language for language in LANGUAGES if language in known), known[0])
    others = [language for language in known if language != chosen]
    told = [Remark("languages_left_out", name, ", ".join(others))] if others else []
    return chosen, told


def _rows(root: Element, table: str, name: str) -> list[dict[str, str]]:
    rows = [
        {cell.tag: cell.text or "" for cell in row} for row in root.findall(f"{table}/rows/row")
    ]
    for number, row in enumerate(rows, start=1):
        absent = next((field for field in NEEDED[table] if field not in row), None)
        if absent:
            raise InputError(
                name,
                f"every row of {table} has a {absent}",
                "export the structure again",
                row=f"row {number} of {table}",
            )
    return rows


def _in_language(rows: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """The rows that have no language, or this one."""
    return [row for row in rows if row.get("language", language) == language]


def _texts(
    root: Element, table: str, key: str, field: str, language: str, name: str
) -> dict[str, str]:
    return {
        row[key]: row.get(field, "")
        for row in _rows(root, table, name)
        if row["language"] == language
    }


def _item(row: dict[str, Any], code: str, text: str) -> Item:
    return Item(code, plain_text(text) or code, _number(row, "scale_id"))


def _filter(row: dict[str, Any], column: str) -> str:
    """An expression that keeps some from a question or group; 1 keeps nobody."""
    expression = row.get(column, "").strip()
    return "" if expression == "1" else expression


def _number(row: dict[str, Any], field: str) -> int:
    text = row.get(field, "")
    return int(text) if text.isdecimal() else 0


def _order(field: str) -> Callable[[dict[str, str]], tuple[int, int]]:
    return lambda row: (_number(row, "scale_id"), _number(row, field))

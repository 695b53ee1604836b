"""The questions of an XLSForm in one language, whatever names its author used for their types."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.grid import one_line
from evaluation.exchange.reading.markup import plain_text
from evaluation.exchange.reading.xlsform_sheets import read_form
from evaluation.language.detection import language_of
from evaluation.language.texts import LANGUAGES

LANGUAGE_NAMES = {"dansk": "da", "danish": "da", "english": "en", "engelsk": "en"}
BEGIN = re.compile(r"begin[ _](group|repeat|loop)\b.*", re.IGNORECASE)
END = re.compile(r"end[ _](group|repeat|loop)", re.IGNORECASE)
SELECT = re.compile(
    r"(?:add )?select[ _]?(?P<many>one|1|multiple|all that apply)(?P<source>_from_file|_external)?"
    r"(?: prompt)?(?: from| using)? (?P<list>\S+)(?P<other> or_other| or specify other)?",
    re.IGNORECASE,
)
KINDS = {
    **dict.fromkeys(("text", "string"), "text"),
    **dict.fromkeys(("integer", "int", "decimal", "range"), "number"),
    **dict.fromkeys(("time", "datetime"), "text"),
    "date": "day",
}
# what a form shows without asking, or records of every answer by itself
UNASKED = {
    *("note", "start", "end", "today", "deviceid", "imei", "subscriberid", "simserial", "username"),
    *("phonenumber", "phone number", "email", "audit", "uri:deviceid", "start-geopoint"),
    *("set form title", "set form id", "get start time", "get end time", "get today"),
    *("get device id", "get subscriber id", "get sim id", "get phone number"),
}
# how forms write yes
TRUE = ("yes", "true", "true()", "1")


@dataclass(frozen=True)
class Section:
    """A group of questions; its text is empty where the form gives it none."""

    name: str
    text: str
    relevant: str


@dataclass(frozen=True)
class Asked:
    """A question: kind is single, multiple, number, day or text; choices are (code, text);
    `other` is a choice to be written; `within` are its groups from the outermost; `required`:
    the form does not go on without an answer.
    """

    name: str
    kind: str
    text: str
    relevant: str
    choices: tuple[tuple[str, str], ...] = ()
    other: bool = False
    required: bool = False
    within: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Form:
    """unused: the names of what is no question, or none that can be counted."""

    language: str
    questions: tuple[Asked, ...]
    unused: frozenset[str]
    remarks: tuple[Remark, ...]


def read_questions(path: Path) -> Form:
    """The questions of a form, in Danish or English where it has them.

    Questions that are repeated, and types without an answer that can be counted, are left out
    with a remark. Raises InputError for a list of choices that is missing, a question without a
    name, and a group that is not closed.
    """
    sheets = read_form(path)
    speech, remarks = _speech(sheets, path.name)
    lists: dict[str, dict[str, str]] = {}
    for row in [*sheets["choices"], *sheets["external_choices"]]:
        code = row.get("name", "")
        if code:
            # filtered lists repeat a choice for every answer that leads to it
            lists.setdefault(row.get("list_name", ""), {}).setdefault(code, speech.of(row) or code)

    def refuse(row: dict[str, Any], rule: str, remedy: str, value: str) -> InputError:
        place = f"{path.name}, sheet survey"
        return InputError(place, rule, remedy, row=row["row"], value=value)

    questions, unused, opened = [], set(), []
    for row in sheets["survey"]:
        kind, name = one_line(row.get("type", "")), row.get("name", "")
        begun, ended = BEGIN.fullmatch(kind), END.fullmatch(kind)
        if begun:
            repeated = begun[1].casefold() != "group"
            opened.append((repeated, row, Section(name, speech.of(row), row.get("relevant", ""))))
            remarks.extend([Remark("repeat_left_out", name)] if repeated else [])
        elif ended:
            if not opened or opened[-1][0] != (ended[1].casefold() != "group"):
                raise refuse(row, "a group ends where it has begun", "add its begin row", kind)
            opened.pop()
        elif kind and row.get("disabled", "").casefold() not in TRUE:
            asked, rule = _asked(row, kind, speech)
            if rule:
                remarks.append(Remark(rule, name or kind, kind))
            if asked is None or any(repeated for repeated, _, _ in opened):
                unused.add(name)
                continue
            if not name:
                raise refuse(row, "a question has a name", "write one", kind)
            chosen_from = SELECT.fullmatch(kind)
            if chosen_from:
                known = lists.get(chosen_from["list"])
                if not known:
                    rule = "the choices of a question are listed on the sheet choices"
                    raise refuse(
                        row, rule, "add the list, or correct its name", chosen_from["list"]
                    )
                asked = replace(asked, choices=tuple(known.items()))
            within = tuple(section for _, _, section in opened)
            questions.append(replace(asked, within=within))
    if opened:
        _, row, section = opened[-1]
        raise refuse(row, "a group that begins also ends", "add its end row", section.name)
    return Form(speech.language, tuple(questions), frozenset(unused), tuple(remarks))


@dataclass(frozen=True)
class _Speech:
    """A language, and the columns that texts are taken from: its own first."""

    language: str
    columns: tuple[str, ...]

    def of(self, row: dict[str, Any]) -> str:
        return next((plain_text(row[name]) for name in self.columns if row.get(name)), "")


def _asked(row: dict[str, Any], kind: str, speech: _Speech) -> tuple[Asked | None, str | None]:
    """The question of a row, without its choices; None for what is none, and the reason."""
    chosen_from = SELECT.fullmatch(kind)
    name, relevant = row.get("name", ""), row.get("relevant", "")
    required = row.get("required", "").casefold() in TRUE
    text = speech.of(row) or name
    if chosen_from:
        # such lists are kept in files beside the form
        elsewhere = row.get("appearance", "").startswith("search(")
        if elsewhere or (chosen_from["source"] or "").casefold() == "_from_file":
            return None, "choices_left_out"
        one = chosen_from["many"].casefold() in ("one", "1")
        kind = "single" if one else "multiple"
        return Asked(name, kind, text, relevant, (), bool(chosen_from["other"]), required), None
    if kind.casefold() in UNASKED:
        return None, None
    if kind.casefold() not in KINDS:
        return None, "type_left_out"
    return Asked(name, KINDS[kind.casefold()], text, relevant, required=required), None


def _speech(sheets: dict[str, list[dict[str, Any]]], name: str) -> tuple[_Speech, list[Remark]]:
    """Danish or English where the form has it, else its default language, else the first."""
    rows = [*sheets["survey"], *sheets["choices"], *sheets["external_choices"]]
    labels = _label_columns(rows)
    default = _language_code(
        next(
            (row["default_language"] for row in sheets["settings"] if "default_language" in row), ""
        )
    )
    spoken = {column: _language_code(column.partition("::")[2]) or default for column in labels}
    # the language of the questions: choices may be translated further
    questions = _label_columns(sheets["survey"])
    asked = dict.fromkeys(spoken[column] for column in questions)
    chosen = next((code for code in (*LANGUAGES, default, *asked) if code in asked), "")
    others = [code for code in asked if code not in (chosen, "")]
    remarks = [Remark("languages_left_out", name, ", ".join(others))] if others else []
    if not chosen:
        chosen = language_of(
            row.get(column, "") for row in sheets["survey"] for column in questions
        )
        remarks.append(Remark("language_assumed", value=chosen))
    own = [column for code in (chosen, "") for column in labels if spoken[column] == code]
    return _Speech(chosen, tuple(dict.fromkeys([*own, *labels]))), remarks


def _label_columns(rows: list[dict[str, Any]]) -> list[str]:
    columns = dict.fromkeys(column for row in rows for column in row)
    return [column for column in columns if column == "label" or column.startswith("label::")]


def _language_code(called: str) -> str:
    """`english (en)` and `english` -> en; another language without its code -> its name."""
    words, _, rest = called.casefold().partition("(")
    code = rest.partition(")")[0] if ")" in rest else ""
    return (code or LANGUAGE_NAMES.get(words.strip(), words)).strip()

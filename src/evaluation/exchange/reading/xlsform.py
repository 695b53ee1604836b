"""XLSForm: the questionnaire of KoboToolbox and ODK, and the answers that both export."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.cells import chosen, coded, dated, numeric
from evaluation.exchange.reading.columns import Columns
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.names import option_code, question_id
from evaluation.exchange.reading.pairs import has_structure, structure_and_answers
from evaluation.exchange.reading.parts import Part, assembled
from evaluation.exchange.reading.xlsform_questions import Asked, Form, Section, read_questions
from evaluation.exchange.reading.xlsform_sheets import is_form
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.codebook import Group, Option, Question

FORMAT = "XLSForm"
# between the groups and the name of a question: what KoboToolbox and ODK let one choose
SEPARATORS = ("/", "-", ".", ":")
# a filter that asks for one answer to one question
FILTERS = (
    re.compile(
        r"\(?\s*\$\{\s*(?P<name>[\w.-]+)\s*\}\s*=\s*(?P<q>['\"]?)(?P<code>[\w.-]+)(?P=q)\s*\)?"
    ),
    re.compile(
        r"selected\s*\(\s*\$\{\s*(?P<name>[\w.-]+)\s*\}\s*,\s*(?P<q>['\"])(?P<code>[\w.-]+)(?P=q)\s*\)"
    ),
)
IDENTITIES = ("_id", "_uuid", "KEY", "__id", "instanceID", "meta/instanceID", "_index")
RECORDED = (
    *("start", "end", "today", "_submission_time", "SubmissionDate", "_validation_status"),
    *("_status", "ReviewState"),
)
# columns that both programs add, and that say nothing about the answers
ADDED = re.compile(r"_.*|meta[/:.-].*|formhub/uuid|KEY|instanceID|instanceName|.*-set-of-.*")
ADDED_BY_ODK = {
    *("SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status"),
    *("DeviceID", "Edits", "FormVersion", "SET-OF-"),
}
CHOSEN = {"1": True, "true": True, "1.0": True, "0": False, "false": False, "0.0": False, "": False}


def recognises(path: Path) -> bool:
    """Whether it is an XLSForm, or a folder with one."""
    return has_structure(path, is_form)


def read(path: Path) -> Export:
    """The answers and questions of a form: a form alone has no answers; a folder has it and the
    answers as Excel or CSV, with names or labels in the headers and the cells.

    Several answers stand in one column with spaces between the codes, or in a column per choice.
    A group of which all questions have the same choices is a battery; a filter is kept where it
    is one answer to one question. Raises InputError for an answer that its question does not have.
    """
    structure, answers = structure_and_answers(path, is_form)
    form = read_questions(structure)
    remarks = list(form.remarks)
    columns = Columns(structure.name, answers, remarks)
    # a form may ask a question by such a name
    asked = {question.name for question in form.questions}
    kept = {name: columns.find(name) for name in RECORDED if name not in asked}
    kept = {name: column for name, column in kept.items() if column is not None}
    identities = [columns.find(name) for name in IDENTITIES if name not in asked]
    respondents = _respondents(columns, [each for each in identities if each is not None], remarks)
    builder = _Builder(form, columns, remarks)
    for question in form.questions:
        builder.add(question)
    columns.free = [header for header in columns.free if not _is_added(header, form.unused)]
    return assembled(
        structure.name,
        builder.parts,
        builder.groups.values(),
        respondents,
        form.language,
        FORMAT,
        [*remarks, *columns.told()],
        pd.DataFrame(kept, index=columns.table.index),
    )


def _respondents(columns: Columns, identities: list[pd.Series], remarks: list[Remark]) -> pd.Series:
    for column in identities:
        if column.is_unique and (column != "").all():
            return column.rename(None)
    remarks.extend(Remark("respondent_repeated", str(column.name)) for column in identities[:1])
    return columns.row_numbers


def _is_added(header: str, unused: frozenset[str]) -> bool:
    last = re.split(r"[/:.-]", header)[-1]
    return bool(ADDED.fullmatch(header)) or bool({header, last} & (ADDED_BY_ODK | unused))


class _Builder:
    """Turns the questions of a form, one by one, into those of an export."""

    def __init__(self, form: Form, columns: Columns, remarks: list[Remark]):
        self.language, self.columns, self.remarks = form.language, columns, remarks
        self.words = texts(form.language if form.language in LANGUAGES else "en")
        self.batteries = _batteries(form.questions)
        self.parts: list[Part] = []
        self.groups: dict[Section, Group] = {}
        self.taken: set[str] = set()
        # name of a question -> its id, and its options by the codes of the form
        self.filters: dict[str, tuple[str, dict[str, str]]] = {}

    def add(self, asked: Asked) -> None:
        """The questions that one question of the form is made of."""
        text = {self.language: asked.text}
        group = self._group(asked)
        filters = _filters(asked)
        base = self._base(asked.name, filters)
        question = Question(
            question_id(asked.name, self.taken),
            {"day": "text"}.get(asked.kind, asked.kind),
            text,
            text,
            group=group,
            base=base,
            section=next((section.text for section in asked.within if section.text), ""),
            # whom it was asked has to be known
            required=asked.required and (base is not None or not filters),
        )
        headers = _headers(asked, asked.name, asked.text)
        if asked.kind in ("single", "multiple"):
            self._choice(asked, question, headers)
            return
        cells = self.columns.take(*headers)
        if asked.kind == "number":
            cells = numeric(cells, self.columns.file, self.remarks)
        elif asked.kind == "day":
            cells = dated(cells, self.remarks)
        self.parts.append(Part(question, cells.rename(question.id).to_frame()))

    def _choice(self, asked: Asked, question: Question, headers: list[str]) -> None:
        other = self.words("survey_words.other").capitalize()
        taken: set[str] = set()
        known = [
            (code, label, option_code(code, taken))
            for code, label in [*asked.choices, *([("other", other)] if asked.other else [])]
        ]
        options = tuple(Option(option, {self.language: label}) for _, label, option in known)
        question = replace(question, options=options)
        if asked.kind == "single":
            cells = self.columns.take(*headers)
            answers = coded(cells, known, self.columns.file).rename(question.id).to_frame()
        else:
            answers = self._several(question.id, known, headers)
        self.parts.append(Part(question, answers))
        self.filters[asked.name] = (question.id, {code: option for code, _, option in known})
        if asked.other:
            text = f"{asked.text} ({other.casefold()})"
            written = Asked(f"{asked.name}_other", "text", text, "", within=asked.within)
            self.add(written)

    def _several(
        self, question: str, known: list[tuple[str, str, str]], headers: list[str]
    ) -> pd.DataFrame:
        """The answers of a question with several, from a column per choice where there are such,
        else from one column of codes.
        """
        joined = self.columns.find(*headers)
        separate = {
            option: self.columns.find(
                *(f"{header}/{name}" for header in headers for name in (code, label))
            )
            for code, label, option in known
        }
        found = [column for column in separate.values() if column is not None]
        if found:
            empty = pd.Series("", index=self.columns.table.index)
            given = {
                f"{question}.{option}": self._given(empty if column is None else column)
                for option, column in separate.items()
            }
            return chosen(given, found)
        cells = self.columns.take(*headers) if joined is None else joined
        codes = {code: option for code, _, option in known}
        for cell in cells:
            for code in cell.split():
                if code not in codes:
                    raise InputError(
                        self.columns.file,
                        f"answers are codes with spaces between: {', '.join(codes)}",
                        "export the codes (XML values), or a column per choice",
                        row=int(cells.index[cells == cell][0]),
                        column=str(cells.name),
                        value=code,
                    )
        given = {
            f"{question}.{option}": cells.map(lambda cell, code=code: code in cell.split())
            for code, option in codes.items()
        }
        return chosen(given, [cells])

    def _given(self, cells: pd.Series) -> pd.Series:
        wrong = cells[~cells.str.casefold().isin(CHOSEN)]
        if len(wrong):
            raise InputError(
                self.columns.file,
                "a choice in a column of its own is 1 (chosen) or 0",
                "export the answers again",
                row=int(wrong.index[0]),
                column=str(cells.name),
                value=wrong.iloc[0],
            )
        return cells.str.casefold().map(CHOSEN)

    def _group(self, asked: Asked) -> str | None:
        section = asked.within[-1] if asked.within else None
        if section not in self.batteries:
            return None
        if section not in self.groups:
            text = {self.language: section.text}
            self.groups[section] = Group(question_id(section.name, self.taken), text, text)
        return self.groups[section].id

    def _base(self, name: str, filters: list[str]) -> tuple[str, str] | None:
        """The answer that a question was asked for, where its filters are no more than that."""
        if not filters:
            return None
        found = next((match for form in FILTERS if (match := form.fullmatch(filters[0]))), None)
        question, codes = self.filters.get(found["name"], ("", {})) if found else ("", {})
        if len(filters) > 1 or not found or found["code"] not in codes:
            self.remarks.append(Remark("filter_left_out", name, "; ".join(filters)))
            return None
        return question, codes[found["code"]]


def _filters(asked: Asked) -> list[str]:
    """The expressions that keep some from a question, those of its groups first."""
    filters = [section.relevant for section in asked.within] + [asked.relevant]
    return [text.strip() for text in filters if text.strip()]


def _batteries(questions: tuple[Asked, ...]) -> set[Section]:
    """The named groups of two questions or more that all have the same choices."""
    asked: dict[Section, list[Any]] = {}
    for question in questions:
        if question.within:
            asked.setdefault(question.within[-1], []).append((question.kind, question.choices))
    return {
        section
        for section, kinds in asked.items()
        if section.text and len(kinds) > 1 and len(set(kinds)) == 1 and kinds[0][1]
    }


def _headers(asked: Asked, name: str, text: str) -> list[str]:
    """What a column of a question may be called: its name or text, with or without its groups."""
    named = [*(section.name for section in asked.within), name]
    told = [*(section.text or section.name for section in asked.within), text]
    paths = [mark.join(path) for path in (named, told) for mark in SEPARATORS]
    return list(dict.fromkeys([*paths, name, text]))

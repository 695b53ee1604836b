"""REDCap: the questions of a data dictionary, the answers of its export of records."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.cells import chosen, coded, dated, numeric
from evaluation.exchange.reading.columns import Columns
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.names import option_code, question_id
from evaluation.exchange.reading.pairs import has_structure, structure_and_answers
from evaluation.exchange.reading.parts import Part, assembled
from evaluation.exchange.reading.redcap_dictionary import Asked, is_dictionary, read_dictionary
from evaluation.language.detection import language_of
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.codebook import Group, Option, Question

FORMAT = "REDCap"
# what REDCap records of every record, by name and by the words of the English interface
RECORDED = {
    "redcap_event_name": "Event Name",
    "redcap_repeat_instrument": "Repeat Instrument",
    "redcap_repeat_instance": "Repeat Instance",
    "redcap_data_access_group": "Data Access Group",
}
PRIVATE = {"redcap_survey_identifier": "Survey Identifier"}
# of every form: its status, and when it was answered
STATUS = re.compile(r"\w+_(complete|timestamp)|Complete\?|Survey Timestamp", re.IGNORECASE)
# a filter that asks for one answer to one question: [q1] = '1', [q2(3)] = "1"
FILTER = re.compile(
    r"\s*\[(?P<name>\w+)(?:\((?P<option>[^()]+)\))?\]\s*=\s*(?P<q>['\"]?)(?P<code>[^'\"]+?)(?P=q)\s*"
)
CHOSEN = {"1": True, "checked": True, "0": False, "unchecked": False, "": False}


def recognises(path: Path) -> bool:
    """Whether it is a data dictionary, or a folder with one."""
    return has_structure(path, is_dictionary)


def read(path: Path) -> Export:
    """The answers and questions of a project: a dictionary alone has no answers; a folder has it
    and the records as CSV, with names or labels in the headers and the cells.

    Fields that the dictionary calls identifiers are no questions. A matrix is a battery; a filter
    is kept where it is one answer to one question. Raises InputError for an answer that its field
    does not have.
    """
    dictionary, records = structure_and_answers(path, is_dictionary)
    fields = read_dictionary(dictionary)
    remarks: list[Remark] = []
    columns = Columns(dictionary.name, records, remarks)
    kept = {name: columns.find(name, words) for name, words in (RECORDED | PRIVATE).items()}
    status = [header for header in columns.free if STATUS.fullmatch(re.sub(r"\W\d+$", "", header))]
    asked_too = {field.name for field in fields}
    kept |= {name: columns.find(name) for name in status if name not in asked_too}
    respondents = columns.row_numbers
    if fields and (identity := columns.find(fields[0].name, fields[0].text)) is not None:
        usable = identity.is_unique and (identity != "").all()
        respondents = identity.rename(None) if usable else respondents
        remarks.append(Remark("identity" if usable else "respondent_repeated", fields[0].name))
    told = [text for each in fields for text in (each.text, *(label for _, label in each.choices))]
    language = language_of(told)
    builder = _Builder(columns, language, remarks)
    for field in fields[1:]:
        builder.add(field)
    if builder.private:
        remarks.append(Remark("identity_beside", value=", ".join(builder.private)))
    remarks.append(Remark("language_assumed", value=language))
    background = {name: cells for name, cells in kept.items() if cells is not None}
    return assembled(
        dictionary.name,
        builder.parts,
        builder.groups.values(),
        respondents,
        language,
        FORMAT,
        [*remarks, *columns.told()],
        pd.DataFrame(background | builder.private, index=columns.table.index),
    )


class _Builder:
    """Turns the fields of a dictionary, one by one, into questions."""

    def __init__(self, columns: Columns, language: str, remarks: list[Remark]):
        self.columns, self.language, self.remarks = columns, language, remarks
        self.words = texts(language if language in LANGUAGES else "en")
        self.parts: list[Part] = []
        self.groups: dict[str, Group] = {}
        self.private: dict[str, pd.Series] = {}
        self.taken: set[str] = set()
        self.section = ""
        # name of a field -> its id, and its options by the codes of the dictionary
        self.filters: dict[str, tuple[str, dict[str, str]]] = {}

    def add(self, asked: Asked) -> None:
        if asked.kind in ("shown", "file"):
            self.columns.find(asked.name, asked.text)
            if asked.kind == "file":
                self.remarks.append(Remark("file_upload_left_out", asked.name))
            return
        if asked.is_identifier:
            found = self.columns.find(asked.name, asked.text)
            empty = pd.Series("", index=self.columns.table.index)
            self.private[asked.name] = empty if found is None else found
            return
        # a heading holds until the next one; that of a matrix is its stem
        if asked.section and not asked.matrix:
            self.section = asked.section
        text = {self.language: asked.text}
        base = self._base(asked)
        question = Question(
            question_id(asked.name, self.taken),
            {"day": "text"}.get(asked.kind, asked.kind),
            text,
            text,
            group=self._group(asked),
            base=base,
            section=self.section,
            required=asked.required and (base is not None or not asked.filter),
        )
        if asked.kind in ("single", "multiple"):
            self._choice(asked, question)
            return
        cells = self.columns.take(asked.name, asked.text)
        if asked.kind == "number":
            cells = numeric(cells, self.columns.file, self.remarks)
        elif asked.kind == "day":
            cells = dated(cells, self.remarks)
        self.parts.append(Part(question, cells.rename(question.id).to_frame()))

    def _choice(self, asked: Asked, question: Question) -> None:
        choices = asked.choices or (
            ("1", self.words("survey_words.Y.Y")),
            ("0", self.words("survey_words.Y.N")),
        )
        taken: set[str] = set()
        known = [(code, label, option_code(code, taken)) for code, label in choices]
        options = tuple(Option(option, {self.language: label}) for _, label, option in known)
        question = replace(question, options=options)
        self.filters[asked.name] = (question.id, {code: option for code, _, option in known})
        if asked.kind == "single":
            cells = self.columns.take(asked.name, asked.text)
            if not asked.choices:
                # the words of the interface, whatever the language of the survey
                known += [
                    (word, word, option)
                    for word, (_, _, option) in zip(("Yes", "No"), known, strict=True)
                ] + [(word, word, known[at][2]) for at, word in enumerate(("True", "False"))]
            answers = coded(cells, known, self.columns.file).rename(question.id).to_frame()
            self.parts.append(Part(question, answers))
            return
        given, found = {}, []
        for code, label, option in known:
            # a code becomes part of the name of a column
            part = re.sub(r"\W", "_", code.casefold())
            cells = self.columns.take(f"{asked.name}___{part}", f"{asked.text} (choice={label})")
            given[f"{question.id}.{option}"] = self._given(cells)
            found.append(cells)
        self.parts.append(Part(question, chosen(given, found)))

    def _given(self, cells: pd.Series) -> pd.Series:
        wrong = cells[~cells.str.casefold().isin(CHOSEN)]
        if len(wrong):
            raise InputError(
                self.columns.file,
                "an option of a field with checkboxes is 1 (Checked) or 0 (Unchecked)",
                "export the records again",
                row=int(wrong.index[0]),
                column=str(cells.name),
                value=wrong.iloc[0],
            )
        return cells.str.casefold().map(CHOSEN)

    def _group(self, asked: Asked) -> str | None:
        if not asked.matrix:
            return None
        if asked.matrix not in self.groups:
            text = {self.language: asked.section or asked.matrix}
            identity = question_id(asked.matrix, self.taken)
            self.groups[asked.matrix] = Group(identity, text, text)
        return self.groups[asked.matrix].id

    def _base(self, asked: Asked) -> tuple[str, str] | None:
        """The answer that a field was shown for, where its filter is no more than that."""
        if not asked.filter:
            return None
        found = FILTER.fullmatch(asked.filter)
        question, codes = self.filters.get(found["name"], ("", {})) if found else ("", {})
        code = (found["option"] or found["code"]) if found else ""
        if not found or code not in codes or (found["option"] and found["code"] != "1"):
            self.remarks.append(Remark("filter_left_out", asked.name, asked.filter))
            return None
        return question, codes[code]

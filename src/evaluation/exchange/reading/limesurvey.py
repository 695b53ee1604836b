"""LimeSurvey: the questions of a structure file (.lss), the answers of its export of responses."""

import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.cells import chosen, coded, dated, numeric
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.limesurvey_answers import Answers, Column
from evaluation.exchange.reading.limesurvey_responses import is_archived, is_for_corrections
from evaluation.exchange.reading.limesurvey_structure import Asked, Survey, read_structure
from evaluation.exchange.reading.names import option_code, question_id
from evaluation.exchange.reading.pairs import has_structure, structure_and_answers
from evaluation.exchange.reading.parts import Part, assembled
from evaluation.exchange.reading.zip_files import BROKEN
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.codebook import Group, Option, Question

FORMAT = "LimeSurvey"
MARK = b"<LimeSurveyDocType>Survey<"
# what is read of an archive, unpacked
LARGEST = 256 << 20
# a filter that asks for one answer to one question, in the language of LimeSurvey's expressions
FILTER = re.compile(
    r"[\s(]*(?P<name>\w+)(?:\.(?:NAOK|value|code))?\s*==\s*([\"'])(?P<code>[^\"']*)\2[\s)]*"
)
OTHER = "-oth-"
TICKED = {"y", "yes", "1", "ja", "oui", "sí", "si", "sì", "sim", "tak", "kyllä"}
NOT_TICKED = {"", "n", "no", "0", "2", "nej", "nei", "nein", "non", "não", "nie", "ei", "n/a"}
FIXED = {
    "5": ["1", "2", "3", "4", "5"],
    "A": ["1", "2", "3", "4", "5"],
    "B": [str(step) for step in range(1, 11)],
    "C": ["Y", "U", "N"],
    "E": ["I", "S", "D"],
    "G": ["F", "M"],
    "Y": ["Y", "N"],
}
LISTS = ("L", "!", "O")
SUBQUESTION_LISTS = ("F", "H", "A", "B", "C", "E")
WRITTEN = ("S", "T", "U", "*")
# what is shown or done without an answer that can be counted
UNUSED = {"X": "", "|": "file_upload_left_out", "I": "language_switch_left_out"}


def is_structure(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return MARK in re.sub(rb"\s+", b"", file.read(1000))


def recognises(path: Path) -> bool:
    """Whether it is a survey structure of LimeSurvey, a folder with one, an archive of a survey
    (.lsa), or responses as its database has them."""
    if path.is_file() and (is_archived(path) or is_for_corrections(path) or _archived(path)):
        return True
    return has_structure(path, is_structure)


def read(path: Path) -> Export:
    """The answers and questions of a survey: a structure file alone has no answers; a folder
    has it and the responses as CSV or Excel, with question codes or full questions as headers,
    and codes or full answers in the cells, or as an archive or a file for corrections has them.

    Danish or English is taken where the survey has it. An array is a group of questions; a
    ranking has a question per rank; a filter is kept where it is one answer to one question. Raises
    InputError for an answer that its question does not have.
    """
    if path.is_file() and _archived(path):
        return _of_archive(path)
    if path.is_file() and not is_structure(path):
        raise InputError(
            path.name,
            "the questions of a survey are in its structure (.lss)",
            "export the structure too, and put both files alone into a folder",
            value="responses of LimeSurvey without their questions",
        )
    structure, responses = structure_and_answers(path, is_structure)
    survey = read_structure(structure)
    remarks = list(survey.remarks)
    places = {asked.code: asked.place for asked in survey.questions}
    answers = Answers(structure.name, responses, remarks, places)
    builder = _Builder(survey, answers, remarks)
    for asked in survey.questions:
        builder.add(asked)
    remarks += answers.told()
    return assembled(
        structure.name,
        builder.parts,
        builder.groups,
        answers.respondents,
        survey.language,
        FORMAT,
        remarks,
        answers.background,
    )


def _archived(path: Path) -> dict[str, zipfile.ZipInfo]:
    """Ending -> the structure and the responses in an archive of a survey; empty for no such."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = {PurePosixPath(each.filename).suffix: each for each in archive.infolist()}
    except BROKEN:
        return {}
    return {end: found[end] for end in (".lss", ".lsr") if end in found} if ".lss" in found else {}


def _of_archive(path: Path) -> Export:
    """The survey in an archive; the participants that it may hold stay in it."""
    members = _archived(path)
    size = sum(each.file_size for each in members.values())
    if size > LARGEST:
        raise InputError(
            path.name,
            f"the survey unpacks to {LARGEST >> 20} MB at most",
            "export the structure (.lss) and the responses as CSV into a folder",
            value=f"{size >> 20} MB",
        )
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                for ending, member in members.items():
                    Path(folder, f"{path.stem}{ending}").write_bytes(archive.read(member))
        except BROKEN:
            raise InputError(
                path.name,
                "the archive is whole and has no password",
                "export it again without a password",
            ) from None
        return read(Path(folder))


class _Builder:
    """Turns the questions of LimeSurvey, one by one, into those of an export."""

    def __init__(self, survey: Survey, answers: Answers, remarks: list[Remark]):
        self.language, self.answers, self.remarks = survey.language, answers, remarks
        self.words = texts(survey.language if survey.language in LANGUAGES else "en")
        self.parts: list[Part] = []
        self.groups: list[Group] = []
        self.taken: set[str] = set()
        # what expressions call an answer -> (question, code of the file -> option)
        self.filters: dict[str, tuple[str, dict[str, str]]] = {}
        self.base: tuple[str, str] | None = None

    def add(self, asked: Asked) -> None:
        """The questions that one question of LimeSurvey is made of."""
        if asked.type in UNUSED:
            self.answers.drop(asked.code)
            rule = UNUSED[asked.type]
            self.remarks.extend([Remark(rule, asked.code)] if rule else [])
            return
        self.base = self._base(asked)
        if asked.is_filtered and self.base is None:
            # whom it was asked is not known, so neither who had to answer it
            asked = replace(asked, mandatory=False)
        kinds: dict[tuple[str, ...], Callable[[Asked], None]] = {
            LISTS: self._list,
            ("M", "P"): self._several,
            SUBQUESTION_LISTS: self._array,
            ("1",): self._dual,
            ("R",): self._ranking,
            ("K", "Q", ";", ":"): self._table,
            ("5", "G", "Y"): lambda asked: self._single(asked, self._whole(asked), asked.text),
            ("N",): lambda asked: self._written(asked, self._whole(asked), asked.text, "number"),
            (*WRITTEN, "D"): lambda asked: self._written(asked, self._whole(asked), asked.text),
        }
        build = next((build for types, build in kinds.items() if asked.type in types), None)
        if build is None:
            self.answers.drop(asked.code)
            self.remarks.append(Remark("type_left_out", asked.code, asked.type))
            return
        build(asked)

    @staticmethod
    def _whole(asked: Asked) -> Column:
        return Column(asked.code, words=(asked.text,))

    def _text(self, text: str) -> dict[str, str]:
        return {self.language: text}

    def _question(
        self, asked: Asked, name: str, kind: str, text: str, group: str | None = None
    ) -> Question:
        told = self._text(text)
        identity, required = question_id(name, self.taken), asked.mandatory
        return Question(
            identity,
            kind,
            told,
            told,
            group=group,
            base=self.base,
            section=asked.section,
            required=required,
        )

    def _group(self, asked: Asked) -> str:
        identity = question_id(asked.code, self.taken)
        self.groups.append(Group(identity, self._text(asked.text), self._text(asked.text)))
        return identity

    def _options(self, asked: Asked, scale: int) -> list[tuple[str, str]]:
        """(code, label) of what can be answered."""
        if asked.type not in FIXED:
            return [(item.code, item.text) for item in asked.options(scale)]
        named = asked.type in ("C", "E", "G", "Y")
        return [
            (code, self.words(f"survey_words.{asked.type}.{code}") if named else code)
            for code in FIXED[asked.type]
        ]

    def _single(
        self,
        asked: Asked,
        column: Column,
        text: str,
        group: str | None = None,
        scale: int = 0,
        more: Iterable[tuple[str, str]] = (),
    ) -> None:
        """A question with one answer, and `more` options than the survey lists."""
        question = self._question(asked, column.headers[1], "single", text, group)
        taken: set[str] = set()
        known = [
            (code, label, option_code("other" if code == OTHER else code, taken))
            for code, label in [*self._options(asked, scale), *more]
        ]
        options = tuple(Option(option, self._text(label)) for _, label, option in known)
        cells = self.answers.column(column)
        # the English word stands in tables of full answers, whatever the language of the survey
        also = [("", "Other", option) for code, _, option in known if code == OTHER]
        answers = coded(cells, [*known, *also], self.answers.file).rename(question.id)
        self.parts.append(Part(replace(question, options=options), answers.to_frame()))
        codes = {code: option for code, _, option in known}
        self._answerable(asked, column, question.id, codes)

    def _answerable(
        self, asked: Asked, column: Column, question: str, codes: dict[str, Any]
    ) -> None:
        for name in (column.headers[1], asked.place + column.part):
            self.filters[name] = (question, codes)

    def _written(
        self, asked: Asked, column: Column, text: str, kind: str = "text", group: str | None = None
    ) -> None:
        question = self._question(asked, column.headers[1], kind, text, group)
        cells = self.answers.column(column)
        if kind == "number":
            cells = numeric(cells, self.answers.file, self.remarks)
        elif asked.type == "D":
            cells = dated(cells, self.remarks)
        self.parts.append(Part(question, cells.rename(question.id).to_frame()))

    def _beside(self, asked: Asked, part: str, word: str, text: str) -> None:
        """The free text beside an option or a list."""
        told = f"{text} ({self.words(f'survey_words.{word}')})"
        named = [texts(language)(f"survey_words.{word}").capitalize() for language in LANGUAGES]
        words = tuple(f"{asked.text} [{name}]" for name in named)
        column = Column(asked.code, part, words=words)
        self._written(replace(asked, type="T", mandatory=False), column, told)

    def _list(self, asked: Asked) -> None:
        other = [(OTHER, self.words("survey_words.other").capitalize())] if asked.other else []
        self._single(asked, self._whole(asked), asked.text, more=other)
        if other:
            self._beside(asked, "other", "other", asked.text)
        if asked.type == "O":
            self._beside(asked, "comment", "comment", asked.text)

    def _several(self, asked: Asked) -> None:
        question = self._question(asked, asked.code, "multiple", asked.text)
        taken: set[str] = set()
        options, columns, cells = [], {}, []
        for item in asked.rows():
            option = option_code(item.code, taken)
            options.append(Option(option, self._text(item.text)))
            column = Column(asked.code, item.code, words=(f"{asked.text} [{item.text}]",))
            cells.append(self.answers.ticks(column))
            columns[f"{question.id}.{option}"] = self._ticked(cells[-1])
            self._answerable(asked, column, question.id, {"Y": option})
        if asked.other:
            option = option_code("other", taken)
            label = self.words("survey_words.other").capitalize()
            options.append(Option(option, self._text(label)))
            self._beside(asked, "other", "other", asked.text)
            written = self.parts.pop()
            cells.append(written.answers.iloc[:, 0])
            columns[f"{question.id}.{option}"] = cells[-1] != ""
        answers = chosen(columns, cells)
        self.parts.append(Part(replace(question, options=tuple(options)), answers))
        if asked.other:
            self.parts.append(written)
        if asked.type == "P":
            for item in asked.rows():
                self._beside(asked, f"{item.code}comment", "comment", item.text)

    def _ticked(self, cells: pd.Series) -> pd.Series:
        folded = cells.str.casefold()
        wrong = cells[~folded.isin(TICKED | NOT_TICKED)]
        if len(wrong):
            raise InputError(
                self.answers.file,
                "an option of a question with several answers is chosen (Y, Yes) or not (N, No)",
                "export the codes of the answers",
                row=int(wrong.index[0]),
                column=str(cells.name),
                value=wrong.iloc[0],
            )
        return folded.isin(TICKED)

    def _array(self, asked: Asked) -> None:
        group = self._group(asked)
        for item in asked.rows():
            column = Column(asked.code, item.code, words=(f"{asked.text} [{item.text}]",))
            self._single(asked, column, item.text, group)

    def _dual(self, asked: Asked) -> None:
        group = self._group(asked)
        for item in asked.rows():
            for scale in (0, 1):
                words = f"{asked.text} [{item.text}][Scale {scale + 1}]"
                column = Column(asked.code, item.code, scale, (words,))
                self._single(asked, column, f"{item.text} ({scale + 1})", group, scale)

    def _ranking(self, asked: Asked) -> None:
        group = self._group(asked)
        for rank in range(1, len(asked.options()) + 1):
            column = Column(asked.code, str(rank), words=(f"{asked.text} [Rank {rank}]",))
            # how many have to be ranked the file does not tell
            ranked = replace(asked, mandatory=False)
            self._single(ranked, column, self.words("survey_words.rank", rank=rank), group)

    def _table(self, asked: Asked) -> None:
        """Numbers or texts, one per row, or per row and column."""
        group = self._group(asked)
        kind = "number" if asked.type in ("K", ":") else "text"
        for row in asked.rows():
            cells = [(row.code, f"[{row.text}]", row.text)]
            if asked.type in (";", ":"):
                cells = [
                    (
                        f"{row.code}_{side.code}",
                        f"[{row.text}][{side.text}]",
                        f"{row.text}: {side.text}",
                    )
                    for side in asked.rows(1)
                ]
            for part, words, text in cells:
                column = Column(asked.code, part, words=(f"{asked.text} {words}",))
                self._written(asked, column, text, kind, group)

    def _base(self, asked: Asked) -> tuple[str, str] | None:
        """The answer that a question was asked for, where its filter is no more than that."""
        if not asked.relevance:
            return None
        found = FILTER.fullmatch(asked.relevance)
        question, codes = self.filters.get(found["name"], ("", {})) if found else ("", {})
        if not found or found["code"] not in codes:
            self.remarks.append(Remark("filter_left_out", asked.code, asked.relevance))
            return None
        return question, codes[found["code"]]

"""The codebook: the schema of the survey, with its texts in the languages of the report."""

import re
from dataclasses import dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from evaluation.base.errors import InputError
from evaluation.base.whole_files import written_whole
from evaluation.base.yaml_files import check_schema, line_of, read_yaml
from evaluation.language.texts import LANGUAGES
from evaluation.project.computed import Grouping, Index

FILE = "data/raw/codebook.yml"
SCHEMA = resources.files("evaluation.project").joinpath("schemas", "codebook.json")
# the `origin` of rows that were rebuilt from published figures
RECONSTRUCTED = "reconstructed"
# the code of the option that stands for the answers that few gave in the same words
OTHER_ANSWERS = "other_answers"
COMPUTED: dict[str, type[Grouping] | type[Index]] = {"grouping": Grouping, "index": Index}
BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class Option:
    """An answer option; `off_scale` sets "don't know" apart from an ordered scale.

    `in_text` is its name inside a sentence, where that is more than the label in small letters.
    """

    code: str
    label: dict[str, str]
    off_scale: bool = False
    in_text: dict[str, str] | None = None


@dataclass(frozen=True)
class Collapse:
    """Options that are published as one wherever small counts are hidden."""

    code: str
    label: dict[str, str]
    options: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question: `base` is the (question, option) that filters who was asked, `elements` are
    those of the frameworks that it informs.

    `in_text` is its name inside a sentence, where that is more than the label in small letters.
    `required`: everybody who was asked had to answer; `minimum`, `maximum`: of a number.
    `inferred`: the options are those that somebody gave, which the list itself tells; `sensitive`:
    that all answered alike is hidden too, and None where nobody has decided it.
    `coding_of` is the open question whose answers are sorted under the options of this one.
    `background`: it tells who answers, and others are told by its groups. `grouping`, `index`: it
    was not asked, but is computed from others.
    """

    id: str
    type: str
    question: dict[str, str]
    label: dict[str, str]
    options: tuple[Option, ...] = ()
    group: str | None = None
    base: tuple[str, str] | None = None
    headline: tuple[str, ...] = ()
    note: dict[str, str] | None = None
    elements: tuple[str, ...] = ()
    section: str = ""
    collapse: tuple[Collapse, ...] = ()
    in_text: dict[str, str] | None = None
    required: bool = False
    inferred: bool = False
    sensitive: bool | None = None
    minimum: float | None = None
    maximum: float | None = None
    coding_of: str | None = None
    background: bool = False
    grouping: Grouping | None = None
    index: Index | None = None

    @property
    def computed(self) -> Grouping | Index | None:
        """How it is computed from other questions, if it is."""
        return self.grouping or self.index

    @property
    def was_asked(self) -> bool:
        """Whether respondents answered it: it sorts no answers, and is not computed."""
        return self.coding_of is None and self.computed is None

    @property
    def codes(self) -> list[str]:
        return [option.code for option in self.options]

    @property
    def columns(self) -> list[str]:
        """The columns of a table of answers that hold those to this question."""
        if self.type == "multiple":
            return [column_of(self, code) for code in self.codes]
        return [self.id]

    @property
    def sides(self) -> list[int | None]:
        """For each option the half of the ordered scale it belongs to: -1 the first, 1 the second,
        0 the middle of the scale, None for an option beside it.

        Options collapsed into one are as wide as before, so that what is left of a scale keeps
        its middle.
        """
        widths = self._widths
        sides, before, whole = [], 0, sum(widths)
        for width in widths:
            centre = 2 * before + width - whole
            sides.append((centre > 0) - (centre < 0) if width else None)
            before += width
        return sides

    @property
    def neutral(self) -> list[bool]:
        """For each option whether it is the middle of the ordered scale, or was collapsed from
        options that the middle is among."""
        middle, before, neutral = sum(self._widths) / 2, 0, []
        for width in self._widths:
            neutral.append(before < middle < before + width)
            before += width
        return neutral

    @property
    def _widths(self) -> list[int]:
        """How many options of the scale each option stands for; 0 beside the scale."""
        joined = {
            one.code: len(one.options)
            for one in self.collapse
            if not set(one.options) <= set(self.codes)
        }
        return [0 if option.off_scale else joined.get(option.code, 1) for option in self.options]

    def collapsed(self) -> "Question":
        """The question with the options that may be collapsed as one."""
        joined_as = {code: joined for joined in self.collapse for code in joined.options}
        options: dict[str, Option] = {}
        for option in self.options:
            joined = joined_as.get(option.code)
            if joined is not None:
                option = Option(joined.code, joined.label, option.off_scale)
            options.setdefault(option.code, option)
        headline = dict.fromkeys(
            joined_as[code].code if code in joined_as else code for code in self.headline
        )
        return replace(self, options=tuple(options.values()), headline=tuple(headline))

    def published(self, codes: tuple[str, ...]) -> tuple[str, ...] | None:
        """`codes`, collapsed where this question is; None where only a part of such is named."""
        found = {code for code in codes if code in self.codes}
        left = set(codes) - found
        for joined in self.collapse:
            if left >= set(joined.options):
                found.add(joined.code)
                left -= set(joined.options)
        return None if left else tuple(code for code in self.codes if code in found)


@dataclass(frozen=True)
class Group:
    """A battery of questions that share a stem."""

    id: str
    label: dict[str, str]
    question: dict[str, str] | None = None


@dataclass(frozen=True)
class Codebook:
    groups: dict[str, Group]
    questions: dict[str, Question]

    @property
    def collapses(self) -> dict[str, list[tuple[str, list[str]]]]:
        """Question -> (new code, the codes it joins), as `disclosure.collapse` takes them."""
        return {
            question.id: [(joined.code, list(joined.options)) for joined in question.collapse]
            for question in self.questions.values()
            if question.collapse
        }

    @property
    def grouped(self) -> set[str]:
        """The questions that are told by the groups of another where small counts are hidden: their
        own counts would tell of those of the groups."""
        return {each.grouping.of for each in self.questions.values() if each.grouping is not None}

    @property
    def backgrounds(self) -> list[Question]:
        """The questions that make groups, in their order."""
        return [question for question in self.questions.values() if question.background]

    def collapsed(self) -> "Codebook":
        """The codebook with the options that may be collapsed as one."""
        questions = {name: question.collapsed() for name, question in self.questions.items()}
        return Codebook(self.groups, questions)

    def in_group(self, group: str) -> list[Question]:
        """The questions of a battery, in the order of the codebook."""
        return [question for question in self.questions.values() if question.group == group]


def load_codebook(path: Path, name: str = FILE, languages: tuple[str, ...] = LANGUAGES) -> Codebook:
    """Read and check a codebook whose texts are there in each of `languages`.

    Raises InputError for an unknown type, a duplicate id or code, a reference to a question,
    group or option that does not exist, a text that is missing in one language, and options
    that cannot be collapsed.
    """
    content = read_yaml(path, name)
    check_schema(content, SCHEMA, name, languages)

    def refuse(where: list[str | int], rule: str, remedy: str, value: Any) -> NoReturn:
        raise InputError(name, rule, remedy, row=line_of(content, where), value=value)

    groups: dict[str, Group] = {}
    for index, entry in enumerate(content.get("groups", [])):
        if entry["id"] in groups:
            refuse(["groups", index], "a group id is used once", "rename one", entry["id"])
        groups[entry["id"]] = Group(**entry)

    questions: dict[str, Question] = {}
    for index, entry in enumerate(content["questions"]):
        question = _question(entry)
        where: list[str | int] = ["questions", index]
        if question.id in questions:
            refuse(where, "a question id is used once", "rename one of the two", question.id)
        for position, code in enumerate(question.codes):
            if code in question.codes[:position]:
                refuse(
                    [*where, "options", position],
                    f"an option code is used once in {question.id}",
                    "rename one of the two",
                    code,
                )
        if question.group is not None and question.group not in groups:
            refuse(where, "a group is declared", "declare it under groups", question.group)
        for code in question.headline:
            if code not in question.codes:
                known = ", ".join(question.codes)
                refuse(
                    where,
                    f"headline of {question.id} names its options",
                    f"use one of {known}",
                    code,
                )
        if question.base is not None:
            asked, code = question.base
            if asked not in questions or code not in questions[asked].codes:
                refuse(
                    where,
                    f"base of {question.id} names an earlier question and one of its options",
                    "name a question above this one and one of its codes",
                    f"{asked}: {code}",
                )
            if questions[asked].coding_of is not None:
                refuse(
                    where,
                    f"base of {question.id} is a question that was asked",
                    f"name another: {asked} sorts answers that were given already",
                    f"{asked}: {code}",
                )
        if question.computed is not None and (
            broken := question.computed.breach(question, questions)
        ):
            key = "grouping" if question.grouping is not None else "index"
            refuse([*where, key], broken, "see docs/authors.md, Groupings and indices", question.id)
        coded = question.coding_of
        if coded is not None and (coded not in questions or questions[coded].type != "text"):
            refuse(
                where,
                f"coding_of {question.id} names an earlier question with an open answer",
                "name a question of type text above this one",
                coded,
            )
        if coded is not None and any(other.coding_of == coded for other in questions.values()):
            refuse(where, f"one question sorts the answers to {coded}", "join the two", question.id)
        for position, joined in enumerate(question.collapse):
            rule = _breach(question, joined, question.collapse[:position])
            if rule:
                refuse(
                    [*where, "collapse", position],
                    rule,
                    f"use a new code and options among {', '.join(question.codes)}",
                    f"{joined.code}: {', '.join(joined.options)}",
                )
        questions[question.id] = question
    for index, question in enumerate(questions.values()):
        if question.base is None:
            continue
        asked, code = question.base
        if any(code in joined.options for joined in questions[asked].collapse):
            refuse(
                ["questions", index],
                f"base of {question.id} names no option that {asked} may collapse",
                f"leave {code} out of the collapse: its count is the n of {question.id}",
                f"{asked}: {code}",
            )
    return Codebook(groups, questions)


def _breach(question: Question, joined: Collapse, earlier: tuple[Collapse, ...]) -> str | None:
    """The rule that a collapse breaks, if any."""
    parts = set(joined.options)
    if question.type == "multiple":
        return f"several answers to {question.id} may come from one respondent and are not added"
    if not parts <= set(question.codes):
        return f"collapse of {question.id} names options of the question"
    if joined.code in set(question.codes) - parts or any(
        joined.code == other.code or parts & set(other.options) for other in earlier
    ):
        return f"collapse of {question.id} takes an option once and gives it an unused code"
    if parts & set(question.headline) and not parts <= set(question.headline):
        return f"collapse of {question.id} keeps the headline apart from the other options"
    off_scale = {option.off_scale for option in question.options if option.code in parts}
    if len(off_scale) > 1:
        return f"collapse of {question.id} keeps the scale apart from what is beside it"
    return None


def _question(entry: dict[str, Any]) -> Question:
    fields = dict(entry)
    fields["options"] = tuple(Option(**option) for option in entry.get("options", ()))
    fields["headline"] = tuple(entry.get("headline", ()))
    fields["elements"] = tuple(entry.get("elements", ()))
    fields["collapse"] = tuple(
        Collapse(joined["code"], joined["label"], tuple(joined["options"]))
        for joined in entry.get("collapse", ())
    )
    for name, kind in COMPUTED.items():
        if name in entry:
            fields[name] = kind.read(entry[name])
    if "base" in entry:
        fields["base"] = (entry["base"]["question"], entry["base"]["option"])
    return Question(**fields)


def column_of(question: Question, code: str) -> str:
    """Name of the response column that holds one option of a multiple-choice question."""
    return f"{question.id}.{code}"


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as the YAML that `load_codebook` reads back to an equal one.

    The file is there whole or not at all.
    """
    content = {"groups": [entry_of(group) for group in codebook.groups.values()]}
    content = {key: entries for key, entries in content.items() if entries}
    content["questions"] = [entry_of(question) for question in codebook.questions.values()]
    yaml = YAML(typ="rt")
    yaml.width = 10_000  # folded lines would end in spaces
    yaml.indent(mapping=2, sequence=4, offset=2)
    with written_whole(path) as partial, partial.open("w", encoding="utf-8") as stream:
        yaml.dump(content, stream)


def entry_of(part: Group | Question | Option | Collapse) -> dict[str, Any]:
    """The fields of a part of a codebook that say something, as lists and mappings for YAML."""
    entry = {}
    for field in fields(part):
        name, value = field.name, getattr(part, field.name)
        if value == field.default:
            continue
        if name == "base":
            value = dict(zip(("question", "option"), value, strict=True))
        elif isinstance(value, Grouping | Index):
            value = value.entry()
        elif isinstance(value, tuple):
            value = [each if isinstance(each, str) else entry_of(each) for each in value]
        elif isinstance(value, dict):
            # a copy, or YAML would refer from one text to an equal one by an anchor
            value = {language: _scalar(text) for language, text in value.items()}
        entry[name] = value
    return entry


def _scalar(text: str) -> str:
    """A text as YAML keeps it: signs that end lines somewhere are escaped, in double quotes."""
    return DoubleQuotedScalarString(text) if BREAKS.search(text) else text

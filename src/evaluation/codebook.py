"""The codebook: the schema of the survey, with its texts in Danish and English."""

from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import InputError
from evaluation.yaml_files import check_schema, line_of, read_yaml

FILE = "data/raw/codebook.yml"


@dataclass(frozen=True)
class Option:
    """An answer option; `off_scale` sets "don't know" apart from an ordered scale."""

    code: str
    label: dict[str, str]
    off_scale: bool = False


@dataclass(frozen=True)
class Question:
    """A question: `base` is the (question, option) that filters who was asked."""

    id: str
    type: str
    question: dict[str, str]
    label: dict[str, str]
    options: tuple[Option, ...] = ()
    group: str | None = None
    base: tuple[str, str] | None = None
    headline: tuple[str, ...] = ()
    note: dict[str, str] | None = None
    themes: tuple[str, ...] = ()
    section: str = ""

    @property
    def codes(self) -> list[str]:
        return [option.code for option in self.options]


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

    def in_group(self, group: str) -> list[Question]:
        """The questions of a battery, in the order of the codebook."""
        return [question for question in self.questions.values() if question.group == group]


def load_codebook(path: Path, name: str = FILE) -> Codebook:
    """Read and check a codebook.

    Raises InputError for an unknown type, a duplicate id or code, a reference to a question,
    group or option that does not exist, a text that is missing in one language.
    """
    content = read_yaml(path, name)
    check_schema(content, "codebook", name)

    def refuse(where, rule, remedy, value):
        raise InputError(name, rule, remedy, row=line_of(content, where), value=value)

    groups: dict[str, Group] = {}
    for index, entry in enumerate(content.get("groups", [])):
        if entry["id"] in groups:
            refuse(["groups", index], "a group id is used once", "rename one", entry["id"])
        groups[entry["id"]] = Group(**entry)

    questions: dict[str, Question] = {}
    for index, entry in enumerate(content["questions"]):
        question = _question(entry)
        where = ["questions", index]
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
            refuse(where, "the group is not declared", "declare it under groups", question.group)
        for code in question.headline:
            if code not in question.codes:
                known = ", ".join(question.codes)
                refuse(
                    where, f"headline of {question.id} names no option", f"use one of {known}", code
                )
        if question.base is not None:
            asked, code = question.base
            if asked not in questions or code not in questions[asked].codes:
                refuse(
                    where,
                    f"base of {question.id} names no earlier question and option",
                    "name a question above this one and one of its codes",
                    f"{asked}: {code}",
                )
        questions[question.id] = question
    return Codebook(groups, questions)


def _question(entry: dict) -> Question:
    fields = dict(entry)
    fields["options"] = tuple(Option(**option) for option in entry.get("options", ()))
    fields["headline"] = tuple(entry.get("headline", ()))
    fields["themes"] = tuple(entry.get("themes", ()))
    if "base" in entry:
        fields["base"] = (entry["base"]["question"], entry["base"]["option"])
    return Question(**fields)

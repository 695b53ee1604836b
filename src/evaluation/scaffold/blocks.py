"""Which questions make up a chapter, and what it is called."""

from dataclasses import dataclass

from evaluation.language.texts import texts
from evaluation.project.codebook import Codebook, Question
from evaluation.scaffold.respondents import about_respondents
from evaluation.scaffold.titles import title

RESPONDENTS, WRITTEN, OTHERS, ONLY = "respondents", "written", "others", "only"
# so many questions with one stem make a chapter of their own
BATTERY = 3


@dataclass(frozen=True)
class Item:
    """What a section of a chapter shows: a question, or those of a battery with equal options."""

    questions: tuple[Question, ...]

    @property
    def id(self) -> str:
        return self.questions[0].id


@dataclass(frozen=True)
class Block:
    """The items of a chapter, and its title in each language; `respondents` where they tell who
    answered."""

    titles: dict[str, str]
    items: tuple[Item, ...]
    respondents: bool = False


def blocks(codebook: Codebook, languages: tuple[str, ...]) -> list[Block]:
    """The questions of a codebook in chapters: who answered, the sections of the questionnaire and
    its batteries in their order, then single questions without either, and open answers last.

    languages: of the report. A section is known where the program of the survey keeps it.
    """
    found: dict[tuple[str, str], list[Item]] = {}
    for item in items(codebook):
        found.setdefault(_subject(item, codebook), []).append(item)
    others = found.pop((OTHERS, ""), [])
    written = found.pop((WRITTEN, ""), [])
    about = found.pop((RESPONDENTS, ""), [])
    rest = OTHERS if found else ONLY
    parts = [
        ((RESPONDENTS, ""), about),
        *found.items(),
        ((rest, ""), others),
        ((WRITTEN, ""), written),
    ]
    return [
        Block(
            {language: _title(kind, name, codebook, language) for language in languages},
            tuple(part),
            kind == RESPONDENTS,
        )
        for (kind, name), part in parts
        if part
    ]


def items(codebook: Codebook) -> list[Item]:
    """The questions of a codebook in their order; a battery is one item, unless its questions have
    different options."""
    found: list[Item] = []
    for question in codebook.questions.values():
        last = found[-1].questions if found else ()
        if last and _belongs(question, last[-1]):
            found[-1] = Item((*last, question))
        else:
            found.append(Item((question,)))
    return found


def _subject(item: Item, codebook: Codebook) -> tuple[str, str]:
    """The kind of a chapter that an item belongs to, and the section or battery that it is
    about."""
    first = item.questions[0]
    if about_respondents(first):
        return RESPONDENTS, ""
    if first.section and _has_sections(codebook):
        return "section", first.section
    if first.group and len(codebook.in_group(first.group)) >= BATTERY:
        return "battery", first.group
    return (WRITTEN if first.type == "text" else OTHERS), ""


def _has_sections(codebook: Codebook) -> bool:
    """Whether a questionnaire is divided: a program may have one section for all."""
    return len({question.section for question in codebook.questions.values()} - {""}) > 1


def _title(kind: str, name: str, codebook: Codebook, language: str) -> str:
    if kind == "section":
        return title(name)
    if kind == "battery":
        return title(codebook.groups[name].label[language])
    return texts(language)(f"new.chapters.{kind}")


def _belongs(question: Question, before: Question) -> bool:
    return (
        question.group is not None
        and question.group == before.group
        and question.type == before.type
        and question.type in ("single", "ordinal")
        and question.codes == before.codes
    )

"""Which questions make up a chapter."""

from dataclasses import dataclass
from itertools import pairwise

from evaluation.project.codebook import Codebook, Question

MOST = 8  # questions or batteries in a chapter, so that a reader can overlook it


@dataclass(frozen=True)
class Item:
    """What a section of a chapter shows: a question, or those of a battery with equal options."""

    questions: tuple[Question, ...]

    @property
    def id(self) -> str:
        return self.questions[0].id


def blocks(codebook: Codebook) -> list[list[Item]]:
    """The questions of a codebook in chapters, in their order.

    A battery is one item, unless its questions have different options; a chapter has at most
    `MOST` items, and the chapters are of about the same length.
    """
    items = _items(codebook)
    several = -(-len(items) // MOST)
    cuts = [len(items) * at // several for at in range(several + 1)]
    return [items[start:end] for start, end in pairwise(cuts)]


def _items(codebook: Codebook) -> list[Item]:
    items: list[Item] = []
    for question in codebook.questions.values():
        last = items[-1].questions if items else ()
        if last and _belongs(question, last[-1]):
            items[-1] = Item((*last, question))
        else:
            items.append(Item((question,)))
    return items


def _belongs(question: Question, before: Question) -> bool:
    return (
        question.group is not None
        and question.group == before.group
        and question.type == before.type
        and question.type in ("single", "ordinal")
        and question.codes == before.codes
    )

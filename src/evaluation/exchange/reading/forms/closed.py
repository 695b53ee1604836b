"""The options of a question that are known only from the answers to it.

A text is a label where a survey's own list has it: several gave it in the same words, or it is a
step of a known scale. What fewer gave may be anybody's own words, and is never a label.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pandas as pd
from ruamel.yaml import YAML

from evaluation.exchange.reading.placing.vocabulary import is_wholly, words
from evaluation.language.scales import beside_of, completed, is_beside, is_known, is_worded
from evaluation.project.config import MIN_CELL

# texts of a closed question: few, short and given by several
FEW, SHORT = 12, 80
# LimeSurvey's word for other, whose text stands in a column of its own
OTHER = "-oth-"
# what is left over may be so large a part of the answers
REST = 0.2
# and what says no more than no or thank you has at most so many
IDLE = 5
# an answer in more words is somebody's own
MOST_WORDS = 8


@dataclass(frozen=True)
class Closed:
    """labels: the options, in no order; rare: texts that fewer than `MIN_CELL` gave, which are
    no labels; added: labels of the known scale that nobody chose."""

    labels: tuple[str, ...]
    rare: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def is_own(label: str) -> bool:
    """Whether an answer is "other", by what a tool writes for it or with what somebody wrote:
    `Andet: strik`."""
    if label == OTHER:
        return True
    first, colon, rest = label.partition(":")
    return bool(colon and rest.strip()) and is_wholly(words(first), "open_short") is not None


def closed(
    given: Iterable[pd.Series],
    labels_known: Collection[str] = (),
    *,
    is_list: bool = False,
) -> Closed | None:
    """The options of questions with the same answers, None where these are free text.

    given: the cells of each question; labels_known: of the question, from an earlier wave; is_list:
    the cells are parts of lists, whose options recur.
    """
    counts: dict[str, int] = {}
    longest = total = 0
    for cells in given:
        filled = cells[cells != ""]
        total += len(filled)
        longest = max(longest, int(filled.str.len().max() or 0) if len(filled) else 0)
        for label, count in filled.value_counts().items():
            # of a battery each item is answered by the same respondents
            counts[str(label)] = max(counts.get(str(label), 0), int(count))
    if not counts or longest > SHORT:
        return None
    before = {label.casefold() for label in labels_known}
    known = {label for label in counts if is_known(label) or label.casefold() in before}
    rare = {
        label
        for label, count in counts.items()
        if label not in known and (count < MIN_CELL or is_own(label))
    }
    labels = [label for label in counts if label not in rare]
    worded = all(is_worded(label) or label.casefold() in before for label in counts)
    if not (is_list or worded) and (len(labels) > FEW or 3 * len(counts) > 2 * total):
        return None
    if not rare:
        return Closed(tuple(labels), added=_added(labels))
    several = len({_plain(label) for label in labels if not _says_nothing(label)})
    often = sum(counts[label] for label in labels)
    if (several < 2 and not before) or any(len(label.split()) > MOST_WORDS for label in rare):
        return None
    # what a list names "other" belongs to it, however many wrote something there
    left_over = sum(counts[label] for label in rare if not is_own(label))
    if left_over > REST * (often + left_over):
        return None
    return Closed(tuple(labels), tuple(sorted(rare)))


def _says_nothing(label: str) -> bool:
    """Whether people write it into a comment box that they leave empty in other words: `Nej tak`,
    `Rien`, `Alles gut`."""
    said = _plain(label)
    parts = said.split()
    return (
        is_beside(label)
        or said in _empty()["whole"]
        or (len(parts) <= IDLE and bool(parts) and parts[0] in _empty()["begins"])
    )


def _plain(label: str) -> str:
    return " ".join(re.findall(r"\w+", label.casefold()))


@cache
def _empty() -> dict[str, frozenset[str]]:
    source = resources.files("evaluation.exchange.reading.forms").joinpath("empty.yml")
    content = YAML(typ="safe").load(source.read_text("utf-8"))
    return {part: frozenset(words) for part, words in content.items()}


def _added(labels: list[str]) -> tuple[str, ...]:
    aside = beside_of(labels)
    return tuple(completed([label for label in labels if label not in aside]))

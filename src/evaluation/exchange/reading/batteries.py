"""Batteries: neighbouring questions of one scale whose texts begin with the same stem."""

from collections.abc import Hashable, Sequence
from itertools import groupby

SIGN = " - "


def batteries(texts: Sequence[str], scales: Sequence[Hashable]) -> list[tuple[int, int, str]]:
    """(first, last, stem) of every battery among questions in the order of the questionnaire.

    A text is "stem - item", as SurveyXact writes it; `scales` tells which questions have the same
    answers. A battery is a run of two or more neighbours with one scale and one stem. A stem may
    hold the sign itself: it goes as far as the whole run agrees.
    """
    keys = [(_first_part(text), scale) for text, scale in zip(texts, scales, strict=True)]
    found, start = [], 0
    for (part, _), run in groupby(keys):
        end = start + len(list(run))
        if part is not None and end - start > 1:
            found.append((start, end - 1, _stem(texts[start:end])))
        start = end
    return found


def item(text: str, stem: str) -> str:
    """What a question of a battery adds to the stem."""
    return text[len(stem) :].removeprefix(SIGN).strip() or text


def _first_part(text: str) -> str | None:
    part, sign, rest = text.partition(SIGN)
    return part if sign and part.strip() and rest.strip() else None


def _stem(texts: Sequence[str]) -> str:
    split = [text.split(SIGN) for text in texts]
    shared = 1
    # the last part of a text is its item, even where all items are the same
    while (
        all(len(parts) > shared + 1 for parts in split)
        and len({tuple(parts[: shared + 1]) for parts in split}) == 1
    ):
        shared += 1
    return SIGN.join(split[0][:shared])

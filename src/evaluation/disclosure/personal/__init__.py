"""What in a text may name a person, or lead to one: numbers, addresses, names of a register.

What looks like one is taken for one: it is better that a harmless number is masked than that a
person is named. What is left alone is what its signs or the words beside it tell to be something
else: years, days, times, amounts, paragraphs of a law. SECURITY.md says which kinds are promised.

A kind is a module with a function `find`, which takes the text as `found.plain` gives it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from evaluation.disclosure.personal import (
    accounts,
    addresses,
    cases,
    cpr,
    emails,
    names,
    national,
    network,
    phones,
    positions,
    profiles,
    titles,
)
from evaluation.disclosure.personal.found import Found, plain

# the kinds, the most revealing first: where two overlap, the earlier is what was found
KINDS = (
    *("cpr", national.KIND, "cpr_without_checksum", accounts.KIND, emails.KIND, phones.KIND),
    *(network.KIND, profiles.KIND, positions.KIND, addresses.KIND, cases.KIND, names.KIND),
)
# module -> the least number of digits in what it finds: most answers are passed over at once
NUMBERS = (
    *((addresses, 1), (cases, 3), (accounts, 4), (positions, 3), (national, 6), (phones, 7)),
    (cpr, 9),
)
SIGNED = re.compile(emails.HINT, re.IGNORECASE)
NAMED = re.compile(profiles.HINT, re.IGNORECASE)
TITLED = re.compile(titles.HINT, re.IGNORECASE)


def find(text: str, register: tuple[str, ...] = ()) -> list[Found]:
    """What may name a person in `text`, in its order and without overlaps.

    register: names; see `personal.names` for the forms in which each is found.
    """
    found = [*_anywhere(text), *names.find(plain(text), register)]
    return _apart(found) if found else []


def find_in_number(cell: str) -> list[Found]:
    """What a cell of a column of numbers may be, as a whole: a CPR number, also without its first
    zero, or a telephone number."""
    digits = cell.strip().removesuffix(".0")
    if cpr.is_number(digits):
        obeys = cpr.has_checksum(digits.zfill(10))
        return [Found("cpr" if obeys else "cpr_without_checksum", 0, len(cell))]
    return [Found(phones.KIND, 0, len(cell))] if phones.is_number(digits) else []


def mask(text: str, words: dict[str, str], register: tuple[str, ...] = ()) -> str:
    """`text` with `words[kind]` in place of what may name a person, and the kinds left that have
    none; register: as in `find`."""
    parts, end = [], 0
    for one in find(text, register):
        if one.kind not in words:
            continue
        parts += [text[end : one.start], words[one.kind]]
        end = one.end
    return "".join([*parts, text[end:]])


@lru_cache(maxsize=1 << 16)
def _anywhere(text: str) -> tuple[Found, ...]:
    """What needs no register."""
    return tuple(_found(plain(text)))


def _found(text: str) -> Iterator[Found]:
    digits = sum(map(str.isdecimal, text))
    for kind, least in NUMBERS:
        if digits >= least:
            yield from kind.find(text)
    if text.count(".") > 2 or text.count(":") > 1:
        yield from network.find(text)
    if SIGNED.search(text):
        yield from emails.find(text)
    if NAMED.search(text):
        yield from profiles.find(text)
    if TITLED.search(text):
        yield from titles.find(text)


def _apart(found: list[Found]) -> list[Found]:
    """What overlaps together, as the most revealing of its kinds."""
    found.sort(key=lambda one: (one.start, one.end))
    kept = [found[0]]
    for one in found[1:]:
        last = kept[-1]
        if one.start < last.end:
            kind = min(last.kind, one.kind, key=KINDS.index)
            kept[-1] = Found(kind, last.start, max(last.end, one.end))
        else:
            kept.append(one)
    return kept

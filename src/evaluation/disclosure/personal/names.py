"""Names of a register in a text: whole and in part, inflected, in any case, with other letters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from evaluation.disclosure.personal.found import Found, plain
from evaluation.language.identifying import words

KIND = "name"
WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*")
JOINED = re.compile(r"[\s.,'-]{0,3}")
GENITIVE = re.compile(r"'s?(?!\w)")
# letters that no accent makes; each is written with one letter or two where a keyboard lacks it
ALONE = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ı": "i", "þ": "th"})
DOUBLED = str.maketrans(
    {"ø": "oe", "ö": "oe", "æ": "ae", "ä": "ae", "å": "aa", "ü": "ue", "ß": "ss", "ı": "i"}
)
SHORTEST = 3  # letters of a part of a name that counts in small letters


class Register(NamedTuple):
    """Names by their words: form of a word, or its first letter -> the names that have it; and
    the words as they are written, in small letters."""

    parts: dict[str, frozenset[int]]
    initials: dict[str, frozenset[int]]
    written: frozenset[str]


class Word(NamedTuple):
    """A word of a text that a name has; of: these names; alone: it is one by itself."""

    start: int
    end: int
    of: frozenset[int]
    alone: bool


def find(text: str, names: tuple[str, ...]) -> Iterator[Found]:
    """Names of the register in a plain text; words that stand together are one place.

    A part of a name counts with a capital letter; in small letters only where it is no word of its
    own. A first letter counts beside another part of its name.
    """
    if not names:
        return
    register = _register(names)
    run: list[Word] = []
    end = 0
    for match in WORD.finditer(text):
        word = match.group()
        known = _known(word, register)
        if run and (not known or not JOINED.fullmatch(text[end : match.start()])):
            yield from _told(text, run)
            run = []
        if known:
            run.append(Word(match.start(), match.end(), known, _is_name(word, register)))
        end = match.end()
    yield from _told(text, run)


def _told(text: str, run: list[Word]) -> Iterator[Found]:
    """The part of a run of words from the register's names that is a name."""
    sure = [at for at, word in enumerate(run) if word.alone]
    if not sure:
        # several words of one name in small letters are that name
        same = frozenset.intersection(*(word.of for word in run)) if len(run) > 1 else frozenset()
        if not same or any(word.end - word.start < 2 for word in run):
            return
        sure = list(range(len(run)))
    own = frozenset[int]().union(*(run[at].of for at in sure))
    first, last = sure[0], sure[-1]
    while first > 0 and run[first - 1].of & own:
        first -= 1
    while last + 1 < len(run) and run[last + 1].of & own:
        last += 1
    end = run[last].end
    genitive = GENITIVE.match(text, end)
    yield Found(KIND, run[first].start, genitive.end() if genitive else end)


def _known(word: str, register: Register) -> frozenset[int]:
    forms = _folds(word)
    if len(word) == 1 and forms[0] in register.initials:
        return register.initials[forms[0]]
    return next((register.parts[form] for form in forms if form in register.parts), frozenset())


def _is_name(word: str, register: Register) -> bool:
    """Whether a word that a name has is one without others beside it."""
    small = word.casefold()
    if len(word) < 2 or small in _words("particles"):
        return False
    if small in _words("words_too"):
        # "Bo" is none where the register has "Bø"
        return not word[0].islower() and small in register.written
    return len(word) >= SHORTEST or not word[0].islower()


@lru_cache(maxsize=8)
def _register(names: tuple[str, ...]) -> Register:
    parts: dict[str, frozenset[int]] = {}
    initials: dict[str, frozenset[int]] = {}
    written = set()
    for number, name in enumerate(names):
        for word in WORD.findall(plain(name)):
            written.add(_small(word))
            for form in _written_otherwise(word):
                parts[form] = parts.get(form, frozenset()) | {number}
                initials[form[0]] = initials.get(form[0], frozenset()) | {number}
    return Register(parts, initials, frozenset(written))


@lru_cache(maxsize=1 << 16)
def _folds(word: str) -> tuple[str, ...]:
    """The forms of a word, also without the s of a genitive."""
    forms = _written_otherwise(word)
    forms += [form[:-1] for form in forms if len(form) > SHORTEST and form.endswith("s")]
    return tuple(dict.fromkeys(forms))


def _written_otherwise(word: str) -> list[str]:
    """A word in small letters without accents, its other letters as two and as one."""
    signs = (unicodedata.normalize("NFD", _small(word).translate(to)) for to in (DOUBLED, ALONE))
    return ["".join(sign for sign in each if not unicodedata.combining(sign)) for each in signs]


def _small(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("i\u0307", "i")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(words(key))

"""Messages without what may name a person: they stand in terminals and logs, and are passed on."""

import re
from pathlib import PurePath

from evaluation.base.errors import InputError
from evaluation.disclosure.personal import find_in_number, mask, profiles
from evaluation.language.texts import texts

WORD = re.compile(r"[^\W\d_]{2,}")
# a cell with more words is something that somebody wrote, and may name anyone
MOST_WORDS = 5
# in these an author wrote, and sees by the words what is meant
OF_AUTHORS = (".yml", ".yaml", ".json", ".ipynb", ".qmd", ".bib", ".cff")


def safe(text: str, register: tuple[str, ...] = ()) -> str:
    """`text` with what may name a person masked, in the language of messages.

    register: names, as in `personal.find`.
    """
    return mask(text, texts("en").below("masks"), register)


def safe_cell(cell: str, register: tuple[str, ...] = ()) -> str:
    """What a message says of a cell: its text, masked; of a longer text, how long it is."""
    words = len(WORD.findall(cell))
    if words > MOST_WORDS:
        return f"[a text of {words} words]"
    found = find_in_number(cell)
    return texts("en").below("masks")[found[0].kind] if found else safe(cell, register)


def message(error: InputError, register: tuple[str, ...] = ()) -> str:
    """What is told of an error. The name of the file stays, or nobody would find it."""
    of_author = PurePath(getattr(error, "file", "")).suffix in OF_AUTHORS
    masks = dict(texts("en").below("masks"))
    if of_author:  # there `@fig-change` and `@hansen2020` are references
        del masks[profiles.KIND]

    def shown(value: object) -> str:
        if of_author:
            return text(repr(value))
        if isinstance(value, str):
            return repr(safe_cell(value, register))
        return safe_cell(repr(value), register)

    def text(words: str) -> str:
        return mask(words, masks, register)

    return error.told(shown, text)

"""From the words of a file to the ids and codes of a codebook."""

import re
import unicodedata

# letters that Unicode does not take apart into a plain letter and an accent
PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "œ": "oe", "ð": "d", "þ": "th"})
# the columns that a table of responses has besides the questions
RESERVED = frozenset({"respondent", "wave", "origin"})
LONGEST = 40
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def slug(text: str) -> str:
    """`text` in small letters, digits and underscores; "" where nothing of it can be kept."""
    plain = text.casefold().translate(PLAIN)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain)[: LONGEST + 1].strip("_")[:LONGEST].strip("_")


def plain_words(text: str) -> str:
    """The words of a text in small letters: a stem is set apart from its items by different
    signs."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text


def question_id(text: str, taken: set[str]) -> str:
    """An id for a question or group: a slug that begins with a letter, not in `taken`, to which
    it is added.
    """
    word = slug(text)
    if not word[:1].isalpha():
        word = f"q_{word}".rstrip("_")
    return _unused(word, taken | RESERVED, taken)


def option_code(value: str, taken: set[str]) -> str:
    """A code for an option: the value of the file where it is one ("1"), "-9" as minus_9, else a
    slug; not in `taken`, to which it is added.
    """
    number = NUMBER.fullmatch(value.strip())
    sign = "minus_" if number and value.strip().startswith("-") else ""
    return _unused(sign + (slug(value) or "option"), taken, taken)


def _unused(word: str, avoided: set[str], taken: set[str]) -> str:
    name, count = word, 1
    while name in avoided:
        count += 1
        name = f"{word}_{count}"
    taken.add(name)
    return name

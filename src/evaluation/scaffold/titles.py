"""Titles of chapters and sections, from wordings that may be long."""

import re

# so many signs fit on two lines of a heading
LONGEST = 80
BRACKETED = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
# of a sentence of three words or more; the point of an abbreviation or a number ends none
SENTENCE = re.compile(r"(?<=\w[?!])\s+|(?<=\w{4})\.\s+(?=[A-ZÆØÅÄÖÜÉ])")
WORDS = 3
CLAUSE = re.compile(r"\s*[,;:]\s+|\s+[–—-]\s+")
LOOSE = " ,;:–—-"


def title(wording: str) -> str:
    """A wording as a title, cut at its natural end: that of its first sentence and, where this is
    long, of its first clauses, else of a word.

    wording: of a question, or the stem of a battery.
    """
    text = " ".join(wording.split())
    first = _sentence(text)
    if len(first) > LONGEST:
        first = _sentence(BRACKETED.sub("", text))
    if len(first) <= LONGEST:
        return first.strip(LOOSE) or text
    clauses = [first[: end.start()] for end in CLAUSE.finditer(first) if end.start() <= LONGEST]
    if clauses:
        return clauses[-1].strip(LOOSE)
    return f"{first[:LONGEST].rsplit(' ', 1)[0]} …"


def _sentence(text: str) -> str:
    """The first sentence of a text that is no mere call."""
    ends = (end.start() for end in SENTENCE.finditer(text))
    return text[: next((at for at in ends if len(text[:at].split()) >= WORDS), len(text))]

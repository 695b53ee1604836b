"""Titles of chapters and sections, from wordings that may be long."""

import re

# so many signs fit on two lines of a heading
LONGEST = 80
BRACKETED = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
SENTENCE = re.compile(r"(?<=[?!.:])\s+")
CLAUSE = re.compile(r"\s*[,;]\s+|\s+[–—-]\s+")
LOOSE = " ,;:–—-"


def title(wording: str) -> str:
    """A wording as a title: whole where it is short, else cut at its natural end, which is that of
    its first sentence, else of a clause, else of a word.

    wording: of a question, or the stem of a battery.
    """
    text = " ".join(wording.split())
    if len(text) <= LONGEST and not SENTENCE.search(text):
        return text.rstrip(LOOSE) or text
    first = SENTENCE.split(BRACKETED.sub("", text) or text)[0].rstrip(LOOSE)
    if len(first) <= LONGEST:
        return first or text
    fitting = [first[: end.start()] for end in CLAUSE.finditer(first) if end.start() <= LONGEST]
    if fitting:
        return fitting[-1]
    return f"{first[:LONGEST].rsplit(' ', 1)[0]} …"

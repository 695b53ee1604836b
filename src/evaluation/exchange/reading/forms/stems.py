"""How headings join a question and one of its options or items."""

import re

# the clearest sign first; an option may have brackets or signs of its own
JOINED = (
    re.compile(r"(?P<stem>.*\S)\s*\(choice=(?P<part>.+)\)"),
    re.compile(r"(?P<stem>.*\S)\s*\[(?P<part>[^\[\]]+)\]"),
    re.compile(r"(?P<stem>.*\S)/(?P<part>\S.*)"),
    re.compile(r"(?P<stem>.*\S)(?: - Selected Choice)?( ?: | - | – | >> )(?P<part>\S.*)"),
    re.compile(r"(?P<stem>.*\S)\s*/\s*(?P<part>\S.*)"),
    re.compile(r"(?P<stem>.*\S)[._](?P<part>[^._\s][^._]*)"),
    # (2) is the number of a heading that stands there twice
    re.compile(r"(?P<stem>.*\S)\s*\((?P<part>[^()]*[^\W\d_][^()]*)\)"),
    # a question, and what stands behind its end
    re.compile(r"(?P<stem>.*\S(?:\?|…|\.\.\.))\s*(?P<part>[^\W_].*)"),
)


# how tools end the heading of what was written beside an option: Q5_3_TEXT, "Annat - Text"
TEXT = re.compile(r"(?:_| - | – )(?:text|tekst|texte|texto)$", re.IGNORECASE)


def without_text(heading: str) -> str:
    """A heading without the ending that says that words stand below it."""
    return TEXT.sub("", heading)


def parts(heading: str) -> tuple[str | None, str]:
    """(stem, option or item) of a heading, the stem None where it has only one part."""
    for form in JOINED:
        match = form.fullmatch(heading)
        if match:
            return match["stem"].removesuffix(" - Selected Choice"), match["part"].strip()
    return None, heading

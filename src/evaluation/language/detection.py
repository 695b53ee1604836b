"""In which of the report's languages the texts of a file are written."""

import re
from collections.abc import Iterable

# small words that the other language does not have; Norwegian and Swedish count as Danish
WORDS = {
    "da": "og er det en at på som du dig din jer jeres hvor hvad hvilken hvilke hvordan ikke med "
    "til for af den de har i hvem når din dere deg ja nej nei",
    "en": "and is the a of you your to how what which who when where do did does are have with "
    "not in on for been was were yes no",
}


def language_of(texts: Iterable[str]) -> str:
    """ "da" or "en", by the small words that stand in one language alone; "da" where none does."""
    found = re.findall(r"[^\W\d_]+", " ".join(texts).casefold())
    only = {name: set(words.split()) for name, words in WORDS.items()}
    shared = only["da"] & only["en"]
    danish, english = (sum(word in only[name] - shared for word in found) for name in ("da", "en"))
    return "en" if english > danish else "da"

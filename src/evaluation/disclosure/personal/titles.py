"""Names behind what people are addressed as: Fru Hansen, Herr Müller, Mrs Brown."""

import re
from collections.abc import Iterator

from evaluation.disclosure.personal.found import Found
from evaluation.disclosure.personal.names import KIND
from evaluation.language.identifying import any_of, words

TITLED = re.compile(
    rf"(?<![\w.-])(?P<title>(?i:{any_of('titles')}))\.?\s(?P<name>[A-ZÆØÅÄÖÜÉ][^\W\d_]+(?:-[^\W\d_]+)*"
    r"(?:\s(?:[a-z]{2,3}\s)?[A-ZÆØÅÄÖÜÉ][^\W\d_]+)?)"
)
# what every form has
HINT = rf"(?<![\w.-]){any_of('titles')}\.?\s"


def find(text: str) -> Iterator[Found]:
    """Names behind a title in a plain text: one word or two with a capital."""
    for match in TITLED.finditer(text):
        title, name = match.group("title", "name")
        # HR and MS are no titles, and PHD is no name
        abbreviated = (len(title) < 3) if title.isupper() else name.isupper()
        if not abbreviated and name.split()[0].casefold() not in words("titles_else"):
            yield Found(KIND, match.start("name"), match.end("name"))

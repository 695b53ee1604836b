"""A linter for prose: no number is typed, every number is computed.

Digits and number words in Markdown cells and captions are findings, unless they stand in an
inline expression, an anchor, a citation or a list marker, or are allowed by name.
"""

import re
from dataclasses import dataclass

from evaluation.inline import EXPRESSION

NUMBER_WORDS = {
    "da": (
        r"to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|(?:tret|fjor|fem|seks|syt|at|nit)ten"
        r"|tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems|hundrede|tusinde?"
        r"|halvdelen|tredjedele?|fjerdedele?|femtedele?"
    ),
    "en": (
        r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
        r"|(?:thir|four|fif|six|seven|eigh|nine)teen"
        r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
        r"|half|thirds|(?:a|one) third(?! part)|quarters?|fifths"
    ),
}
# what a number in the source may belong to without being a statement
SKIPPED = (
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\[[^\]\n]*@[^\]\n]*\]"),  # citations and their locators
    re.compile(r"@[\w:-]+(?: \[[^\]\n]*\])?"),  # in the sentence, with its locator
    re.compile(r"\]\([^)\n]*\)"),  # link targets
    re.compile(r"\{[^}\n]*\}"),  # anchors and attributes
    re.compile(r"\[\^[^\]\n]+\]"),  # footnote marks
    re.compile(r"^\s*\d+\.\s", re.MULTILINE),  # ordered lists
    re.compile(r"`[^`\n]*`"),
)
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class TypedNumber:
    """A number typed in prose, and the line (from 1) it stands on."""

    line: int
    number: str
    text: str


def typed_numbers(markdown: str, language: str, allowed: tuple[str, ...] = ()) -> list[TypedNumber]:
    """Numbers typed into a piece of Markdown in one language; `allowed` names exceptions."""
    blanked = EXPRESSION.sub(lambda match: match.group(1) + _blank(match, 1), markdown)
    for pattern in SKIPPED:
        blanked = pattern.sub(_blank, blanked)
    for name in allowed:
        blanked = blanked.replace(name, " " * len(name))
    words = re.compile(rf"\b(?:{NUMBER_WORDS[language]})\b", re.IGNORECASE)
    found = []
    for number, line in enumerate(blanked.split("\n"), start=1):
        for match in [*DIGITS.finditer(line), *words.finditer(line)]:
            text = markdown.split("\n")[number - 1].strip()
            found.append(TypedNumber(number, match.group(), text))
    return found


def _blank(match: re.Match, group: int = 0) -> str:
    """Spaces in place of a match, with its line breaks, so that lines keep their numbers."""
    text = match.group()[len(match.group(group)) if group else 0 :]
    return re.sub(r"[^\n]", " ", text)

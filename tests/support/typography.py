"""What a typesetter corrects: hyphens between numbers, and quotation marks of no or of another
language. Danish is set with ”…”, English with “…”; both have ’, and an en dash in ranges."""

import re

RANGE = re.compile(r"(?<![\w./:–-])\d+(?:[.,]\d+)*(?:\s?%)?-\d+(?:[.,]\d+)*(?![\w-])")
STRAIGHT = re.compile(r"\"|(?<=\w)'|'(?=\w)")
FOREIGN = {
    "da": re.compile("[“»«„‘]"),
    "en": re.compile("[»«„]|(?:^|(?<=[\\s(]))”"),
}


def slips(text: str, language: str) -> list[str]:
    """What there is to correct in a text, with some of the words around it."""
    patterns = (RANGE, STRAIGHT, FOREIGN[language])
    found = [match for pattern in patterns for match in pattern.finditer(text)]
    return [text[max(0, each.start() - 30) : each.end() + 30] for each in found]

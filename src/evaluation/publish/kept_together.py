"""What a line may not break: a number and its unit, an abbreviation and its number, `n = 16`."""

import re

NBSP = "\u00a0"
# what stays as it is: code and formulas, headings, whose anchors are made of their words, and
# citations, whose words pandoc reads by their blanks
APART = re.compile(
    r"(^(?:```|~~~).*?^(?:```|~~~)[ \t]*$|^(?: {4}|\t|#)[^\n]*$|`+[^`]*`+|\$[^$\n]+\$"
    r"|\[[^\]\[]*@[^\]]*\]|\]\([^)]*\)|\{[^}\n]*\})",
    re.DOTALL | re.MULTILINE,
)
# signs are as they were written, or escaped as in a table
JOINS = (
    re.compile(r"(?<=\d) (?=\\?%)"),
    re.compile(r"(?<![\w.])([^\W\d_A-ZÆØÅ]{1,5}\\?\.) (?=\d)"),
    re.compile(r"(?<!\w)([A-Za-z]) (\\?[=<>≤≥]) (?=\d)"),
)


def kept_together(text: str) -> str:
    """Markdown with no-break spaces where a line would part what is read as one.

    text: of a chapter; its code, citations, addresses and attributes stay as they are.
    """
    parts = APART.split(text)
    return "".join(part if at % 2 else _joined(part) for at, part in enumerate(parts))


def _joined(text: str) -> str:
    unit, abbreviation, equation = JOINS
    text = unit.sub(NBSP, text)
    text = abbreviation.sub(rf"\1{NBSP}", text)
    return equation.sub(rf"\1{NBSP}\2{NBSP}", text)

"""The sentences of an executed Markdown cell, with the values of its inline expressions marked.

What a reader sees without layout: no anchors, citations, callout fences or emphasis, and a link
as its text.
"""

import re
from typing import Any

from evaluation.notebook.inline import EXPRESSION, plain_text, tells_number

# a value stands between these
START, END = "\x02", "\x03"
# an expression that links to its entry in the number ledger
LINKED = re.compile(r"\[\[(`\{python\}[ \t][^`]+`)\]\([^)]*\)\]\{#number-[\w-]+ \.number\}")
PARAGRAPH_END = re.compile(r"\n\s*\n|\n(?=[-*] )")
# a sentence ends where a capital letter follows: none begins with a number
SENTENCE_END = re.compile(rf"(?:(?<=[.!?:])|(?<=[.!?:]{END}))\s+(?={START}?[\"“”(]?[A-ZÆØÅ])")
MARKUP = (
    (re.compile(r"\[[^\]\n]*@[^\]\n]*\]"), ""),
    (re.compile(r"^:::.*$", re.MULTILINE), ""),
    (re.compile(r"\{[#.][^}\n]*\}"), ""),
    (re.compile(r"\[\^[^\]]+\]:?"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\s*\(@[\w-]+\)"), ""),
    (re.compile(r"@[\w-]+"), "…"),
    (re.compile(r"[ \t]+(?=[.,;:])"), ""),
    (
        re.compile(
            rf"^(?:#+|[-*])\s+|[*_]{{1,2}}(?=[\w{START}])|(?<=[\w{END}])[*_]{{1,2}}", re.MULTILINE
        ),
        "",
    ),
)


def sentences(markdown: str, results: dict[str, dict[str, Any]]) -> list[str]:
    """The sentences of a piece of Markdown in order, each value between START and END.

    results: expression -> recorded result (see `notebook.inline.results`). A value may be empty,
    mere words, which are not marked, or a sentence. Raises KeyError for an expression without a
    result.
    """
    marked = EXPRESSION.sub(
        lambda match: match.group(1) + _marked(results[match.group(2).strip()]),
        LINKED.sub(r"\1", markdown),
    )
    return [
        sentence
        for paragraph in PARAGRAPH_END.split(marked)
        for sentence in SENTENCE_END.split(without_markup(paragraph).strip())
        if sentence
    ]


def unmarked(text: str) -> str:
    """A sentence, or a part of one, without the marks around its values."""
    return text.replace(START, "").replace(END, "")


def _marked(result: dict[str, Any]) -> str:
    value = plain_text(result)
    return f"{START}{value}{END}" if tells_number(result) else value


def without_markup(text: str) -> str:
    """Text as a reader sees it without layout."""
    for pattern, replacement in MARKUP:
        text = pattern.sub(replacement, text)
    return text

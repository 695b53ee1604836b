"""What a page says of itself to search engines and where it is shared: its first sentence."""

import re
from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from evaluation.publish.embedded import pandoc

# the full stop is not that of an initial, or of an abbreviation such as m.fl. or f.eks.
LETTER = r"[^\W\d_]"
NEXT_SENTENCE = re.compile(
    rf"(?<![\s.]{LETTER}\.)(?<!\.{LETTER}{{2}}\.)(?<!\.{LETTER}{{3}}\.)"
    r"(?<=[.?!])\s+(?=[A-ZÆØÅ“”»])"
)
MOST = 300


def description(blocks: list[Any], otherwise: str) -> str:
    """The first sentence of a page, shortened where it is long.

    blocks: what the page holds below its title; otherwise: where it has no text.
    """
    first = next(filter(None, map(pandoc.unbroken, _paragraphs(blocks))), otherwise)
    return shorten(NEXT_SENTENCE.split(first)[0], MOST, placeholder=" …")


def _paragraphs(node: Any) -> Iterator[str]:
    """The paragraphs of text, without those of tables, figures and callouts."""
    if isinstance(node, list):
        for item in node:
            yield from _paragraphs(item)
    elif isinstance(node, dict) and node["t"] in ("Para", "Plain"):
        yield pandoc.plain(node)
    elif isinstance(node, dict) and not _is_apart(node):
        yield from _paragraphs(node.get("c", []))


def _is_apart(node: dict[str, Any]) -> bool:
    if node["t"] != "Div":
        return node["t"] in ("Table", "Header")
    (identifier, classes, _), _ = node["c"]
    return bool(identifier) or any(name.startswith("callout") for name in classes)

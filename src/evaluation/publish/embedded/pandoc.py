"""Calling pandoc, and small tools for its document tree.

A document is a list of blocks in pandoc's JSON form, {"t": type, "c": content}.
"""

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from threading import BoundedSemaphore
from typing import Any

import pypandoc

from evaluation.base.errors import InputError

# however many threads ask: a process for each would only take memory
AT_ONCE = BoundedSemaphore(os.cpu_count() or 1)
# nodes that hold no others
WORDS = ("Str", "Space", "SoftBreak", "LineBreak")
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060")
READER = "markdown-implicit_figures+table_attributes+autolink_bare_uris"


@cache
def program() -> str:
    return pypandoc.get_pandoc_path()


def run(arguments: list[str], text: str, what: str) -> str:
    """Output of pandoc for `text`; `what` names the document in a refusal."""
    with AT_ONCE:
        done = subprocess.run(
            [program(), *arguments], input=text.encode(), capture_output=True, check=False
        )
    complaint = done.stderr.decode(errors="replace").strip()
    if done.returncode or "WARNING" in complaint:
        raise InputError(what, f"pandoc reads it, but: {complaint}", "correct the text")
    return done.stdout.decode()


def parsed(markdown: str, what: str) -> str:
    """A Markdown text as pandoc's document, in JSON."""
    return run(["-f", READER, "-t", "json"], markdown, what)


def blocks(document: str | bytes) -> list[Any]:
    """The blocks of a document in JSON."""
    return json.loads(document)["blocks"]


def parse(markdown: str, what: str) -> list[Any]:
    """The blocks of a Markdown text."""
    return blocks(parsed(markdown, what))


def write(
    content: list[Any],
    target: str,
    what: str,
    options: Sequence[str] = (),
    meta: dict[str, Any] | None = None,
) -> str:
    """Blocks written in pandoc's format `target`."""
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta or {}, "blocks": content}
    text = json.dumps(document, ensure_ascii=False)
    return run(["-f", "json", "-t", target, "--wrap=none", *options], text, what)


def rebuild(node: Any, rules: dict[str, Callable[..., Any]]) -> Any:
    """A copy of a tree, children first, in which each node went through its type's rule.

    A rule gets a node and returns a node, or a list of nodes that takes its place. Words without a
    rule are not copied.
    """
    if isinstance(node, dict):
        if node.get("t") not in rules:
            return node if node.get("t") in WORDS else _parts(node, rules)
        return rules[node["t"]](_parts(node, rules))
    if not isinstance(node, list):
        return node
    copy = []
    for item in node:
        new = rebuild(item, rules)
        if isinstance(new, list) and is_node(item):
            copy += new
        else:
            copy.append(new)
    return copy


def _parts(node: dict[str, Any], rules: dict[str, Callable[..., Any]]) -> dict[str, Any]:
    return {name: rebuild(part, rules) for name, part in node.items()}


def is_node(item: object) -> bool:
    return isinstance(item, dict) and "t" in item


def plain(node: Any) -> str:
    """The words of a tree, as one line of text; footnotes are left out."""
    if isinstance(node, list):
        return "".join(map(plain, node))
    if not isinstance(node, dict) or node.get("t") == "Note":
        return ""
    kind = node.get("t")
    if kind == "Str":
        return node["c"]
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return node["c"][1]
    if kind == "CodeBlock":
        return f"{' '.join(node['c'][1].split())} "
    if kind == "Quoted":
        return f"“{plain(node['c'][1])}”"
    text = plain(node.get("c", []))
    return f"{text} " if kind in ("Para", "Plain", "Header") else text


def unbroken(text: str) -> str:
    """A text on one line, without the signs that are there for the breaking of lines."""
    return " ".join(text.translate(UNSEEN).split())


def inlines(text: str) -> list[Any]:
    """Text as inline nodes."""
    parts = []
    for word in text.split(" "):
        parts += [{"t": "Space"}, {"t": "Str", "c": word}] if word else [{"t": "Space"}]
    return parts[1:]


def meta(value: Any) -> dict[str, Any]:
    """A metadata value; text stays text, whatever it looks like."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {name: meta(part) for name, part in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [meta(part) for part in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    # pandoc puts a MetaString into a template without escaping it
    return {"t": "MetaInlines", "c": inlines(str(value))}


def raw_block(target: str, text: str) -> dict[str, Any]:
    return {"t": "RawBlock", "c": [target, text]}


def raw_inline(target: str, text: str) -> dict[str, Any]:
    return {"t": "RawInline", "c": [target, text]}


def span(content: list[Any], *classes: str) -> dict[str, Any]:
    return {"t": "Span", "c": [["", list(classes), []], content]}


def link(content: list[Any], target: str, *classes: str) -> dict[str, Any]:
    return {"t": "Link", "c": [["", list(classes), []], content, [target, ""]]}

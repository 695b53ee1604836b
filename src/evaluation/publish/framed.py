"""The tables of a page, each in a frame, and readable on a phone: a row of a list becomes a card of
labels and values, and only a matrix of numbers scrolls.

The theme shows cards on a narrow screen, without a script; the roles say what a table is to those
who hear it, also where it is not shown as one. Both renderers write pandoc's tables, so that their
finished pages are what is changed here.
"""

import re
from functools import partial
from html import escape, unescape

TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(?P<tag>t[hd])\b(?P<rest>[^>]*)>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
NUMERIC = re.compile(r"text-align:\s*right")
SPANNING = re.compile(r"\b(?:col|row)span=")
# a number of any length is of the same kind: "12 (75 %)" as "3 (19 %)"
DIGITS = re.compile(r"[+−-]?\d(?:[\d.,\u00a0\u202f]*\d)?")
GROUP = "rowgroup"
ROLES = {"table": "table", "thead": GROUP, "tbody": GROUP, "tfoot": GROUP, "tr": "row"}
OPENED = re.compile(r"<(?P<tag>table|thead|tbody|tfoot|tr)\b")


def framed(page: str, words: dict[str, str]) -> str:
    """A page with each of its tables in a frame that scrolls, by keyboard too, and has a name.

    page: HTML; words: of the publication.
    """
    return TABLE.sub(partial(_framed, words), page)


def _framed(words: dict[str, str], found: re.Match[str]) -> str:
    table = found.group()
    heads = _heads(table)
    name = escape(" ".join(filter(None, heads)))
    kind, hint = "matrix", f' data-hint="{escape(words["table_scrolls"])}"'
    if _is_list(table, heads):
        kind, hint = "cards", ""
        table = _as_cards(table, heads)
    frame = f'class="table-scroll {kind}" tabindex="0" role="region" aria-label="{name}"{hint}'
    return f"<div {frame}>{table}</div>"


def _heads(table: str) -> list[str]:
    head = HEAD.search(table)
    return [_words(cell["text"]) for cell in CELL.finditer(head.group())] if head else []


def _is_list(table: str, heads: list[str]) -> bool:
    """Whether each row is a thing with properties, and not a row of a matrix, in which numbers of
    one kind stand below each other and side by side."""
    rows = [list(CELL.finditer(row)) for row in ROW.findall(HEAD.sub("", table))]
    if not heads or SPANNING.search(table) or any(len(row) != len(heads) for row in rows):
        return False
    if len(rows) < 2 and len(heads) > 2:
        return True
    shown = [cell for row in rows for cell in row[1:]]
    kinds = {DIGITS.sub("0", text) for cell in shown if _counted(text := _words(cell["text"]))}
    return len(kinds) > 1 or not all(NUMERIC.search(cell["rest"]) for cell in shown)


def _counted(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _as_cards(table: str, heads: list[str]) -> str:
    """The table with its roles, and in each cell the head of its column as its label."""
    start, end, body = table.partition("</thead>")
    start = CELL.sub(r'<\g<tag> role="columnheader"\g<rest>>\g<text></\g<tag>>', start)
    whole = start + end + ROW.sub(partial(_labelled, heads), body)
    return OPENED.sub(lambda found: f'{found.group()} role="{ROLES[found["tag"]]}"', whole)


def _labelled(heads: list[str], row: re.Match[str]) -> str:
    labels = iter(heads)

    def labelled(cell: re.Match[str]) -> str:
        label = escape(next(labels, ""))
        tag, rest, text = cell["tag"], cell["rest"], cell["text"]
        return f'<{tag} role="cell" data-label="{label}"{rest}>{text}</{tag}>'

    return CELL.sub(labelled, row.group())


def _words(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())

"""The page that tells what changed: one file, which needs nothing else to be read."""

from html import escape
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.publish.comparison.ledgers import KINDS
from evaluation.publish.embedded.words import words_of

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: .4rem .6rem; text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tr, td, th[scope=row] { display: block; border: 0; padding: .2rem 0; }
  tr { border-bottom: 1px solid; padding: .6rem 0; }
}
"""


def page(changes: pd.DataFrame, same: int, language: str) -> str:
    """The changes as HTML, a table for each chapter; see `ledgers.changes`.

    same: how many numbers are as they were; language: of the page and of both editions.
    """
    words = words_of(language)
    counts = [(f"compared_{kind}", int((changes["change"] == kind).sum())) for kind in KINDS]
    counted = "".join(
        f"<li>{escape(words[key])}: {number}</li>"
        for key, number in [*counts, ("compared_same", same)]
    )
    chapters = "".join(
        _chapter(title, rows, words)
        for title, rows in labelled(changes.groupby("chapter", sort=False))
    )
    title = escape(words["compared"])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="icon" href="data:,"><style>{STYLE}</style></head>\n'
        f"<body><main><h1>{title}</h1><p>{escape(words['compared_how'])}</p><ul>{counted}</ul>\n"
        f"{chapters}</main></body></html>\n"
    )


def _chapter(title: str, rows: pd.DataFrame, words: dict[str, str]) -> str:
    names = ("place", "before", "after", "change")
    head = "".join(f'<th scope="col">{escape(words[f"compared_{name}"])}</th>' for name in names)
    body = "\n".join(_row(row, words) for row in each_row(rows))
    return (
        f"<h2>{escape(title)}</h2>\n<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>"
        "</table>\n"
    )


def _row(row: Any, words: dict[str, str]) -> str:
    place = ", ".join(filter(None, (row.place or row.output, row.row, row.column)))
    # in prose there is no other place than the sentence
    told = place or row.sentence_after or row.sentence_before
    cells = (row.value_before, row.value_after, words[f"compared_{row.change}"])
    return (
        f'<tr><th scope="row">{escape(told)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )

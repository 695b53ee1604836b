"""Who is who in several waves: by a column that the author names, and else nobody.

In many tools the number of a respondent is a counter of the survey: equal numbers in two exports
are no evidence of equal people, and are never taken for it.
"""

import re
from dataclasses import replace

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.values import whole
from evaluation.project.codebook import Codebook, Question

# how the ids of a wave without a key begin; no key may look like one
MADE = re.compile(r"wave\d+:")


def keyed(export: Export, key: str, name: str) -> Export:
    """The export with the cells of the column `key` as the identity of its respondents.

    key: a question by its id or wording, a background column, or the column that the file has for
    the identity; a question that identifies people is none to report on and is left out. name: of
    the export, for messages. Raises InputError for a column that is not there, an empty cell and
    one that is there twice, with its row.
    """
    cells, question = _column(export, key, name)
    cells = cells.str.strip().map(whole)
    for rule, remedy, wrong in (
        ("a key is not empty", "fill the cell, or leave the row out", cells == ""),
        ("a key is there once in a wave", "remove one of the two rows", cells.duplicated()),
        (
            "a key does not begin like the ids of a wave without keys",
            "write the key in another form",
            cells.str.match(MADE),
        ),
    ):
        if wrong.any():
            row = int(wrong.index[wrong][0])
            raise InputError(name, rule, remedy, row=row, column=key, value=cells[row])
    if question is None:
        return replace(export, respondents=cells)
    left = {each.id: each for each in export.codebook.questions.values() if each is not question}
    if not left:
        raise InputError(
            name, "there is a question besides the key", "name another column", column=key
        )
    return replace(
        export,
        respondents=cells,
        responses=export.responses.drop(columns=question.columns),
        codebook=Codebook(export.codebook.groups, left),
    )


def known_again(respondents: pd.Series, known: set[str]) -> pd.Series:
    """The keys of a wave as those of earlier ones are written: Excel makes 1 of 001, and people
    write their mail or code in capitals or not.

    known: the respondents of the earlier waves. Only where one of them alone is the same.
    """
    alike: dict[str, list[str]] = {}
    for each in known:
        alike.setdefault(_plain(each), []).append(each)
    meant = {plain: there[0] for plain, there in alike.items() if len(there) == 1}
    again = respondents.map(lambda key: key if key in known else meant.get(_plain(key), key))
    return respondents if again.duplicated().any() else again


def _plain(key: str) -> str:
    return key.lstrip("0") or "0" if key.isdigit() else key.casefold()


def apart(respondents: pd.Series, wave: int, taken: set[str]) -> pd.Series:
    """Ids for the respondents of a wave without a key, none of which is in `taken`."""
    prefix = f"wave{wave}:"
    while any(each.startswith(prefix) for each in taken):
        prefix = f"{prefix}:"
    return prefix + respondents


def _column(export: Export, key: str, name: str) -> tuple[pd.Series, Question | None]:
    if key in export.background:
        return export.background[key].astype(str), None
    identities = [remark.place for remark in export.remarks if remark.rule == "identity"]
    if key in identities:
        return export.respondents.astype(str), None
    questions = [q for q in export.codebook.questions.values() if q.type != "multiple"]
    for question in questions:
        if key == question.id or key in question.question.values():
            cells = export.responses[question.id]
            labels = {option.code: next(iter(option.label.values())) for option in question.options}
            return cells.replace(labels), question
    known = [*export.background, *identities, *(question.id for question in questions)]
    raise InputError(
        name,
        "the key is a column of the export",
        f"use one of {', '.join(known)}, or leave --key out",
        column=key,
    )

"""What may name a person, wherever it stands in the data: in the cells of tables, in the names of
respondents, and in the texts of questions and options, which are published."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.base.yaml_files import line_of, read_yaml
from evaluation.disclosure.personal import find, find_in_number
from evaluation.project.codebook import Codebook
from evaluation.survey.check.answers import filled, texts_of
from evaluation.survey.check.problem import Problem

RESPONDENT = "respondent"
# what the name of a respondent may give away; the numbers of survey tools look like telephones
NAMING = ("cpr", "national_number", "email", "name")
WHAT = {
    "cpr": "a CPR number",
    "national_number": "a national number of a person",
    "cpr_without_checksum": "a CPR number (this one lacks the old check digit)",
    "account": "a number of an account or a card",
    "email": "an e-mail address",
    "phone": "a telephone number",
    "network_address": "an address of a machine in a network",
    "profile": "a profile on a network",
    "position": "the coordinates of a place",
    "address": "an address",
    "case_number": "a number of a case, a member or a customer",
    "name": "a name of data/raw/names.csv",
}
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
# of the numbers of a column, as many have to look like telephones: one may be an amount
MOST = 0.5


def in_answers(
    table: pd.DataFrame, codebook: Codebook, name: str, names: tuple[str, ...]
) -> Iterator[Problem]:
    """What may name a person in open answers, in numbers and in the names of respondents.

    table, codebook, name: see `check.answers`; names: of the register.
    """
    for column in texts_of(table, codebook, RESPONDENT):
        for line, text in filled(table[column]):
            for kind in dict.fromkeys(one.kind for one in find(text, names)):
                if column != RESPONDENT:
                    remedy = "remove it; the report masks it in any case"
                    yield _problem(kind, name, remedy, line, column)
                elif kind in NAMING:
                    yield _problem(kind, name, "give the respondents numbers instead", line, column)
    for question in codebook.questions.values():
        if question.type == "number" and question.id in table:
            remedy = "take the question out of the codebook and its column out of the table"
            yield from _in_numbers(table[question.id], name, remedy)


def in_cells(table: pd.DataFrame, name: str, names: tuple[str, ...]) -> Iterator[Problem]:
    """What may name a person in a table of the author's own, numbers and texts.

    table: cells as text, index = line of the file; name: the file.
    """
    remedy = "remove it, or make sure that no chapter shows it"
    for column in map(str, table):
        cells = table[column]
        given = cells[cells != ""]
        if given.map(NUMBER.fullmatch).notna().all():
            yield from _in_numbers(cells, name, remedy)
            continue
        for line, text in filled(cells):
            for kind in dict.fromkeys(one.kind for one in find(text, names)):
                yield _problem(kind, name, remedy, line, column)


def in_texts(path: Path, name: str, names: tuple[str, ...]) -> Iterator[Problem]:
    """What may name a person in the texts of a file of questions: they are published.

    path: of the file; name: for messages. What it is stays untold.
    """
    content = read_yaml(path, name)
    for where, text in _texts(content, ()):
        for kind in dict.fromkeys(one.kind for one in find(text, names)):
            yield Problem(
                "label",
                name,
                f"no text of a question or an option may hold {WHAT[kind]}: it is published",
                "take it out of the text; where it is what people wrote, make the question one of"
                " type text",
                line_of(content, where),
            )


def _in_numbers(column: pd.Series, name: str, remedy: str) -> Iterator[Problem]:
    kinds = {
        line: found[0].kind for line, cell in filled(column) if (found := find_in_number(cell))
    }
    many = len(kinds) > MOST * (column != "").sum()
    for line, kind in kinds.items():
        if many or kind == "cpr":
            # so many days of birth in one column are no chance, whatever the check digit
            certain = "cpr" if kind == "cpr_without_checksum" else kind
            yield _problem(certain, name, remedy, line, str(column.name))


def _problem(kind: str, name: str, remedy: str, line: int, column: str) -> Problem:
    return Problem(kind, name, f"no cell may hold {WHAT[kind]}", remedy, line, column)


def _texts(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a YAML file, with the keys and indices that lead to it."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, entry in node.items():
            yield from _texts(entry, (*path, key))
    elif isinstance(node, list):
        for position, entry in enumerate(node):
            yield from _texts(entry, (*path, position))

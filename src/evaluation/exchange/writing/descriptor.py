"""The descriptor of an export: datapackage.json, a Frictionless tabular data package.

It follows version 1 of the specification, which most programs read. The labels of codes stand in
`categories`, which version 2 defines; programs of version 1 pass over it. The words are in one
language.
"""

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.exchange.reading.names import slug
from evaluation.exchange.writing.variables import Variable
from evaluation.language.texts import Texts
from evaluation.project.citation import Citation
from evaluation.project.rows import KEY

FILE = "datapackage.json"
DATA = "data"
# columns that identify a row where they do
KEYS = (KEY, ["respondent"], ["id"], ["id", "wave"])


def package(
    title: str, description: str, citation: Citation | None, resources: list[dict[str, Any]]
) -> dict[str, Any]:
    """The descriptor of the package with the `resources`; citation: licence, authors and edition,
    where the evaluation has them."""
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": slug(title) or "evaluation",
        "title": title,
        "description": description,
    }
    if citation is not None:
        described["version"] = citation.version
        described["created"] = f"{citation.released.isoformat()}T00:00:00Z"
        described["contributors"] = [
            {"title": author, "role": "author"} for author in citation.authors
        ]
        if citation.licences:
            described["licenses"] = [{"name": licence} for licence in citation.licences]
    return described | {"resources": resources}


def resource(
    name: str, table: pd.DataFrame, schema: dict[str, Any], file: Path, about: dict[str, Any]
) -> dict[str, Any]:
    """The description of the table NAME, stored as CSV in `file`, with its schema; about: title and
    description, as far as there are any."""
    content = file.read_bytes()
    keys = [key for key in KEYS if set(key) <= set(table) and _identifies(table[key])]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        **about,
        "path": f"{DATA}/{file.name}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema | ({"primaryKey": keys[0]} if keys else {}),
    }


def table_title(name: str, texts: Texts) -> dict[str, str]:
    """The title of the table NAME, where it is one that every evaluation has."""
    known = texts.below("exchange.tables")
    return {"title": known[name]} if name in known else {}


def titled(schema: dict[str, Any], name: str, texts: Texts) -> dict[str, Any]:
    """The schema of the table NAME with titles, where it is one that every evaluation has."""
    known = texts.below("exchange.fields").get(name, {})
    fields = [
        field | ({"title": known[field["name"]]} if field["name"] in known else {})
        for field in schema["fields"]
    ]
    return schema | {"fields": fields}


def of_responses(schema: dict[str, Any], described: list[Variable]) -> dict[str, Any]:
    """The schema of the response table with the words, codes and labels of its questions."""
    pairs = zip(schema["fields"], described, strict=True)
    return schema | {"fields": [_described(field, variable) for field, variable in pairs]}


def _identifies(cells: pd.DataFrame) -> bool:
    """Whether each row has cells of its own, none of them missing."""
    return bool(cells.notna().all(axis=None)) and not cells.duplicated().any()


def _described(field: dict[str, Any], variable: Variable) -> dict[str, Any]:
    told = field | {"title": variable.title}
    if variable.question is None:
        return told | {"constraints": {"required": True}}
    told["description"] = variable.description
    if variable.labels and variable.option is None:
        told["constraints"] = {"enum": list(variable.labels)}
        told["categories"] = [
            {"value": code, "label": label} for code, label in variable.labels.items()
        ]
        off_scale = any(option.off_scale for option in variable.question.options)
        # an order is of all categories: one that is off the scale has no place in it
        told["categoriesOrdered"] = variable.question.type == "ordinal" and not off_scale
    return told

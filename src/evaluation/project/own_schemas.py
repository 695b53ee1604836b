"""The Table Schema that an author puts beside a table of their own, as NAME.schema.json or .yaml.

It follows the Frictionless standard (Table Schema, versions 1 and 2). What of the standard is not
supported is refused by its name; texts that describe a field for people, and properties that the
standard leaves to others, are passed over.
"""

import json
import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.base.errors import InputError
from evaluation.base.plain_files import read_text
from evaluation.base.yaml_files import check_schema, line_of, read_yaml

SUFFIXES = (".schema.json", ".schema.yaml")
SCHEMA = resources.files("evaluation.project").joinpath("schemas", "table_schema.json")
RAW = "data/raw"
ROW = "row"  # the column of a stored raw table that holds the line of the file
TEXTS = {"$schema", "name", "title", "description"}
OF_A_SCHEMA = {"fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys", "fieldsMatch"}
OF_A_FIELD = {"type", "format", "example", "rdfType", "constraints", "missingValues"}
# property -> types of fields that have it
OF_A_TYPE = {
    "trueValues": ("boolean",),
    "falseValues": ("boolean",),
    "decimalChar": ("number",),
    "groupChar": ("integer", "number"),
    "bareNumber": ("integer", "number"),
    "categories": ("string", "integer"),
    "categoriesOrdered": ("string", "integer"),
}
ORDERED = ("integer", "number", "date", "datetime", "year")
EVERY = (*ORDERED, "string", "boolean", "any")
# constraint -> types of fields that have it
CONSTRAINTS = {
    "required": EVERY,
    "unique": EVERY,
    "enum": EVERY,
    "minimum": ORDERED,
    "maximum": ORDERED,
    "exclusiveMinimum": ORDERED,
    "exclusiveMaximum": ORDERED,
    "minLength": ("string",),
    "maxLength": ("string",),
    "pattern": ("string",),
}


class Reference(NamedTuple):
    """Columns of a table whose values stand in columns of a table; place: in the schema."""

    fields: list[str]
    table: str
    columns: list[str]
    place: tuple[Any, ...]


class Schema(NamedTuple):
    """A checked descriptor and the file that it stands in, as messages name it."""

    file: str
    content: dict[str, Any]

    def refusal(
        self, path: Sequence[str | int], rule: str, remedy: str, value: object = None
    ) -> InputError:
        """The refusal of the entry that `path`, keys and indices, leads to."""
        place = ".".join(map(str, path))
        line = line_of(self.content, path) or place
        rule = rule if line == place else f"{place}: {rule}"
        return InputError(self.file, rule, remedy, row=line, value=value)

    @property
    def fields(self) -> list[dict[str, Any]]:
        return self.content["fields"]

    @property
    def key(self) -> list[str]:
        return names(self.content.get("primaryKey", []))

    @property
    def unique(self) -> tuple[list[str], ...]:
        """The other keys: of several columns, and of a column by its constraint."""
        single = [[each["name"]] for each in self.fields if constraints(each).get("unique")]
        return (*single, *map(names, self.content.get("uniqueKeys", [])))

    @property
    def match(self) -> str:
        return self.content.get("fieldsMatch", "exact")

    def missing(self, field: dict[str, Any]) -> list[str]:
        """The texts that stand for no value in a field."""
        declared = field.get("missingValues", self.content.get("missingValues", [""]))
        return [each if isinstance(each, str) else each["value"] for each in declared]

    def references(self, own: str) -> tuple[Reference, ...]:
        """The references of the table `own`; one without a resource leads to the table itself."""
        return tuple(
            Reference(
                names(key["fields"]),
                key["reference"].get("resource") or own,
                names(key["reference"]["fields"]),
                ("foreignKeys", position),
            )
            for position, key in enumerate(self.content.get("foreignKeys", []))
        )


def names(given: str | list[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def constraints(field: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = field.get("constraints", {})
    return found


def beside(table: Path) -> list[Path]:
    """Where the schema of the table at a path may lie."""
    return [table.with_name(f"{table.stem}{suffix}") for suffix in SUFFIXES]


def own_tables(folder: Path) -> list[str]:
    """Names of the tables that have a schema in a folder, sorted."""
    found = {
        path.name.removesuffix(suffix) for suffix in SUFFIXES for path in folder.glob(f"*{suffix}")
    }
    return sorted(found)


def check_undescribed(table: Path, described_in: str) -> None:
    """Raise InputError where a schema lies beside a table that has its description already."""
    for path in beside(table):
        if path.is_file():
            raise InputError(
                f"{RAW}/{path.name}",
                f"{table.stem} is described once, in {described_in}",
                "remove this file, or give the table another name",
            )


def load(table: Path) -> Schema | None:
    """The schema beside the table at a path; None where there is none.

    Raises InputError for two of them, and for one that is no Table Schema or asks for what is not
    supported.
    """
    # one that is there and cannot be read is refused
    found = [path for path in beside(table) if os.path.lexists(path)]
    if not found:
        return None
    path = found[0]
    file = f"{RAW}/{path.name}"
    if len(found) > 1:
        rule = f"a table has one schema, and {found[1].name} is there too"
        raise InputError(file, rule, "remove one of them")
    content = _json(path, file) if path.suffix == ".json" else read_yaml(path, file)
    check_schema(content, SCHEMA, file)
    schema = Schema(file, content)
    _check_properties(schema)
    _check_names(schema)
    return schema


def _json(path: Path, file: str) -> Any:
    try:
        return json.loads(read_text(path, file))
    except json.JSONDecodeError as error:
        raise InputError(
            file, f"the file is valid JSON, but: {error.msg}", "correct the line", row=error.lineno
        ) from None
    except RecursionError:
        raise InputError(
            file, "the file is JSON of a few levels", "take out what is nested without end"
        ) from None


def _check_properties(schema: Schema) -> None:
    """Refuse what would be passed over though the author means it."""
    _check_spelling(schema, (), schema.content, TEXTS | OF_A_SCHEMA)
    for position, field in enumerate(schema.fields):
        path, kind = ("fields", position), field.get("type", "string")
        _check_spelling(schema, path, field, TEXTS | OF_A_FIELD | OF_A_TYPE.keys())
        for name in field.keys() & CONSTRAINTS.keys():
            rule = f"{name} of a field stands below its constraints"
            raise schema.refusal((*path, name), rule, "move it there", field[name])
        for known, given, place in (
            (OF_A_TYPE, field, path),
            (CONSTRAINTS, constraints(field), (*path, "constraints")),
        ):
            for name in given:
                if kind not in known.get(name, (kind,)):
                    raise schema.refusal(
                        (*place, name),
                        f"{name} belongs to fields of the type {' or '.join(known[name])}",
                        f"take it out, or correct the type of {field['name']}",
                        kind,
                    )


def _check_spelling(
    schema: Schema, path: tuple[Any, ...], content: dict[str, Any], known: set[str]
) -> None:
    for name in content:
        close = get_close_matches(name, known, 1, 0.8)
        if name not in known and close:
            raise schema.refusal(
                (*path, name), "a property is one of a Table Schema", f"write {close[0]}", name
            )


def _check_names(schema: Schema) -> None:
    """Every field has a name of its own, and keys name fields."""
    known = [field["name"] for field in schema.fields]
    for position, name in enumerate(known):
        if name in known[:position]:
            path = ("fields", position, "name")
            raise schema.refusal(path, "a name is used once", "rename the second field", name)
        if name == ROW:
            rule = "row is the line of the file where a raw table is stored"
            raise schema.refusal(("fields", position, "name"), rule, "rename the column", name)
    keys: Iterable[tuple[tuple[Any, ...], list[str]]] = [
        (("primaryKey",), schema.key),
        *(
            (("uniqueKeys", position), names(key))
            for position, key in enumerate(schema.content.get("uniqueKeys", []))
        ),
        *((each.place, each.fields) for each in schema.references("")),
    ]
    for path, fields in keys:
        for name in fields:
            if name not in known:
                rule = f"a key names fields of the schema: {', '.join(known)}"
                raise schema.refusal(path, rule, "correct the name", name)
    for each in schema.references(""):
        if len(each.fields) != len(each.columns):
            rule = "a reference names as many fields as it has"
            raise schema.refusal(each.place, rule, "correct the fields of one of them")

"""What the columns of a table of one's own hold, by the Table Schema beside it.

Each field becomes a column as the library's own tables have them: every constraint is a check of
the text of a cell, and what passed is converted. A value that is missing is a missing value of
pandas, of text too.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import pandera.pandas as pa

from evaluation.project.own_schemas import Schema, constraints
from evaluation.project.tables import DAY, DAY_FORMAT

Values = Callable[[pd.Series], pd.Series]  # from texts of cells; what cannot be read is missing

WHOLE = r"[+-]?[0-9]{1,15}"
POWER = r"([eE][+-]?[0-9]{1,2})?"
YEAR = r"[0-9]{4}"
MOMENT = rf"({DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]{{1,6}})?)Z?"
TRUE, FALSE = ["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"]
DEFAULT = "default"
COMPARED = {
    "minimum": ("at least", "ge"),
    "maximum": ("at most", "le"),
    "exclusiveMinimum": ("above", "gt"),
    "exclusiveMaximum": ("below", "lt"),
}


def columns_of(schema: Schema) -> dict[str, pa.Column]:
    """The columns that a schema describes; raises InputError for what cannot be asked of them."""
    return {
        field["name"]: _column(schema, position) for position, field in enumerate(schema.fields)
    }


def _column(schema: Schema, position: int) -> pa.Column:
    field, path = schema.fields[position], ("fields", position)
    words, read = _kind(schema, field, path)
    missing = schema.missing(field)
    needed = constraints(field).get("required", False) or field["name"] in schema.key

    def values(cells: pd.Series) -> pd.Series:
        return read(cells.mask(cells.isin(missing)))

    def readable(cells: pd.Series) -> pd.Series:
        return cells.isin(missing) | values(cells).notna()

    empty = [each or "empty" for each in missing]
    rule = f"this cell is {words}" + ("" if needed else "".join(f", or {each}" for each in empty))
    checks = [pa.Check(readable, error=rule)]
    if needed:
        filled = f"this cell has a value, so it is not {' or '.join(empty)}"
        checks.append(pa.Check(lambda cells: ~cells.isin(missing), error=filled))
    for rule, fits in _rules(schema, field, path, read):
        checks.append(pa.Check(_of_values(values, fits), error=f"this cell is {rule}"))
    return pa.Column(
        str,
        checks,
        required=schema.match not in ("superset", "partial"),
        metadata={"convert": values},
    )


def _of_values(values: Values, fits: Values) -> Values:
    """Whether cells fit; those without a value are told elsewhere."""

    def check(cells: pd.Series) -> pd.Series:
        read = values(cells)
        return read.isna() | fits(read).fillna(False).astype(bool)

    return check


def _kind(schema: Schema, field: dict[str, Any], path: tuple[Any, ...]) -> tuple[str, Values]:
    """What the cells of a field are, in words, and what reads them."""
    kind, form = field.get("type", "string"), field.get("format", DEFAULT)
    if form != DEFAULT and kind not in ("date", "datetime"):
        rule = f"the format of a field of the type {kind} is {DEFAULT}"
        raise schema.refusal((*path, "format"), rule, "take it out; a pattern can say more", form)
    if kind in ("string", "any"):
        return "text", lambda cells: cells
    if kind == "boolean":
        return _truth(schema, field, path)
    if kind == "year":
        return "a year of four digits", lambda cells: _whole(cells, YEAR)
    if kind == "integer":
        group = field.get("groupChar", "")
        return "a whole number", lambda cells: _whole(_ungrouped(cells, group), WHOLE)
    if kind == "number":
        return _number(schema, field, path)
    if form == DEFAULT and kind == "date":
        return "a day written as 2025-03-31", lambda cells: _moment(cells, f"({DAY})", DAY_FORMAT)
    if form == DEFAULT:
        told = "a day and time written as 2025-03-31T14:30:00, with Z at its end or without"
        return told, lambda cells: _moment(cells, MOMENT, "ISO8601")
    return _patterned(schema, form, kind, path)


def _truth(schema: Schema, field: dict[str, Any], path: tuple[Any, ...]) -> tuple[str, Values]:
    true, false = field.get("trueValues", TRUE), field.get("falseValues", FALSE)
    for text in true:
        if text in false:
            rule = "a text does not stand for true and for false"
            raise schema.refusal((*path, "trueValues"), rule, "take it out of one list", text)
    words = {**dict.fromkeys(false, False), **dict.fromkeys(true, True)}
    return f"one of {', '.join(words)}", lambda cells: cells.map(words).astype("boolean")


def _number(schema: Schema, field: dict[str, Any], path: tuple[Any, ...]) -> tuple[str, Values]:
    mark, group = field.get("decimalChar", "."), field.get("groupChar", "")
    if mark == group:
        rule = "groupChar and decimalChar are two signs"
        raise schema.refusal((*path, "groupChar"), rule, "correct one of them", group)
    point, digits = re.escape(mark), "[0-9]{1,15}"
    written = rf"[+-]?({digits}({point}({digits})?)?|{point}{digits}){POWER}"

    def read(cells: pd.Series) -> pd.Series:
        plain = _ungrouped(cells, group)
        fitting = plain.where(plain.str.fullmatch(written)).str.replace(mark, ".", regex=False)
        return pd.to_numeric(fitting).astype("float64")

    return f"a number, with {mark} before its decimals", read


def _patterned(schema: Schema, form: str, kind: str, path: tuple[Any, ...]) -> tuple[str, Values]:
    """Days, or days with a time, in a form of their own."""
    example = datetime(2025, 3, 31, 14, 30)
    try:
        shown = example.strftime(form)
        told = datetime.strptime(shown, form)
    except ValueError:
        told = None
    if told is None or told.tzinfo or told.date() != example.date():
        raise schema.refusal(
            (*path, "format"),
            f"the format of a field of the type {kind} is {DEFAULT}, or tells day, month and year"
            " as %Y-%m-%d does, without a time zone",
            "correct it",
            form,
        )

    def read(cells: pd.Series) -> pd.Series:
        moments = pd.to_datetime(cells, format=form, errors="coerce")
        return moments.dt.normalize() if kind == "date" else moments

    return f"written as {shown}", read


def _ungrouped(cells: pd.Series, group: str) -> pd.Series:
    return cells.str.replace(group, "", regex=False) if group else cells


def _whole(cells: pd.Series, written: str) -> pd.Series:
    return pd.to_numeric(cells.where(cells.str.fullmatch(written))).astype("Int64")


def _moment(cells: pd.Series, written: str, form: str) -> pd.Series:
    fitting = cells.str.extract(f"^{written}$", expand=False).where(cells.str.fullmatch(written))
    return pd.to_datetime(fitting, format=form, errors="coerce")


def _rules(
    schema: Schema, field: dict[str, Any], path: tuple[Any, ...], read: Values
) -> list[tuple[str, Callable[[pd.Series], pd.Series]]]:
    """(what a value is, in words; whether each value is) for the constraints of a field."""
    rules: list[tuple[str, Callable[..., Any]]] = []
    given = constraints(field)
    place = (*path, "constraints")
    for name, (words, compare) in COMPARED.items():
        if name in given:
            limit = _value(schema, (*place, name), given[name], field, read)
            rules.append(
                (f"{words} {given[name]}", lambda value, c=compare, v=limit: getattr(value, c)(v))
            )
    if "minLength" in given:
        least = given["minLength"]
        rules.append((f"at least {least} letters long", lambda value: value.str.len() >= least))
    if "maxLength" in given:
        most = given["maxLength"]
        rules.append((f"at most {most} letters long", lambda value: value.str.len() <= most))
    if "pattern" in given:
        pattern = given["pattern"]
        try:
            re.compile(pattern)
        except re.error as error:
            rule = f"pattern is a regular expression, but {error}"
            raise schema.refusal((*place, "pattern"), rule, "correct it", pattern) from None
        rules.append((f"written as {pattern}", lambda value: value.str.fullmatch(pattern)))
    lists = (("enum", place, given), ("categories", path, field))
    for name, where, holder in lists:
        if name in holder:
            listed = [each["value"] if isinstance(each, dict) else each for each in holder[name]]
            known = [
                _value(schema, (*where, name, position), each, field, read)
                for position, each in enumerate(listed)
            ]
            told = f"one of {', '.join(map(str, listed))}"
            rules.append((told, lambda value, known=known: value.isin(known)))
    return rules


def _value(
    schema: Schema, path: tuple[Any, ...], given: Any, field: dict[str, Any], read: Values
) -> Any:
    """A value that a constraint names, as the cells of its field are read."""
    kind = field.get("type", "string")
    if isinstance(given, str):
        value = read(pd.Series([given], dtype=str)).iloc[0]
    elif isinstance(given, bool):
        value = given if kind == "boolean" else None
    elif isinstance(given, int | float):
        value = given if kind in ("integer", "number", "year") else None
    elif isinstance(given, date):
        value = pd.Timestamp(given) if kind in ("date", "datetime") else None
    else:
        value = None
    if value is None or pd.isna(value):
        rule = f"a value of {field['name']} is of the type {kind}, and written as its cells are"
        raise schema.refusal(path, rule, "correct the value", given)
    return value

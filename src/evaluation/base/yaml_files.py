"""YAML files with their line numbers, checked against a JSON schema."""

import contextlib
import json
import re
from collections.abc import Generator, Iterable, Iterator
from datetime import date
from importlib.resources.abc import Traversable
from math import inf, isfinite
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.representer import RoundTripRepresenter

from evaluation.base.errors import InputError
from evaluation.base.plain_files import read_text

# levels that the parser in C may go down: it would end Python where the stack of the machine does
DEEPEST = 5_000
MOST_ENTRIES = 2_000_000
# what it takes for the end of a line, or of a file's mark, and YAML 1.2 for text; the names of
# anchors, of which it allows fewer signs
ELSE = re.compile(r"[\x85\u2028\u2029\ufeff]|[&*](?=\S)")
FORM = "see README.md for the form of this file"
# what JSON Schema calls types
KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys and values",
    "null": "empty",
}
DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")


class LocatedMap(dict[Any, Any]):
    """A mapping with the line (from 1) of each key."""

    lines: dict[Any, int]


class LocatedList(list[Any]):
    """A list with the line (from 1) of each item."""

    lines: list[int]


class _Located(SafeConstructor):
    """Makes mappings and lists that know their lines."""

    def construct_yaml_map(self, node: Any) -> Generator[LocatedMap, None, None]:
        made = LocatedMap()
        yield made
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                problem = "a mapping or a list is no key"
                raise ConstructorError(None, None, problem, key.start_mark)
        made.update(self.construct_mapping(node))
        made.lines = {
            self.construct_object(key, deep=True): key.start_mark.line + 1 for key, _ in node.value
        }

    def construct_yaml_seq(self, node: Any) -> Generator[LocatedList, None, None]:
        made = LocatedList()
        yield made
        made += self.construct_sequence(node)
        made.lines = [item.start_mark.line + 1 for item in node.value]


_Located.add_constructor("tag:yaml.org,2002:map", _Located.construct_yaml_map)
_Located.add_constructor("tag:yaml.org,2002:seq", _Located.construct_yaml_seq)
# an equals sign or two arrows alone are text, as in YAML 1.2
for sign in ("value", "merge"):
    _Located.add_constructor(f"tag:yaml.org,2002:{sign}", _Located.construct_yaml_str)
# they are written as others are
RoundTripRepresenter.add_representer(LocatedMap, RoundTripRepresenter.represent_dict)
RoundTripRepresenter.add_representer(LocatedList, RoundTripRepresenter.represent_list)


def read_yaml(path: Path, name: str | None = None) -> Any:
    """The content of a YAML file; mappings and lists know their lines, see `line_of`.

    Raises InputError for a missing file, a wrong encoding, a duplicate key or bad syntax.
    """
    name = name or path.name
    text = read_text(path, name).replace("\r\n", "\n").replace("\r", "\n")
    try:
        content = _content(text)
        _check_size(content, name)
        return content
    except ReaderError as error:
        row = text.count("\n", 0, error.position) + 1
        raise InputError(
            name,
            "a YAML file has no control characters",
            "remove the character",
            row=row,
            value=chr(error.character) if isinstance(error.character, int) else error.character,
        ) from None
    except ValueError as error:  # of a number or a day that there is not, such as 2026-13-30
        raise InputError(
            name,
            f"a value that looks like a number or a day is one, but: {error}",
            "correct it, or put it between quotation marks",
            row=_row_of_no_day(text),
        ) from None
    except RecursionError:
        raise InputError(
            name, "mappings and lists are not nested without end", "write it with fewer levels"
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context).split())
        raise InputError(
            name, f"the file is valid YAML, but: {problem}", "correct the line", row=mark.line + 1
        ) from None


def _content(text: str) -> Any:
    """What a text says, by the parser in C where it can; the other one tells best what is wrong."""
    longest = max(map(len, text.splitlines()), default=0)
    # a level takes a bracket, or a place in a line for itself and a dash
    levels = text.count("[") + text.count("{") + 2 * longest
    if levels < DEEPEST and not ELSE.search(text):
        with contextlib.suppress(YAMLError):
            return _yaml(pure=False).load(text)
    return _yaml(pure=True).load(text)


def _check_size(content: Any, name: str) -> None:
    """Raise InputError where aliases make a few lines more than anybody can look through."""
    sizes: dict[int, float] = {}

    def size(node: Any) -> float:
        if not isinstance(node, (dict, list)):
            return 1
        if id(node) not in sizes:
            sizes[id(node)] = inf  # as long as it is not known: it may hold itself
            parts = node.values() if isinstance(node, dict) else node
            sizes[id(node)] = 1 + sum(map(size, parts))
        return sizes[id(node)]

    if size(content) > MOST_ENTRIES:
        raise InputError(
            name,
            f"a file has at most {MOST_ENTRIES:,} entries, and none holds itself",
            "write the entries out instead of using aliases (*)",
        )


def _yaml(*, pure: bool) -> YAML:
    yaml = YAML(typ="safe", pure=pure)
    yaml.Constructor = _Located
    return yaml


def _row_of_no_day(text: str) -> int | None:
    for row, line in enumerate(text.splitlines(), start=1):
        for found in DAY.finditer(line):
            try:
                date(*map(int, found.groups()))
            except ValueError:
                return row
    return None


def line_of(node: Any, path: Iterable[str | int]) -> int | None:
    """Line (from 1) of the entry that `path`, a sequence of keys and indices, leads to."""
    line: int | None = None
    for key in path:
        if not isinstance(node, (LocatedMap, LocatedList)):
            break
        try:
            line, node = node.lines[key], node[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
    return line


def check_schema(
    content: Any, schema: Traversable, name: str, languages: tuple[str, ...] = ()
) -> None:
    """Raise InputError for the first breach of the JSON schema in the file `schema`.

    Every text in `content` is there in each of `languages`; other languages may be there too.
    """
    rules = json.loads(schema.read_text("utf-8"))
    kinds = rules.get("$defs", {})
    if "texts" in kinds:
        kinds["texts"]["required"] = list(languages)
        form = ", ".join(f"{language}: ..." for language in languages)
        for kind in ("text", "texts"):
            kinds[kind]["description"] = f"give the text in each language, as {{{form}}}"
    error = best_match(Draft202012Validator(rules).iter_errors(content))
    if error is None:
        _check_finite(content, name)
        return
    rule, found = _breach(error)
    remedy = next((each["description"] for each in _schemas(error) if "description" in each), FORM)
    raise InputError(
        name,
        f"{_place(error.absolute_path)} {rule}",
        remedy,
        row=line_of(content, error.absolute_path),
        value=found,
    )


def day(content: Any, key: str, name: str, rule: str) -> date:
    """The day that an entry of the file `name` holds, as text.

    content: the file; key: of the entry; rule: what holds of it, for the message. Raises InputError
    for a day that there is not.
    """
    try:
        return date.fromisoformat(content[key])
    except ValueError:
        row = line_of(content, [key])
        raise InputError(
            name, rule, "correct the day", row=row, column=key, value=content[key]
        ) from None


class Said(str):
    """A value in the words of YAML, which a message shows without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _breach(error: Any) -> tuple[str, Any]:
    """(what holds of an entry where it is right, in words; what was found there)."""
    kind, asked, value = error.validator, error.validator_value, error.instance
    found = _said(value)
    if kind == "type":
        wanted = [asked] if isinstance(asked, str) else asked
        return f"is {' or '.join(KINDS[each] for each in wanted)}", found
    if kind in ("enum", "const"):
        known = asked if kind == "enum" else [asked]
        return f"is {'one of ' if len(known) > 1 else ''}{', '.join(map(str, known))}", found
    if kind == "required":
        entries = "entries" if len(asked) > 1 else "entry"
        return f"has the {entries} {', '.join(asked)}", Said(
            ", ".join(map(str, value)) or "nothing"
        )
    if kind == "additionalProperties":
        known = error.schema.get("properties", {})
        unknown = next((key for key in value if key not in known), None)
        return f"has no other entries than {', '.join(known)}", unknown
    if kind in ("minLength", "minItems", "minProperties"):
        return "is not empty", found
    if kind == "uniqueItems":
        return "names each once", found
    if kind in ("minimum", "maximum"):
        return f"is at {'least' if kind == 'minimum' else 'most'} {asked}", found
    return "has its form", found


def _schemas(error: Any) -> Iterator[Any]:
    """The schema that an entry breaks, then those around it."""
    while error is not None:
        yield error.schema
        error = error.parent


def _said(value: Any) -> Any:
    """What a value is called in YAML."""
    if value is None or isinstance(value, bool):
        return Said({None: "nothing", True: "true", False: "false"}[value])
    return Said(value.isoformat()) if isinstance(value, date) else value


def _check_finite(content: Any, name: str, path: tuple[Any, ...] = ()) -> None:
    """Raise InputError for .nan and .inf, which YAML and a schema take for numbers."""
    if isinstance(content, float) and not isfinite(content):
        raise InputError(name, f"{_place(path)} is a number", "write its digits", value=content)
    if isinstance(content, (dict, list)):
        for key, part in content.items() if isinstance(content, dict) else enumerate(content):
            _check_finite(part, name, (*path, key))


def _place(path: Iterable[str | int]) -> str:
    return ".".join(map(str, path)) or "the file"

"""Files of an evaluation folder as they must not be, by what is wrong with them.

A mutation changes one good file. It is refused in one message, or, where the file says the same as
before, the report is the same.
"""

import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

REFUSED, SAME, EITHER = "refused", "the same report", "refused, or another report"
NESTED = "[" * 6_000
FIGURE = 'report.answers("volunteers_change")'
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@dataclass(frozen=True)
class Mutation:
    """name: what is wrong; file: by its path in the folder; change: of the file at a path; right:
    what has to come of it; heavy: whether it takes seconds or much room."""

    name: str
    file: str
    change: Callable[[Path], None]
    right: str = REFUSED
    heavy: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def text(change: Callable[[str], str]) -> Callable[[Path], None]:
    """The change of a file by its text."""
    return lambda path: path.write_bytes(change(path.read_bytes().decode("utf-8")).encode("utf-8"))


def content(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(change(path.read_bytes()))


def instead(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Something else at the place of a file."""

    def change(path: Path) -> None:
        path.unlink()
        make(path)

    return change


# whatever the file is
WHOLE: dict[str, Callable[[Path], None]] = {
    "it is missing": instead(lambda path: None),
    "it is empty": content(lambda _: b""),
    "it is a folder": instead(lambda path: path.mkdir()),
    "it is a pipe": instead(os.mkfifo),
    "it is a link to itself": instead(lambda path: path.symlink_to(path.name)),
    "it is a link to nowhere": instead(lambda path: path.symlink_to("nowhere")),
    "it is a link to a device without end": instead(lambda path: path.symlink_to("/dev/zero")),
    "nobody may read it": lambda path: path.chmod(0),
    "it is in UTF-16": content(lambda old: old.decode("utf-8").encode("utf-16")),
    "it has a letter of Windows": content(lambda old: old + b"\n# \xe6\n"),
    "it has a NUL": content(lambda old: old[:40] + b"\0" + old[40:]),
    "it has a control character": content(lambda old: old[:40] + b"\x07" + old[40:]),
    "it is a picture": content(lambda _: PICTURE),
    "it is only blanks": content(lambda _: b" \n\t\n"),
}
HARMLESS: dict[str, Callable[[Path], None]] = {
    "its lines end as on Windows": content(lambda old: old.replace(b"\n", b"\r\n")),
    "it begins with a byte order mark": content(lambda old: b"\xef\xbb\xbf" + old),
    "it has empty lines at its end": content(lambda old: old + b"\n\n"),
}
# files without which a report is made too
MAY_BE_MISSING = ("data/raw/items.yml", "data/raw/names.csv")


def whole(file: str) -> Iterator[Mutation]:
    for name, change in WHOLE.items():
        optional = file in MAY_BE_MISSING and name == "it is missing"
        yield Mutation(name, file, change, EITHER if optional else REFUSED)
    for name, change in HARMLESS.items():
        # Jupyter reads no notebook that begins with a byte order mark
        strict = "mark" in name and file.endswith(".ipynb")
        yield Mutation(name, file, change, EITHER if strict else SAME)


# YAML


VALUES = {
    "nothing": "null",
    "a list": "[a, b]",
    "a mapping": "{a: b}",
    "a number": "5",
    "a fraction": "0.5",
    "no number": ".nan",
    "an endless number": ".inf",
    "a truth value": "true",
    "a day": "2026-11-30",
    "an empty text": "''",
    "an absolute path": "/etc/passwd",
    "a way out of the folder": "../../../etc/passwd",
    "a text with a NUL": '"a\\0b"',
    "a text of 100 kB": "x" * 100_000,
    "the word today": "today",
    "a lone surrogate": '"\\uD800"',
}


def set_value(path: tuple[Any, ...], value: str) -> Callable[[Path], None]:
    """Let an entry of a YAML file, by keys and indices, have another value, as it is written."""
    mark = "VALUE_OF_A_MUTATION"

    def change(old: str) -> str:
        yaml = YAML(typ="rt")
        yaml.preserve_quotes = True
        loaded = yaml.load(old)
        node = loaded
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = mark
        stream = io.StringIO()
        yaml.dump(loaded, stream)
        return stream.getvalue().replace(mark, value, 1)

    return text(change)


def yaml_paths(path: Path, most: int = 3) -> list[tuple[Any, ...]]:
    """The entries of a YAML file by keys and indices: of a list its first entries."""

    def walk(node: Any, way: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        if way:
            yield way
        if isinstance(node, dict):
            for key in node:
                yield from walk(node[key], (*way, key))
        elif isinstance(node, list):
            for at in range(min(most, len(node))):
                yield from walk(node[at], (*way, at))

    return list(walk(YAML(typ="safe").load(path.read_text("utf-8")), ()))


def yaml_form(file: str) -> Iterator[Mutation]:
    """What no YAML file may be, whatever it is about."""
    forms = {
        "it is a list": text(lambda _: "- a\n- b\n"),
        "it is a number": text(lambda _: "5\n"),
        "it is a text": text(lambda _: "a text\n"),
        "it is null": text(lambda _: "null\n"),
        "a mapping is a key": text(lambda old: old + "\n? {a: b}\n: c\n"),
        "a list is a key": text(lambda old: old + "\n? [a, b]\n: c\n"),
        "a key stands twice": text(lambda old: old + "\nzz: 1\nzz: 2\n"),
        "a key that nobody knows": text(lambda old: old + "\nno_such_key: 1\n"),
        "a number is a key": text(lambda old: old + "\n5: 1\n"),
        "a tab indents": text(lambda old: old + "\nzz:\n\ta: 1\n"),
        "a bracket is open": text(lambda old: old + "\nzz: [a\n"),
        "a quotation mark is open": text(lambda old: old + '\nzz: "a\n'),
        "an alias is of nothing": text(lambda old: old + "\nzz: *nothing\n"),
        "aliases multiply": text(
            lambda old: (
                old
                + "\nz0: &z0 [a, a, a, a, a, a, a, a, a]\n"
                + "".join(f"z{n}: &z{n} [{', '.join([f'*z{n - 1}'] * 9)}]\n" for n in range(1, 9))
            )
        ),
        "an alias holds itself": text(lambda old: old + "\nzz: &zz [*zz]\n"),
        "a tag makes something": text(lambda old: old + "\nzz: !!python/object:os.system x\n"),
        "levels without end": text(lambda old: old + f"\nzz: {NESTED}\n"),
        "a second document": text(lambda old: old + "\n---\na: 1\n"),
        "a day that there is not": text(lambda old: old + "\nzz: 2026-13-45\n"),
    }
    for name, change in forms.items():
        yield Mutation(name, file, change)


def yaml_values(file: str, paths: list[tuple[Any, ...]]) -> Iterator[Mutation]:
    """Each entry with each value that may not be meant."""
    for path in paths:
        for name, value in VALUES.items():
            said = ".".join(map(str, path))
            yield Mutation(f"{said} is {name}", file, set_value(path, value), EITHER)


def yaml_absences(file: str, paths: list[tuple[Any, ...]]) -> Iterator[Mutation]:
    """Each entry of a mapping left out."""
    for path in paths:

        def change(old: str, path: tuple[Any, ...] = path) -> str:
            yaml = YAML(typ="rt")
            yaml.preserve_quotes = True
            node = loaded = yaml.load(old)
            for key in path[:-1]:
                node = node[key]
            del node[path[-1]]
            stream = io.StringIO()
            yaml.dump(loaded, stream)
            return stream.getvalue()

        if isinstance(path[-1], str):
            yield Mutation(f"{'.'.join(map(str, path))} is left out", file, text(change), EITHER)


# CSV


def _rows(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    return text(lambda old: "\n".join(change(old.rstrip("\n").split("\n"))) + "\n")


TABLE: dict[str, Callable[[Path], None]] = {
    "a column stands twice": _rows(lambda rows: [f"{row},{row.split(',')[0]}" for row in rows]),
    "a column has no name": _rows(lambda rows: [f"{row}," for row in rows]),
    "the first column is missing": _rows(lambda rows: [row.partition(",")[2] for row in rows]),
    "the first line is missing": _rows(lambda rows: rows[1:]),
    "a row has a cell more": _rows(lambda rows: [*rows, rows[-1] + ",x"]),
    "a row has one cell": _rows(lambda rows: [*rows, "x"]),
    "the last row stands twice": _rows(lambda rows: [*rows, rows[-1]]),
    "a quotation mark is open": _rows(lambda rows: [*rows, '"x']),
    "semicolons divide": _rows(lambda rows: [row.replace(",", ";") for row in rows]),
    "a first line of 10,000 names": _rows(
        lambda rows: [rows[0] + "".join(f",n{n}" for n in range(10_000)), *rows[1:]]
    ),
    "a cell of a megabyte": _rows(lambda rows: [*rows, "x" * 1_000_000 + "," * rows[0].count(",")]),
    "a row of empty cells": _rows(lambda rows: [*rows, "," * rows[0].count(",")]),
}


def table(file: str) -> Iterator[Mutation]:
    for name, change in TABLE.items():
        yield Mutation(name, file, change)
    huge = _rows(lambda rows: rows + rows[-1:] * (300_000_000 // (len(rows[-1]) + 1)))
    yield Mutation("300 MB of one row", file, huge, heavy=True)


# notebooks


def notebook(change: Callable[[Any], Any]) -> Callable[[Path], None]:
    """The change of a notebook by what it holds; what is returned takes its place."""

    def changed(old: str) -> str:
        loaded = json.loads(old)
        other = change(loaded)
        return json.dumps(loaded if other is None else other, ensure_ascii=False)

    return text(changed)


def cell(change: Callable[[Any], Any], kind: str = "code") -> Callable[[Path], None]:
    """The change of the last cell of a kind; what is returned takes its place."""

    def changed(loaded: Any) -> None:
        place = max(at for at, each in enumerate(loaded["cells"]) if each["cell_type"] == kind)
        other = change(loaded["cells"][place])
        if other is not None:
            loaded["cells"][place] = other

    return notebook(changed)


def putting(**entries: Any) -> Callable[[Any], None]:
    return lambda node: node.update(entries)


def without(*keys: str) -> Callable[[Any], None]:
    def change(node: Any) -> None:
        for key in keys:
            node.pop(key, None)

    return change


def code(source: str) -> Callable[[Path], None]:
    """The last code cell with other code, in which a last word `figure` stands for one."""
    begin = source.removesuffix("figure")
    return cell(putting(source=source if begin == source else f"{begin}{FIGURE}"))


def option(line: str) -> Callable[[Path], None]:
    """The last code cell with a line of options more."""

    def change(node: Any) -> None:
        node["source"] = f"#| {line}\n" + "".join(node["source"])

    return cell(change)


def prose(expression: str) -> Callable[[Path], None]:
    """The last prose with an inline expression more."""

    def change(node: Any) -> None:
        node["source"] = "".join(node["source"]) + f"\n\n`{{python}} {expression}`"

    return cell(change, "markdown")


NOTEBOOK: dict[str, Callable[[Path], None]] = {
    "it is a list": notebook(lambda _: []),
    "it is a number": notebook(lambda _: 5),
    "it is null": text(lambda _: "null"),
    "it is a text": notebook(lambda _: "cells"),
    "it is nested without end": text(lambda _: NESTED),
    "it is cut off": content(lambda old: old[: len(old) // 2]),
    "it has a number of a million digits": text(lambda _: "1" * 1_000_000),
    "it has no cells": notebook(without("cells")),
    "its cells are a mapping": notebook(putting(cells={})),
    "its cells are numbers": notebook(putting(cells=[1, 2])),
    "it has no cell": notebook(putting(cells=[])),
    "it says nothing of itself": notebook(without("metadata")),
    "it says a list of itself": notebook(putting(metadata=[])),
    "its kernel is a text": notebook(putting(metadata={"kernelspec": "python3"})),
    "its kernel is of R": notebook(
        putting(metadata={"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}})
    ),
    "its language is a list": notebook(putting(metadata={"language_info": {"name": ["python"]}})),
    "it is of version 3": notebook(putting(nbformat=3, worksheets=[])),
    "it is of version 5": notebook(putting(nbformat=5)),
    "its version is a text": notebook(putting(nbformat="4")),
    "its minor version is a text": notebook(putting(nbformat_minor="5")),
    "its minor version is missing": notebook(without("nbformat_minor")),
    "a cell has no metadata": cell(without("metadata")),
    "a cell has a list of metadata": cell(putting(metadata=[])),
    "a cell has no source": cell(without("source")),
    "the source of a cell is a number": cell(putting(source=5)),
    "the source of a cell is a list of numbers": cell(putting(source=[5])),
    "a cell has no type": cell(without("cell_type")),
    "a cell is of a type that there is not": cell(putting(cell_type="graph")),
    "a cell has no outputs": cell(without("outputs")),
    "the outputs of a cell are a mapping": cell(putting(outputs={})),
    "an output of a cell is a number": cell(putting(outputs=[5])),
    "the tags of a cell are a text": cell(putting(metadata={"tags": "da"})),
    "a tag of a cell is a mapping": cell(putting(metadata={"tags": [{}]})),
    "the id of a cell is a number": cell(putting(id=5)),
    "the id of a cell is that of another": cell(putting(id="parameters")),
    "the id of a cell has blanks": cell(putting(id="a b/c")),
    "the attachments of a cell are a text": cell(putting(attachments="x"), "markdown"),
    "an option is no YAML": option("fig-cap: [a"),
    "the options are a list": code("#| - a\n#| - b\n1"),
    "the options are a number": code("#| 5\n1"),
    "an option stands twice": option("label: fig-again"),
    "a label is a list": code("#| label: [a, b]\nfigure"),
    "a label is a number": code("#| label: 5\nfigure"),
    "a label has blanks": code("#| label: fig-a b\n#| fig-cap: {da: a, en: b}\nfigure"),
    "a caption is a list": code("#| label: fig-x\n#| fig-cap: [a, b]\nfigure"),
    "a caption is a number": code("#| label: fig-x\n#| fig-cap: 5\nfigure"),
    "a caption is in one language": code("#| label: fig-x\n#| fig-cap: {da: a}\nfigure"),
    "a caption is empty": code("#| label: fig-x\n#| fig-cap:\nfigure"),
    "an alternative text is a mapping of numbers": code(
        "#| label: fig-x\n#| fig-cap: {da: a, en: b}\n#| fig-alt: {da: 5, en: [a]}\nfigure"
    ),
    "an option has a NUL": code('#| label: fig-x\n#| fig-cap: "a\\0b"\nfigure'),
    "an option has a mapping as key": code("#| ? {a: b}\n#| : c\nfigure"),
    "echo is a list": option("echo: [a]"),
    "a cell is no Python": code("if"),
    "a cell has a NUL": code("a = '\0'"),
    "a cell fails": code("1 / 0"),
    "a cell fails with a text of a megabyte": code("raise ValueError('x' * 1_000_000)"),
    "a cell fails with lines": code("raise ValueError('a\\nb\\nc')"),
    "a cell fails without a word": code("raise ValueError"),
    "a cell raises itself without end": code("def f(): f()\nf()"),
    "a cell is interrupted by itself": code("raise KeyboardInterrupt"),
    "a cell leaves": code("raise SystemExit(3)"),
    "a cell ends Python": code("import os; os._exit(0)"),
    "a cell asks for a terabyte": code("b'x' * 10**12"),
    "a cell reads what a terminal would say": code("input()"),
    "a parameter is no literal": notebook(
        lambda loaded: loaded["cells"][0].update(source="language = str(1)")
    ),
    "a parameter is of another type": notebook(
        lambda loaded: loaded["cells"][0].update(source="language = 5")
    ),
    "the parameters are no Python": notebook(
        lambda loaded: loaded["cells"][0].update(source="language = ")
    ),
    "the parameters have a NUL": notebook(
        lambda loaded: loaded["cells"][0].update(source="language = '\0'")
    ),
    "an expression is nothing": prose("None"),
    "an expression is no number": prose("float('nan')"),
    "an expression is bytes": prose("b'a'"),
    "an expression is a function": prose("lambda: 1"),
    "an expression is a table": prose("__import__('pandas').DataFrame({'a': [1]})"),
    "an expression is a list": prose("[1, 2]"),
    "an expression is a mapping": prose("{'a': 1}"),
    "an expression is a class": prose("str"),
    "an expression is a module": prose("__import__('os')"),
    "an expression is no Python": prose("1 +"),
    "an expression fails": prose("1 / 0"),
    "an expression is a truth value": prose("True"),
    "an expression shows a broken object": prose(
        "type('T', (), {'_repr_markdown_': lambda self: 1 / 0})()"
    ),
    "an expression shows Markdown that is none": prose(
        "type('T', (), {'_repr_markdown_': lambda self: 5})()"
    ),
    "a reference leads nowhere": cell(
        lambda node: node.update(source="".join(node["source"]) + "\n\n@fig-nowhere"), "markdown"
    ),
    "a citation leads nowhere": cell(
        lambda node: node.update(source="".join(node["source"]) + "\n\n[@nobody1999]"), "markdown"
    ),
    "a picture is not there": cell(
        lambda node: node.update(source="".join(node["source"]) + "\n\n![a](no.png)"), "markdown"
    ),
    "a picture lies elsewhere": cell(
        lambda node: node.update(source="".join(node["source"]) + "\n\n![a](/etc/passwd)"),
        "markdown",
    ),
    "a picture lies above the folder": cell(
        lambda node: node.update(source="".join(node["source"]) + "\n\n![a](../../../x.png)"),
        "markdown",
    ),
    "a page has no title": cell(lambda node: node.update(source="a text"), "markdown"),
}
HARMLESS_NOTEBOOK: dict[str, Callable[[Path], None]] = {
    "a cell has no id": cell(without("id")),
    "the source of a cell is one text": cell(
        lambda node: node.update(source="".join(node["source"]))
    ),
    "it has no kernel": notebook(lambda loaded: loaded["metadata"].pop("kernelspec", None)),
    "a cell has outputs": cell(
        putting(outputs=[{"output_type": "stream", "name": "stdout", "text": "old"}])
    ),
}
ENDLESS: dict[str, Callable[[Path], None]] = {
    "a cell goes on without end": code("while True: pass"),
    "a cell writes without end": code("while True: print('x' * 1000)"),
    "a cell shows 100 MB": code("print('x' * 100_000_000)"),
    "an expression is a text of 100 MB": prose("'x' * 100_000_000"),
    "an expression goes on without end": prose("sum(iter(int, 1))"),
}


def notebooks(file: str) -> Iterator[Mutation]:
    for name, change in NOTEBOOK.items():
        yield Mutation(name, file, change)
    for name, change in HARMLESS_NOTEBOOK.items():
        yield Mutation(name, file, change, EITHER)
    for name, change in ENDLESS.items():
        yield Mutation(name, file, change, heavy=True)

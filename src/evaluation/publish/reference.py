"""The library as a page: the functions that a researcher calls, from their docstrings.

What is told is found: the public functions of every module of `ROOMS`, and of every method that is
installed. A package is told by what its `__init__` offers, or by its modules where it offers
nothing.

Docstrings are plain text with `code`, lists of lines that begin with `- ` or `1. `, indented lines
of code, and paragraphs apart by an empty line. They are English whatever the language of the
report.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from evaluation.base.markdown import SPECIAL
from evaluation.base.methods import methods
from evaluation.report.tables import Markdown

METHODS = "methods"
ROOMS = {
    "opening": ("evaluation", "evaluation.report.report"),
    "chapters": ("evaluation.report", "evaluation.language.texts"),
    METHODS: ("evaluation.methods.items",),
    "stats": ("evaluation.stats",),
    "survey": ("evaluation.survey", "evaluation.disclosure"),
    "exchange": ("evaluation.exchange.writing",),
    "appendices": ("evaluation.notebook.ledger_chapter", "evaluation.publish.reference"),
}
TOP = 3  # level of the heading of a module; the chapter has those of the groups
WIDE = 80  # characters of a signature on one line
CODE = re.compile(r"`([^`]+)`")
ITEM = re.compile(r"(?:-|\d+\.) ")
MODULE_PATH = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")
QUOTED = re.compile(r"(?<!= )'(\w+)'")
NEXT_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z`])")

Entry = Callable[..., Any] | property | cached_property[Any]


def reference(*of: str) -> Markdown:
    """A section for each module of some groups, with its functions and classes as they are called.

    of: groups of `ROOMS`, or none for all; the one of the methods has a section a method, and its
    modules below. For the website only: nobody looks up a call on paper. Raises KeyError, naming
    what exists, for another group.
    """
    unknown = [group for group in of if group not in ROOMS]
    if unknown:
        raise KeyError(f"the groups are {', '.join(ROOMS)}, not {unknown[0]}")
    sections = "\n\n".join(part for group in of or ROOMS for part in _group(group))
    return Markdown(f'::: {{.content-visible when-format="html"}}\n\n{sections}\n\n:::')


def _group(group: str) -> Iterator[str]:
    for module in groups()[group]:
        yield from _module(module, TOP)
    if group == METHODS:
        for name, found in of_methods().items():
            yield f"{'#' * TOP} `{name}` {{#api-method-{name} .unnumbered}}"
            for module in found:
                yield from _module(module, TOP + 1)


def groups() -> dict[str, list[ModuleType]]:
    """Group -> its modules that offer something; a module stands in the first that has it."""
    found: dict[str, list[ModuleType]] = {}
    told: set[ModuleType] = set()
    for group, names in ROOMS.items():
        modules = [module for name in names for module in _offering(name) if module not in told]
        told.update(modules)
        found[group] = modules
    return found


def of_methods() -> dict[str, list[ModuleType]]:
    """Method -> its modules that offer something, of every method that is installed."""
    return {name: list(_offering(method.package)) for name, method in methods().items()}


def modules() -> list[ModuleType]:
    """All modules that are told, in the order of the page."""
    found = []
    for group, told in groups().items():
        found += told
        if group == METHODS:
            found += [module for of_method in of_methods().values() for module in of_method]
    return found


def _offering(name: str) -> Iterator[ModuleType]:
    module = import_module(name)
    if public(module):
        yield module
    elif hasattr(module, "__path__"):
        for inside in iter_modules(module.__path__):
            yield from _offering(f"{name}.{inside.name}")


def public(module: ModuleType) -> dict[str, Entry]:
    """Name -> function or class that a module offers, in its order; what a class offers, methods
    and properties, as `Class.name`.

    module: an imported one; what it imports is its own only where its `__all__` says so.
    """
    named = getattr(module, "__all__", None) or [
        name
        for name, item in vars(module).items()
        if not name.startswith("_") and getattr(item, "__module__", None) == module.__name__
    ]
    found: dict[str, Entry] = {}
    for name in named:
        item = getattr(module, name)
        if inspect.isclass(item):
            parts = {f"{name}.{key}": part for key, part in vars(item).items() if key[0] != "_"}
            found |= {name: item} | {key: part for key, part in parts.items() if _is_told(part)}
        elif _is_told(item):
            found[name] = item
    return found


def _is_told(item: Any) -> bool:
    # a function that keeps its result is one too
    return inspect.isfunction(inspect.unwrap(item)) or _is_property(item)


def _is_property(item: object) -> bool:
    return isinstance(item, property | cached_property)


def signature(name: str, item: Any) -> str:
    """How a function is called, an argument a line where one line would be long.

    name: what it is called; item: the function, class or property.
    """
    if _is_property(item):
        getter: Any = item.fget if isinstance(item, property) else item.func
        return f"{name}{_result(getter)}"
    arguments = _arguments(item, lambda part: _unqualified(str(part)))
    result = "" if inspect.isclass(item) else _result(item)
    line = f"{name}({', '.join(arguments)}){result}"
    if len(line) <= WIDE or not arguments:
        return line
    return "\n".join([f"{name}(", *(f"    {part}," for part in arguments), f"){result}"])


def _arguments(item: Callable[..., Any], shown: Callable[[inspect.Parameter], str]) -> list[str]:
    arguments = []
    for key, part in inspect.signature(item).parameters.items():
        if part.kind is part.VAR_POSITIONAL:
            arguments.append(shown(part))
            continue
        starred = any(argument.startswith("*") for argument in arguments)
        if part.kind is part.KEYWORD_ONLY and not starred:
            arguments.append("*")
        if key != "self":
            arguments.append(shown(part))
    return arguments


def _result(function: Callable[..., Any]) -> str:
    annotation = inspect.signature(function).return_annotation
    if annotation is inspect.Signature.empty:
        return ""
    return f" -> {_unqualified(inspect.formatannotation(annotation))}"


def _short(name: str, item: Any) -> str:
    """How a function is called, without types."""
    if _is_property(item):
        return name
    arguments = _arguments(item, lambda part: str(part.replace(annotation=part.empty)))
    return f"{name}({', '.join(arguments)})"


def _unqualified(annotation: str) -> str:
    """An annotation as it is written: without the module of a class, and not quoted."""
    return QUOTED.sub(r"\1", MODULE_PATH.sub("", annotation))


def text(docstring: str) -> str:
    """`docstring` as Markdown that shows it letter by letter, with code, lists and paragraphs."""
    lines: list[str] = []
    in_list = False
    for line in inspect.cleandoc(docstring).split("\n"):
        if line.startswith("    "):
            lines.append(line)
            continue
        item = ITEM.match(line)
        if line and in_list != bool(item or line.startswith("  ")):
            lines.append("")
            in_list = not in_list
        mark = item.group() if item else "  " if line.startswith("  ") else ""
        lines.append(mark + _escaped(line.removeprefix(mark)))
    return "\n".join(lines)


def _escaped(line: str) -> str:
    parts = CODE.split(line)
    return "".join(
        f"`{part}`" if position % 2 else SPECIAL.sub(r"\\\1", part)
        for position, part in enumerate(parts)
    )


def _module(module: ModuleType, level: int) -> Iterator[str]:
    """The contents of a module, and below it each entry in full."""
    name = module.__name__.removeprefix("evaluation.")
    anchor = f"api-{name.replace('.', '-')}"
    entries = {
        f"{anchor}-{called.replace('.', '-')}": (called, item)
        for called, item in public(module).items()
    }
    yield f"{'#' * level} `{name}` {{#{anchor} .unnumbered}}"
    contents = [
        f"- [`{_short(called, item)}`](#{place}){_summary(item)}"
        for place, (called, item) in entries.items()
    ]
    yield _english("\n\n".join([text(module.__doc__ or ""), "\n".join(contents)]))
    for place, (called, item) in entries.items():
        below = "#" * (level + called.count(".") + 1)
        yield f"{below} `{called}` {{#{place} .unnumbered}}"
        yield _english(f"```\n{signature(called, item)}\n```\n\n{text(item.__doc__ or '')}")


def _summary(item: Entry) -> str:
    """The first sentence of a docstring, after what is called."""
    paragraph = inspect.cleandoc(item.__doc__ or "").split("\n\n")[0]
    sentence = NEXT_SENTENCE.split(" ".join(paragraph.split()))[0]
    return f" – {_escaped(sentence)}" if sentence else ""


def _english(markdown: str) -> str:
    return f'::: {{lang="en"}}\n{markdown}\n:::'

"""The library as a page: the functions that a researcher calls, from their docstrings.

Docstrings are plain text with `code`, lists of lines that begin with `- ` or `1. `, indented lines
of code, and paragraphs apart by an empty line. They are English whatever the language of the
report.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType

from evaluation import disclosure
from evaluation.base.markdown import SPECIAL
from evaluation.disclosure import exclusive
from evaluation.exchange import writing as exchange
from evaluation.methods import items
from evaluation.methods.actor_network import scores as actor_network
from evaluation.methods.bridge_building import scores as bridge_building
from evaluation.methods.coding_quality import scores as coding_quality
from evaluation.methods.collaboration_phases import scores as collaboration_phases
from evaluation.methods.evidence import synthesis as evidence
from evaluation.methods.goal_attainment import scores as goal_attainment
from evaluation.methods.meetings_grants import scores as meetings_grants
from evaluation.methods.partnership_check import scores as partnership_check
from evaluation.methods.resource_check import scores as resource_check
from evaluation.methods.source_audit import scores as audit
from evaluation.report import explore, report
from evaluation.report.figures import layout
from evaluation.report.tables import Markdown
from evaluation.stats import comparisons, intervals
from evaluation.stats import goal_attainment as goals
from evaluation.survey import crosstabs, indicators, waves

MODULES = (
    report,
    explore,
    indicators,
    intervals,
    comparisons,
    crosstabs,
    waves,
    goals,
    evidence,
    audit,
    disclosure,
    exchange,
    items,
    resource_check,
    partnership_check,
    actor_network,
    collaboration_phases,
    bridge_building,
    meetings_grants,
    goal_attainment,
    coding_quality,
    exclusive,
    layout,
)
WIDE = 80  # characters of a signature on one line
CODE = re.compile(r"`([^`]+)`")
ITEM = re.compile(r"(?:-|\d+\.) ")
MODULE_PATH = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")
QUOTED = re.compile(r"(?<!= )'(\w+)'")


def reference() -> Markdown:
    """A section for each of `MODULES`, with its functions and classes as they are called.

    For the website only: nobody looks up a call on paper.
    """
    sections = "\n\n".join(part for module in MODULES for part in _module(module))
    return Markdown(f'::: {{.content-visible when-format="html"}}\n\n{sections}\n\n:::')


def public(module: ModuleType) -> dict[str, Callable]:
    """Name -> function or class that a module offers, in its order; methods as `Class.method`."""
    named = getattr(module, "__all__", None) or [
        name
        for name, item in vars(module).items()
        if not name.startswith("_") and getattr(item, "__module__", None) == module.__name__
    ]
    found = {}
    for name in named:
        item = getattr(module, name)
        if inspect.isfunction(item) or inspect.isclass(item):
            found[name] = item
        if inspect.isclass(item):
            methods = {key: part for key, part in vars(item).items() if not key.startswith("_")}
            found |= {
                f"{name}.{key}": part for key, part in methods.items() if inspect.isfunction(part)
            }
    return found


def signature(name: str, item: Callable) -> str:
    """How a function is called, an argument a line where one line would be long."""
    described = inspect.signature(item)
    arguments = []
    for key, part in described.parameters.items():
        if part.kind is part.KEYWORD_ONLY and "*" not in arguments:
            arguments.append("*")
        if key != "self":
            arguments.append(_unqualified(str(part)))
    result = ""
    if not inspect.isclass(item):
        result = f" -> {_unqualified(inspect.formatannotation(described.return_annotation))}"
    line = f"{name}({', '.join(arguments)}){result}"
    if len(line) <= WIDE or not arguments:
        return line
    return "\n".join([f"{name}(", *(f"    {part}," for part in arguments), f"){result}"])


def _unqualified(annotation: str) -> str:
    """An annotation as it is written: without the module of a class, and not quoted."""
    return QUOTED.sub(r"\1", MODULE_PATH.sub("", annotation))


def text(docstring: str) -> str:
    """A docstring as Markdown that shows it letter by letter, with code, lists and paragraphs."""
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


def _module(module: ModuleType) -> Iterator[str]:
    name = module.__name__.removeprefix("evaluation.")
    anchor = f"api-{name.replace('.', '-')}"
    yield f"## `{name}` {{#{anchor}}}"
    yield _english(text(module.__doc__))
    for called, item in public(module).items():
        level = "####" if "." in called else "###"
        place = f"{anchor}-{called.replace('.', '-')}"
        yield f"{level} `{called}` {{#{place} .unnumbered}}"
        yield _english(f"```\n{signature(called, item)}\n```\n\n{text(item.__doc__)}")


def _english(markdown: str) -> str:
    return f'::: {{lang="en"}}\n{markdown}\n:::'

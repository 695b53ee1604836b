"""What Quarto's div blocks mean, whatever the format: callouts, floats, conditional content."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.crossref import FLOATS, Target

CALLOUTS = ("note", "tip", "important", "warning", "caution")
CONDITIONS = ("content-visible", "content-hidden")


@dataclass(frozen=True)
class Callout:
    kind: str
    title: str
    collapsed: bool
    body: list[Any]


def callout_of(div: dict[str, Any], words: dict[str, str]) -> Callout | None:
    """The callout that a Div is, or None; one without a title is titled with its kind."""
    (_, classes, attributes), body = div["c"]
    kind = next((kind for kind in CALLOUTS if f"callout-{kind}" in classes), None)
    if kind is None:
        return None
    told = dict(attributes)
    title = told.get("title") or words[f"callout-{kind}-title"]
    return Callout(kind, title, told.get("collapse") == "true", body)


def rendered(
    div: dict[str, Any],
    targets: dict[str, Target],
    words: dict[str, str],
    as_float: Callable[..., Any],
    as_callout: Callable[..., Any],
) -> dict[str, Any] | list[Any]:
    """The blocks of a format for a Div: what `as_float` makes of a figure or table that others can
    refer to, or `as_callout` of a callout; other Divs as they are."""
    identifier = div["c"][0][0]
    target = targets.get(identifier)
    if target is not None and target.kind in FLOATS:
        return as_float(div, identifier, target, words)
    callout = callout_of(div, words)
    return as_callout(callout) if callout else div


def alternative(image: dict[str, Any]) -> str:
    """The alternative text of an image: as given, or else its description."""
    (_, _, attributes), description, _ = image["c"]
    return dict(attributes).get("fig-alt") or pandoc.plain(description)


def float_parts(div: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Content and caption (inlines) of a figure or table Div: the last paragraph is the caption."""
    blocks = div["c"][1]
    if len(blocks) > 1 and blocks[-1]["t"] in ("Para", "Plain"):
        return blocks[:-1], blocks[-1]["c"]
    return blocks, []


def visible(blocks: list[Any], language: str, target: str) -> list[Any]:
    """The blocks that a language (profile) and a format (html or typst) show."""
    kept = []
    for block in blocks:
        if block["t"] == "Div":
            (_, classes, attributes), content = block["c"]
            if set(CONDITIONS) & set(classes):
                told = dict(attributes)
                met = all(
                    (actual in wanted.split()) == (word == "when")
                    for word in ("when", "unless")
                    for kind, actual in (("profile", language), ("format", target))
                    if (wanted := told.get(f"{word}-{kind}")) is not None
                )
                if met == ("content-visible" in classes):
                    kept += visible(content, language, target)
                continue
            block = {"t": "Div", "c": [block["c"][0], visible(content, language, target)]}
        kept.append(block)
    return kept

"""Proving a published report: its files are those it was published with, its sources are those it
was made from, and made again from them it is the same, byte by byte."""

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.project.config import load_config
from evaluation.project.working import reading
from evaluation.publish import manifest
from evaluation.publish.build import build
from evaluation.publish.site import SITE

# what a build makes
MADE = ("reports", "data/processed")


def verify(root: Path, say: Callable[[str], None] = print) -> list[str]:
    """Everything in which the published report of an evaluation folder is not what it should be, a
    line each; empty where it is proved.

    Raises InputError where nothing has been published with a manifest, and as `build` does.
    """
    with TemporaryDirectory(prefix="verified-") as scratch:
        copy = Path(scratch) / "evaluation"
        with reading(root, say):
            content = manifest.read(root)
            outputs, sources = content["outputs"], content["inputs"]
            found = [
                *_compared("published file", manifest.digests(root / SITE), outputs),
                *_compared("source", manifest.inputs(root), sources),
            ]
            if found:
                return found
            shutil.copytree(root, copy, ignore=partial(_left_out, {root / made for made in MADE}))
        say("files and sources are those of the manifest; making the report again")
        _build(copy, content, say)
        return list(_compared("report made again", manifest.digests(copy / SITE), outputs))


def _build(copy: Path, content: Mapping[str, Any], say: Callable[[str], None]) -> None:
    parameters = dict(content["parameters"])
    published = {file.partition("/")[0] for file in content["outputs"] if "/" in file}
    languages = [name for name in load_config(copy).languages if name in published]
    for language in languages:
        build(copy, {**parameters, "language": language}, content["renderer"], say)


def _left_out(made: set[Path], folder: str, names: list[str]) -> list[str]:
    """What is not copied of a folder: what a build makes, and what is hidden."""
    return [name for name in names if name.startswith(".") or Path(folder, name) in made]


def _compared(what: str, now: Mapping[str, str], then: Mapping[str, str]) -> list[str]:
    """What is not the same in two lists of digests."""
    names = sorted(now.keys() | then.keys())
    said = {name: _difference(now.get(name), then.get(name)) for name in names}
    return [f"{what} {name}: {difference}" for name, difference in said.items() if difference]


def _difference(now: str | None, then: str | None) -> str:
    if now == then:
        return ""
    if now is None:
        return "missing"
    return "not in the manifest" if then is None else "another one than in the manifest"

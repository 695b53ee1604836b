"""The guide for newcomers: every command it tells is one that the program understands."""

import re
import shlex

import nbformat
import pytest

from evaluation.cli import _parser

GUIDE = "notebooks/96_start_your_own.ipynb"
BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(repository, language: str) -> list[list[str]]:
    notebook = nbformat.read(repository / GUIDE, as_version=4)
    text = "\n".join(
        cell.source for cell in notebook.cells if language in cell.metadata.get("tags", [])
    )
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_command_is_understood(repository, language):
    told = commands(repository, language)
    for program, *arguments in told:
        if program == "evaluation":
            _parser().parse_args(arguments)
    targets = re.findall(r"^([a-z]+):", (repository / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {line[1] for line in told if line[0] == "make"} <= set(targets)
    taught = {arguments[0] for program, *arguments in told if program == "evaluation"}
    assert taught == {"new", "check", "build", "add-wave", "add-codings", "add", "export"}


@pytest.mark.slow
def test_both_languages_teach_the_same(repository):
    danish, english = (
        [[word for word in line[:2] if "/" not in word] for line in commands(repository, language)]
        for language in ("da", "en")
    )
    assert danish == english

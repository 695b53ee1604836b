"""project.parameters: the parameters of notebooks."""

import json

import pytest
from refusals import refusal, tells

from evaluation.project.config import load_config
from evaluation.project.parameters import injected


@pytest.fixture
def config(repository):
    return load_config(repository)


@pytest.fixture(autouse=True)
def folder(tmp_path):
    """An evaluation folder: what names a notebook in a message."""
    (tmp_path / "evaluation.yml").touch()
    (tmp_path / "notebooks").mkdir()
    return tmp_path / "notebooks"


@pytest.fixture
def notebook(folder):
    def write(*lines: str):
        code = {
            "cell_type": "code",
            "metadata": {"tags": ["parameters"]},
            "source": "\n".join(lines).splitlines(keepends=True),
            "outputs": [],
        }
        prose = {"cell_type": "markdown", "metadata": {}, "source": ["text"]}
        path = folder / "30_a.ipynb"
        path.write_text(
            json.dumps(
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [prose, code]}
            ),
            "utf-8",
        )
        return path

    return write


def test_a_notebook_gets_the_configured_value_of_what_it_declares(config, notebook):
    assert injected(config, notebook("confidence = 0.9"), {}) == {"confidence": 0.95}


def test_an_override_goes_before_the_configured_value(config, notebook):
    assert injected(config, notebook("confidence = 0.9"), {"confidence": 0.8}) == {
        "confidence": 0.8
    }


def test_a_notebook_gets_nothing_that_it_does_not_declare(config, notebook):
    path = notebook('language = "da"')
    assert injected(config, path, {"language": "en", "confidence": 0.8}) == {"language": "en"}


def test_a_notebook_without_parameters_gets_none(config, notebook):
    assert injected(config, notebook("# nothing"), {"language": "en"}) == {}


def test_every_notebook_of_the_book_takes_the_language(repository, config):
    configured = {repository / file for file in config.pipeline}
    paths = set((repository / "notebooks").glob("*.ipynb")) - configured
    assert {path.stem for path in paths} > {"30_introduction", "44_capacity", "98_about"}
    for path in sorted(paths):
        assert injected(config, path, {"language": "en"})["language"] == "en", path.name


def test_a_parameter_that_is_not_declared_is_refused_with_the_names_that_are(config, notebook):
    message = refusal(injected, config, notebook('lang = "da"'), {})
    tells(message, "notebooks/30_a.ipynb, column lang", "declared in evaluation.yml", "'da'")
    tells(message, "Remedy: declare it there or use one of: confidence, ", "language")


def test_a_default_of_another_type_is_refused(config, notebook):
    message = refusal(injected, config, notebook("language = 1"), {})
    tells(message, "notebooks/30_a.ipynb, column language", "type string", "Found: 1")


@pytest.mark.parametrize(
    "line",
    [
        "language = str()",
        'language: str = "da"',
        "language = other = 1",
        "language, other = 1, 2",
        "import os",
        "language += 1",
        "language = {[]: 1}",
        'folder.language = "da"',
    ],
)
def test_anything_but_literals_is_refused_with_its_line(config, notebook, line):
    message = refusal(injected, config, notebook("# first", line), {})
    tells(message, "notebooks/30_a.ipynb, line 2 of the parameters cell", "name = literal")
    tells(message, "Remedy: move other code to the next cell")


@pytest.mark.parametrize("line", ["%matplotlib inline", "language = ", "if:"])
def test_a_cell_that_is_no_python_is_refused_with_its_line(config, notebook, line):
    message = refusal(injected, config, notebook("# first", line), {})
    tells(message, "notebooks/30_a.ipynb, line 2 of the parameters cell", "Remedy: correct")


def test_a_missing_notebook_is_refused(config, folder):
    tells(refusal(injected, config, folder / "x.ipynb", {}), "notebooks/x.ipynb", "missing")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"not json", "a notebook is"),
        ('{"cells": ["æ"]}'.encode("cp1252"), "UTF-8"),
        (b"{}", "a notebook is"),
    ],
)
def test_a_damaged_notebook_is_refused(config, folder, content, rule):
    path = folder / "x.ipynb"
    path.write_bytes(content)
    tells(refusal(injected, config, path, {}), "notebooks/x.ipynb", rule)

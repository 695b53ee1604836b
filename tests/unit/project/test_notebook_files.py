"""project.notebook_files: what is no notebook is refused before anything runs, with its cell."""

import copy
import json

import pytest
from nbformat import validate
from refusals import refusal, tells

from evaluation.project.notebook_files import read_notebook

GOOD = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {"tags": ["da"]}, "source": ["# Titel"]},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {},
            "source": "1 + 1",
            "outputs": [],
            "execution_count": None,
        },
    ],
}


def test_what_jupyter_writes_is_read(tmp_path):
    validate(GOOD)
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps(GOOD), "utf-8")
    assert read_notebook(path, "one.ipynb") == GOOD


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "null", '"x"', "[" * 100_000, b"\xe6", "\ufeff{}"]
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path, text):
    path = tmp_path / "one.ipynb"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    tells(refusal(read_notebook, path, "one.ipynb"), "one.ipynb", "Remedy: ")


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        (("nbformat",), 3, "version 4"),
        (("nbformat",), None, "version 4"),
        (("metadata",), [], "a mapping"),
        (("metadata", "kernelspec"), "python3", "a mapping"),
        (("cells",), {}, "list of cells"),
        (("cells", 1), 5, "cell 2 from the top"),
        (("cells", 1, "cell_type"), "heading", "cell 2 from the top"),
        (("cells", 1, "source"), None, "cell 2 from the top"),
        (("cells", 1, "source"), ["a", 5], "cell 2 from the top"),
        (("cells", 1, "metadata"), None, "cell 2 from the top"),
        (("cells", 1, "metadata", "tags"), "da", "cell 2 from the top"),
        (("cells", 1, "outputs"), None, "cell 2 from the top"),
        (("cells", 1, "outputs"), [5], "cell 2 from the top"),
        (("cells", 1, "attachments"), "x", "cell 2 from the top"),
        (("nbformat_minor",), None, "minor version"),
        (("cells", 1, "id"), "a", "cell 2 from the top"),
    ],
)
def test_what_is_at_fault_is_named(tmp_path, where, value, told):
    content = copy.deepcopy(GOOD)
    node = content
    for key in where[:-1]:
        node = node[key]
    node[where[-1]] = value
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps(content), "utf-8")
    tells(refusal(read_notebook, path, "one.ipynb"), "one.ipynb", told, "Remedy: ")

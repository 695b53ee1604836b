"""notebook.sources: what authors wrote is executed, and what Jupyter does not read is told."""

import copy
import json

import pytest
from refusals import refusal, tells

from evaluation.notebook.sources import read_source

GOOD = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {"tags": ["da"]}, "source": ["# ", "A"]},
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


@pytest.fixture
def written(tmp_path):
    """Writes a good notebook in which a value stands at a place."""

    def write(*place, value):
        content = copy.deepcopy(GOOD)
        node = content
        for part in place[:-1]:
            node = node[part]
        node[place[-1]] = value
        path = tmp_path / "one.ipynb"
        path.write_text(json.dumps(content), "utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("metadata", "papermill"), 5),
        (("metadata", "evaluation"), {"key": "x"}),
        (("metadata", "kernelspec"), {"name": None}),
        (("nbformat_minor",), 4),
        (("cells", 0, "metadata"), {"tags": ["da"], "user_expressions": [5]}),
        (("cells", 0, "metadata"), {"tags": ["da"], "user_expressions": 5, "rows": 5}),
        (("cells", 1, "metadata"), {"papermill": 5, "collapsed": "x"}),
        (("cells", 1, "outputs"), [{"output_type": "display_data", "data": []}]),
        (("cells", 1, "outputs"), [{"output_type": "stream"}]),
        (("cells", 1, "execution_count"), "x"),
    ],
)
def test_what_programs_left_in_a_notebook_is_not_executed(written, place, value):
    clean = read_source(written("nbformat_minor", value=5), "one.ipynb")
    assert [cell.source for cell in clean.cells] == ["# A", "1 + 1"]
    assert clean.cells[0].metadata == {"tags": ["da"]}
    assert read_source(written(*place, value=value), "one.ipynb") == clean


def test_a_cell_without_an_id_has_the_same_one_every_time(written):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "x"} for _ in range(3)]
    cells[1]["id"] = "cell-1"
    path = written("cells", value=cells)
    found = [[cell.id for cell in read_source(path, "one.ipynb").cells] for _ in range(2)]
    assert found == [["cell-2", "cell-1", "cell-3"]] * 2


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("cells", 0, "id"), "a b/c", "its id has not"),
        (("cells", 0, "id"), "x" * 300, "its id has not"),
        (("cells", 0, "metadata"), {"tags": ["a", "a"]}, "its metadata tags has not"),
        (("cells", 0, "attachments"), {"a.png": 5}, "attachments"),
        (("cells", 0, "attachments"), {"a.png": {"image/png": 5}}, "attachments"),
        (("cells", 0, "unknown"), 5, "cell 1 from the top"),
        (("cells", 0, "source"), "half a sign \ud800", "whole signs"),
        (("cells", 0, "id"), "\ud800", "whole signs"),
    ],
)
def test_what_jupyter_does_not_read_is_refused_with_its_cell(written, place, value, told):
    message = refusal(read_source, written(*place, value=value), "one.ipynb")
    tells(message, "one.ipynb", "cell 1 from the top", told, "Remedy: ")


@pytest.mark.parametrize("language", ["R", ["python"]])
def test_another_language_is_refused(written, language):
    path = written("metadata", value={"language_info": {"name": language}})
    tells(refusal(read_source, path, "one.ipynb"), "one.ipynb", "in Python")

"""project.parts: who takes the rows of one question depends on them, and on no others."""

import itertools
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from evaluation.notebook.cachekey import is_current, renew
from evaluation.notebook.execute import execute
from evaluation.project.folder import Folder
from evaluation.project.parts import are_unchanged
from evaluation.project.touched import touched
from tests.support.refusals import refusal, tells

TABLE = pd.DataFrame(
    {
        "question": ["a", "a", "b"],
        "wave": [1, 2, 1],
        "k": pd.array([3, None, 5], dtype="Int64"),
        "share": [0.1, 0.2, float("nan")],
        "note": ["x", None, ""],
    }
)


def write(folder: Folder, table: pd.DataFrame) -> Path:
    """As another process writes it, which does not count as this one's."""
    path = folder.root / "data/processed/t.parquet"
    table.to_parquet(path, index=False)
    return path


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "evaluation.yml").touch()
    (tmp_path / "data/processed").mkdir(parents=True)
    write(Folder(tmp_path), TABLE)
    return Folder(tmp_path)


def test_rows_are_those_that_a_filter_of_the_whole_table_gives(folder):
    parts, whole = folder.parts("t"), folder.read("t")
    for question in ("a", "b", "none such"):
        pd.testing.assert_frame_equal(
            parts.rows("question", question), whole[whole["question"] == question]
        )
    assert parts.values("wave") == [1, 2]
    assert parts.values("no such column") == []


def test_a_table_that_no_notebook_has_written_is_refused_with_the_command_to_run(folder):
    message = refusal(folder.parts, "indicators")
    tells(message, "data/processed/indicators.parquet", "Remedy: run `evaluation execute`")


VALUES = {
    "wave": [1, 2],
    "k": [3, 4, None],
    "share": [0.1, 0.1 + 1e-16 * 2, 0.30000000000000004, 0.3, None],
    "note": ["x", "None", "nan", "", None, "1"],
}


def code(part: str) -> str:
    return f"from evaluation import Folder\nparts = Folder().parts('t')\n{part}"


def executed(folder, source_code):
    """Execute a notebook with this code; its source and its copy."""
    source = folder.root / "notebooks/one.ipynb"
    target = folder.root / "reports/executed/one.ipynb"
    source.parent.mkdir(exist_ok=True)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cells = [new_code_cell(source_code, id="only")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), source)
    execute(source, target, {})
    return source, target


def changed(row: int, column: str, value) -> pd.DataFrame:
    table = TABLE.copy()
    table.loc[row, column] = value
    return table


def taken(folder, *questions):
    """What this process has noted once it took the rows of questions, and the waves."""
    parts = folder.parts("t")
    for question in questions:
        parts.rows("question", question)
    parts.values("wave")
    return touched()["parts"][str(folder.root / "data/processed/t.parquet")]["parts"]


def test_each_change_of_a_row_that_was_taken_is_seen_and_none_of_another(folder):
    noted = [part for part in taken(folder, "a") if part[0] == "question"]
    for (column, values), row in itertools.product(VALUES.items(), (0, 1, 2)):
        for value in values:
            table = changed(row, column, value)
            own, before = (each[each["question"] == "a"] for each in (table, TABLE))
            same = are_unchanged(write(folder, table), noted)
            assert same == own.equals(before), (row, column, value)


def test_a_row_more_or_in_another_place_is_seen_among_those_that_were_taken(folder):
    noted = taken(folder, "a")
    for order in itertools.permutations(TABLE.index):
        same = are_unchanged(write(folder, TABLE.loc[list(order)]), noted)
        assert same == (order.index(0) < order.index(1)), order
    assert are_unchanged(write(folder, pd.concat([TABLE, TABLE.tail(1)])), noted)
    path = write(folder, pd.concat([TABLE, TABLE.tail(1).assign(wave=3)]))
    assert not are_unchanged(path, noted)
    path.unlink()
    assert not are_unchanged(path, noted)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("parts.rows('question', 'a')", False),
        ("parts.rows('question', 'a'); Folder().read('t')", True),
        ("import pandas; pandas.read_parquet('../data/processed/t.parquet')", True),
    ],
)
def test_a_copy_is_kept_where_only_other_rows_have_changed(folder, part, whole):
    source, target = executed(folder, code(part))
    write(folder, changed(2, "k", 9))
    assert is_current(source, target, {}) is not whole
    write(folder, changed(0, "k", 9))
    assert not is_current(source, target, {})


@pytest.mark.slow
def test_what_is_kept_has_the_bytes_of_what_is_executed_anew(folder):
    source, target = executed(folder, code("print(len(parts.rows('question', 'a')))"))
    write(folder, changed(2, "k", 9))
    renew(source, target)
    kept = target.read_bytes()
    assert is_current(source, target, {})
    execute(source, target, {})
    assert target.read_bytes() == kept


@pytest.mark.slow
def test_who_writes_a_table_does_not_depend_on_what_was_in_it(folder):
    _, target = executed(
        folder, code("parts.rows('question', 'a'); Folder().write('t', Folder().read('t'))")
    )
    assert nbformat.read(target, 4).metadata["evaluation"]["parts"] == {}

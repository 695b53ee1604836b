"""publish.quotations: warnings are told in every build, and found once."""

import shutil

import pytest

from evaluation.publish import quotations, told

WARNING = (
    "data/raw/passages.csv, row 3: q2 fits 1 of 3 units by its project. "
    "Remedy: blur a detail, or ask the unit for its consent."
)


@pytest.fixture
def root(processed, tmp_path):
    root = shutil.copytree(processed, tmp_path / "evaluation")
    (root / "data/raw/units.csv").write_text(
        "unit,municipality,project\nA,north,choir\nB,north,kitchen\nC,north,kitchen\n"
    )
    (root / "data/raw/passages.csv").write_text(
        "id,chapter,municipality,project\nq1,32,north,kitchen\nq2,32,north,choir\n"
    )
    return root


@pytest.fixture
def memory(tmp_path):
    return tmp_path / "reports/quotations.json"


@pytest.fixture
def looked(monkeypatch):
    """The folders that were looked at."""
    roots = []
    warnings = told.warnings
    monkeypatch.setattr(told, "warnings", lambda folder: roots.append(folder) or warnings(folder))
    return roots


@pytest.mark.slow
def test_what_was_found_is_told_again_without_looking(root, memory, looked):
    assert quotations.warnings(root, memory) == [WARNING]
    assert quotations.warnings(root, memory) == [WARNING]
    assert len(looked) == 1


@pytest.mark.slow
def test_a_changed_table_is_looked_at_again(root, memory, looked):
    quotations.warnings(root, memory)
    with (root / "data/raw/units.csv").open("a") as stream:
        stream.write("D,north,choir\n")
    assert quotations.warnings(root, memory) == []
    assert len(looked) == 2


@pytest.mark.slow
@pytest.mark.parametrize("content", ["", "[]", "{}", '{"stamp": 1}'])
def test_a_damaged_memory_is_none(content, root, memory):
    memory.parent.mkdir()
    memory.write_text(content)
    assert quotations.warnings(root, memory) == [WARNING]


def test_a_folder_without_quotations_has_no_warnings_and_no_memory(processed, memory, looked):
    assert quotations.warnings(processed, memory) == []
    assert not looked and not memory.exists()

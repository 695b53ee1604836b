"""project.folder: the files of an evaluation folder."""

from pathlib import Path

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.base.digests import digest
from evaluation.project.folder import Folder, find_root
from evaluation.project.touched import touched


@pytest.fixture
def root(repository, tmp_path):
    (tmp_path / "evaluation.yml").write_bytes((repository / "evaluation.yml").read_bytes())
    return tmp_path


def test_the_folder_is_found_from_any_place_inside_it(root):
    inside = root / "notebooks" / "deep"
    inside.mkdir(parents=True)
    assert find_root(inside) == find_root(str(inside)) == root.resolve()


def test_the_folder_is_found_from_the_working_directory(root, monkeypatch):
    (root / "notebooks").mkdir()
    monkeypatch.chdir(root / "notebooks")
    assert Folder().root == root.resolve()


def test_a_place_outside_an_evaluation_folder_is_refused(tmp_path):
    message = refusal(find_root, tmp_path)
    tells(message, str(tmp_path), "evaluation.yml", "Remedy: name the folder")


def test_a_table_that_is_written_is_read_back_the_same(root):
    table = pd.DataFrame(
        {
            "id": ["a", "æ,\n”x”", ""],
            "n": pd.array([1, None, 3], dtype="Int64"),
            "share": [0.5, 1 / 3, 1.0],
            "asked": pd.array([True, None, False], dtype="boolean"),
        }
    )
    folder = Folder(root)
    folder.write("t", table)
    pd.testing.assert_frame_equal(folder.read("t"), table, check_dtype=False)
    assert folder.read("t")["n"].dtype == "Int64"


def test_a_table_is_written_for_machines_and_for_people_and_leaves_nothing_else(root):
    Folder(root).write("t", pd.DataFrame({"a": [1]}))
    written = sorted(path.name for path in (root / "data/processed").iterdir())
    assert written == ["t.csv", "t.parquet"]
    assert (root / "data/processed/t.csv").read_bytes() == b"a\n1\n"


def test_writing_the_same_table_twice_gives_the_same_bytes(root):
    folder = Folder(root)
    files = [root / "data/processed" / f"t.{suffix}" for suffix in ("csv", "parquet")]
    table = pd.DataFrame({"a": ["x", None], "b": [1.5, 2.5]})
    folder.write("t", table)
    first = [file.read_bytes() for file in files]
    folder.write("t", table)
    assert [file.read_bytes() for file in files] == first


@pytest.mark.parametrize(
    "kind, owner, store", [("parquet", pd.DataFrame, "to_parquet"), ("csv", Path, "write_text")]
)
def test_a_write_that_breaks_off_leaves_the_last_good_table(root, kind, owner, store, monkeypatch):
    folder = Folder(root)
    folder.write("t", pd.DataFrame({"a": [1]}))
    file = root / f"data/processed/t.{kind}"
    before = file.read_bytes()

    def breaks_off(*arguments, **options):
        path = next(each for each in arguments if isinstance(each, Path))
        path.write_bytes(b"half")
        raise OSError("no space left on device")

    monkeypatch.setattr(owner, store, breaks_off)
    with pytest.raises(OSError, match="no space"):
        folder.write("t", pd.DataFrame({"a": [2]}))
    assert file.read_bytes() == before


def test_a_table_that_no_notebook_has_written_is_refused_with_the_command_to_run(root):
    message = refusal(Folder(root).read, "indicators")
    tells(message, "data/processed/indicators.parquet", "Remedy: run `evaluation execute`")


def test_every_file_read_or_written_is_remembered(root):
    folder = Folder(root)
    folder.config()
    folder.has("not_yet")
    folder.write("t", pd.DataFrame({"a": [1]}))
    folder.read("t")
    known = touched()
    assert known["read"][str(root / "evaluation.yml")] == digest(root / "evaluation.yml")
    assert known["read"][str(root / "data/processed/not_yet.parquet")] is None
    own = {str(root / f"data/processed/t.{kind}") for kind in ("csv", "parquet")}
    assert own <= set(known["written"]) and not own & set(known["read"])
    assert list(known["read"]) == sorted(known["read"])


def test_a_missing_raw_table_is_refused_by_its_name(root):
    tells(
        refusal(Folder(root).read_raw, "facts"),
        "data/raw/facts.csv: the file exists, but it is missing",
    )


def test_the_raw_tables_of_the_repository_are_read(repository):
    assert len(Folder(repository).read_raw("published_figures")) == 51


def test_a_register_of_names_that_is_there_and_cannot_be_read_is_refused(folder):
    (folder / "data/raw/names.csv").symlink_to("nowhere")
    tells(refusal(Folder(folder).names), "data/raw/names.csv", "missing")


def test_what_is_no_file_is_another_thing_than_nothing_for_who_keeps_digests(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")
    assert digest(tmp_path / "link") not in (None, digest(tmp_path / "nothing"))
    assert digest(tmp_path / "nothing") is digest(tmp_path / ("x" * 5_000)) is None

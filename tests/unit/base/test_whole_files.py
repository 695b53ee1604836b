"""base.whole_files: what is published is there at every moment, the old or the new."""

from threading import Event, Thread

import pytest

from evaluation.base import whole_files
from evaluation.base.whole_files import take_place, written_whole


def folder(path, text: str):
    path.mkdir()
    (path / "page").write_text(text)
    return path


@pytest.fixture(params=["exchanged", "one after the other"])
def system(request, monkeypatch):
    if request.param != "exchanged":
        monkeypatch.setattr(whole_files, "_exchanged", lambda one, other: False)
    return request.param


def test_a_folder_takes_the_place_of_another_or_is_the_first(tmp_path, system):
    target = tmp_path / "site"
    for text in ("first", "second", "third"):
        take_place(folder(tmp_path / "new", text), target)
        assert (target / "page").read_text() == text
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.slow
def test_a_reader_finds_the_old_or_the_new_at_every_moment(tmp_path):
    target, done, missed, seen = tmp_path / "site", Event(), [], set()
    take_place(folder(tmp_path / "new", "0"), target)
    if not whole_files._exchanged(target, folder(tmp_path / "other", "0")):
        pytest.skip("this file system exchanges no names")

    def read() -> None:
        while not done.is_set():
            try:
                seen.add((target / "page").read_text())
            except FileNotFoundError:
                missed.append(len(seen))

    reader = Thread(target=read)
    reader.start()
    for number in range(300):
        take_place(folder(tmp_path / "new", str(number)), target)
    done.set()
    reader.join()
    assert missed == [] and len(seen) > 1


def test_an_error_while_writing_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "file"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), written_whole(path) as partial:
        partial.write_text("new")
        raise ZeroDivisionError
    assert path.read_text() == "old" and [each.name for each in tmp_path.iterdir()] == ["file"]

"""The raw tables that readers get: those that evaluation.yml names, and no rows of respondents."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.base.errors import InputError
from evaluation.project.folder import Folder
from evaluation.publish.stage import write_downloads


def declare(folder, *names: str) -> Folder:
    """The folder, with these tables for readers alone."""
    path = folder / "evaluation.yml"
    kept = path.read_text("utf-8").partition("downloads:")[0]
    rest = path.read_text("utf-8").partition("parameters:")[2]
    text = f"{kept}downloads: []\nraw_downloads: [{', '.join(names)}]\nparameters:{rest}"
    path.write_text(text, "utf-8")
    return Folder(folder)


def test_they_have_the_lines_of_the_files_they_come_from(folder, tmp_path):
    write_downloads(declare(folder, "published_figures", "themes"), tmp_path / "out", "en", {})
    for name in ("published_figures", "themes"):
        given, raw = (
            path.read_text("utf-8").splitlines()
            for path in (tmp_path / f"out/raw/{name}.csv", folder / f"data/raw/{name}.csv")
        )
        assert given == raw


@pytest.mark.parametrize("name", ["second_codings", "survey", "not_there"])
def test_a_table_whose_rows_were_not_printed_is_refused(folder, tmp_path, name):
    (folder / "data/raw/survey.csv").write_text("name,answer\nAnn,yes\n", "utf-8")
    with pytest.raises(InputError) as refused:
        write_downloads(declare(folder, name), tmp_path / "out", "en", {})
    assert "raw_downloads" in str(refused.value) and name in str(refused.value)
    assert not list((tmp_path / "out").rglob("survey.csv"))


def test_a_processed_table_with_a_row_for_each_respondent_is_none_for_readers(folder, tmp_path):
    opened = Folder(folder)
    opened.write("people", pd.DataFrame({"respondent": ["1", "2"], "age": [30, 40]}))
    path = folder / "evaluation.yml"
    path.write_text(path.read_text("utf-8").replace("\ndownloads: [", "\ndownloads: [people, "))
    told = refusal(write_downloads, opened, tmp_path / "out", "en", {})
    tells(told, "evaluation.yml", "column downloads", "a row for each respondent", "people")

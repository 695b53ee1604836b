"""project.raw_tables: what each table under data/raw holds."""

import shutil
from pathlib import Path

import pytest
from conftest import REPOSITORY
from one_language import keep_language
from refusals import refusal, tells

from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.folder import Folder
from evaluation.project.raw_tables import read_raw_table, tables
from evaluation.project.raw_tables.published import VERDICTS
from evaluation.survey.check import check

RAW = sorted((REPOSITORY / "data/raw").glob("*.csv"))


@pytest.fixture
def changed(repository, tmp_path):
    """Reads a raw table of this evaluation with the first of some passage replaced."""

    def read(name: str, old: str, new: str):
        content = (repository / "data/raw" / f"{name}.csv").read_text("utf-8")
        assert old in content
        path = tmp_path / f"{name}.csv"
        path.write_text(content.replace(old, new, 1), "utf-8")
        return read_raw_table(path, name)

    return read


@pytest.mark.slow
@pytest.mark.parametrize("path", RAW, ids=[path.stem for path in RAW])
def test_every_raw_table_of_the_repository_is_described_and_read(path):
    assert len(read_raw_table(path, path.stem))


def test_an_unknown_table_is_refused_with_the_names_that_exist(tmp_path):
    message = refusal(read_raw_table, tmp_path / "figures.csv", "figures")
    tells(message, "figures.csv", "or use one of published_figures, facts")


@pytest.mark.parametrize("value", ["101", "-1", "62.5", "63%"])
def test_a_percentage_beyond_100_or_not_whole_is_refused(changed, value):
    message = refusal(changed, "published_figures", "improved,63,", f"improved,{value},")
    assert message == (
        "Rule broken in data/raw/published_figures.csv, row 6, column percent: this cell is a "
        f"whole number from 0 to 100, or empty. Found: '{value}'. Remedy: correct the cell."
    )


def test_a_figure_of_nobody_is_refused(changed):
    message = refusal(changed, "published_figures", "improved,63,,16", "improved,63,,0")
    tells(message, "row 6, column n: this cell is a whole number of at least 1. Found: '0'")


def test_a_figure_that_is_there_twice_is_refused(changed):
    message = refusal(changed, "published_figures", "applied_for_funds,no", "applied_for_funds,yes")
    tells(message, "data/raw/published_figures.csv, row 9: question and option together identify")
    tells(message, "Found: 'applied_for_funds, yes'", "Remedy: remove or rename the second")


def test_an_unknown_basis_is_refused(changed):
    message = refusal(changed, "published_figures", "printed,3.3,14", "guessed,3.3,14")
    tells(message, "row 8, column basis: this cell is one of printed, implied, note", "'guessed'")


def test_an_unknown_verdict_is_refused_with_the_verdicts_that_exist(changed):
    message = refusal(changed, "objectives", ",achieved,", ",nået,")
    tells(message, "data/raw/objectives.csv, row 2, column verdict", ", ".join(VERDICTS), "'nået'")


@pytest.mark.parametrize("name", ["facts", "objectives", "themes", "documents", "data_basis"])
def test_a_register_in_an_older_windows_encoding_is_refused(repository, tmp_path, name):
    content = (repository / "data/raw" / f"{name}.csv").read_text("utf-8")
    path = tmp_path / "t.csv"
    path.write_bytes(content.encode("cp1252"))
    message = refusal(read_raw_table, path, name)
    tells(message, f"data/raw/{name}.csv, row ", "UTF-8", "Remedy: save it as UTF-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_method_has_a_word(language):
    words = texts(language)
    assert all(words(f"verdicts.{verdict}") for verdict in VERDICTS)
    methods = tables()["data_basis"][0]["method"].checks[0].statistics["allowed_values"]
    assert all(words(f"methods.{method}") for method in methods)


@pytest.fixture
def spoken(repository, tmp_path):
    """A copy of this evaluation with its registers in one language, and the columns taken out."""

    def make(language: str) -> tuple[Folder, list[str]]:
        root = tmp_path / language
        shutil.copytree(repository / "data/raw", root / "data/raw")
        shutil.copy(repository / "evaluation.yml", root)
        removed = keep_language(root, language)
        return Folder(root), removed

    return make


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_register_may_be_in_the_language_of_the_report_alone(spoken, language):
    folder, removed = spoken(language)
    (other,) = set(LANGUAGES) - {language}
    described = [
        f"{name}.{column}"
        for name, (columns, _) in tables((language,)).items()
        if folder.has_raw(name)
        for column, description in columns.items()
        # a column of today's that a table of before may lack is of no language
        if not description.required and tables()[name][0][column].required
    ]
    optional = {
        f"{name}.{column}"
        for name, (columns, _) in tables().items()
        for column, description in columns.items()
        if not description.required
    }
    assert sorted(described) == sorted(set(removed) - optional)
    assert all(column.endswith(other) for column in removed)
    for path in RAW:
        table = folder.read_raw(path.stem)
        assert len(table) and not {f"{path.stem}.{column}" for column in table} & set(removed)
    assert check(folder) == []


@pytest.mark.slow
def test_a_language_that_the_report_is_in_is_missed_by_build_and_check_alike(spoken):
    folder, removed = spoken("en")
    config = folder.root / "evaluation.yml"
    config.write_text(config.read_text("utf-8").replace("[en]", "[en, da]"), "utf-8")
    tells(refusal(folder.read_raw, "facts"), "data/raw/facts.csv, row 1", "Remedy: add da.")
    missed = [problem for problem in check(folder) if problem.kind == "missing_column"]
    assert sorted(f"{Path(each.file).stem}.{each.column}" for each in missed) == sorted(removed)


@pytest.mark.slow
def test_a_column_in_another_language_may_be_there_half_filled(spoken, repository):
    folder, _ = spoken("en")
    path = folder.root / "data/raw/facts.csv"
    lines = (repository / "data/raw/facts.csv").read_text("utf-8").splitlines()
    cells = lines[1].split(",")
    place = lines[0].split(",").index("da")
    lines[1] = ",".join([*cells[:place], "", *cells[place + 1 :]])
    path.write_text("\n".join(lines), "utf-8")
    assert folder.read_raw("facts")["da"].iloc[0] == ""
    assert check(folder) == []


@pytest.mark.slow
def test_a_register_in_one_language_that_excel_saved_with_semicolons_is_told_so(spoken):
    folder, _ = spoken("da")
    for name in ("theme_elements", "families"):
        path = folder.root / f"data/raw/{name}.csv"
        path.write_text(path.read_text("utf-8").replace(",", ";"), "utf-8")
        tells(refusal(folder.read_raw, name), "with commas instead of semicolons")

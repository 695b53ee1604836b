"""exchange.writing: an export reads back to the same tables in every format, and tells what it
holds."""

import json
import shutil
import zipfile
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pyreadstat
import pytest
from conftest import REPOSITORY, copy_folder
from exports import sample
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from refusals import refusal, tells

from evaluation.cli import main
from evaluation.exchange import writing
from evaluation.exchange.writing import csv_files, descriptor, sav, workbook
from evaluation.exchange.writing.variables import variables
from evaluation.language.texts import texts
from evaluation.project.codebook import Codebook, Option, Question, load_codebook
from evaluation.project.folder import Folder
from evaluation.scaffold.folder import create
from evaluation.survey import reconstruction
from evaluation.survey import responses as survey

EXAMPLE = REPOSITORY / "examples" / "broen"
DAY = date(2025, 3, 31)
FORMATS = ("csv", "parquet", "sav")


@dataclass(frozen=True)
class Exported:
    """An evaluation folder and its export."""

    folder: Folder
    package: Path

    @property
    def descriptor(self) -> dict:
        return json.loads((self.package / "datapackage.json").read_text("utf-8"))

    def resource(self, name: str) -> dict:
        (found,) = [each for each in self.descriptor["resources"] if each["name"] == name]
        return found

    def field(self, column: str) -> dict:
        fields = self.resource("responses")["schema"]["fields"]
        (found,) = [each for each in fields if each["name"] == column]
        return found

    def responses(self, format: str) -> pd.DataFrame:
        if format == "csv":
            return writing.read_csv(self.package, "responses")
        if format == "parquet":
            return writing.read_parquet(self.package, "responses")
        languages = self.folder.config().languages
        codebook = load_codebook(self.package / "codebook.yml", languages=languages)
        return writing.read_sav(self.package / "responses.sav", codebook)


def answers_of(root: Path) -> Folder:
    """A folder with a survey, with the responses that its first notebook writes."""
    folder = Folder(root)
    answers = survey.responses(folder.read_survey(), folder.codebook(), folder.config().survey)
    folder.write("responses", answers)
    return folder


def run_first_notebook(root: Path) -> Folder:
    """The folder with all that its first notebook writes."""
    names = {}
    with chdir(root):
        for cell in nbformat.read("notebooks/10_survey.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                exec(cell.source, names)
    return Folder(root)


def exported(folder: Folder, target: Path) -> Exported:
    writing.write(folder, target)
    return Exported(folder, target)


def example_folder(target: Path) -> Path:
    ignored = shutil.ignore_patterns("reports", "processed", "_extensions", "downloads")
    shutil.copytree(EXAMPLE, target, ignore=ignored)
    return target


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The fictional example, with both waves."""
    scratch = tmp_path_factory.mktemp("exchange")
    folder = run_first_notebook(example_folder(scratch / "broen"))
    return exported(folder, scratch / "data")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """The evaluation of the repository, whose rows are reconstructed."""
    scratch = tmp_path_factory.mktemp("rebuilt")
    folder = Folder(copy_folder(scratch / "evaluation"))
    codebook = folder.codebook()
    counts = reconstruction.counts(folder.read_raw("published_figures"), codebook)
    folder.write("responses", reconstruction.responses(counts, codebook))
    for name in ("facts", "findings", "themes"):
        folder.write_raw(name, folder.read_raw(name))
    return exported(folder, scratch / "data")


@pytest.fixture(params=["example", "rebuilt"])
def each(request) -> Exported:
    return request.getfixturevalue(request.param)


# ---- reading back


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
def test_the_responses_read_back_with_every_type(each, format):
    pd.testing.assert_frame_equal(each.responses(format), each.folder.read("responses"))


def test_both_waves_of_the_example_are_there(example):
    assert set(example.responses("sav")["wave"]) == {1, 2}


@pytest.mark.slow
def test_every_table_reads_back_from_csv_and_parquet(each):
    names = each.folder.processed()
    assert len(names) > 2
    for name in names:
        table = each.folder.read(name)
        pd.testing.assert_frame_equal(writing.read_csv(each.package, name), table)
        pd.testing.assert_frame_equal(writing.read_parquet(each.package, name), table)


@pytest.mark.slow
def test_a_folder_made_from_a_surveyxact_export_reads_back(tmp_path):
    create(tmp_path / "mit", sample("surveyxact", "ex_survey2_tab_utf16"))
    made = exported(answers_of(tmp_path / "mit"), tmp_path / "data")
    for format in FORMATS:
        pd.testing.assert_frame_equal(made.responses(format), made.folder.read("responses"))


@pytest.mark.slow
def test_a_new_folder_stores_what_an_export_takes_along(tmp_path):
    rows = ["id,Bor i,Alder,Hvad vil du sige?"]
    rows += [f"{at},{('Aarhus', 'Odense')[at % 2]},{20 + at},=Svar {at}" for at in range(30)]
    (tmp_path / "svar.csv").write_text("\n".join(rows), "utf-8")
    create(tmp_path / "mit", tmp_path / "svar.csv")
    made = exported(run_first_notebook(tmp_path / "mit"), tmp_path / "data")
    tables = {each["name"] for each in made.descriptor["resources"]}
    assert {"responses", "indicators", "changes", "measures", "answered"} <= tables
    assert made.responses("sav")["hvad_vil_du_sige"].tolist()[:2] == ["=Svar 0", "=Svar 1"]
    assert Package(str(made.package / "datapackage.json")).validate().valid


# ---- made-up tables

NASTY = st.sampled_from(
    [
        *("=1+1", "'=1", "''-", "-5", "+45 12", "@A1", "＝1", "\t=1", "a;=1"),
        *("a\r\nb", "a\rb", "\n", 'say "so"', 'a,"b"', "\x01\x0b", "\ufeffa"),
        *("NA", "NA2", "<NA>", "nan", "None", "NULL", "#N/A", "True", "1", "1e5", "_x0041_"),
        *("👩‍🔬 æøå", "a  ", "  a", " ", "", "x" * 255, "æ" * 300),
    ]
)
TEXTS = st.one_of(NASTY, st.text(max_size=20))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)


def options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, {"da": f"Svar {code}"}) for code in codes)


def asked(name: str, kind: str, *codes: str) -> Question:
    return Question(name, kind, {"da": f"Hvad er {name}?"}, {"da": name}, options(*codes))


BOOK = Codebook(
    {},
    {
        question.id: question
        for question in (
            asked("with", "single", "2", "10", "0"),
            asked("ja_nej", "single", "ja", "nej", "1"),
            asked("nuller", "ordinal", "01", "1", "2"),
            asked("emner", "multiple", "mad", "and", "x" * 70, "x" * 71),
            asked("alder", "number"),
            asked("sagt", "text"),
        )
    },
)


def maybe(values):
    return st.none() | values


@st.composite
def tables(draw, said=TEXTS) -> pd.DataFrame:
    """Response tables with the questions of BOOK."""
    size = draw(st.integers(0, 6))

    def column(values, dtype):
        cells = draw(st.lists(values, min_size=size, max_size=size))
        return pd.Series(cells, dtype=dtype)

    columns = {
        "respondent": pd.Series([f"r{row}" for row in range(size)], dtype="str"),
        "wave": pd.Series([1] * size, dtype="Int64"),
        "origin": pd.Series(["survey"] * size, dtype="str"),
    }
    for question in BOOK.questions.values():
        if question.type == "multiple":
            for code in question.codes:
                columns[f"{question.id}.{code}"] = column(maybe(st.booleans()), "boolean")
        elif question.type == "number":
            columns[question.id] = column(maybe(NUMBERS), "float64")
        elif question.type == "text":
            columns[question.id] = column(maybe(said), "str")
        else:
            columns[question.id] = column(maybe(st.sampled_from(question.codes)), "str")
    return pd.DataFrame(columns)


SHARED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.slow
@SHARED
@given(tables())
def test_any_answers_read_back_from_csv(tmp_path, table):
    schema = csv_files.schema(table, "t")
    csv_files.write(table, tmp_path / "t.csv", schema)
    pd.testing.assert_frame_equal(csv_files.read(tmp_path / "t.csv", schema), table)


def in_spss(text: str | None) -> str | None:
    """A text as SPSS keeps it."""
    return None if text is None else text.replace("\0", "").rstrip(" ") or None


@pytest.mark.slow
@SHARED
@given(tables())
def test_any_answers_read_back_from_spss_but_for_blanks_at_the_end(tmp_path, table):
    write_sav(table, BOOK, tmp_path)
    said = [in_spss(None if pd.isna(text) else text) for text in table["sagt"]]
    kept = table.assign(sagt=pd.Series(said, dtype="str"))
    pd.testing.assert_frame_equal(sav.read(tmp_path / "t.sav", BOOK), kept)


@pytest.mark.slow
@SHARED
@given(tables())
def test_any_answers_are_text_in_excel(tmp_path, table):
    described = variables(table, BOOK, texts("da"))
    workbook.write(table, described, tmp_path / "t.xlsx", texts("da"), DAY)
    sheet = load_workbook(tmp_path / "t.xlsx")["responses"]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(table)
    place = list(table).index("sagt")
    for row, text in zip(rows, table["sagt"], strict=True):
        cell = row[place]
        if pd.isna(text) or text == "":
            assert cell.value is None
        else:
            assert (cell.data_type, cell.value) == ("s", workbook.escaped(text))
            assert cell.quotePrefix


def write_sav(table: pd.DataFrame, codebook: Codebook, folder: Path) -> None:
    described = variables(table, codebook, texts("da"))
    sav.write(table, described, codebook, folder / "t.sav", "Fortroligt", DAY)


# ---- CSV


def test_a_missing_text_is_another_than_an_empty_one(tmp_path):
    table = pd.DataFrame({"a": pd.Series(["", None, "NA"], dtype="str"), "n": [1.5, None, -1]})
    schema = csv_files.schema(table, "t")
    csv_files.write(table, tmp_path / "t.csv", schema)
    assert schema["missingValues"] == ["NA2"]
    assert (tmp_path / "t.csv").read_text("utf-8") == "a,n\n,1.5\nNA2,NA2\nNA,-1.0\n"
    pd.testing.assert_frame_equal(csv_files.read(tmp_path / "t.csv", schema), table)


@pytest.mark.parametrize(
    ("days", "kind"),
    [(["2025-03-31", None], "date"), (["2025-03-31T12:30:15.000001", None], "datetime")],
)
def test_days_and_moments_read_back(tmp_path, days, kind):
    table = pd.DataFrame({"day": pd.to_datetime(days)})
    schema = csv_files.schema(table, "t")
    csv_files.write(table, tmp_path / "t.csv", schema)
    assert schema["fields"][0]["type"] == kind
    pd.testing.assert_frame_equal(csv_files.read(tmp_path / "t.csv", schema), table)


def test_a_column_of_lists_is_refused():
    table = pd.DataFrame({"a": [["x"], ["y"]]})
    tells(refusal(csv_files.schema, table, "t"), "data/processed/t.parquet", "column a")


@pytest.mark.slow
def test_a_formula_among_the_answers_is_guarded_and_reads_back(example, tmp_path):
    root = example_folder(tmp_path / "broen")
    folder = Folder(root)
    answers = example.folder.read("responses")
    answers.loc[0, "respondent"] = '=HYPERLINK("x")'
    folder.write("responses", answers)
    made = exported(folder, tmp_path / "data")
    first = (made.package / "data/responses.csv").read_text("utf-8").splitlines()[1]
    assert first.startswith("\"'=HYPERLINK(")
    for format in FORMATS:
        pd.testing.assert_frame_equal(made.responses(format), answers)


# ---- SPSS


@pytest.fixture(scope="module")
def spss(example):
    return pyreadstat.read_sav(example.package / "responses.sav")


def test_spss_gets_labels_and_measures_in_the_first_language(spss):
    _, meta = spss
    labels = meta.column_names_to_labels
    assert labels["knows_whom"] == "Kender en person i kommunen"
    assert labels["activities.meals"].count(": ") == 1
    assert meta.variable_value_labels["contact"] == {
        1: "Hver uge",
        2: "Hver måned",
        3: "Sjældnere",
        4: "Aldrig",
    }
    assert meta.variable_value_labels["activities.meals"] == {0: "Ikke valgt", 1: "Valgt"}
    measures = meta.variable_measure
    assert (measures["knows_whom"], measures["contact"]) == ("nominal", "ordinal")


def test_what_was_not_answered_is_system_missing(example, spss):
    table, meta = spss
    answers = example.folder.read("responses")
    assert answers["got_help"].isna().any()
    assert (table["got_help"].isna() == answers["got_help"].isna()).all()
    assert meta.missing_ranges == {}


def test_whole_numbers_stay_and_other_codes_are_numbered_in_order(tmp_path):
    table = pd.DataFrame({"respondent": ["a", "b"], "wave": [1, 1], "origin": "survey"})
    table = table.assign(**{"with": ["10", "2"], "ja_nej": ["1", "ja"], "alder": [1.5, None]})
    write_sav(table, BOOK, tmp_path)
    stored, meta = pyreadstat.read_sav(tmp_path / "t.sav")
    assert stored["with_2"].tolist() == [10, 2]
    assert stored["ja_nej"].tolist() == [3, 1]
    assert meta.variable_measure["alder"] == "scale"
    assert meta.variable_value_labels["with_2"] == {2: "Svar 2", 10: "Svar 10", 0: "Svar 0"}


def test_columns_come_back_in_their_own_order(tmp_path):
    table = pd.DataFrame({"sagt": ["x"], "respondent": ["a"], "alder": [1.5]})
    table = table.astype({"sagt": "str", "respondent": "str"})
    write_sav(table, BOOK, tmp_path)
    pd.testing.assert_frame_equal(sav.read(tmp_path / "t.sav", BOOK), table)


def test_names_are_legal_in_spss_and_used_once():
    ids = ["with", "and", "with_2", "x" * 70, "x" * 71, "plain"]
    questions = {name: asked(name, "text") for name in ids}
    questions["emner"] = asked("emner", "multiple", "and", "y" * 80)
    names = sav.variable_names(Codebook({}, questions))
    assert list(names) == ["respondent", "wave", "origin", *ids, "emner.and", f"emner.{'y' * 80}"]
    assert len(set(names.values())) == len(names)
    assert not set(names.values()) & {"with", "and"}
    assert max(map(len, names.values())) == 64
    assert (names["plain"], names["emner.and"]) == ("plain", "emner.and")


@pytest.mark.parametrize("length", [255, 256, 32_767, 32_768, 100_000])
def test_a_long_text_is_whole_in_spss_up_to_its_limit_and_ends_in_an_ellipsis_beyond(
    tmp_path, length
):
    table = pd.DataFrame({"respondent": ["a"], "sagt": ["x" * length]})
    write_sav(table, BOOK, tmp_path)
    (said,) = sav.read(tmp_path / "t.sav", BOOK)["sagt"]
    assert said == ("x" * length if length <= 32_767 else "x" * 32_764 + "…")


def test_labels_are_cut_in_whole_letters(tmp_path):
    option = Option("ja", {"da": "y" + "æ" * 200})
    book = Codebook(
        {}, {"q": Question("q", "single", {"da": "?"}, {"da": "x" + "ø" * 200}, (option,))}
    )
    table = pd.DataFrame({"q": ["ja"]})
    write_sav(table, book, tmp_path)
    _, meta = pyreadstat.read_sav(tmp_path / "t.sav")
    assert meta.column_labels == ["x" + "ø" * 127]
    assert meta.variable_value_labels["q"] == {1: "y" + "æ" * 59}


@pytest.mark.parametrize(
    ("column", "value"), [("contact", 9), ("contact", "weekly"), ("emner.mad", 2), ("alder", "x")]
)
def test_a_value_that_is_no_answer_is_refused(tmp_path, example, column, value):
    pyreadstat.write_sav(pd.DataFrame({"respondent": ["a"], column: [value]}), tmp_path / "t.sav")
    questions = BOOK.questions | {"contact": example.folder.codebook().questions["contact"]}
    message = refusal(writing.read_sav, tmp_path / "t.sav", Codebook({}, questions))
    tells(message, "t.sav", f"column {column}", str(value))


# ---- Excel


def test_no_cell_of_the_workbook_is_a_formula(tmp_path):
    hostile = ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "#N/A", "+1", "-1"]
    table = pd.DataFrame({"sagt": pd.Series(hostile, dtype="str")})
    described = variables(table, BOOK, texts("da"))
    workbook.write(table, described, tmp_path / "t.xlsx", texts("da"), DAY)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and 't="e"' not in sheet
    assert sheet.count('t="inlineStr"') == len(hostile) + 1
    rows = load_workbook(tmp_path / "t.xlsx")["responses"].iter_rows(min_row=2)
    assert [(cell.value, cell.data_type) for (cell,) in rows] == [(each, "s") for each in hostile]


def test_the_workbook_tells_the_codebook(example):
    book = load_workbook(example.package / "responses.xlsx")
    assert book.sheetnames == ["responses", "codebook"]
    rows = [list(row) for row in book["codebook"].iter_rows(values_only=True)]
    assert rows[0] == ["Variabel", "Navn", "Spørgsmål", "Type", "Kode", "Svarmulighed"]
    asked = ["contact", "Kontakt med kommunen", "Hvor ofte taler I med nogen i kommunen?"]
    assert [*asked, "ét svar på en skala", "weekly", "Hver uge"] in rows
    assert len(list(book["responses"].iter_rows())) == len(example.folder.read("responses")) + 1


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\x00b\x1f", "a_x0000_b_x001F_"),
        ("a\r\nb", "a_x000D_\nb"),
        ("_x0041_", "_x005F_x0041_"),
        ("x_xyz_", "x_xyz_"),
    ],
)
def test_signs_that_a_workbook_cannot_hold_are_written_as_excel_writes_them(text, stored):
    assert workbook.escaped(text) == stored


# ---- the descriptor


@pytest.mark.slow
def test_an_independent_reader_finds_the_package_valid(each):
    report = Package(str(each.package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "error"),
    [(",weekly,", ",often,", "constraint-error"), (",1,survey", ",one,survey", "type-error")],
)
def test_the_independent_reader_sees_a_cell_against_the_description(
    example, tmp_path, before, after, error
):
    shutil.copytree(example.package, tmp_path / "data")
    path = tmp_path / "data/data/responses.csv"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    report = Package(str(tmp_path / "data/datapackage.json")).validate()
    assert error in {kind for (kind,) in report.flatten(["type"])}


def test_a_field_carries_the_question_as_asked_with_its_codes_and_labels(example):
    contact = example.field("contact")
    assert contact["title"] == "Kontakt med kommunen"
    assert contact["description"] == "Hvor ofte taler I med nogen i kommunen?"
    assert contact["constraints"]["enum"] == ["weekly", "monthly", "rarely", "never"]
    assert contact["categories"][0] == {"value": "weekly", "label": "Hver uge"}
    assert contact["categoriesOrdered"] is True
    # "don't know" has no place in the order
    assert example.field("equal_terms")["categoriesOrdered"] is False
    helped = example.field("got_help")["description"]
    tells(helped, "Har I fået den hjælp, I bad om?", "Kender en person i kommunen", "Ja")
    assert example.field("activities.meals")["type"] == "boolean"


def test_the_key_and_what_must_be_there_are_told(example):
    schema = example.resource("responses")["schema"]
    assert schema["primaryKey"] == ["respondent", "wave"]
    required = [
        field["name"]
        for field in schema["fields"]
        if field.get("constraints", {}).get("required", False)
    ]
    assert required == ["respondent", "wave", "origin"]
    assert example.resource("indicators")["schema"]["primaryKey"] == ["id", "wave"]


@pytest.mark.parametrize("ids", [["a", None], ["a", "a"]])
def test_a_column_that_does_not_identify_the_rows_is_no_key(tmp_path, ids):
    table = pd.DataFrame({"id": pd.Series(ids, dtype="str")})
    (tmp_path / "t.csv").write_bytes(b"")
    described = descriptor.resource("t", table, {"fields": []}, tmp_path / "t.csv", {})
    assert "primaryKey" not in described["schema"]


def test_licence_authors_and_edition_come_from_the_citation(rebuilt, example):
    told = rebuilt.descriptor
    assert told["licenses"] == [{"name": "MIT"}]
    assert told["contributors"] == [{"title": "Evaluation Report Project", "role": "author"}]
    assert told["version"] == rebuilt.folder.citation().version
    assert told["title"] == "Evaluering af ALLIANCEN"
    assert "licenses" not in example.descriptor


def test_reconstructed_rows_are_said_to_be(rebuilt, example):
    readme = (rebuilt.package / "README.md").read_text("utf-8")
    _, meta = pyreadstat.read_sav(rebuilt.package / "responses.sav")
    for text in (
        readme,
        " ".join(meta.notes),
        rebuilt.descriptor["description"],
        rebuilt.resource("responses")["description"],
    ):
        tells(text, "rekonstrueret", "ikke krydses")
    assert "rekonstrueret" not in (example.package / "README.md").read_text("utf-8")


@pytest.mark.slow
def test_the_words_are_in_the_first_language_and_tell_that_rows_are_confidential(example, tmp_path):
    root = example_folder(tmp_path / "broen")
    config = (root / "evaluation.yml").read_text("utf-8")
    (root / "evaluation.yml").write_text(config.replace("[da, en]", "[en, da]"), "utf-8")
    english = exported(answers_of(root), tmp_path / "data")
    assert english.field("contact")["title"] == "Contact with the municipality"
    tells((english.package / "README.md").read_text("utf-8"), "confidential", "responses.sav")
    tells((example.package / "README.md").read_text("utf-8"), "fortrolige", "responses.sav")


def test_the_codebook_goes_along_as_it_is(each):
    source = each.folder.root / "data/raw/codebook.yml"
    assert (each.package / "codebook.yml").read_bytes() == source.read_bytes()


# ---- the same bytes, whole or not at all


@pytest.mark.slow
def test_two_exports_are_the_same_bytes(each, tmp_path):
    again = exported(each.folder, tmp_path / "again").package
    first = {
        path.relative_to(each.package): path.read_bytes()
        for path in each.package.rglob("*")
        if path.is_file()
    }
    second = {
        path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()
    }
    assert "responses.sav" in map(str, first) and first == second


def test_no_file_tells_when_it_was_made(rebuilt):
    day = rebuilt.folder.citation().released
    header = (rebuilt.package / "responses.sav").read_bytes()[sav.WRITTEN].decode()
    assert header == f"{day:%d} {day:%b} {day:%y}00:00:00"
    with zipfile.ZipFile(rebuilt.package / "responses.xlsx") as parts:
        days = {part.date_time for part in parts.infolist()}
        properties = parts.read("docProps/core.xml").decode()
    assert days == {(day.year, day.month, day.day, 0, 0, 0)}
    assert properties.count(f"{day}T00:00:00Z") == 2


def test_without_processed_data_the_remedy_is_told(tmp_path):
    folder = Folder(example_folder(tmp_path / "broen"))
    message = refusal(writing.write, folder, tmp_path / "data")
    tells(message, "responses.parquet", "`evaluation execute`")
    assert not (tmp_path / "data").exists()


def test_a_target_that_holds_something_is_left_as_it_is(example, tmp_path):
    (tmp_path / "note.txt").write_text("mine", "utf-8")
    tells(refusal(writing.write, example.folder, tmp_path), "empty")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda table: table.assign(contact="often"), "contact"),
        (lambda table: table.assign(new="x"), "new"),
    ],
)
def test_responses_of_another_codebook_are_refused(example, tmp_path, change, told):
    folder = Folder(example_folder(tmp_path / "broen"))
    folder.write("responses", change(example.folder.read("responses")))
    message = refusal(writing.write, folder, tmp_path / "data")
    tells(message, told, "codebook.yml", "`evaluation execute`")


@pytest.mark.slow
def test_an_export_that_breaks_off_leaves_nothing_behind(example, tmp_path, monkeypatch):
    def breaks_off(*arguments):
        raise OSError("no space left on device")

    monkeypatch.setattr(workbook, "write", breaks_off)
    with pytest.raises(OSError, match="no space"):
        writing.write(example.folder, tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_is_not_there_is_refused_with_those_that_are(example, tmp_path):
    tells(refusal(writing.read_csv, example.package, "counts"), "counts", "responses")
    tells(refusal(writing.read_parquet, example.package, "counts"), "counts.parquet")
    tells(refusal(writing.read_csv, tmp_path, "responses"), "datapackage.json", "missing")


@pytest.mark.parametrize("content", [b"", b"x,y\n1,2\n", b'respondent\n"a', b"\xff"])
def test_a_damaged_file_is_refused(example, tmp_path, content):
    shutil.copytree(example.package, tmp_path / "data")
    made = Exported(example.folder, tmp_path / "data")
    for file in ("data/responses.csv", "data/responses.parquet", "responses.sav"):
        (made.package / file).write_bytes(content)
    for format in FORMATS:
        tells(refusal(made.responses, format), f"responses.{format}")


def test_a_cell_of_another_type_is_refused_with_its_place(example, tmp_path):
    shutil.copytree(example.package, tmp_path / "data")
    path = tmp_path / "data/data/responses.csv"
    path.write_text(path.read_text("utf-8").replace(",1,survey", ",one,survey", 1), "utf-8")
    message = refusal(writing.read_csv, tmp_path / "data", "responses")
    tells(message, "responses.csv", "record", "column wave")


@pytest.mark.slow
def test_the_command_makes_the_export_and_refuses_a_second(example, tmp_path, capsys):
    arguments = ["export", str(example.folder.root), str(tmp_path / "data")]
    assert main(arguments) == 0
    assert (tmp_path / "data/datapackage.json").is_file()
    assert main(arguments) == 2
    assert "empty" in capsys.readouterr().err

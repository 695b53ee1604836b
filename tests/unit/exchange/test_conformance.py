"""What every reader of exports promises, told once: one small survey in every format that is read
(tests/support/one_survey.py). A new reader joins with one entry there.
"""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace as varied
from functools import cache
from pathlib import Path

import pytest
from conftest import LANGUAGES
from exports import DIALECTS, rules, written
from one_survey import FORMS, QUESTIONS, ROWS, Form
from refusals import refusal, tells

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.recognise import read_export
from evaluation.project.codebook import load_codebook, write_codebook
from evaluation.project.rows import read_rows
from evaluation.scaffold.rows import write_rows

pytestmark = pytest.mark.slow

EVERY = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
TABLES = {name: form for name, form in FORMS.items() if form.has_columns}
EVERY_TABLE = pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
DELIMITED = {name: form for name, form in FORMS.items() if form.is_delimited}
EVERY_TEXT = pytest.mark.parametrize("form", DELIMITED.values(), ids=DELIMITED)


def meant(rows=ROWS) -> list[tuple[str, list[str]]]:
    """What the survey says, whatever it is written in: each question, or option of one with
    several answers, with the answers to it.
    """
    found = []
    for asked in QUESTIONS:
        answers = [row[asked.name] for row in rows]
        if asked.type != "multiple":
            found.append((asked.text, answers))
            continue
        for label in asked.options:
            ticks = [str(int(label in answer)) if answer else "" for answer in answers]
            found.append((f"{asked.text} [{label}]", ticks))
    return found


def meaning(export: Export) -> list[tuple[str, list[str]]]:
    """The same of what was read."""
    found = []
    for question in export.codebook.questions.values():
        text = question.question[export.language]
        labels = {option.code: option.label[export.language] for option in question.options}
        if question.type == "multiple":
            found += [
                (f"{text} [{label}]", list(export.responses[f"{question.id}.{code}"]))
                for code, label in labels.items()
            ]
            continue
        answers = list(export.responses[question.id])
        if question.type == "single":
            answers = [labels[answer] if answer else "" for answer in answers]
        found.append((text, answers))
    return found


def same(first: Export, second: Export) -> bool:
    return (
        first.responses.equals(second.responses)
        and first.background.equals(second.background)
        and first.respondents.equals(second.respondents)
        and varied(first, responses=None, background=None, respondents=None)
        == varied(second, responses=None, background=None, respondents=None)
    )


def changed(form: Form, folder: Path, change) -> Path:
    """The survey with another table of answers."""
    return form.store(folder, change(form.cells.table(ROWS)))


# what was asked and answered


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory):
    """Form -> the file of the survey in it, unchanged, and what was read of it: written and read
    once for the tests that only look."""

    @cache
    def of(form: Form) -> tuple[Path, Export]:
        path = form.write(tmp_path_factory.mktemp("survey"))
        return path, read_export(path)

    return of


@EVERY
def test_the_same_survey_means_the_same_in_every_format(as_it_is, form):
    _, export = as_it_is(form)
    assert meaning(export) == meant()
    assert export.language == "da"


@EVERY
def test_every_question_has_the_same_type_in_every_format(as_it_is, form):
    _, export = as_it_is(form)
    types = [question.type for question in export.codebook.questions.values()]
    assert types == ["text" if asked.type == "day" else asked.type for asked in QUESTIONS]


@EVERY
def test_no_respondent_is_lost_or_counted_twice(as_it_is, form):
    _, export = as_it_is(form)
    assert list(export.respondents) == [row["id"] for row in ROWS]
    assert export.respondents.index.equals(export.responses.index)
    assert export.background.index.equals(export.responses.index)


@EVERY
def test_who_was_asked_is_known_where_the_format_tells(as_it_is, form):
    _, export = as_it_is(form)
    questions = {asked.question["da"]: asked for asked in export.codebook.questions.values()}
    bases = {}
    for text, asked in questions.items():
        if asked.base:
            before = export.codebook.questions[asked.base[0]]
            (label,) = (each.label["da"] for each in before.options if each.code == asked.base[1])
            bases[text] = (before.question["da"], label)
    expected = {asked.text: asked.base for asked in QUESTIONS if asked.base}
    assert bases == (expected if form.tells_filters else {})


@EVERY
def test_nothing_chosen_is_told_from_no_answer_or_said_to_look_the_same(tmp_path, form):
    rows = ({**ROWS[0], "laver": ("ingen",)}, *ROWS[1:])
    export = read_export(form.write(tmp_path, rows))
    if "nothing_ticked" in rules(export):
        assert meaning(export) == meant(({**ROWS[0], "laver": ()}, *ROWS[1:]))
    else:
        assert meaning(export) == meant(rows)
        assert [answers[0] for text, answers in meaning(export) if "laver" in text] == ["0"] * 3


@EVERY
def test_large_numbers_and_long_texts_are_whole(tmp_path, form):
    large = {"timer": "123456789012.25", "mangler": "Æ 🌍 " * 5_000 + "slut"}
    rows = ({**ROWS[0], **large}, *ROWS[1:])
    assert meaning(read_export(form.write(tmp_path, rows))) == meant(rows)


@EVERY
def test_what_was_read_can_be_written_to_a_folder_and_read_back(as_it_is, tmp_path, form):
    _, export = as_it_is(form)
    write_codebook(export.codebook, tmp_path / "codebook.yml")
    write_rows(export, tmp_path / "survey.csv")
    codebook = load_codebook(tmp_path / "codebook.yml", languages=("da",))
    assert codebook == export.codebook
    rows = read_rows(tmp_path / "survey.csv", codebook, "survey.csv")
    assert list(rows["respondent"]) == list(export.respondents)
    for column in export.responses:
        answers = list(export.responses[column])
        if codebook.questions.get(column, QUESTIONS[-1]).type == "number":
            assert list(rows[column].dropna()) == [float(answer) for answer in answers if answer]
        else:
            assert list(rows[column]) == answers


# the same again


@EVERY
def test_the_same_bytes_give_the_same_result(as_it_is, form):
    path, export = as_it_is(form)
    assert same(export, read_export(path))


def written_out(exports: Iterable[Export]) -> str:
    return "\n".join(
        f"{each.responses.to_csv()}{each.codebook}{each.remarks}{list(each.background)}"
        for each in exports
    )


def test_another_process_gives_the_same_result(as_it_is):
    paths = [str(as_it_is(form)[0]) for form in FORMS.values()]
    program = "import sys, test_conformance as c; "
    program += "print(c.written_out(map(c.read_export, map(c.Path, sys.argv[1:]))), end='')"
    # the order of sets is another in every process with a seed of its own
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    path = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    other = subprocess.run(
        [sys.executable, "-c", program, *paths],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert other.stdout.decode() == written_out(as_it_is(form)[1] for form in FORMS.values())


@pytest.mark.parametrize(("delimiter", "encoding"), DIALECTS.values(), ids=DIALECTS)
@EVERY_TEXT
def test_every_dialect_of_text_means_the_same(tmp_path, form, delimiter, encoding):
    rows = ({**ROWS[0], "mangler": "Blåbærgrød på Ærø"}, *ROWS[1:])
    path = form.write(tmp_path, rows)
    files = [form.answers, *(name for name in form.others if name.endswith(".csv"))]
    for name in files:
        text = (tmp_path / name).read_text("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        (tmp_path / name).write_bytes(written(lines, delimiter, encoding))
    export = read_export(path)
    assert meaning(export) == meant(rows)
    assert ("encoding_assumed" in rules(export)) == (encoding == "cp1252")


# what does not fit is told


def told_of(export: Export, name: str) -> bool:
    """Whether a question, a column beside them or a remark is about what is called so."""
    remarks = [remark.text(language) for remark in export.remarks for language in LANGUAGES]
    texts = [asked.question[export.language] for asked in export.codebook.questions.values()]
    return name in [*texts, *export.background] or any(name in remark for remark in remarks)


@EVERY
def test_a_column_that_is_no_question_is_not_dropped_in_silence(tmp_path, form):
    def more(table):
        return [[*table[0], "ekstra"], *([*row, "x"] for row in table[1:])]

    export = read_export(changed(form, tmp_path, more))
    assert told_of(export, "ekstra")
    assert [entry for entry in meaning(export) if entry[0] != "ekstra"] == meant()


@EVERY
def test_a_question_without_a_column_is_not_dropped_in_silence(tmp_path, form):
    def fewer(table):
        place = table[0].index(form.cells.name(QUESTIONS[0]))
        return [[*row[:place], *row[place + 1 :]] for row in table]

    export = read_export(changed(form, tmp_path, fewer))
    answers = dict(meaning(export))
    if answers.pop(QUESTIONS[0].text, None) or form.names_questions:
        remarks = {remark.rule: remark for remark in export.remarks}
        assert QUESTIONS[0].name in str(remarks.get("no_column") or remarks["column_missing"])
    assert answers == dict(meant()[1:])


@EVERY
def test_an_identity_that_two_respondents_share_is_told_and_both_are_kept(tmp_path, form):
    rows = ({**ROWS[0], "id": ROWS[1]["id"]}, *ROWS[1:])
    export = read_export(form.write(tmp_path, rows))
    assert list(export.respondents) == [str(number + 1) for number in range(len(ROWS))]
    assert rules(export).count("respondent_repeated") == 1
    asked = [asked.text for asked in QUESTIONS]
    assert [entry for entry in meaning(export) if entry[0].split(" [")[0] in asked] == meant()


# what is damaged


@EVERY
def test_names_without_answers_are_refused_or_told(tmp_path, form):
    path = changed(form, tmp_path, lambda table: table[:1])
    if form.has_columns:
        tells(refusal(read_export, path), form.answers, "answers below its names")
    else:
        assert "no_answers" in rules(read_export(path))


@EVERY_TABLE
def test_names_that_stand_twice_are_refused(tmp_path, form):
    path = changed(form, tmp_path, lambda table: [table[0], *table])
    tells(refusal(read_export, path), form.answers, "row 2", "Remedy: remove")


LISTING = {name: form for name, form in TABLES.items() if form.names_questions}


@pytest.mark.parametrize("form", LISTING.values(), ids=LISTING)
def test_a_name_that_two_columns_have_is_refused(tmp_path, form):
    name = form.cells.name(QUESTIONS[0])
    path = changed(form, tmp_path, lambda table: [[*row, row[1]] for row in table])
    tells(refusal(read_export, path), form.answers, "used once", f"'{name}'", "Remedy: rename")


@EVERY_TEXT
def test_a_row_with_a_cell_too_few_is_refused_with_its_row(tmp_path, form):
    path = changed(form, tmp_path, lambda table: [*table[:3], table[3][:-1], *table[4:]])
    tells(refusal(read_export, path), form.answers, "row 5", "Remedy: put quotes")


@EVERY_TEXT
def test_text_that_is_not_in_the_encoding_of_its_mark_is_refused(tmp_path, form):
    path = form.write(tmp_path)
    answers = tmp_path / form.answers
    answers.write_bytes(answers.read_bytes().replace("å".encode(), "å".encode("cp1252")))
    tells(refusal(read_export, path), form.answers, "UTF-8", "Remedy: save it")


PLACES = [
    pytest.param(form, name, id=f"{label}: {name}")
    for label, form in FORMS.items()
    for name in (form.answers, *form.others)
]
EVERY_FILE = pytest.mark.parametrize(("form", "name"), PLACES)


def outcome(read, path: Path, damaged: str):
    """What is read of a path; None where it is refused, as it should be, for a damaged file."""
    try:
        return read(path)
    except InputError as error:
        message = str(error)
        assert damaged in message or path.name in message, message
        assert ". Remedy: " in message and "\n" not in message, message
        return None


@EVERY_FILE
def test_an_empty_file_is_refused(tmp_path, form, name):
    path = form.write(tmp_path)
    (tmp_path / name).write_bytes(b"")
    assert outcome(read_export, path, name) is None


@EVERY_FILE
def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path, form, name):
    path = form.write(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert outcome(read_export, path, name) is None


@EVERY_FILE
def test_another_kind_of_file_under_this_name_is_refused(tmp_path, form, name):
    path = form.write(tmp_path)
    for content in (
        b"%PDF-1.7\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"<p>a;b</p>",
        b'{"a": [1, 2]}',
    ):
        (tmp_path / name).write_bytes(content)
        assert outcome(read_export, path, name) is None, content


@EVERY_FILE
def test_a_file_that_is_cut_off_is_refused_unless_the_rows_before_are_right(tmp_path, form, name):
    path = form.write(tmp_path)
    content = (tmp_path / name).read_bytes()
    refused = 0
    for tenth in range(10):
        (tmp_path / name).write_bytes(content[: len(content) * tenth // 10])
        export = outcome(read_export, path, name)
        if export is None:
            refused += 1
            continue
        # text may end anywhere
        assert name.endswith(".csv")
        identities = [row["id"] for row in ROWS]
        assert list(export.respondents) == identities[: len(export.respondents)]
    assert refused > (0 if name.endswith(".csv") else 9)

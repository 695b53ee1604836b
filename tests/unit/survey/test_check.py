"""survey.check: everything that is wrong with the data, at once, the most serious first."""

import ast
import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import process

from evaluation import cli
from evaluation.base.errors import InputError
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.folder import Folder
from evaluation.survey.check import check, check_survey, published
from evaluation.survey.check.problem import KINDS, status, together
from evaluation.survey.check.terminal import listed

CONFIG = """languages: [da, en]
population: 8
survey: data/raw/survey.csv
pipeline: [notebooks/10_survey.ipynb]
parameters: {language: {type: string}}
"""
CODEBOOK = """questions:
  - {id: member, type: single, required: true, question: Q, label: L, options: [yes_no]}
  - {id: role, type: single, base: {question: member, option: "yes"}, question: Q, label: L,
     options: [yes_no]}
  - {id: tools, type: multiple, question: Q, label: L, options: [yes_no]}
  - {id: age, type: number, minimum: 0, maximum: 120, question: Q, label: L}
  - {id: born, type: text, question: Q, label: L}
  - {id: wrote, type: text, question: Q, label: L}
"""
HEADER = ["respondent", "wave", "member", "role", "tools.yes", "tools.no", "age", "born", "wrote"]
FINE = [
    ["r1", "1", "yes", "no", "1", "0", "34", "1990-02-28", "Det var godt"],
    ["r2", "1", "no", "", "0", "0", "51", "31-12-1973", "Blåbærgrød, tak"],
    ["r3", "1", "yes", "yes", "", "", "", "", ""],
]


@pytest.fixture
def folder(tmp_path):
    """An evaluation folder whose rows a test writes."""
    raw = tmp_path / "data/raw"
    raw.mkdir(parents=True)
    (tmp_path / "evaluation.yml").write_text(CONFIG, "utf-8")
    text = CODEBOOK
    for short, long in (
        ("question: Q", "question: {da: Spørgsmål, en: Question}"),
        ("label: L", "label: {da: Navn, en: Name}"),
        (
            "[yes_no]",
            '[{code: "yes", label: {da: Ja, en: "Yes"}}, {code: "no", label: {da: Nej, en: "No"}}]',
        ),
    ):
        text = text.replace(short, long)
    (raw / "codebook.yml").write_text(text, "utf-8")

    def write(rows, header=HEADER, encoding="utf-8", delimiter=","):
        with (raw / "survey.csv").open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
        return tmp_path

    return write


def changed(row: int, **cells) -> list[list[str]]:
    """The rows that are fine, with some cells of one of them changed."""
    rows = [list(cells) for cells in FINE]
    for column, value in cells.items():
        rows[row][HEADER.index(column.replace("__", "."))] = value
    return rows


def found(root) -> list[tuple[str, int | None, str | None]]:
    return [(one.kind, one.row, one.column) for one in check(Folder(root))]


@pytest.mark.slow
def test_nothing_is_wrong_with_data_that_follow_the_codebook(folder, capsys):
    root = folder(FINE)
    assert check(Folder(root)) == []
    assert cli.main(["check", str(root)]) == 0
    # what follows is no fault: of so few answers most are hidden
    assert capsys.readouterr().out.startswith("nothing found\n\nDe fleste antal er skjult")


@pytest.mark.slow
@pytest.mark.parametrize(
    "row, cells, problem",
    [
        (1, {"member": "maybe"}, ("unknown_code", 3, "member")),
        (0, {"tools__yes": "2"}, ("unknown_code", 2, "tools.yes")),
        (1, {"age": "many"}, ("not_a_number", 3, "age")),
        (1, {"age": "451"}, ("impossible_number", 3, "age")),
        (1, {"age": "-1"}, ("impossible_number", 3, "age")),
        (0, {"born": "1990-02-30"}, ("impossible_day", 2, "born")),
        (0, {"born": "31-02-1990"}, ("impossible_day", 2, "born")),
        (0, {"born": "1790-01-01"}, ("impossible_day", 2, "born")),
        (1, {"role": "yes"}, ("filter", 3, "role")),
        (2, {"member": "", "role": ""}, ("required", 4, "member")),
        (1, {"respondent": "r1"}, ("duplicate", 3, None)),
        (1, {"respondent": ""}, ("cell", 3, "respondent")),
        (1, {"wave": "0"}, ("cell", 3, "wave")),
        (0, {"wrote": "jeg er 070761-4285"}, ("cpr", 2, "wrote")),
        (0, {"wrote": "jeg er 070761-4286"}, ("cpr_without_checksum", 2, "wrote")),
        (0, {"wrote": "ring 40 12 34 56"}, ("phone", 2, "wrote")),
        (0, {"wrote": "skriv a@b.dk"}, ("email", 2, "wrote")),
        (0, {"respondent": "a@b.dk"}, ("email", 2, "respondent")),
        (1, {"wrote": "blÃ¥bÃ¦r"}, ("mojibake", 3, "wrote")),
        (1, {"wrote": "bl\ufffdb\ufffdr"}, ("mojibake", 3, "wrote")),
        (1, {"wrote": "fint 🙂"}, ("sign", 3, "wrote")),
        (1, {"wrote": "\uf0b7 møder"}, ("sign", 3, "wrote")),
    ],
)
def test_one_thing_that_is_wrong_is_found_where_it_stands(folder, row, cells, problem):
    assert found(folder(changed(row, **cells))) == [problem]


@pytest.mark.slow
def test_ids_of_survey_tools_are_no_telephone_numbers(folder):
    assert found(folder(changed(0, respondent="40123456"))) == []


@pytest.mark.slow
@pytest.mark.parametrize(("said", "told"), [("", True), ("true", False), ("false", False)])
def test_a_question_that_looks_sensitive_is_told_until_it_is_decided(folder, said, told):
    root = folder(FINE)
    book = root / "data/raw/codebook.yml"
    text = book.read_text("utf-8").replace("{da: Spørgsmål,", "{da: Har du gæld?,", 1)
    decided = f"sensitive: {said}, " if said else ""
    book.write_text(text.replace("type: single, ", f"type: single, {decided}", 1), "utf-8")
    assert found(root) == ([("sensitive", 2, None)] if told else [])
    # the page of the report counts what is told
    assert [one.kind for one in check_survey(Folder(root))] == (["sensitive"] if told else [])


@pytest.mark.slow
def test_names_of_the_register_are_found(folder):
    root = folder(changed(0, wrote="Fatimas kursus"))
    (root / "data/raw/names.csv").write_text("name\nFatima\n", "utf-8")
    assert found(root) == [("name", 2, "wrote")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mit konto: 1551 0012345678", "account"),
        ("bor på Nørregade 12", "address"),
        ("fra 83.92.101.44", "network_address"),
        ("sagsnr. 2023-12345", "case_number"),
        ("mitt är 850709-9805", "national_number"),
        ("insta: anneholm_87", "profile"),
        ("55.6761, 12.5683", "position"),
    ],
)
def test_each_kind_of_personal_data_is_told_by_its_name(folder, text, kind):
    root = folder(changed(0, wrote=text))
    assert found(root) == [(kind, 2, "wrote")]
    assert text not in listed(check(Folder(root)))


@pytest.mark.slow
def test_numbers_of_persons_in_a_column_of_numbers_are_found(folder):
    # the limit of the question is broken too
    rows = [["r1", "1", "no", "", "0", "0", "707614285", "", ""]]
    assert ("cpr", 2, "age") in found(folder(rows))
    phones = [[f"r{at}", "1", "no", "", "0", "0", f"4012345{at}", "", ""] for at in range(3)]
    assert ("phone", 3, "age") in found(folder(phones))
    assert "phone" not in {one[0] for one in found(folder([*FINE, phones[0]]))}
    without = [[f"r{at}", "1", "no", "", "0", "0", f"707614{285 + at}", "", ""] for at in range(3)]
    assert {("cpr", row, "age") for row in (2, 3, 4)} <= set(found(folder(without)))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["Ring til 40 12 34 56", "a@b.dk", "Fatima sagde"])
def test_what_names_a_person_in_a_published_text_is_an_error_with_its_line(folder, text):
    root = folder(FINE)
    (root / "data/raw/names.csv").write_text("name\nFatima\n", "utf-8")
    book = root / "data/raw/codebook.yml"
    lines = book.read_text("utf-8").replace("{da: Ja,", f'{{da: "{text}",', 1)
    book.write_text(lines, "utf-8")
    line = next(at for at, each in enumerate(lines.splitlines(), 1) if text in each)
    assert found(root) == [("label", line, None)]
    told = listed(check(Folder(root)))
    assert told.startswith("errors: 1") and f"rows: {line}" in told and text not in told


@pytest.mark.slow
def test_a_table_of_an_authors_own_is_looked_through(folder):
    root = folder(FINE)
    (root / "data/raw/visits.csv").write_text("id,n,note\na,1,ring 40 12 34 56\nb,2,fin\n")
    (root / "data/raw/visits.schema.json").write_text(
        '{"fields": [{"name": "id"}, {"name": "n", "type": "integer"}, {"name": "note"}]}'
    )
    assert found(root) == [("phone", 2, "note")]


def test_a_build_prints_no_person_either(folder, capsys):
    """What stops a command is masked as `check` masks it."""
    root = folder(changed(1, age="12 Fatima 40123456"))
    (root / "data/raw/names.csv").write_text("name\nFatima\n", "utf-8")
    assert cli.main(["export", str(root), str(root / "out")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("evaluation: Rule broken in ")
    assert "Fatima" not in told and "40123456" not in told


@pytest.mark.slow
def test_the_command_line_prints_through_what_masks_alone():
    tree = ast.parse(Path(cli.__file__).read_text("utf-8"))
    printing = {
        function.name
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    }
    assert printing == {"main", "_refuse", "_tell"}
    # what the others have to say, they say by what they are handed
    saying = {
        node.func.id: ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in {"build", "build_part", "prepare", "preview"}
    }
    assert len(saying) == 4
    assert all("say" in call or "_tell" in call for call in saying.values()), saying
    elsewhere = {
        path
        for path in Path(cli.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    }
    assert elsewhere == {Path(cli.__file__)}


@pytest.mark.slow
def test_who_answered_twice_under_two_names_is_found(folder):
    twice = [*FINE, ["r9", *FINE[0][1:]]]
    assert found(folder(twice)) == [("equal_answers", 5, None)]


@pytest.mark.slow
def test_more_answers_than_people_are_found(folder):
    rows = [[f"r{number}", "1", "no", *[""] * 6] for number in range(9)]
    assert found(folder(rows)) == [("above_population", 2, "population")]


@pytest.mark.slow
def test_columns_missing_and_beyond_the_codebook_are_all_told(folder):
    header = [*HEADER[:-1], "new"]
    assert found(folder(FINE, header)) == [
        ("missing_column", 1, "wrote"),
        ("extra_column", 1, "new"),
    ]


@pytest.mark.slow
def test_a_file_in_another_encoding_is_told_and_read_on(folder):
    root = folder(changed(1, member="maybe"), encoding="cp1252")
    assert found(root) == [("encoding", None, None), ("unknown_code", 3, "member")]


@pytest.mark.slow
def test_a_file_with_semicolons_is_told(folder):
    assert found(folder(FINE, delimiter=";")) == [("form", 1, None)]


@pytest.mark.slow
def test_a_coding_sheet_that_does_not_fit_is_told_with_every_row(folder):
    root = folder(FINE)
    sheet = "question,respondent,wave,answer,codes,approved\n"
    sheet += "wrote,r1,1,Det var godt,,yes\nwrote,r2,1,Noget andet,,\nwrote,r7,1,Hej,,\n"
    (root / "data/raw/open_answers.csv").write_text(sheet, "utf-8")
    assert found(root) == [("reference", 3, "answer"), ("reference", 4, "respondent")]


def everything(folder):
    """Much that is wrong at once."""
    rows = changed(0, member="maybe", wrote="070761-4285 og a@b.dk", born="1990-02-30")
    rows += [["r4", "1", "perhaps", "", "", "", "x", "", ""], ["r5", "1", "", *[""] * 6]]
    rows += [["r2", *FINE[1][1:]]]
    return folder(rows)


@pytest.mark.slow
def test_everything_is_told_at_once_the_most_serious_first(folder, capsys):
    root = everything(folder)
    problems = check(Folder(root))
    kinds = [one.kind for one in problems]
    assert set(kinds) == {
        *["cpr", "duplicate", "unknown_code", "not_a_number", "filter"],
        *["email", "impossible_day", "required"],
    }
    assert kinds == sorted(kinds, key=list(KINDS).index)
    assert cli.main(["check", str(root)]) == 2
    text = capsys.readouterr().out
    assert text.startswith("errors: 6, warnings: 3\n\nerror: data/raw/survey.csv, column wrote")
    assert "rows: 2, 5\n  found: 'maybe', 'perhaps'" in text


@pytest.mark.slow
def test_a_report_of_a_check_names_no_person(folder):
    text = listed(check(Folder(everything(folder))))
    assert "070761" not in text and "a@b" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "cells",
    [
        {"member": "Fatima"},
        {"age": "070761-4285"},
        {"respondent": "a@b.dk", "wave": "0"},
        {"wrote": "sÃ¸ren@b.dk"},
    ],
)
def test_what_names_a_person_is_told_of_no_cell(folder, cells):
    root = folder([*changed(1, **cells), changed(1, **cells)[1]])
    (root / "data/raw/names.csv").write_text("name\nFatima\n", "utf-8")
    text = listed(check(Folder(root)))
    assert text.startswith("errors: ")
    for name in ("Fatima", "070761", "a@b.dk", "ren@b.dk"):
        assert name not in text


@pytest.mark.slow
def test_many_rows_with_one_problem_are_one_paragraph(folder):
    rows = [[f"r{number}", "1", "maybe", *[""] * 6] for number in range(8)]
    text = listed(check(Folder(folder(rows))))
    assert "rows: 2, 3, 4, 5, 6, and 3 more" in text
    assert text.count("maybe") == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "cells, expected", [({}, 0), ({"wrote": "a@b.dk"}, 1), ({"member": "maybe"}, 2)]
)
def test_the_status_tells_warnings_from_errors(folder, cells, expected):
    assert status(check(Folder(folder(changed(0, **cells))))) == expected


@pytest.mark.slow
@pytest.mark.parametrize("cells", [{"member": "maybe"}, {"respondent": ""}, {"role": " yes"}])
def test_what_the_survey_refuses_a_check_calls_an_error(folder, cells):
    root = folder(changed(0, **cells))
    with pytest.raises(InputError):
        Folder(root).read_survey()
    assert status(check(Folder(root))) == 2


@pytest.mark.slow
def test_a_reader_who_has_enough_is_no_error(folder):
    rows = [[f"r{number}", "1", "maybe", *[""] * 6] for number in range(8)]
    done = subprocess.run(
        f'"{sys.executable}" -m evaluation.cli check "{folder(rows)}" | true',
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""


def test_a_folder_that_cannot_be_read_is_refused_with_one_message(folder, capsys):
    root = folder(FINE)
    (root / "evaluation.yml").write_text("languages: 7\n", "utf-8")
    assert cli.main(["check", str(root)]) == 2
    assert capsys.readouterr().err.startswith("evaluation: Rule broken in evaluation.yml")


@pytest.mark.slow
def test_raw_tables_and_published_figures_are_checked_too(tmp_path):
    root = process(tmp_path / "own", 1)
    assert check(Folder(root)) == []
    facts = root / "data/raw/facts.csv"
    lines = facts.read_text("utf-8").splitlines()
    cells = lines[1].split(",")
    facts.write_text("\n".join([lines[0], ",".join([cells[0], "x", *cells[2:]]), *lines[2:]]))
    assert found(root) == [("cell", 2, "value")]


@pytest.mark.slow
def test_the_page_of_the_site_hides_small_counts(folder):
    root = everything(folder)
    table = published(check_survey(Folder(root)), 3).set_index("kind")
    assert list(table.index) == list(KINDS)
    assert table.loc["unknown_code", ["suppressed"]].all() and table["cells"].isna().any()
    assert table.loc["phone", "cells"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words(language):
    assert list(texts(language)("data_check.kinds")) == list(KINDS)


@pytest.mark.slow
def test_problems_of_one_kind_and_column_stand_together(folder):
    groups = together(check(Folder(everything(folder))))
    assert len({(group[0].kind, group[0].column) for group in groups}) == len(groups)


@pytest.mark.slow
def test_what_the_notebook_of_a_method_would_refuse_is_told_too(folder):
    root = folder(FINE)
    (root / "data/raw/actors.csv").write_text(
        "id,sector,named,answered\na,association,true,true\nb,association,true,false\n"
    )
    columns = "from,to,closeness,since,trust,value"
    (root / "data/raw/ties.csv").write_text(f"{columns}\nb,a,2,,,\n")
    (problem,) = [found for found in check(Folder(root)) if found.file == "data/raw/ties.csv"]
    assert (problem.kind, problem.row, problem.column) == ("reference", 2, "from")
    assert "answered" in problem.rule


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("findings.csv", "d000_01,000,2,", "d000_01,000,99,", "data/raw/findings.csv"),
        ("codebook.yml", "elements: [", "elements: [no_such_element, ", "data/raw/codebook.yml"),
    ],
)
def test_what_the_evidence_of_a_folder_refers_to_is_checked(
    repository, tmp_path, file, old, new, told
):
    root = tmp_path / "folder"
    shutil.copytree(repository / "data/raw", root / "data/raw")
    shutil.copy(repository / "evaluation.yml", root)
    assert not [problem for problem in check(Folder(root)) if problem.severity == "error"]
    path = root / "data/raw" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert [problem.file for problem in check(Folder(root)) if problem.severity == "error"] == [
        told
    ]


def test_columns_without_number_are_told_together(folder, tmp_path):
    path = tmp_path / "data/raw/survey.csv"
    names = [*HEADER, *(f"n{number}" for number in range(200))]
    rows = [",".join(names), *(",".join([*row, *[""] * 200]) for row in FINE)]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    (problem,) = [each for each in check(Folder(tmp_path)) if each.kind == "extra_column"]
    assert (problem.row, problem.column) == (1, None) and "200" in problem.value

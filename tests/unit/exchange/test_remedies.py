"""Refusals of the readers: each remedy is followed, and then the export is read."""

import pytest
from exports import write_workbook, written
from refusals import refusal, tells

from evaluation.exchange.reading.recognise import read_export

TABLE = [["navn", "Er I med?", "Alder"], *[[f"x{at}", "Ja", str(20 + at % 3)] for at in range(6)]]
SVAR = "svar.csv"


def table(folder, rows, name=SVAR):
    path = folder / name
    path.write_bytes(written(rows, ";", "utf-8"))
    return path


def cell_in_quotes(folder):
    (folder / SVAR).write_text("a;b\nJa;1\nNej;2;3\n", "utf-8")
    return folder / SVAR, lambda: (folder / SVAR).write_text('a;b\nJa;1\nNej;"2;3"\n', "utf-8")


def line_of_names_again(folder):
    path = table(folder, [*TABLE, TABLE[0]])
    return path, lambda: table(folder, TABLE)


def nothing_below_the_names(folder):
    path = table(folder, TABLE[:1])
    return path, lambda: table(folder, TABLE)


def no_names(folder):
    rows = [["1/5/2015 16:07:30", "Ja"], ["1/6/2015 10:00:00", "Nej"]]
    path = table(folder, rows)
    return path, lambda: table(folder, [["Tid", "Er I med?"], *rows])


def a_lock_file(folder):
    table(folder, TABLE)
    lock = folder / f"~${SVAR}"
    lock.write_bytes(b"\0")
    return lock, lambda: folder / SVAR


def an_image(folder):
    path = folder / "svar.png"
    path.write_bytes(b"\x89PNG\r\n")
    return path, lambda: table(folder, TABLE)


def an_empty_folder(folder):
    return folder, lambda: table(folder, TABLE) and folder


def two_exports(folder):
    table(folder, TABLE)
    table(folder, TABLE, "b.csv")

    def obeyed():
        (folder / "b.csv").unlink()
        return folder

    return folder, obeyed


def nothing_there(folder):
    return folder / "borte.csv", lambda: table(folder, TABLE)


def a_workbook_without_answers(folder):
    path = write_workbook(folder / "svar.xlsx", {"Ark1": []})
    return path, lambda: write_workbook(path, {"Ark1": TABLE})


CASES = [
    (cell_in_quotes, "put quotes around"),
    (line_of_names_again, "remove this line"),
    (nothing_below_the_names, "export it again"),
    (no_names, "write a line with the names"),
    (a_lock_file, "read svar.csv"),
    (an_image, "export the survey in one of them"),
    (an_empty_folder, "holds one export"),
    (two_exports, "holds one export"),
    (nothing_there, "correct the path"),
    (a_workbook_without_answers, "export it again"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("case", "remedy"), CASES, ids=[case.__name__ for case, _ in CASES])
def test_a_remedy_that_is_followed_works(case, remedy, tmp_path):
    path, obeyed = case(tmp_path)
    tells(refusal(read_export, path), remedy)
    found = obeyed()
    assert not read_export(found if hasattr(found, "exists") else path).responses.empty


@pytest.mark.parametrize(
    ("rows", "said", "remedy", "obeyed"),
    [
        (
            [["Tidsstempel", "Fulde navn"], *[["1/5/2015 16:07:30", n] for n in ("Bo", "Ib")]],
            {},
            "--read COLUMN=text",
            {"Fulde navn": "text"},
        ),
        (TABLE, {"alders": "text"}, "use one of navn, Er I med?, Alder", {"Alder": "text"}),
    ],
)
def test_what_a_refusal_says_of_read_works(rows, said, remedy, obeyed, tmp_path):
    path = table(tmp_path, rows)
    tells(refusal(read_export, path, said), remedy)
    assert not read_export(path, obeyed).responses.empty

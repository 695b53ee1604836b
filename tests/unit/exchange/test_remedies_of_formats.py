"""Refusals of the readers of survey programs: each remedy is followed, and the export is read."""

import shutil
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from exports import write_ods, write_workbook, written
from limesurvey_files import structure
from openpyxl import load_workbook
from refusals import refusal, tells
from source_packages import sample_of

from evaluation.exchange.reading import limesurvey, other_workbooks, workbooks
from evaluation.exchange.reading.recognise import read_export

ROWS = [["Alder", "Er I med?"], ["31", "Ja"], ["40", "Nej"], ["22", "Ja"]]
# the limits of what is unpacked, made small here
SMALL = 40_000


def table(path: Path, rows, delimiter=",") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(written(rows, delimiter, "utf-8"))
    return path


@dataclass(frozen=True)
class Export:
    """An export whose parts can be broken, and put right again: write(folder) makes it whole."""

    folder: Path

    @property
    def source(self) -> Path:
        return self.folder


class SurveyXact(Export):
    STRUCTURE = (
        *("questionName", "variableName", "questionType", "subType"),
        *("questionText", "choiceValue", "choiceText"),
    )

    def structure(self, names=STRUCTURE):
        rows = [
            ["s_1", "s_1", "Closed", "Single", "Er I med?", "", ""],
            ["s_2", "s_2_1", "Closed", "Multiple", "Hvad laver I?", "1", "Mad"],
        ]
        table(self.folder / "structure.csv", [names, *(row[: len(names)] for row in rows)])

    def labels(self, rows=None):
        found = [["s_1", "1", "Ja"], ["s_1", "2", "Nej"], ["s_2_1", "0", "Ikke valgt"]]
        table(self.folder / "labels.csv", [*found, ["s_2_1", "1", "Valgt"], *(rows or [])])

    def dataset(self, ticked="1"):
        table(self.folder / "dataset.csv", [["s_1", "s_2_1"], ["1", "0"], ["2", ticked]])

    def write(self):
        self.structure()
        self.labels()
        self.dataset()


class LimeSurvey(Export):
    ASKED = (
        {"code": "q1", "type": "Y", "text": "Er I med?"},
        {"code": "q2", "type": "M", "text": "Hvad?", "sub": {"a": "Mad", "b": "Sport"}},
        {"code": "q3", "type": "L", "text": "By?", "answers": {"A1": "Aarhus", "A2": "Odense"}},
    )

    def structure(self, change=None):
        path = structure(self.folder / "a.lss", list(self.ASKED))
        if change:
            path.write_text(path.read_text("utf-8").replace(*change), "utf-8")

    def declared(self, encoding="UTF-8", doctype="", word="Mad"):
        """The structure with what stands above it in XML."""
        path = structure(self.folder / "a.lss", list(self.ASKED))
        text = path.read_text("utf-8").replace("Mad", word)
        body = text.partition("?>")[2] if text.startswith("<?xml") else text
        first = f'<?xml version="1.0" encoding="{encoding}"?>'
        path.write_text(f"{first}\n{doctype}{body}", "utf-8")

    def answers(self, ticked="Y", city="A1"):
        rows = [["id", "q1", "q2[a]", "q2[b]", "q3"], ["1", "Y", ticked, "", city]]
        table(self.folder / "svar.csv", rows)

    def write(self):
        self.structure()
        self.answers()


class LimeSurveyArchive(LimeSurvey):
    @property
    def source(self) -> Path:
        return self.folder / "survey.lsa"

    def write(self):
        self.structure()
        responses = (
            "<document><LimeSurveyDocType>Responses</LimeSurveyDocType><responses><fields>"
            "<fieldname>id</fieldname></fields><rows><row><id>1</id></row></rows></responses>"
            "</document>"
        )
        with zipfile.ZipFile(self.source, "w") as archive:
            archive.write(self.folder / "a.lss", "survey_123.lss")
            archive.writestr("survey_123_responses.lsr", responses)

    def without_it(self):
        """As the remedy says: the structure, and the responses as CSV, in a folder."""
        self.source.unlink()
        self.answers()


class Form(Export):
    SURVEY = (
        ["type", "name", "label"],
        ["select_one by", "by", "By?"],
        ["select_multiple by", "flere", "Flere?"],
        ["integer", "alder", "Alder?"],
    )

    def form(self, rows=()):
        choices = [["list_name", "name", "label"], ["by", "a", "Aarhus"], ["by", "o", "Odense"]]
        sheets = {"survey": [*self.SURVEY, *rows], "choices": choices}
        write_workbook(self.folder / "form.xlsx", sheets)

    def answers(self, by="a", ticked="1", age="31"):
        rows = [["by", "flere", "flere/a", "flere/o", "alder"], [by, "a", ticked, "0", age]]
        table(self.folder / "svar.csv", rows)

    def write(self):
        self.form()
        self.answers()


class REDCap(Export):
    HEADER = (
        *("Variable / Field Name", "Field Type", "Field Label"),
        "Choices, Calculations, OR Slider Labels",
    )

    def dictionary(self, kind="radio", choices="1, Ja | 2, Nej"):
        fields = [
            ["record_id", "text", "Nummer", ""],
            ["med", kind, "Er I med?", choices],
            ["hvad", "checkbox", "Hvad?", "1, Mad | 2, Sport"],
        ]
        table(self.folder / "dictionary.csv", [self.HEADER, *fields])

    def records(self, ticked="1"):
        rows = [["record_id", "med", "hvad___1", "hvad___2"], ["1", "1", ticked, "0"]]
        table(self.folder / "records.csv", rows)

    def write(self):
        self.dictionary()
        self.records()


class Labelled(Export):
    """A file of a statistics program."""

    ending, writer = ".sav", staticmethod(pyreadstat.write_sav)

    @property
    def source(self) -> Path:
        return self.folder / f"a{self.ending}"

    def write(self):
        self.writer(pd.DataFrame({"x": [1.0, 2.0]}), self.source)

    def cut(self):
        self.source.write_bytes(self.source.read_bytes()[:60])


class Stata(Labelled):
    ending, writer = ".dta", staticmethod(pyreadstat.write_dta)


class SAS(Labelled):
    ending, writer = ".xpt", staticmethod(pyreadstat.write_xport)

    def cut(self):
        self.source.write_bytes(self.source.read_bytes()[:100])


class Book(Export):
    @property
    def source(self) -> Path:
        return self.folder / "svar.xlsx"

    def write(self, cell="31"):
        write_workbook(self.source, {"Ark1": [ROWS[0], [cell, "Ja"], *ROWS[2:]]})

    def cut(self):
        self.source.write_bytes(self.source.read_bytes()[:-200])

    def with_pictures(self):
        """What else a workbook may hold, as large as it may be."""
        with zipfile.ZipFile(self.source, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/image1.png", b"0" * SMALL)

    def with_formulas(self):
        self.write(cell="=20+11")

    def with_values(self):
        book = load_workbook(self.source)
        book["Ark1"]["A2"] = 31
        book.save(self.source)


class OtherBook(Export):
    @property
    def source(self) -> Path:
        return self.folder / "svar.ods"

    def write(self):
        write_ods(self.source, {"Ark1": ROWS})

    def cut(self):
        with zipfile.ZipFile(self.source) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(self.source, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content[:40] if name == "content.xml" else content)

    def wide(self):
        rows = [*ROWS, *([""] * (SMALL // 100) + ["x"] for _ in range(100))]
        write_ods(self.source, {"Ark1": rows})


class Text(Export):
    @property
    def source(self) -> Path:
        return self.folder / "svar.csv"

    def write(self):
        table(self.source, ROWS)

    def content(self, content):
        self.source.write_bytes(content)


CASES = [
    (SurveyXact, partial(SurveyXact.dataset, ticked="7"), "correct the cell", SurveyXact.dataset),
    (
        SurveyXact,
        lambda one: shutil.copy(one.folder / "dataset.csv", one.folder / "dataset (2).csv"),
        "keep one export in the folder",
        lambda one: (one.folder / "dataset (2).csv").unlink(),
    ),
    (
        SurveyXact,
        lambda one: (one.folder / "labels.csv").unlink(),
        "export it again with its labels",
        SurveyXact.labels,
    ),
    (
        SurveyXact,
        partial(SurveyXact.structure, names=SurveyXact.STRUCTURE[:5]),
        "export it again: choiceValue is missing",
        SurveyXact.structure,
    ),
    (
        SurveyXact,
        partial(SurveyXact.labels, rows=[["s_1", "3", "Måske", "ikke"], ["s_1", "4"]]),
        "put quotes around a text",
        partial(SurveyXact.labels, rows=[["s_1", "3", "Måske, ikke"], ["s_1", "4", "Nu"]]),
    ),
    (
        LimeSurvey,
        partial(LimeSurvey.answers, ticked="perhaps"),
        "export the codes of the answers",
        LimeSurvey.answers,
    ),
    (LimeSurvey, partial(LimeSurvey.answers, city="A7"), "Remedy: ", LimeSurvey.answers),
    (
        LimeSurvey,
        partial(LimeSurvey.structure, change=("<language>da</language>", "")),
        "export the structure again",
        LimeSurvey.structure,
    ),
    (
        LimeSurvey,
        partial(LimeSurvey.structure, change=("<title>q1</title>", "")),
        "export the structure again",
        LimeSurvey.structure,
    ),
    (
        LimeSurvey,
        partial(LimeSurvey.structure, change=("</document>", "")),
        "export it again",
        LimeSurvey.structure,
    ),
    # with characters of another encoding than the first line says
    (
        LimeSurvey,
        lambda one: (one.folder / "a.lss").write_bytes(
            (one.folder / "a.lss").read_text("utf-8").replace("Mad", "Brød").encode("latin-1")
        ),
        "save it in the encoding that its first line names",
        partial(LimeSurvey.structure, change=("Mad", "Brød")),
    ),
    (
        LimeSurvey,
        partial(LimeSurvey.declared, encoding="Big5"),
        'with encoding="UTF-8" in its first line',
        partial(LimeSurvey.declared, encoding="UTF-8"),
    ),
    (
        LimeSurvey,
        partial(LimeSurvey.declared, doctype='<!DOCTYPE d [<!ENTITY m "Mad">]>', word="&m;"),
        "delete its <!DOCTYPE ...>",
        LimeSurvey.declared,
    ),
    (
        LimeSurvey,
        lambda one: shutil.copy(one.folder / "svar.csv", one.folder / "b.csv"),
        "put every survey into a folder of its own",
        lambda one: (one.folder / "b.csv").unlink(),
    ),
    (
        LimeSurvey,
        lambda one: ((one.folder / "svar.csv").unlink(), (one.folder / "svar.csv").mkdir()),
        "put the file that the survey program exported in its place",
        lambda one: ((one.folder / "svar.csv").rmdir(), one.answers()),
    ),
    (Form, partial(Form.answers, ticked="ja"), "export the answers again", Form.answers),
    (Form, partial(Form.answers, by="x"), "Remedy: ", Form.answers),
    (Form, partial(Form.answers, age="mange"), "correct the answer", Form.answers),
    (
        Form,
        partial(Form.form, rows=[["begin group", "g", ""], ["text", "q", "?"]]),
        "Remedy: ",
        partial(
            Form.form, rows=[["begin group", "g", ""], ["text", "q", "?"], ["end group", "", ""]]
        ),
    ),
    (
        Form,
        partial(Form.form, rows=[["text", "q", "?"], ["end group", "", ""]]),
        "add its begin row",
        partial(
            Form.form, rows=[["begin group", "g", ""], ["text", "q", "?"], ["end group", "", ""]]
        ),
    ),
    (REDCap, partial(REDCap.records, ticked="maybe"), "export the records again", REDCap.records),
    (
        REDCap,
        partial(REDCap.dictionary, kind="hologram"),
        "export the data dictionary again",
        REDCap.dictionary,
    ),
    (
        REDCap,
        partial(REDCap.dictionary, choices="Ja | Nej"),
        "export the data dictionary again",
        partial(REDCap.dictionary, choices="1, Ja | 2, Nej"),
    ),
    (Labelled, Labelled.cut, "export it again as .sav", Labelled.write),
    (
        Labelled,
        lambda one: one.source.write_bytes(b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV" + b"\x15" * 60),
        "save it again without the password",
        Labelled.write,
    ),
    (Stata, Stata.cut, "save it again in Stata", Stata.write),
    (SAS, SAS.cut, "save it again in SAS", SAS.write),
    (Book, Book.cut, "Remedy: ", Book.write),
    (Book, Book.with_formulas, "put values for formulas", Book.with_values),
    (OtherBook, OtherBook.cut, "save it again as .xlsx", OtherBook.write),
    (Text, partial(Text.content, content=b"a\n"), "Remedy: ", Text.write),
    (Text, partial(Text.content, content=b"  \n"), "export", Text.write),
    (Text, partial(Text.content, content=b'a;b\n"x;1\n'), "check the quotes", Text.write),
    (
        Text,
        partial(Text.content, content="a;b\nx;1".encode("utf-16") + b"\xd8"),
        "save it as CSV in UTF-8",
        Text.write,
    ),
    (
        Text,
        partial(Text.content, content=b"Navn;Svar\nBo;\x81\x8d\n"),
        "save it as CSV in UTF-8",
        partial(Text.content, content="Navn;Svar\nBo;Å\n".encode()),
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "broken", "remedy", "obeyed"),
    CASES,
    ids=[f"{kind.__name__}-{at}" for at, (kind, *_) in enumerate(CASES)],
)
def test_a_remedy_that_is_followed_works(kind, broken, remedy, obeyed, tmp_path):
    export = kind(tmp_path / "export")
    export.folder.mkdir()
    export.write()
    whole = read_export(export.source)
    broken(export)
    tells(refusal(read_export, export.source), remedy)
    obeyed(export)
    assert len(read_export(export.source).responses) == len(whole.responses) or kind is Text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "module", "limit", "broken", "remedy", "obeyed"),
    [
        (Book, workbooks, "LARGEST", Book.with_pictures, "export the answers alone", Book.write),
        (OtherBook, other_workbooks, "CELLS", OtherBook.wide, "delete the rows", OtherBook.write),
    ],
)
def test_what_is_too_large_is_read_when_its_remedy_is_followed(
    kind, module, limit, broken, remedy, obeyed, tmp_path, monkeypatch
):
    monkeypatch.setattr(module, limit, SMALL)
    export = kind(tmp_path)
    export.write()
    broken(export)
    tells(refusal(read_export, export.source), remedy)
    obeyed(export)
    assert len(read_export(export.source).responses) == len(ROWS) - 1


def test_an_archive_that_is_too_large_is_read_as_a_folder(tmp_path, monkeypatch):
    export = LimeSurveyArchive(tmp_path)
    export.write()
    monkeypatch.setattr(limesurvey, "LARGEST", 1000)
    tells(refusal(read_export, export.source), "the responses as CSV into a folder")
    export.without_it()
    assert len(read_export(export.folder).responses) == 1


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "xls", "xlsb", "ods"])
def test_a_workbook_is_read_when_its_password_is_gone(ending, tmp_path):
    locked = sample_of("python-calamine", f"password.{ending}")
    tells(refusal(read_export, locked), "save it again without the password")
    (write_ods if ending == "ods" else write_workbook)(tmp_path / locked.name, {"Ark1": ROWS})
    assert len(read_export(tmp_path / locked.name).responses) == len(ROWS) - 1

"""One small survey, and how it is written in every format that is read.

A format is one entry of FORMS: how it writes the cells of its table of answers, and how the table
(with the questions, where the format keeps them) becomes what its reader is given.
"""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
import pyreadstat
from exports import with_sets, write_ods, write_workbook, written
from limesurvey_files import GID, SID, structure
from openpyxl import load_workbook

from evaluation.exchange.reading.surveyxact_files import STRUCTURE


@dataclass(frozen=True)
class Asked:
    """A question; type: single, multiple, number, day or text; options: label -> code; base: the
    question and the label that it was asked for.
    """

    name: str
    text: str
    type: str
    options: Mapping[str, str] = field(default_factory=dict)
    base: tuple[str, str] | None = None


QUESTIONS = (
    Asked("med", "Er I med?", "single", {"Ja": "1", "Nej": "2"}),
    Asked(
        "tilfreds",
        "Hvor tilfredse er I?",
        "single",
        {"Meget": "1", "Noget": "2", "Slet ikke": "3", "Ved ikke": "-9"},
    ),
    Asked("laver", "Hvad laver I?", "multiple", {"Mad": "1", "Råd": "2", "Sport": "3"}),
    Asked("timer", "Hvor mange timer bruger I?", "number", base=("Er I med?", "Ja")),
    Asked("start", "Hvornår begyndte I?", "day"),
    Asked("nummer", "Hvad er jeres nummer?", "text"),
    Asked("mangler", "Hvad mangler I?", "text"),
)
# an answer is the label of an option or the labels of several, a number with a decimal point, a
# day, or a text; "" is no answer
Answers = dict[str, str | tuple[str, ...]]
LETTERS = "Blåbærgrød på Ærø: ÆØÅ, é, ß, »citat« – og 🌍👩‍🔬"
ROWS: tuple[Answers, ...] = tuple(
    dict(zip(("id", *(asked.name for asked in QUESTIONS)), row, strict=True))
    for row in (
        ("901", "Ja", "Meget", ("Mad", "Sport"), "12.5", "2025-03-31", "0045", LETTERS),
        ("904", "Nej", "Ved ikke", ("Råd",), "", "", "007", "to linjer;\nmed, tegn\tog tab"),
        ("903", "Ja", "Noget", ("Mad",), "1234567.25", "1999-12-24", "1", "=1+1"),
        ("905", "", "Slet ikke", (), "", "2024-02-29", "", "\"citat\" og 'apostrof' og \\n"),
        ("906", "Ja", "Meget", ("Mad", "Råd", "Sport"), "-0.75", "", "00", "<b>1 < 2</b> &amp; &"),
        ("907", "Nej", "Noget", ("Sport",), "", "", "12", "N/A"),
        ("908", "Ja", "", ("Sport",), "0", "", "1e5", "@SUM(A1) +45 -1"),
        ("902", "", "", (), "", "", "", ""),
    )
)


@dataclass(frozen=True)
class Cells:
    """How a format names the columns of a table and writes the answers in it.

    option: the column of an option of a question with several answers; ticks: chosen, not chosen,
    and not answered; nothing: no answer to another question.
    """

    identity: str
    name: Callable[[Asked], str]
    option: Callable[[Asked, str], str]
    label: Callable[[Asked, str], object]
    number: Callable[[str], object]
    day: Callable[[str], object]
    ticks: tuple[object, object, object]
    nothing: object = ""

    def table(self, rows: tuple[Answers, ...]) -> list[list]:
        """The line of names, and a line a respondent."""
        header = [self.identity]
        for asked in QUESTIONS:
            several = asked.type == "multiple"
            columns = [self.option(asked, label) for label in asked.options]
            header += columns if several else [self.name(asked)]
        return [header, *([row["id"], *self._line(row)] for row in rows)]

    def _line(self, row: Answers) -> list:
        line = []
        for asked in QUESTIONS:
            line += self._cells(asked, row[asked.name])
        return line

    def _cells(self, asked: Asked, answer: str | tuple[str, ...]) -> list:
        if asked.type == "multiple":
            chosen, other, silent = self.ticks
            return [
                (chosen if label in answer else other) if answer else silent
                for label in asked.options
            ]
        if answer == "":
            return [self.nothing]
        if asked.type == "single":
            return [self.label(asked, answer)]
        written = {"number": self.number, "day": self.day, "text": str}
        return [written[asked.type](answer)]


@dataclass(frozen=True)
class Form:
    """A format: its cells, and what a table of them is stored as.

    store: writes a table (and the questions) into a folder, and gives the path to be read; answers:
    the file of the answers; others: files of the questions; has_columns: its columns are named
    by what stands in the first line, which may be wrong; names_questions: it lists the questions
    apart from the table; tells_filters: it knows who was asked.
    """

    cells: Cells
    store: Callable[[Path, list[list]], Path]
    answers: str
    others: tuple[str, ...] = ()
    has_columns: bool = True
    names_questions: bool = False
    tells_filters: bool = False

    def write(self, folder: Path, rows: tuple[Answers, ...] = ROWS) -> Path:
        return self.store(folder, self.cells.table(rows))

    @property
    def is_delimited(self) -> bool:
        return self.answers.endswith(".csv")


def _code(asked: Asked, label: str) -> str:
    return asked.options[label]


def _comma(number: str) -> str:
    return number.replace(".", ",")


def _danish(day: str) -> str:
    return "-".join(reversed(day.split("-")))


def _delimited(path: Path, rows: list[list]) -> Path:
    path.write_bytes(written(rows, ";", "utf-8-sig"))
    return path


def _workbook(path: Path, sheets: dict[str, list[list]]) -> Path:
    """A workbook in which all text is text, though it may begin as a formula does."""
    book = load_workbook(write_workbook(path, sheets))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    book.save(path)
    return path


PLAIN = Cells(
    identity="Respondent",
    name=lambda asked: asked.text,
    option=lambda asked, label: f"{asked.text} [{label}]",
    label=lambda asked, label: label,
    number=_comma,
    day=_danish,
    ticks=("1", "0", ""),
)


def _csv(folder: Path, table: list[list]) -> Path:
    return _delimited(folder / "svar.csv", table)


EXCEL = replace(PLAIN, number=float, day=datetime.fromisoformat, ticks=(1, 0, None), nothing=None)


def _excel(folder: Path, table: list[list]) -> Path:
    return _workbook(folder / "svar.xlsx", {"Svar": table})


def _ods(folder: Path, table: list[list]) -> Path:
    return write_ods(folder / "svar.ods", {"Svar": table})


SPSS = Cells(
    identity="respid",
    name=lambda asked: asked.name,
    option=lambda asked, label: f"{asked.name}{_code(asked, label)}",
    label=lambda asked, label: float(_code(asked, label)),
    number=float,
    day=lambda day: datetime.fromisoformat(day).date(),
    ticks=(1.0, 0.0, None),
    nothing=None,
)


def _spss(folder: Path, table: list[list]) -> Path:
    header, *rows = table
    data = pd.DataFrame(rows, columns=header, dtype=object)
    labels, values = {}, {}
    for asked in QUESTIONS:
        labels[asked.name] = asked.text
        if asked.type == "single":
            values[asked.name] = {float(code): label for label, code in asked.options.items()}
        if asked.type == "multiple":
            labels |= {SPSS.option(asked, label): label for label in asked.options}
    (several,) = (asked for asked in QUESTIONS if asked.type == "multiple")
    numbers = [*values, *(SPSS.option(several, label) for label in several.options), "timer"]
    known = [name for name in numbers if name in data]
    path = folder / "svar.sav"
    pyreadstat.write_sav(
        data.astype(dict.fromkeys(known, float)),
        path,
        column_labels={name: label for name, label in labels.items() if name in data},
        variable_value_labels=values,
    )
    told = f"${several.name}=D1 1 {len(several.text.encode())} {several.text} "
    members = [SPSS.option(several, label) for label in several.options]
    return with_sets(path, told + " ".join(members))


def _stata(folder: Path, table: list[list]) -> Path:
    header, *rows = table
    data = pd.DataFrame(rows, columns=header, dtype=object)
    labels, values = {}, {}
    for asked in QUESTIONS:
        labels[asked.name] = asked.text
        if asked.type == "single":
            values[asked.name] = {int(code): label for label, code in asked.options.items()}
        for label in asked.options if asked.type == "multiple" else ():
            labels[SPSS.option(asked, label)] = f"{asked.text} [{label}]"
    numbers = [*values, *(name for name in labels if name.startswith("laver")), "timer"]
    for name in data:
        if name in numbers:
            data[name] = data[name].astype(float)
        elif name == "start":
            data[name] = pd.to_datetime(data[name])
        else:
            data[name] = data[name].fillna("").astype(object)
    path = folder / "svar.dta"
    data.to_stata(
        path,
        write_index=False,
        version=118,
        convert_dates={"start": "td"} if "start" in data else {},
        convert_strl=[name for name in ("mangler",) if name in data],
        variable_labels={name: label for name, label in labels.items() if name in data},
        value_labels={name: of for name, of in values.items() if name in data},
    )
    return path


SURVEYXACT = Cells(
    identity="responde",
    name=lambda asked: asked.name,
    option=lambda asked, label: f"{asked.name}_{_code(asked, label)}",
    label=_code,
    number=_comma,
    day=_danish,
    # who was not asked has 0 all the same
    ticks=("1", "0", "0"),
)


def _surveyxact_parts(table: list[list]) -> dict[str, list[list]]:
    kinds = {"number": ("Open", "Double"), "day": ("Open", "Date"), "text": ("Open", "String")}
    variables = [["respondentid", "responde", "Open", "Double", "Respondent-ID", "", ""]]
    labels = []
    for asked in QUESTIONS:
        if asked.type == "multiple":
            for label, code in asked.options.items():
                name = SURVEYXACT.option(asked, label)
                told = [asked.name, name, "Closed", "Multiple", asked.text, code, label]
                variables.append(told)
                labels += [[name, "0", "Ikke valgt"], [name, "1", "Valgt"]]
            continue
        kind = kinds.get(asked.type, ("Closed", "Single"))
        variables.append([asked.name, asked.name, *kind, asked.text, "", ""])
        labels += [[asked.name, code, label] for label, code in asked.options.items()]
    return {"dataset": table, "labels": labels, "structure": [list(STRUCTURE), *variables]}


def _surveyxact(folder: Path, table: list[list]) -> Path:
    for part, rows in _surveyxact_parts(table).items():
        _delimited(folder / f"{part}.csv", rows)
    return folder


def _surveyxact_workbook(folder: Path, table: list[list]) -> Path:
    sheets = {part.title(): rows for part, rows in _surveyxact_parts(table).items()}
    return _workbook(folder / "eksport.xlsx", sheets)


LIMESURVEY = Cells(
    identity="id",
    name=lambda asked: asked.name,
    option=lambda asked, label: f"{asked.name}[{_code(asked, label)}]",
    label=_code,
    number=lambda number: f"{Decimal(number):.10f}",
    day=lambda day: f"{day} 00:00:00",
    ticks=("Y", "N", ""),
)
LIMESURVEY_WORDS = replace(
    PLAIN, identity="Response ID", day=lambda day: day, ticks=("Yes", "No", "N/A")
)


def _limesurvey_questions(folder: Path) -> Path:
    types = {"single": "L", "multiple": "M", "number": "N", "day": "D", "text": "T"}
    asked_before = {asked.text: asked for asked in QUESTIONS}
    asked = []
    for question in QUESTIONS:
        entry = {"code": question.name, "type": types[question.type], "text": question.text}
        part = "sub" if question.type == "multiple" else "answers"
        entry[part] = {code: label for label, code in question.options.items()}
        if question.base:
            before = asked_before[question.base[0]]
            code = before.options[question.base[1]]
            entry["relevance"] = f'(({before.name}.NAOK == "{code}"))'
        asked.append(entry)
    return structure(folder / "skema.lss", asked)


def _place(asked: Asked) -> str:
    """What the columns of a question begin with in the database of LimeSurvey."""
    before = QUESTIONS[: QUESTIONS.index(asked)]
    number = 1 + sum(1 + len(each.options) * (each.type == "multiple") for each in before)
    return f"{SID}X{GID}X{number}"


DATABASE = replace(
    LIMESURVEY,
    name=_place,
    option=lambda asked, label: _place(asked) + _code(asked, label),
    ticks=("Y", "", None),
)


def database_xml(table: list[list]) -> str:
    """The responses in an archive: what was not shown is not there."""
    header, *rows = table
    tags = [f"_{name}".replace("#", "-") if str(name)[0].isdigit() else name for name in header]
    fields = "".join(f"<fieldname>{name}</fieldname>" for name in header)
    written = "".join(
        "<row>"
        + "".join(
            f"<{tag}>{escape(str(cell))}</{tag}>"
            for tag, cell in zip(tags, row, strict=True)
            if cell is not None
        )
        + "</row>"
        for row in rows
    )
    return (
        "<document>\n <LimeSurveyDocType>Responses</LimeSurveyDocType>\n <responses>"
        f"<fields>{fields}</fields><rows>{written}</rows></responses></document>"
    )


def _limesurvey_archive(folder: Path, table: list[list]) -> Path:
    questions = _limesurvey_questions(folder)
    path = folder / "svar.lsa"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(questions, "survey_123.lss")
        archive.writestr("survey_123_responses.lsr", database_xml(table))
        archive.writestr("survey_123_tokens.lst", "<document/>")
    questions.unlink()
    return path


XLSFORM = Cells(
    identity="_id",
    name=lambda asked: asked.name,
    option=lambda asked, label: f"{asked.name}/{_code(asked, label)}",
    label=_code,
    number=str,
    day=str,
    ticks=("1", "0", ""),
)


def _xlsform_questions(folder: Path) -> Path:
    kinds = {"number": "decimal", "day": "date", "text": "text"}
    kinds |= {"single": "select_one {}", "multiple": "select_multiple {}"}
    asked_before = {asked.text: asked for asked in QUESTIONS}
    survey, choices = [["type", "name", "label", "relevant"]], [["list_name", "name", "label"]]
    for asked in QUESTIONS:
        relevant = ""
        if asked.base:
            before = asked_before[asked.base[0]]
            relevant = f"${{{before.name}}} = '{before.options[asked.base[1]]}'"
        survey.append([kinds[asked.type].format(asked.name), asked.name, asked.text, relevant])
        choices += [[asked.name, code, label] for label, code in asked.options.items()]
    return write_workbook(folder / "skema.xlsx", {"survey": survey, "choices": choices})


REDCAP = Cells(
    identity="record_id",
    name=lambda asked: asked.name,
    option=lambda asked, label: f"{asked.name}___{_code(asked, label)}",
    label=_code,
    number=str,
    day=str,
    ticks=("1", "0", ""),
)
REDCAP_WORDS = replace(
    REDCAP,
    identity="Record ID",
    name=lambda asked: asked.text,
    option=lambda asked, label: f"{asked.text} (choice={label})",
    label=lambda asked, label: label,
    ticks=("Checked", "Unchecked", ""),
)


def _redcap_questions(folder: Path) -> Path:
    types = {"single": "radio", "multiple": "checkbox"}
    checks = {"number": "number", "day": "date_ymd"}
    asked_before = {asked.text: asked for asked in QUESTIONS}
    rows = [
        [
            *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
            "Choices, Calculations, OR Slider Labels",
            "Text Validation Type OR Show Slider Number",
            "Branching Logic (Show field only if...)",
        ],
        ["record_id", "skema", "", "text", "Record ID", "", "", ""],
    ]
    for asked in QUESTIONS:
        choices = " | ".join(f"{code}, {label}" for label, code in asked.options.items())
        shown = ""
        if asked.base:
            before = asked_before[asked.base[0]]
            shown = f"[{before.name}] = '{before.options[asked.base[1]]}'"
        kind, check = types.get(asked.type, "text"), checks.get(asked.type, "")
        rows.append([asked.name, "skema", "", kind, asked.text, choices, check, shown])
    return _delimited(folder / "ordbog.csv", rows)


def _beside(questions: Callable[[Path], Path], store: Callable[[Path, list[list]], Path]):
    """The questions in a file of their own, beside that of the answers."""

    def stored(folder: Path, table: list[list]) -> Path:
        questions(folder)
        store(folder, table)
        return folder

    return stored


_limesurvey, _limesurvey_workbook = (
    _beside(_limesurvey_questions, each) for each in (_csv, _excel)
)
_xlsform_ods = _beside(_xlsform_questions, _ods)
_xlsform, _xlsform_workbook = (_beside(_xlsform_questions, each) for each in (_csv, _excel))
_redcap = _beside(_redcap_questions, _csv)
LISTED = {"names_questions": True, "tells_filters": True}
LSS = {"others": ("skema.lss",), **LISTED}
REDCAP_CSV = {"others": ("ordbog.csv",), **LISTED}
XLS = {"others": ("skema.xlsx",), **LISTED}
FORMS = {
    "CSV": Form(PLAIN, _csv, "svar.csv"),
    "Excel": Form(EXCEL, _excel, "svar.xlsx"),
    "LibreOffice": Form(EXCEL, _ods, "svar.ods"),
    "SPSS": Form(SPSS, _spss, "svar.sav", has_columns=False),
    "Stata": Form(SPSS, _stata, "svar.dta", has_columns=False),
    "SurveyXact": Form(
        SURVEYXACT,
        _surveyxact,
        "dataset.csv",
        others=("structure.csv", "labels.csv"),
        names_questions=True,
    ),
    "SurveyXact, a workbook": Form(
        SURVEYXACT, _surveyxact_workbook, "eksport.xlsx", names_questions=True
    ),
    "LimeSurvey": Form(LIMESURVEY, _limesurvey, "svar.csv", **LSS),
    "LimeSurvey, full answers": Form(LIMESURVEY_WORDS, _limesurvey, "svar.csv", **LSS),
    "LimeSurvey, a workbook": Form(LIMESURVEY, _limesurvey_workbook, "svar.xlsx", **LSS),
    "LimeSurvey, an archive": Form(
        DATABASE, _limesurvey_archive, "svar.lsa", has_columns=False, **LISTED
    ),
    "REDCap": Form(REDCAP, _redcap, "svar.csv", **REDCAP_CSV),
    "REDCap, labels": Form(REDCAP_WORDS, _redcap, "svar.csv", **REDCAP_CSV),
    "XLSForm": Form(XLSFORM, _xlsform, "svar.csv", **XLS),
    "XLSForm, a workbook": Form(XLSFORM, _xlsform_workbook, "svar.xlsx", **XLS),
    "XLSForm, LibreOffice": Form(XLSFORM, _xlsform_ods, "svar.ods", **XLS),
}

"""The data dictionary of REDCap, a table with a line for each field."""

from dataclasses import dataclass
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.exchange.reading.dialects import read_grid
from evaluation.exchange.reading.grid import one_line, table
from evaluation.exchange.reading.markup import plain_text

# what the columns are called in a file that a person exports, and in one that a program does
NAMES = {
    "name": ("Variable / Field Name", "field_name"),
    "type": ("Field Type", "field_type"),
    "text": ("Field Label", "field_label"),
    "choices": ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations"),
    "section": ("Section Header", "section_header"),
    "format": (
        "Text Validation Type OR Show Slider Number",
        "text_validation_type_or_show_slider_number",
    ),
    "identifier": ("Identifier?", "identifier"),
    "filter": ("Branching Logic (Show field only if...)", "branching_logic"),
    "required": ("Required Field?", "required_field"),
    "matrix": ("Matrix Group Name", "matrix_group_name"),
}
NEEDED = ("name", "type", "text", "choices")
KINDS = {
    **dict.fromkeys(("radio", "dropdown", "yesno", "truefalse"), "single"),
    "checkbox": "multiple",
    **dict.fromkeys(("calc", "slider"), "number"),
    **dict.fromkeys(("text", "notes", "sql"), "text"),
    **dict.fromkeys(("file", "signature"), "file"),
    "descriptive": "shown",
}
# the beginnings of the checks of a text that make it a number or a day
CHECKED = {"number": "number", "integer": "number", "date_": "day"}


@dataclass(frozen=True)
class Asked:
    """A field: kind is single, multiple, number, day, text, file or shown; choices are (code,
    label), none for yes and no; section: the heading above it, or above its matrix.
    """

    name: str
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...]
    section: str
    filter: str
    matrix: str
    required: bool
    is_identifier: bool


def is_dictionary(path: Path) -> bool:
    """Whether the first line of a file names the columns of a data dictionary."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        # without the zeros of UTF-16
        line = file.read(4096).replace(b"\0", b"").decode("utf-8", "replace").split("\n")[0]
    return any(all(NAMES[part][at] in line for part in NEEDED) for at in (0, 1))


def read_dictionary(path: Path) -> list[Asked]:
    """The fields in the order of the dictionary.

    Raises InputError for a field of a type that REDCap has not, and for choices without codes.
    """
    rows, _ = table(read_grid(path))
    columns = {
        part: next((rows[name] for name in names if name in rows), None)
        for part, names in NAMES.items()
    }
    fields: list[Asked] = []
    for line in rows.index:
        row = {part: "" if each is None else each[line] for part, each in columns.items()}
        kind = KINDS.get(row["type"].casefold())
        if kind is None:
            raise InputError(
                path.name,
                f"the type of a field is one of {', '.join(KINDS)}",
                "export the data dictionary again",
                row=int(line),
                column="Field Type",
                value=row["type"],
            )
        if kind == "text":
            checks = [kind for start, kind in CHECKED.items() if row["format"].startswith(start)]
            kind = checks[0] if checks else kind
        matrix = row["matrix"]
        before = next((each.section for each in fields if matrix and each.matrix == matrix), "")
        fields.append(
            Asked(
                row["name"],
                kind,
                plain_text(row["text"]) or row["name"],
                _choices(path.name, row, int(line)) if kind in ("single", "multiple") else (),
                plain_text(row["section"]) or before,
                one_line(row["filter"]),
                matrix,
                _is_yes(row["required"]),
                _is_yes(row["identifier"]),
            )
        )
    return fields


def _choices(file: str, row: dict[str, str], line: int) -> tuple[tuple[str, str], ...]:
    """(code, label) of `1, Yes | 2, No`, or of a choice a line."""
    if row["type"].casefold() in ("yesno", "truefalse"):
        return ()
    listed = row["choices"].replace("\n", "|").split("|")
    pairs = [choice.partition(",") for choice in listed if choice.strip()]
    if not pairs or not all(comma and code.strip() for code, comma, _ in pairs):
        raise InputError(
            file,
            "the choices of a field are codes and labels: 1, Yes | 2, No",
            "export the data dictionary again",
            row=line,
            value=row["choices"],
        )
    return tuple((code.strip(), plain_text(label) or code.strip()) for code, _, label in pairs)


def _is_yes(cell: str) -> bool:
    return cell.casefold() in ("y", "yes", "1")

"""The three parts of a SurveyXact export, from text files or the sheets of a workbook.

`structure` lists the variables with type and question, `labels` the answers of closed questions,
`dataset` the respondents. The parts are told apart by what is in them, since exports name their
files in many ways.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import each_row
from evaluation.exchange.reading.dialects import read_grid
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.grid import Grid, one_line, table
from evaluation.exchange.reading.values import whole
from evaluation.exchange.reading.workbooks import headers, is_workbook, read_sheets

PARTS = ("structure", "labels", "dataset")
STRUCTURE = (
    *("questionName", "variableName", "questionType", "subType"),
    *("questionText", "choiceValue", "choiceText"),
)
# any two of these make a table a structure, so that a damaged one is refused by its own name
TELLING = {"variablename", "questiontype", "subtype"}
BEGINNING = 1000
SUFFIXES = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Variable:
    """A row of the structure. `kind` is the subtype in small letters: single, multiple, double,
    date or string; `position` counts the variables of a question from 1.
    """

    question: str
    name: str
    kind: str
    text: str
    value: str
    label: str
    position: int

    @property
    def other_name(self) -> str:
        """What the web service calls the variable in the dataset and the labels."""
        return f"{self.question}_{self.position}" if self.kind == "multiple" else self.question


@dataclass(frozen=True)
class Parts:
    """variables: in the order of the structure, with a column in `answers`. labels: variable ->
    value -> text. answers: one row a respondent, one column a variable, named by it; index = line
    of `file`.
    """

    variables: list[Variable]
    labels: dict[str, dict[str, str]]
    answers: pd.DataFrame
    file: str
    remarks: list[Remark]


def recognises(path: Path) -> bool:
    """Whether a folder, a workbook or one of three text files is an export of SurveyXact."""
    try:
        if path.is_file() and is_workbook(path):
            sheets = headers(path)
            return any(map(_is_structure, sheets.values())) or _is_cut(sheets)
        folder = path if path.is_dir() else path.parent
        if not any(map(_begins_as_structure, _tables_in(folder))):
            return False
        if path.is_dir():
            return True
        found = _classified(_grids(folder)[0])
    except InputError:
        return False
    return any(grid.name == path.name for grids in found.values() for grid in grids)


def read_parts(path: Path) -> Parts:
    """The parts of an export: a folder, one of its text files, or a workbook.

    Raises InputError where a part is missing or there are several, and where a part cannot be
    read or does not fit the others.
    """
    source = path if path.is_dir() or is_workbook(path) else path.parent
    structure, labels, dataset = _three(source)
    variables = _variables(structure)
    by_name = _by_name(variables)
    answers, remarks = table(dataset) if dataset.rows else _nobodys(variables)
    columns: dict[str, str] = {}
    for column in answers.columns:
        name = by_name.get(column.casefold())
        if name is None or name in columns.values():
            remarks.append(Remark("not_described", column))
        else:
            columns[column] = name
    known = set(columns.values())
    remarks += [
        Remark("no_column", row.name, row.text) for row in variables if row.name not in known
    ]
    return Parts(
        [variable for variable in variables if variable.name in known],
        _labels(labels, by_name),
        answers[list(columns)].rename(columns=columns),
        dataset.name,
        [*remarks, *structure.remarks, *labels.remarks],
    )


def _nobodys(variables: list[Variable]) -> tuple[pd.DataFrame, list[Remark]]:
    """The answers of a survey that nobody has answered yet."""
    names = [variable.name for variable in variables]
    return pd.DataFrame(columns=names, index=pd.Index([], dtype=int), dtype=str), []


def _three(source: Path) -> list[Grid]:
    """The structure, the labels and the dataset, without rows where nothing else is there."""
    grids, failures = _grids(source)
    found = _classified(grids)
    chosen: list[Grid] = []
    for part in PARTS:
        candidates = found[part]
        if len(candidates) > 1:
            # the sheet Complete has the answers again, in words
            named = [grid for grid in candidates if part in grid.title.casefold()]
            candidates = named if len(named) == 1 else candidates
        if not candidates and part in failures:
            raise failures[part]
        if part == "dataset" and len(grids) == len(chosen) and not _has_folder(source):
            return [*chosen, Grid(source.name, [], [])]
        if len(candidates) != 1:
            raise InputError(
                source.name,
                f"an export of SurveyXact has one {part} (its parts: {', '.join(PARTS)})",
                "keep one export in the folder"
                if candidates
                else f"export it again with its {part}; for a workbook, tick every box",
                value=", ".join(grid.title for grid in candidates or grids),
            )
        chosen += candidates
    return chosen


def _has_folder(source: Path) -> bool:
    """Whether a folder stands where a table could."""
    return source.is_dir() and any(
        path.is_dir() and path.suffix.casefold() in SUFFIXES for path in source.iterdir()
    )


def _grids(source: Path) -> tuple[list[Grid], dict[str, InputError]]:
    """The tables of a workbook or a folder, and why a file named after a part is none."""
    if not source.is_dir():
        return list(read_sheets(source).values()), {}
    grids = []
    failures: dict[str, InputError] = {}
    for path in _tables_in(source):
        try:
            grids.append(read_grid(path))
        except InputError as failure:
            failures |= {part: failure for part in PARTS if part in path.stem.casefold()}
    return grids, failures


def _tables_in(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.casefold() in SUFFIXES and not path.name.startswith(".")
    )


def _begins_as_structure(path: Path) -> bool:
    """Told from the first bytes: a folder may hold large files that are none of our business."""
    with path.open("rb") as stream:
        start = stream.read(BEGINNING)
    line = start.replace(b"\0", b"").split(b"\n")[0].decode("latin-1").casefold()
    return sum(name in line for name in TELLING) > 1


def _classified(grids: Iterable[Grid]) -> dict[str, list[Grid]]:
    found: dict[str, list[Grid]] = {part: [] for part in PARTS}
    rest: list[Grid] = []
    for grid in grids:
        (found["structure"] if _is_structure(grid.header) else rest).append(grid)
    known = set().union(*(_by_name(_variables(grid)) for grid in found["structure"]))
    for grid in rest:
        if _is_labels(grid, known):
            found["labels"].append(grid)
        elif 2 * sum(cell.casefold() in known for cell in grid.header) > len(grid.header):
            found["dataset"].append(grid)
    return found


def _is_structure(header: list[str]) -> bool:
    return len({cell.casefold() for cell in header} & TELLING) > 1


def _is_labels(grid: Grid, known: set[str]) -> bool:
    """Whether most rows have a variable, a value and a text; names alone are of a dataset."""
    fitting = sum(
        len(row) > 2
        and row[2] != ""
        and row[0].casefold() in known
        and row[1].casefold() not in known
        for row in grid.rows
    )
    return 2 * fitting > len(grid.rows)


def _is_cut(sheets: Iterable[str]) -> bool:
    """Whether these are sheets of SurveyXact without their structure, to be refused as such."""
    return {"dataset", "labels"} <= {sheet.casefold() for sheet in sheets}


def _variables(structure: Grid) -> list[Variable]:
    """The rows of the structure, whatever the order of its columns."""
    content, _ = table(structure)
    content.columns = [name.casefold() for name in content.columns]
    for name in STRUCTURE:
        if name.casefold() not in content:
            raise InputError(
                structure.name,
                f"a structure of SurveyXact has the columns {', '.join(STRUCTURE)}",
                f"export it again: {name} is missing",
                row=structure.lines[0],
            )
    variables = []
    counted: Counter[str] = Counter()
    for cells in each_row(content[[name.casefold() for name in STRUCTURE]]):
        question, name, _, kind, text, value, label = map(one_line, cells)
        counted[question] += 1
        # a battery without a stem begins with the sign that stands between stem and item
        text = text.removeprefix("- ")
        place = counted[question]
        variables.append(
            Variable(question, name, kind.casefold(), text, whole(value), label, place)
        )
    return variables


def _by_name(variables: list[Variable]) -> dict[str, str]:
    """Whatever a variable is called, in small letters -> its name in the structure."""
    others = {variable.other_name.casefold(): variable.name for variable in reversed(variables)}
    return others | {variable.name.casefold(): variable.name for variable in variables}


def _labels(grid: Grid, by_name: dict[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row, line in zip(grid.rows, grid.lines, strict=True):
        if len(row) < 3 or any(row[3:]):
            raise InputError(
                grid.name,
                "a row of labels has a variable, a value and a text",
                "put quotes around a text that holds the separator or a line end",
                row=line,
                value=f"{len(row)} cells",
            )
        name, value, text, *_ = row
        if name.casefold() in by_name:
            labels = found.setdefault(by_name[name.casefold()], {})
            labels[whole(value)] = one_line(text) or value
    return found

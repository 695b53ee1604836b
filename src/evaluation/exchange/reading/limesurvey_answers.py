"""The table of responses that LimeSurvey exports, and what its columns may be called."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaluation.exchange.reading.columns import Columns
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.limesurvey_responses import (
    NOT_SHOWN,
    is_archived,
    is_for_corrections,
    read_archived,
    read_for_corrections,
)

# what LimeSurvey records of every response, by code and by the words of the English interface
RECORDED = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "startdate": "Date started",
    "datestamp": "Date last action",
}
# these tell who a respondent is, or nothing about the answers
PRIVATE = {
    "token": "Access code",
    "ipaddr": "IP address",
    "refurl": "Referrer URL",
    "seed": "Seed",
    "interviewtime": "Total time",
}
TIMING = re.compile(r"(group|question)Time\d+.*|(Group|Question) time: .*")


@dataclass(frozen=True)
class Column:
    """A column of the answers: a question of LimeSurvey, the part of it, and its name by text."""

    code: str
    part: str = ""
    scale: int | None = None
    words: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """What the column is called with short codes, with those of expressions, and with texts."""
        bracketed, joined = self.code, self.code
        if self.part:
            bracketed, joined = f"{self.code}[{self.part}]", f"{self.code}_{self.part}"
        if self.scale is not None:
            bracketed, joined = f"{bracketed}[{self.scale + 1}]", f"{joined}_{self.scale}"
        return bracketed, joined, *self.words


class Answers(Columns):
    """The columns of the responses, and what LimeSurvey records of every one."""

    def __init__(self, name: str, path: Path | None, remarks: list[Remark], places: dict[str, str]):
        """places: code of a question -> what the columns of the database begin with."""
        super().__init__(name, path, remarks, _reader(path))
        self.places = places
        self.shown = self.table != NOT_SHOWN
        self.table = self.table.where(self.shown, "")
        columns = {code: self.find(code, words) for code, words in (RECORDED | PRIVATE).items()}
        self.free = [header for header in self.free if not TIMING.fullmatch(header)]
        kept = {code: found for code in RECORDED if (found := columns[code]) is not None}
        self.background = pd.DataFrame(kept, index=self.table.index)
        identity = kept.get("id", self.row_numbers)
        usable = identity.is_unique and (identity != "").all()
        if not usable:
            remarks.append(Remark("respondent_repeated", str(identity.name)))
        self.respondents = (identity if usable else self.row_numbers).rename(None)
        unfinished = (kept.get("submitdate", self.row_numbers) == "").sum()
        if unfinished:
            remarks.append(Remark("not_completed", self.file, str(int(unfinished))))

    def column(self, wanted: Column) -> pd.Series:
        """The cells of a column, empty where the table has not got it."""
        return self.take(*self._names(wanted), before=f"{wanted.headers[0]}. ")

    def ticks(self, wanted: Column) -> pd.Series:
        """The same of an option, with N where a database has nothing because it was not chosen."""
        cells = self.column(wanted)
        shown = self.shown.get(cells.name)
        if shown is None or shown.all():
            return cells
        return cells.where((cells != "") | ~shown, "N")

    def _names(self, wanted: Column) -> tuple[str, ...]:
        scale = "" if wanted.scale is None else f"#{wanted.scale}"
        return (*wanted.headers, f"{self.places.get(wanted.code, '')}{wanted.part}{scale}")

    def drop(self, code: str) -> None:
        """Leave out every column of a question."""
        self.free = [
            header
            for header in self.free
            if re.split(r"[\[_.]", header, maxsplit=1)[0] != code
            and not re.fullmatch(rf"{re.escape(self.places.get(code, code))}(\D.*)?", header)
        ]


def _reader(path: Path | None) -> Callable[[Path], tuple[pd.DataFrame, list[Remark]]] | None:
    """What reads a table that is as the database has it; None for any other."""
    if path is None or not path.is_file():
        return None
    if is_archived(path):
        return read_archived
    return read_for_corrections if is_for_corrections(path) else None

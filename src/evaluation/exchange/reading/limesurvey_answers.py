"""The table of responses that LimeSurvey exports, and what its columns may be called."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaluation.exchange.reading.columns import Columns
from evaluation.exchange.reading.export import Remark

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

    def __init__(self, name: str, path: Path | None, remarks: list[Remark]):
        super().__init__(name, path, remarks)
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
        return self.take(*wanted.headers, before=f"{wanted.headers[0]}. ")

    def drop(self, code: str) -> None:
        """Leave out every column of a question."""
        self.free = [
            header for header in self.free if re.split(r"[\[_.]", header, maxsplit=1)[0] != code
        ]

"""What every reader of a survey export gives: the answers, and the questions as the file tells
them.
"""

from dataclasses import dataclass, field

import pandas as pd

from evaluation.language.texts import texts
from evaluation.project.codebook import Codebook


@dataclass(frozen=True)
class Remark:
    """Something about a file that its owner should know: what was repaired, left out or unclear.

    rule: the key of its text among the remarks in `locales`; place: file, column or question;
    value: what was found there.
    """

    rule: str
    place: str = ""
    value: str = ""

    def text(self, language: str) -> str:
        """The remark as a sentence; what the file says stands in it as plain text."""
        return texts(language)(f"remarks.{self.rule}", place=self.place, value=self.value)


@dataclass(frozen=True)
class Export:
    """The content of an export, whatever its format.

    responses: one row a respondent, index = line or row of the file, cells as text, "" = no
    answer. A question has one column named by its id: the code of an option, a number with a
    decimal point, a day as 2025-03-31, or text. A question of type "multiple" has one column
    `question.option` per option with "0", "1" or "". codebook: the questions in the order of the
    file, with texts in one language; types single, multiple, number and text (whether options
    are ordered no file tells). respondents: the identity of each row where the file has one,
    else its row number. background: the columns that are no questions (status of completion,
    dates, what was known beforehand), rows as in responses, cells as in the file. format: what the
    file was recognised as.
    """

    responses: pd.DataFrame
    codebook: Codebook
    respondents: pd.Series
    language: str
    format: str
    remarks: tuple[Remark, ...] = ()
    background: pd.DataFrame = field(default_factory=pd.DataFrame)

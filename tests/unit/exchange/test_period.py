"""When answers were given, by the columns that a program of surveys records itself."""

from datetime import date

import pandas as pd
import pytest

from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.period import period
from evaluation.project.codebook import Codebook


@pytest.mark.parametrize(
    "columns, expected",
    [
        ({"submitdate": ["2025-03-31 10:00:00", "", "2025-03-02 08:30:00"]}, (2, 31)),
        ({"start": ["2025-03-01", "2025-03-05"], "end": ["2025-03-02", "2025-03-09"]}, (1, 9)),
        ({"Besvaret den": ["13.03.2025", "14.03.2025"]}, (13, 14)),
        # which is the day and which the month is not known
        ({"submitdate": ["01/02/2025", "03/02/2025"]}, None),
        ({"submitdate": ["", ""]}, None),
        ({"born": ["2025-03-01"]}, None),
        ({}, None),
    ],
)
def test_the_first_and_the_last_day(columns, expected):
    table = pd.DataFrame({name: pd.Series(cells) for name, cells in columns.items()}).fillna("")
    nobody = pd.Series(dtype=str)
    export = Export(pd.DataFrame(), Codebook({}, {}), nobody, "da", "CSV", (), table)
    assert period(export) == (expected and tuple(date(2025, 3, day) for day in expected))

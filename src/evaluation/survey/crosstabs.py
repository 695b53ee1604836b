"""Cross-tabulations of the rows of a survey; rows that were rebuilt have none."""

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.project.codebook import RECONSTRUCTED


def crosstab(responses: pd.DataFrame, row: str, column: str) -> pd.DataFrame:
    """How many gave each pair of answers: one row per answer to `row`, one column to `column`.

    responses: one row per respondent with `origin` (see `survey.reconstruction.responses`); those
    who did not answer both are left out. Raises InputError where rows were rebuilt from published
    figures, and ValueError for a column that is not there.
    """
    missing = [name for name in ("origin", row, column) if name not in responses]
    if missing:
        raise ValueError(f"the responses have no column {', '.join(missing)}")
    if (responses["origin"] == RECONSTRUCTED).any():
        raise InputError(
            "data/processed/responses.csv",
            "rows rebuilt from published figures are not cross-tabulated: each column has the"
            " published counts, but which answers go together was never published",
            f"give the survey's own rows, or report {row} and {column} one at a time",
            column="origin",
            value=RECONSTRUCTED,
        )
    return pd.crosstab(responses[row], responses[column])

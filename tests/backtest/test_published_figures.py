"""Back-test: every percentage that document 000 printed, rebuilt from integer counts.

`document_000.csv` was extracted from the document independently of data/raw.
"""

from pathlib import Path

import pandas as pd
import pytest

from evaluation.base.rounding import percent
from evaluation.project.folder import Folder
from evaluation.survey.indicators import indicators
from evaluation.survey.reconstruction import counts, responses

TRUTH = pd.read_csv(Path(__file__).with_name("document_000.csv")).astype({"percent": "Int64"})


@pytest.fixture(scope="module")
def rebuilt(repository) -> pd.DataFrame:
    folder = Folder(repository)
    codebook = folder.codebook()
    table = counts(folder.read_raw("published_figures"), codebook)
    return indicators(responses(table, codebook), codebook, 21).set_index(["question", "option"])


@pytest.mark.slow
@pytest.mark.parametrize("row", TRUTH.itertuples(), ids=lambda row: f"{row.question}.{row.option}")
def test_a_printed_figure_is_rebuilt(row, rebuilt):
    cell = rebuilt.loc[(row.question, row.option)]
    assert (cell["k"], cell["n"]) == (row.k, row.n)
    if not pd.isna(row.percent):
        assert percent(cell["k"], cell["n"]) == int(row.percent)


def test_every_question_and_item_of_the_document_is_covered(rebuilt):
    items = TRUTH["question"].where(TRUTH["question"] != "advice_topics", TRUTH["option"])
    assert items.nunique() == 22
    assert set(TRUTH["question"]) == set(rebuilt.index.get_level_values("question"))

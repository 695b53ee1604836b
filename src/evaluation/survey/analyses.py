"""All that is told of groups of respondents, as they may be published: one table a subject."""

import pandas as pd

from evaluation.project.analyses import Plan
from evaluation.project.codebook import Codebook
from evaluation.survey.differences import differences
from evaluation.survey.groups import by_group, numbers_by_group
from evaluation.survey.item_nonresponse import item_nonresponse
from evaluation.survey.margins import response_by_group
from evaluation.survey.measures import measures
from evaluation.survey.reliability import reliability
from evaluation.survey.weighting import respondent_weights, weighted_shares


def analyses(
    responses: pd.DataFrame,
    codebook: Codebook,
    published: pd.DataFrame,
    min_cell: int,
    plan: Plan | None = None,
    margins: pd.DataFrame | None = None,
    design: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Name -> processed table: `groups`, `group_numbers`, `differences`, `reliability`,
    `item_nonresponse`, `weighted`, and `response` where there are margins.

    responses: see `survey.responses.responses`; codebook: its questions; published: the indicators,
    see `survey.waves.indicators_by_wave`; min_cell: their threshold; plan: the comparisons that
    were planned; margins, design: the raw tables `margins` and `weights`, None where there is none.
    What each table holds, and which inputs are refused, is said where it is made.
    """
    counts = by_group(responses, codebook, published, min_cell)
    numbers = numbers_by_group(responses, codebook, published, counts, min_cell)
    measured = measures(responses, codebook, min_cell, published)
    weights = respondent_weights(responses, codebook, design, margins)
    tables = {
        "groups": counts,
        "group_numbers": numbers,
        "differences": differences(responses, codebook, counts, numbers, min_cell, plan),
        "reliability": reliability(responses, codebook),
        "item_nonresponse": item_nonresponse(responses, codebook, published, measured),
        "weighted": weighted_shares(
            responses, codebook, weights, published, counts, min_cell, margins
        ),
    }
    if margins is not None:
        tables["response"] = response_by_group(margins, codebook, published)
    return tables

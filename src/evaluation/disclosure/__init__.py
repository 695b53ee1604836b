"""Disclosure control: which counts stay hidden, and proof that nobody can work them out.

The rule, for a threshold `min_cell`:
- A count from 1 to min_cell - 1 is hidden, and so is a count whose complement is that small
  where the complement is published with it: the other answer to a question with two, those who
  did not tick an option of a multiple-choice question.
- A zero reveals nobody and is shown, except beside a hidden count of an exclusive question: a
  reader who knows that zeros are shown would know that what is hidden is not zero.
- Further counts are hidden, the smallest first, until the promise below holds.
- A question that at most min_cell answered is hidden whole, with its n, whatever the answers.
  So is a filtered question whose filter is hidden, because its n is the count of the filter; a
  sensitive one where fewer than min_cell did not give the commonest answer; and one whose options,
  taken from the answers, are so many for so few that their list tells the counts.
- How many answered a question that all were asked is shown: it says nothing about an answer.
- A wave is hidden that would tell, beside an earlier one, of the few who came or left (`comings`).
- Of numbers, mean and quartiles are told as far as other answers may have them too (`numbers`).

The reader who attacks knows every figure that is shown (counts, n, shares, bounds, the size of
the population), the filters, this rule, that each option was given where the list of options was
taken from the answers, how many then gave it at the least (`lists`), and that everybody may have
chosen one of several. What is hidden does not depend on the population: where nobody has set
it, the reader knows less, and no less is hidden. The promise is that such a reader
1. can narrow no hidden count to one value,
2. can tell of none that it lies in 1 .. min_cell - 1, and
3. can add up no group of answers that holds 1 .. min_cell - 1 persons: from the figures alone,
   every hidden count may be min_cell or more.
Not promised: anything against a reader who replays, for every conceivable table, which further
counts would have been chosen (the minimality attack of Wong et al., VLDB 2007).

Sources: the guideline of SDU after the confidentiality policy of Statistics Denmark (every
combination of groupings is checked); Hundepool et al., Statistical Disclosure Control (2012),
chapter 4 (secondary suppression, audited by the bounds of a linear programme).

Arguments of the same name are the same in all functions:

- table: an indicator table with all its counts, see `survey.indicators.indicators`;
- published: such a table after `suppress`;
- codebook: the questions behind the table, for what excludes each other and what filters;
- min_cell: the smallest count that may be shown, at least 1;
- confidence: of the intervals of options that are joined, from 0 to 1.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# tables and linear programmes are slow to import, and `disclosure.personal`, which masks what a
# command prints, needs none
if TYPE_CHECKING:
    from evaluation.disclosure.attacks import attack, is_safe
    from evaluation.disclosure.cells import (
        Sum,
        exactly,
        exclusive,
        printed,
        protect,
        ranges,
        small_counts,
    )
    from evaluation.disclosure.collapsing import collapse
    from evaluation.disclosure.rules import (
        BOUNDS,
        FIGURES,
        REST,
        primary,
        secondary,
        shown_whole,
    )
    from evaluation.disclosure.suppression import suppress

__all__ = [
    "BOUNDS",
    "FIGURES",
    "REST",
    "Sum",
    "attack",
    "collapse",
    "exactly",
    "exclusive",
    "is_safe",
    "primary",
    "printed",
    "protect",
    "ranges",
    "secondary",
    "shown_whole",
    "small_counts",
    "suppress",
]
MODULES = ("attacks", "cells", "collapsing", "rules", "suppression")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for module in MODULES:
            found = vars(import_module(f"{__name__}.{module}"))
            if name in found:
                return found[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

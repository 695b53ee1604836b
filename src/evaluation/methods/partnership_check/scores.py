"""The partnership check: how partners rate the elements that a partnership stands on.

Nineteen elements in three families: relations, structure, and what the partners' own
organisations bring. Every partner rates each from 1 (lowest) to 5, or does not know. Source of
the elements: VIVE (2018), Partnerskaber; the scale and all wording are this library's own.

The tables of this module may be published together, at one `min_cell`, by the rule of
`disclosure`. An element is hidden whole in a wave that would tell, beside an earlier one, what the
few partners answered that came or left, see `disclosure.comings`.

Arguments of the same name are the same in all functions:

- partners, ratings: tables as under data/raw, see `methods.partnership_check.tables`;
- min_cell: the smallest count that may be shown, at least 1; with 1 nothing is hidden.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure import exclusive
from evaluation.disclosure.comings import waves_of_few
from evaluation.methods import items
from evaluation.methods.partnership_check.tables import DONT_KNOW, ELEMENTS, RATINGS
from evaluation.project.items import brought
from evaluation.project.whole_tables import of_tables
from evaluation.stats.ordinal import agreement, median

# the sectors where an evaluation declares no others
SECTORS = tuple(brought()["partnership_check_sector"].codes)
ANSWERS = (*RATINGS, DONT_KNOW)


def check_references(partners: pd.DataFrame, ratings: pd.DataFrame) -> None:
    """Raise InputError where one of `ratings` is by a partner that is not among `partners`."""
    unknown = ratings.index[~ratings["partner"].isin(partners["id"])]
    if len(unknown):
        raise InputError(
            "data/raw/partner_ratings.csv",
            "partner is an id of data/raw/partners.csv",
            "correct the id, or add the partner there",
            row=int(unknown[0]),
            column="partner",
            value=ratings.loc[unknown[0], "partner"],
        )


def profile(ratings: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """How many partners gave each rating, with the median and the range of the ratings.

    ratings: see `methods.partnership_check.tables`. One row per wave that occurs, element and
    answer ("1" to "5", "dont_know"): wave, element, answer, k, n (partners that answered), rated
    (those who gave a rating), median, lowest, highest, suppressed. What is computed from ratings is
    missing where an answer of the element is hidden, and where at most `min_cell` rated it.
    """
    rows = []
    for wave, element, shown, n in _published(ratings, min_cell):
        rated = _ratings(shown, min_cell)
        unknown = shown[DONT_KNOW]
        told: dict[str, Any] = {
            "rated": n - unknown if n is not None and unknown is not None else None
        }
        if rated is not None:
            given = [int(rating) for rating in RATINGS if shown[rating]]
            told |= {"median": median(rated), "lowest": min(given), "highest": max(given)}
        for answer, k in shown.items():
            row = {"wave": wave, "element": element, "answer": answer, "k": k, "n": n}
            rows.append(row | told | {"suppressed": k is None})
    whole = ["wave", "k", "n", "rated", "lowest", "highest"]
    columns = [
        *["wave", "element", "answer", "k", "n", "rated"],
        *["median", "lowest", "highest", "suppressed"],
    ]
    return _typed(pd.DataFrame(rows, columns=columns), whole, ["median"])


def disagreement(ratings: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """How far the partners disagree about each element.

    ratings: the raw table `partner_ratings`; min_cell: the smallest count that may be shown.

    One row per wave that occurs and element: wave, element, rated, range (highest less lowest
    rating), sd (standard deviation, which takes the ratings as equally far apart), agreement
    (van der Eijk's A from -1 to 1, which does not; see `stats.ordinal.agreement`), suppressed. With
    one rating there is neither sd nor agreement. Missing as in `profile`.
    """
    rows = []
    for wave, element, shown, _ in _published(ratings, min_cell):
        rated = _ratings(shown, min_cell)
        row = {"wave": wave, "element": element, "suppressed": None in shown.values()}
        if not row["suppressed"]:
            row["rated"] = sum(shown[rating] for rating in RATINGS)
        if rated is not None:
            values = np.repeat([int(rating) for rating in RATINGS], rated)
            row["range"] = int(np.ptp(values))
            if len(values) > 1:
                row |= {"sd": float(values.std(ddof=1)), "agreement": agreement(rated)}
        rows.append(row)
    columns = ["wave", "element", "rated", "range", "sd", "agreement", "suppressed"]
    table = pd.DataFrame(rows, columns=columns)
    return _typed(table, ["wave", "rated", "range"], ["sd", "agreement"])


def sectors(
    ratings: pd.DataFrame,
    partners: pd.DataFrame,
    min_cell: int,
    sectors: Sequence[str] = SECTORS,
) -> pd.DataFrame:
    """The median rating of each element in each sector, and how far sectors are apart.

    ratings, partners: the raw tables `partner_ratings` and `partners`; sectors: their codes in
    order, as the folder declares them.

    One row per wave that occurs, element and sector that has partners: wave, element, sector,
    rated, median, gap (highest less lowest median of the sectors shown; missing where fewer than
    two are), suppressed. A sector is shown where all its counts could be: none is small, more
    than `min_cell` of its partners answered, and the same holds for all sectors together and
    for those that are not shown, which a reader could find by subtraction.
    """
    sector = partners.set_index("id")["sector"]
    present = items.in_order(sector, sectors)
    rows = []
    for wave, element, answers in _answers(ratings):
        of_sector = answers["partner"].map(sector)
        counts = {name: _count(answers["rating"][of_sector == name]) for name in present}
        about = ratings[ratings["element"] == element]
        few = partial(_are_told_by_few, about.assign(sector=about["partner"].map(sector)), wave)
        shown = _shown(counts, few, min_cell)
        medians = {
            name: median(rated)
            for name in present
            if name in shown and (rated := _ratings(counts[name], min_cell)) is not None
        }
        gap = max(medians.values()) - min(medians.values()) if len(medians) > 1 else None
        for name in present:
            row = {"wave": wave, "element": element, "sector": name, "gap": gap}
            row |= {"median": medians.get(name), "suppressed": name not in shown}
            if name in shown:
                row["rated"] = sum(counts[name][rating] for rating in RATINGS)
            rows.append(row)
    columns = ["wave", "element", "sector", "rated", "median", "gap", "suppressed"]
    return _typed(pd.DataFrame(rows, columns=columns), ["wave", "rated"], ["median", "gap"])


def _shown(
    counts: Mapping[str, Mapping[str, int]],
    few: Callable[[Collection[str], int], bool],
    min_cell: int,
) -> set[str]:
    """The sectors whose counts may be known along with the counts of all of them.

    few: whether those of some sectors would tell, at a threshold, of the few that came or left.
    """

    def may_be_known(names: Collection[str]) -> bool:
        together = {answer: sum(counts[name][answer] for name in names) for answer in ANSWERS}
        return None not in exclusive(together, min_cell)[0].values() and not few(names, min_cell)

    if min_cell > 1 and not may_be_known(counts):
        return set()
    shown = [name for name in counts if may_be_known([name])]
    # the smallest sectors join those that are not shown until these may be known, too
    shown.sort(key=lambda name: sum(counts[name].values()), reverse=True)
    while shown and not (rest := set(counts) - set(shown)) <= _empty(counts):
        if may_be_known(rest):
            break
        shown.pop()
    return set(shown)


def _empty(counts: Mapping[str, Mapping[str, int]]) -> set[str]:
    return {name for name, group in counts.items() if not any(group.values())}


def extremes(profiled: pd.DataFrame) -> pd.DataFrame:
    """The elements with the highest and the lowest median in each wave, ties included.

    profiled: see `profile`. One row per wave, place ("strongest", "weakest") and element that
    holds it: wave, place, element, median, ranked (elements with a median), elements (all of
    them: what has no median may lie beyond). A wave whose medians are all alike has no rows.
    """
    elements = profiled.drop_duplicates(["wave", "element"])
    rows = []
    for wave, all_ in elements.groupby("wave"):
        ranked = all_.dropna(subset="median")
        if ranked["median"].nunique() < 2:
            continue
        for place, value in (
            ("strongest", ranked["median"].max()),
            ("weakest", ranked["median"].min()),
        ):
            for element in ranked["element"][ranked["median"] == value]:
                rows.append((wave, place, element, value, len(ranked), len(all_)))
    columns = ["wave", "place", "element", "median", "ranked", "elements"]
    table = pd.DataFrame(rows, columns=columns)
    return _typed(table, ["wave", "ranked", "elements"], ["median"])


def _answers(ratings: pd.DataFrame) -> Iterator[tuple[Any, str, pd.DataFrame]]:
    """(wave, element, the answers about it), for all elements of every wave that occurs."""
    for wave, rows in ratings.groupby("wave"):
        of_element = dict(labelled(rows.groupby("element")))
        for element in ELEMENTS:
            yield wave, element, of_element.get(element, rows.iloc[:0])


def _published(
    ratings: pd.DataFrame, min_cell: int
) -> Iterator[tuple[Any, str, dict[str, int | None], int | None]]:
    """(wave, element, how many gave each answer, how many answered), as they may be known."""
    few = {
        element: _told_by_few(rows, min_cell)
        for element, rows in labelled(ratings.groupby("element"))
    }
    for wave, element, answers in _answers(ratings):
        counts = _count(answers["rating"])
        if wave in few.get(element, ()):
            yield wave, element, dict.fromkeys(counts), None
        else:
            yield wave, element, *exclusive(counts, min_cell)


def _are_told_by_few(
    about: pd.DataFrame, wave: int, sectors: Collection[str], min_cell: int
) -> bool:
    """Whether the answers of sectors in a wave would tell of the few that came or left."""
    return wave in _told_by_few(about[about["sector"].isin(sectors)], min_cell)


def _told_by_few(of_element: pd.DataFrame, min_cell: int) -> set[int]:
    """The waves whose answers about an element would tell of the few that came or left."""
    waves = labelled(of_element.groupby("wave"))
    return waves_of_few(
        {int(wave): rows.set_index("partner")["rating"] for wave, rows in waves}, min_cell
    )


def _count(ratings: pd.Series) -> dict[str, int]:
    given = Counter(ratings)
    return {answer: given[answer] for answer in ANSWERS}


def _ratings(shown: Mapping[str, int | None], min_cell: int) -> list[int] | None:
    """The counts of the ratings from the lowest, or None where nothing may be computed of them."""
    if None in shown.values():
        return None
    rated = [k for rating in RATINGS if (k := shown[rating]) is not None]
    return rated if sum(rated) > (min_cell if min_cell > 1 else 0) else None


def _typed(table: pd.DataFrame, whole: list[str], real: list[str]) -> pd.DataFrame:
    return table.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(real, "Float64"))


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_references, "partners", "partner_ratings"),)

"""Quality of coding: do coders agree, and did new cases still bring new codes?

A unit is what is coded (an answer, a passage, an interview); a case is whom or what it is about
(an association, a project). Several interviews with one association are one case. That a coder
who read a unit did not give it a code is an answer too; that a coder did not read it is none.

Arguments of the same name are the same in all functions:

- codings, units: tables as under data/raw, see `methods.coding_quality.tables`;
- table: codes, a row a unit and a column a coder, see `one_code_each` and `given_or_not`;
- scale: how far two codes are apart, see `stats.agreement`;
- confidence: of the interval of alpha, from 0 to 1;
- seed: of the random draws, so that the same data give the same interval;
- min_cell: the smallest count that may be shown, at least 1; with 1 nothing is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from statsmodels.stats import inter_rater

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure import exclusive, small_counts
from evaluation.project.whole_tables import of_tables
from evaluation.stats.agreement import CONFIDENCE, alpha, alpha_interval, counted

# why there is no number: no unit has two codings; all codings are alike; nobody disagreed
REASONS = ("no_pairs", "no_variation", "no_disagreement", "too_rare")
# Guest, Namey and Chen (2020): cases in the base and in a run, and the share of new codes
BASE, RUN, THRESHOLD = 4, 2, 0.05
SATURATION = ("reached", "not_reached", "not_assessable")


def check_codings(codings: pd.DataFrame, units: pd.DataFrame) -> None:
    """Raise InputError where one of `codings` is of none of `units`, or by a coder who did not read
    it, and where a unit names a coder twice."""
    readers = {}
    for row, unit, cell in zip(units.index, units["unit"], units["coders"], strict=True):
        coders = cell.split(";")
        for position, coder in enumerate(coders):
            if not coder or coder in coders[:position]:
                rule = "names each coder who read the unit once, separated by ;"
                _refuse("coding_units", row, "coders", cell, rule, "correct the list")
        readers[unit] = coders
    for row, unit, coder in zip(codings.index, codings["unit"], codings["coder"], strict=True):
        if unit not in readers:
            rule = "is a unit of data/raw/coding_units.csv"
            _refuse("codings", row, "unit", unit, rule, "correct the id, or add the unit there")
        if coder not in readers[unit]:
            rule = f"is one of the coders who read {unit}: {', '.join(readers[unit])}"
            _refuse("codings", row, "coder", coder, rule, "correct the id, or add the coder there")


def _refuse(table: str, row: Any, column: str, value: str, rule: str, remedy: str) -> None:
    raise InputError(
        f"data/raw/{table}.csv", rule, remedy, row=int(row), column=column, value=value
    )


# the material as tables of a row a unit and a column a coder


def one_code_each(codings: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The code that each coder gave to each unit, missing where none was given.

    codings, units: the raw tables `codings` and `coding_units`.

    For codes that exclude each other. Raises InputError where a coder gave a unit two codes.
    """
    twice = codings.duplicated(["unit", "coder"])
    if twice.any():
        row: Any = twice.idxmax()
        _refuse(
            "codings",
            row,
            "code",
            codings["code"][row],
            "a coder gives a unit one code where codes exclude each other",
            "keep one of them, or compare code by code (per_code)",
        )
    given = codings.pivot(index="unit", columns="coder", values="code")
    return given.reindex(index=list(units["unit"]), columns=_coders(units))


def given_or_not(codings: pd.DataFrame, units: pd.DataFrame, code: str) -> pd.DataFrame:
    """Whether each coder gave each unit the code: 1 or 0, missing where the coder did not read
    the unit.

    codings, units: the raw tables `codings` and `coding_units`; code: the one in question.
    """
    table = pd.DataFrame(np.nan, index=list(units["unit"]), columns=_coders(units))
    for unit, coders in zip(units["unit"], units["coders"], strict=True):
        table.loc[unit, coders.split(";")] = 0.0
    with_code = codings[codings["code"] == code]
    for unit, coder in zip(with_code["unit"], with_code["coder"], strict=True):
        table.loc[unit, coder] = 1.0
    return table


def _coders(units: pd.DataFrame) -> list[str]:
    """The coders in the order in which they are named first."""
    return list(dict.fromkeys(coder for cell in units["coders"] for coder in cell.split(";")))


# agreement


def cohen_kappa(table: pd.DataFrame) -> float | None:
    """Cohen's kappa of two coders over the units that both coded, computed by statsmodels.

    table: a row a unit, a column for each of the two coders. None where no unit has both, and
    where both gave one and the same code throughout. Source: Cohen (1960). Raises ValueError
    for another number of coders.
    """
    if table.shape[1] != 2:
        raise ValueError(f"Cohen's kappa compares two coders, not {table.shape[1]}")
    both = table.dropna()
    codes = sorted(set(both.to_numpy().ravel()))
    if len(codes) < 2:
        return None
    first, second = (pd.Categorical(both[coder], codes) for coder in both)
    counts = pd.crosstab(first, second, dropna=False)
    return float(inter_rater.cohens_kappa(counts.to_numpy(), return_results=False))


def fleiss_kappa(table: pd.DataFrame) -> float | None:
    """Fleiss' kappa of units that as many coders each coded, computed by statsmodels.

    The coders need not be the same. table: a row a unit, a column a coder. None where all
    codings are alike or there are none. Source: Fleiss (1971). Raises ValueError where units
    have different numbers of codings, or one only.
    """
    codings = set(table.notna().sum(axis=1))
    if len(codings) > 1 or 1 in codings:
        raise ValueError(f"units have {', '.join(map(str, sorted(codings)))} codings each")
    counts, values = counted(table, "nominal")
    return float(inter_rater.fleiss_kappa(counts)) if len(values) > 1 else None


def agreement(
    codings: pd.DataFrame,
    units: pd.DataFrame,
    scale: str = "nominal",
    order: Sequence[str] = (),
    confidence: float = CONFIDENCE,
    seed: int = 1,
) -> pd.DataFrame:
    """Agreement on codes that exclude each other: a row for alpha, and one for Cohen's kappa
    where there are two coders.

    codings, units: the raw tables `codings` and `coding_units`; scale: as for `alpha`; confidence,
    seed: as for `alpha_interval`; order: the codes from the lowest to the highest, for an ordinal
    scale whose codes are no numbers. Columns: measure, scale, value, low and high (of alpha, see
    `alpha_interval`), units (with two codings), codings (of these units), coders, reason (one of
    `REASONS`, where value or interval is missing). Raises InputError for two codes by one coder, a
    code that is not in the order, or no number where the scale needs one; ValueError for another
    scale.
    """
    table = one_code_each(codings, units)
    if scale != "nominal":
        _check_codes(codings, order)
        table = table.map(order.index if order else float, na_action="ignore")
    rows = [{"measure": "alpha", "scale": scale, **_alpha_row(table, scale, confidence, seed)}]
    if table.shape[1] == 2:
        kappa = cohen_kappa(table)
        rows.append(
            rows[0]
            | {"measure": "cohen_kappa", "scale": "nominal", "value": kappa}
            | {"low": None, "high": None, "reason": _reason(table) if kappa is None else None}
        )
    return pd.DataFrame(rows).astype(dict.fromkeys(["value", "low", "high"], "float64"))


def overall(codings: pd.DataFrame, units: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """`agreement` as it may be published beside `per_code`.

    codings, units: the raw tables `codings` and `coding_units`; min_cell: the smallest count that
    may be shown.

    Without rows where a coder gave a unit two codes, which then do not exclude each other, and
    where `per_code` hides a code, whose readings are what is left of all codings.
    """
    found = agreement(codings.drop_duplicates(["unit", "coder"]), units)
    shown = _exclude_each_other(codings) and not _hidden_codes(codings, units, min_cell)
    return found if shown else found.iloc[:0]


def _exclude_each_other(codings: pd.DataFrame) -> bool:
    return not codings.duplicated(["unit", "coder"]).any()


def _hidden_codes(codings: pd.DataFrame, units: pd.DataFrame, min_cell: int) -> set[str]:
    """The codes of which `per_code` shows nothing."""
    small_counts(min_cell)
    case_of = dict(zip(units["unit"], units["case"], strict=True))
    cases = codings.assign(case=codings["unit"].map(case_of)).groupby("code")["case"].nunique()
    of = units["case"].nunique()
    if min_cell > 1 and of <= min_cell:
        return set(cases.index)
    small = range(1, min_cell)
    hidden = {code for code, n in labelled(cases.items()) if n in small or of - n in small}
    if _exclude_each_other(codings):
        # what all codes have together is known
        shown, _ = exclusive({code: int(n) for code, n in labelled(cases.items())}, min_cell)
        hidden |= {code for code, n in shown.items() if n is None}
    return hidden


def _check_codes(codings: pd.DataFrame, order: Sequence[str]) -> None:
    for row, code in codings["code"].items():
        if order and code not in order:
            rule = f"is one of the codes of the scale: {', '.join(order)}"
            _refuse("codings", row, "code", code, rule, "correct the code, or add it to the scale")
        if not order and not _is_number(code):
            rule = "is a number where codes have distances"
            _refuse("codings", row, "code", code, rule, "correct the code, or give their order")


def _is_number(code: str) -> bool:
    try:
        return bool(np.isfinite(float(code)))
    except ValueError:
        return False


def _alpha_row(table: pd.DataFrame, scale: str, confidence: float, seed: int) -> dict[str, Any]:
    found = alpha(table, scale)
    low, high = alpha_interval(table, scale, confidence, seed=seed) or (None, None)
    per_unit = table.notna().sum(axis=1)
    return {
        "value": found,
        "low": low,
        "high": high,
        "units": int((per_unit >= 2).sum()),
        "codings": int(per_unit[per_unit >= 2].sum()),
        "coders": table.shape[1],
        "reason": _reason(table) if found is None or low is None else None,
    }


def _reason(table: pd.DataFrame) -> str:
    """Why there is no agreement beyond chance, or no interval for it."""
    pairable = table[table.notna().sum(axis=1) >= 2]
    if pairable.empty:
        return "no_pairs"
    if len(set(pairable.stack())) == 1:
        return "no_variation"
    return "no_disagreement" if alpha(table) == 1 else "too_rare"


def per_code(
    codings: pd.DataFrame,
    units: pd.DataFrame,
    min_cell: int,
    confidence: float = CONFIDENCE,
    seed: int = 1,
) -> pd.DataFrame:
    """Agreement on each code, given or not, in the order in which the codes appear.

    codings, units: the raw tables `codings` and `coding_units`; min_cell: the smallest count that
    may be shown; confidence, seed: as for `alpha_interval`.

    For codes that may be given together. Columns: code; cases, in how many a coder gave it, of
    all (of); k readings in which it was given, of n readings of units that two coders or more
    read; prevalence (k of n); alpha, low, high (nominal); kappa (Cohen's, where there are two
    coders); units (read by two or more); reason (one of `REASONS`); suppressed.

    Read alpha and kappa with the prevalence: a code that is rarely or nearly always given makes
    both low in spite of few disagreements (Feinstein and Cicchetti 1990). With a threshold, a
    code is hidden with all its figures where the cases that have it, or those that have not, are
    1 to min_cell - 1, and every code where there are at most min_cell cases; where codes exclude
    each other, so are further ones from which it could be worked out (see `disclosure`). Raises
    ValueError for min_cell below 1.
    """
    hidden = _hidden_codes(codings, units, min_cell)
    case_of = dict(zip(units["unit"], units["case"], strict=True))
    of = units["case"].nunique()
    rows: list[dict[str, Any]] = []
    for code, given in labelled(codings.groupby("code", sort=False)):
        if code in hidden:
            rows.append({"code": code, "suppressed": True})
            continue
        cases = given["unit"].map(case_of).nunique()
        table = given_or_not(codings, units, code)
        pairable = table[table.notna().sum(axis=1) >= 2]
        k, n = int(pairable.sum().sum()), int(pairable.notna().sum().sum())
        row = _alpha_row(table, "nominal", confidence, seed)
        rows.append(
            {
                "code": code,
                "cases": cases,
                "of": of,
                "k": k,
                "n": n,
                "prevalence": k / n if n else None,
                "alpha": row["value"],
                "low": row["low"],
                "high": row["high"],
                "kappa": cohen_kappa(table) if table.shape[1] == 2 else None,
                "units": row["units"],
                "reason": row["reason"],
                "suppressed": False,
            }
        )
    counts = ["cases", "of", "k", "n", "units"]
    figures = ["prevalence", "alpha", "low", "high", "kappa"]
    columns = ["code", "cases", "of", "k", "n", *figures, "units", "reason", "suppressed"]
    kinds = dict.fromkeys(counts, "Int64") | dict.fromkeys(figures, "float64")
    return pd.DataFrame(rows, columns=columns).astype(kinds | {"suppressed": bool})


# saturation


@dataclass(frozen=True)
class Saturation:
    """Whether new cases still brought new codes.

    status, one of `SATURATION`; cases there are, and the fewest that it takes; base, run and
    threshold as they were set; after: of how many cases before the first run at or below the
    threshold, None where there is none (6 with a run of 2 is reported as 6+2); runs: a table of
    run, first and last (positions of its cases), new (codes not seen before), base_codes,
    share (new of base_codes).
    """

    status: str
    cases: int
    fewest: int
    base: int
    run: int
    threshold: float
    after: int | None
    runs: pd.DataFrame

    def summary(self, min_cell: int) -> pd.DataFrame:
        """One row with all but the runs; with a threshold, up to min_cell cases are hidden."""
        small_counts(min_cell)
        names = ("status", "cases", "fewest", "base", "run", "threshold", "after")
        few = min_cell > 1 and self.cases <= min_cell
        row = {name: getattr(self, name) for name in names} | {"suppressed": few}
        table = pd.DataFrame([row | {"cases": None} if few else row])
        return table.astype({"cases": "Int64", "after": "Int64"})


def saturation(
    codings: pd.DataFrame,
    units: pd.DataFrame,
    base: int = BASE,
    run: int = RUN,
    threshold: float = THRESHOLD,
    fewest: int = BASE + RUN,
) -> Saturation:
    """Thematic saturation over cases, in the order in which `units` names them first.

    codings, units: the raw tables `codings` and `coding_units`; base, run, fewest: numbers of
    cases; threshold: from 0 to 1.

    The codes of the first `base` cases are what is known; then every `run` cases in a row are
    looked at, each run one case after the one before. A run whose new codes are at most the
    share `threshold` of the known ones is the end of new information. Not assessable with fewer
    than `fewest` cases (however many interviews there are), or where the base has no codes.
    What several coders coded counts once. Source: Guest, Namey and Chen (2020), doi
    10.1371/journal.pone.0232076. It is about the codes, not about what they mean, and depends
    on the order of the cases.

    Raises ValueError for a base or run of no case, or a `fewest` too small for one run.
    """
    if min(base, run) < 1 or fewest < base + run:
        raise ValueError(f"a base of {base} and a run of {run} take {base + run} cases at least")
    cases = list(dict.fromkeys(units["case"]))
    case_of = dict(zip(units["unit"], units["case"], strict=True))
    codes = codings.assign(case=codings["unit"].map(case_of)).groupby("case")["code"].agg(set)
    seen: set[str] = set()
    new = []
    for case in cases:
        brought = codes.get(case, set()) - seen
        new.append(len(brought))
        seen |= brought
    known = sum(new[:base])
    assessable = len(cases) >= fewest and known > 0
    runs = pd.DataFrame(
        [
            (number, first + 1, first + run, sum(new[first : first + run]), known)
            for number, first in enumerate(range(base, len(cases) - run + 1), start=1)
            if assessable
        ],
        columns=["run", "first", "last", "new", "base_codes"],
    )
    runs["share"] = runs["new"] / runs["base_codes"]
    ended = runs[runs["share"] <= threshold]
    after = None if ended.empty else int(ended["first"].iloc[0]) - 1
    status = "not_assessable" if not assessable else "not_reached" if after is None else "reached"
    return Saturation(status, len(cases), fewest, base, run, threshold, after, runs)


def runs(
    found: Saturation, codings: pd.DataFrame, units: pd.DataFrame, min_cell: int
) -> pd.DataFrame:
    """The runs of a saturation as they may be published beside `per_code`.

    found: see `saturation`; codings, units: the raw tables it was found in; min_cell: the smallest
    count that may be shown. A run is of few cases, and the next one of all of these but one: where
    `per_code` hides a code, what each brought is hidden (new and share), or it would tell which
    case has that code.
    """
    table = found.runs.astype({"new": "Int64"})
    if _hidden_codes(codings, units, min_cell):
        table["new"], table["share"] = pd.array([pd.NA] * len(table), "Int64"), np.nan
    return table


# what `evaluation check` asks of whole tables, as the notebook does
CHECKS = (of_tables(check_codings, "codings", "coding_units"),)

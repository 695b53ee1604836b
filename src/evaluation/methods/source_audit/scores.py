"""Audit of published figures, from what is printed alone, and of the words put on them.

Figures: which counts can lie behind the percentages, under which rounding, and whether totals
and parts agree. Prose: whether a quantifier fits its figure, and whether a statement claims more
than was asked. Every result is a table with a code: a finding or a verdict.

Arguments of the same name are the same in all functions:

- figures: published percentages, see `project.raw_tables.published`;
- percentages: whole per cent of n answers;
- rounding: how they were rounded, one of `ROUNDINGS` (half_up, half_even, truncation, ceiling);
- codebook: the questions that they belong to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, NoReturn

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.base.rounding import percent
from evaluation.disclosure import shown_whole
from evaluation.language.quantifiers import Reading, read
from evaluation.project.codebook import Codebook

ROUNDINGS = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "truncation": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
}
STATEMENTS = "data/raw/statements.csv"
TOTALS = "data/raw/totals.csv"


def audited(
    tables: Mapping[str, pd.DataFrame],
    indicators: pd.DataFrame,
    codebook: Codebook,
    published: Codebook,
    language: str,
) -> dict[str, pd.DataFrame]:
    """Name -> table of all that the chapter reads, without what disclosure control keeps back.

    tables: by name as under data/raw (see `methods.source_audit.tables`), index = line of the
    file; codebook: the questions that they belong to; indicators, published: the indicators and
    the codebook as published; language: of the source's own words.
    """
    hidden = set(indicators["question"]) - set(shown_whole(indicators))
    figures = question_totals(tables["published_figures"], codebook)
    verdicts = statement_verdicts(tables["statements"], indicators, published, language)
    return {
        "audit_figures": figures[~figures["question"].isin(hidden)],
        "audit_statements": _with_lines(verdicts[verdicts["verdict"] != "hidden"]),
        "audit_totals": stated_totals(tables["totals"]),
        "totals": _with_lines(tables["totals"]),
        "discrepancies": _with_lines(tables["discrepancies"]),
    }


def _with_lines(table: pd.DataFrame) -> pd.DataFrame:
    return table.rename_axis("row").reset_index()


# counts behind percentages


def sums_behind(mean: Decimal, n: int, rounding: str = "half_up") -> list[int]:
    """Whole sums of n whole numbers whose mean is printed as `mean`, to its decimals.

    n: at least 1; rounding: one of `ROUNDINGS`.

    An empty list is a mean that n whole numbers cannot have. Source: the GRIM test, Brown and
    Heathers (2017). Raises ValueError for n below 1, a mean below 0 or an unknown rounding.
    """
    if n < 1 or mean < 0:
        raise ValueError(f"a mean of at least 0 of n > 0 is audited, not {mean} of {n}")
    if rounding not in ROUNDINGS:
        raise ValueError(f"rounding is one of {', '.join(ROUNDINGS)}, not {rounding!r}")
    step = Decimal(1).scaleb(int(mean.as_tuple().exponent))
    near = range(max(0, floor((mean - step) * n)), ceil((mean + step) * n) + 1)
    return [s for s in near if (Decimal(s) / n).quantize(step, ROUNDINGS[rounding]) == mean]


def counts_behind(percentage: int, n: int, rounding: str = "half_up") -> list[int]:
    """Counts k of n that are printed as the whole number `percentage`, in order.

    n: how many answered; rounding: one of `ROUNDINGS`.
    """
    return [k for k in sums_behind(Decimal(int(percentage)).scaleb(-2), n, rounding) if k <= n]


def vectors(
    percentages: Sequence[int],
    n: int,
    rounding: str = "half_up",
    *,
    exclusive: bool = True,
    complete: bool = True,
) -> Iterator[tuple[int, ...]]:
    """All whole counts behind the percentages of one question, in order.

    percentages: whole ones, an option each; n: how many answered; rounding: one of `ROUNDINGS`.

    The counts of `exclusive` options add up to n, or to at most n where the printed options are
    not `complete`; those of a multiple-choice question are free.
    """
    candidates = [counts_behind(percentage, n, rounding) for percentage in percentages]
    if not all(candidates):
        return
    low, high = (n if complete else 0, n) if exclusive else (0, n * len(candidates))
    yield from _vectors(candidates, low, high)


def _vectors(candidates: list[list[int]], low: int, high: int) -> Iterator[tuple[int, ...]]:
    if not candidates:
        yield from [()] if low <= 0 <= high else []
        return
    first, *rest = candidates
    fewest, most = sum(map(min, rest)), sum(map(max, rest))
    for k in first:
        if low - most <= k <= high - fewest:
            yield from ((k, *others) for others in _vectors(rest, low - k, high - k))


def _ways(candidates: list[list[int]]) -> Counter[int]:
    """For each sum, how many vectors have it: counted without listing them."""
    ways = Counter({0: 1})
    for counts in candidates:
        step: Counter[int] = Counter()
        for total, number in ways.items():
            for k in counts:
                step[total + k] += number
        ways = step
    return ways


def printed_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Which printed percentages a count can give, under each rounding.

    figures: question, option, percent, n, section, index (see raw_tables); rows without a
    percentage are left out. One row per percentage and rounding: question, option, percent, n,
    rounding, counts (how many counts give it), k (the count, where it is the only one), section,
    finding (`ok`, or `impossible` where no count does).
    """
    rows = []
    for _, row in figures[figures["percent"].notna()].iterrows():
        for rounding in ROUNDINGS:
            counts = counts_behind(row["percent"], int(row["n"]), rounding)
            rows.append(
                {
                    "question": row["question"],
                    "option": row["option"],
                    "percent": int(row["percent"]),
                    "n": int(row["n"]),
                    "rounding": rounding,
                    "counts": len(counts),
                    "k": counts[0] if len(counts) == 1 else None,
                    "section": row["section"],
                    "finding": "ok" if counts else "impossible",
                }
            )
    return pd.DataFrame(rows).astype({"k": "Int64"})


def question_totals(figures: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Whether the percentages of a question go together, under each rounding.

    codebook: the questions that they belong to; figures: as for `printed_figures`. One row per
    question and rounding: question, n, rounding, total (of the percentages; missing for a
    multiple-choice question and where an option was not printed), vectors (how many sets of counts
    give them), section, lines (of the file, joined by `;`), finding:

    - `ok`: some counts give them, and a total is 100;
    - `artefact`: the total is not 100, but some counts that give the percentages add up to n;
    - `error`: every percentage has a count, but no such counts add up to n;
    - `impossible`: some percentage has no count.

    Raises ValueError for a question with several n, KeyError for one outside the codebook.
    """
    rows = []
    for name, printed in labelled(figures.groupby("question", sort=False)):
        question = codebook.questions[name]
        if printed["n"].nunique() > 1:
            raise ValueError(f"{name} has one n, not {', '.join(map(str, printed['n'].unique()))}")
        n, percentages = int(printed["n"].iloc[0]), printed["percent"].dropna().astype(int)
        exclusive = question.type != "multiple"
        complete = set(question.codes) <= set(printed.loc[percentages.index, "option"])
        total = int(percentages.sum()) if exclusive and complete else None
        for rounding in ROUNDINGS:
            candidates = [counts_behind(value, n, rounding) for value in percentages]
            ways = _ways(candidates)
            if exclusive:
                fitting = {n: ways[n]} if complete else {s: w for s, w in ways.items() if s <= n}
            else:
                fitting = ways
            rows.append(
                {
                    "question": name,
                    "n": n,
                    "rounding": rounding,
                    "total": total,
                    "vectors": sum(fitting.values()),
                    "section": printed["section"].iloc[0],
                    "finding": _finding(all(candidates), sum(fitting.values()), total),
                    "lines": ";".join(map(str, printed.index)),
                }
            )
    columns = ["question", "n", "rounding", "total", "vectors", "section", "finding", "lines"]
    return pd.DataFrame(rows, columns=columns).astype({"total": "Int64"})


def _finding(possible: bool, number: int, total: int | None) -> str:
    if not possible:
        return "impossible"
    if not number:
        return "error"
    return "ok" if total in (None, 100) else "artefact"


def sample_sizes(
    percentages: Iterable[int], sizes: Iterable[int], rounding: str = "half_up"
) -> pd.DataFrame:
    """Which n could have given all the percentages.

    percentages: whole ones; rounding: one of `ROUNDINGS`; sizes: every n to try. One row per size:
    n, misfits (how many different percentages no count of n gives), finding (`ok` or `impossible`).
    Source: the GRIM test turned round, from figures to n.
    """
    different = sorted(set(map(int, percentages)))
    rows = []
    for n in sizes:
        misfits = sum(not counts_behind(percentage, n, rounding) for percentage in different)
        rows.append({"n": n, "misfits": misfits, "finding": "impossible" if misfits else "ok"})
    return pd.DataFrame(rows, columns=["n", "misfits", "finding"])


# totals and parts


def spreads(total: int, units: int, maximum: int) -> list[tuple[int, ...]]:
    """The ways to spread `total` things over `units`, each with at least one and at most `maximum`.

    A way is a tuple: how many units have one, two, … `maximum` things. Raises ValueError for a
    negative number or a maximum below 1.
    """
    if min(total, units) < 0 or maximum < 1:
        raise ValueError(f"things, units and a maximum of at least 1, not {total, units, maximum}")
    if maximum == 1:
        return [(units,)] if units == total else []
    return sorted(
        (*fewer, most)
        for most in range(min(units, total // maximum) + 1)
        for fewer in spreads(total - most * maximum, units - most, maximum - 1)
    )


def stated_totals(totals: pd.DataFrame) -> pd.DataFrame:
    """Whether the parts add up to the total that a document states.

    totals: list, id, kind (total or part), document, value, section, page, index = line of the
    file (see raw_tables). One row per list: list, document, section and page of the total, total,
    parts (their sum), number (of parts), difference (total less parts), finding: `ok`,
    `unexplained` where the parts fall short, `error` where they exceed the total.

    Raises InputError for a list with no total or several, or without parts.
    """
    rows = []
    for name, entries in totals.groupby("list", sort=False):
        stated, parts = (entries[entries["kind"] == kind] for kind in ("total", "part"))
        if len(stated) != 1 or parts.empty:
            raise InputError(
                TOTALS,
                "a list has one total and at least one part",
                "correct the kind of its rows",
                row=int(entries.index[-1]),
                column="kind",
                value=f"{name}: {len(stated)} totals, {len(parts)} parts",
            )
        difference = int(stated["value"].iloc[0] - parts["value"].sum())
        rows.append(
            {
                **stated.iloc[0][["list", "document", "section", "page"]].to_dict(),
                "total": int(stated["value"].iloc[0]),
                "parts": int(parts["value"].sum()),
                "number": len(parts),
                "difference": difference,
                "finding": "error" if difference < 0 else "unexplained" if difference else "ok",
            }
        )
    columns = ["list", "document", "section", "page", "total", "parts", "number", "difference"]
    return pd.DataFrame(rows, columns=[*columns, "finding"])


# prose


def statement_verdicts(
    statements: pd.DataFrame, indicators: pd.DataFrame, codebook: Codebook, language: str
) -> pd.DataFrame:
    """What the figures say about statements that put words on them.

    statements: id, quantifier (the source's own words, in `language`), indicator (`question`,
    `question.option` or `question.a+b`; several with `;` must all fit), claim (`same`, `cause` or
    `more` than was asked), index = line of the file (see raw_tables). indicators: question,
    option, k, n, and codebook, both as published (see `disclosure`). Returns the statements with
    k and n (of the first figure that does not fit, else of the first) and verdict:

    - `hidden`: disclosure control keeps back the figure, or one that it is ranked against;
    - `not_assessable`: no figure, or a word that names no size (`many`);
    - `contradicts`: the quantifier does not fit the figure;
    - `overreaches`: it fits, but the statement claims a cause or something that was not asked;
    - `agrees`.

    Raises InputError for an indicator that does not exist and a quantifier in no table.
    """
    rows: list[tuple[int | None, int | None, str]] = []
    for line, statement in labelled(statements.iterrows()):
        reading = _reading(statement, line, language)
        figures = [
            _figure(reference, line, indicators, codebook)
            for reference in filter(None, statement["indicator"].split(";"))
        ]
        if not figures:
            rows.append((None, None, "not_assessable"))
            continue
        rivals = []
        if reading.rank is not None:
            rivals = _rivals(statement["indicator"], line, indicators, codebook)
        known = _all_known([*figures, *rivals])
        if known is None:
            rows.append((None, None, "hidden"))
            continue
        named, others = known[: len(figures)], known[len(figures) :]
        fits = [_fits(reading, k, n) and _ranks(reading.rank, k, n, others) for k, n in named]
        shown = named[fits.index(False) if False in fits else 0]
        rows.append((*shown, _verdict(reading, all(fits), statement["claim"])))
    verdicts = pd.DataFrame(rows, columns=["k", "n", "verdict"], index=statements.index)
    return statements.join(verdicts.astype({"k": "Int64", "n": "Int64"}))


def _reading(statement: pd.Series, line: int, language: str) -> Reading:
    try:
        return read(statement["quantifier"], language)
    except ValueError as error:
        _refuse(
            line,
            "quantifier",
            statement["quantifier"],
            str(error),
            "correct it, or add the words to evaluation.language.quantifiers",
        )


def _all_known(figures: list[tuple[int | None, int | None]]) -> list[tuple[int, int]] | None:
    """The figures where none is hidden."""
    known = [(k, n) for k, n in figures if k is not None and n is not None]
    return known if len(known) == len(figures) else None


def _fits(reading: Reading, k: int, n: int) -> bool:
    share, printed = Fraction(k, n), int(percent(k, n))
    return all(share in span for span in reading.spans) and all(
        percentage == printed for percentage in reading.percentages
    )


def _ranks(rank: str | None, k: int, n: int, rivals: list[tuple[int, int]]) -> bool:
    """Whether a share is at least (at most) that of every rival."""
    shares = [Fraction(*rival) for rival in rivals]
    if rank == "most":
        return Fraction(k, n) >= max(shares)
    return rank is None or Fraction(k, n) <= min(shares)


def _rivals(
    references: str, line: int, indicators: pd.DataFrame, codebook: Codebook
) -> list[tuple[int | None, int | None]]:
    """k and n of every figure beside those named.

    Beside an option stand the other options of its question, beside a question the others of
    its group.
    """
    named = references.split(";")
    name, _, option = named[0].partition(".")
    question = codebook.questions[name]
    if option:
        family = [f"{name}.{code}" for code in question.codes]
    else:
        family = [other.id for other in codebook.in_group(question.group)] if question.group else []
    beside = [reference for reference in family if reference not in named]
    rivals = [_figure(reference, line, indicators, codebook) for reference in beside]
    if not rivals:
        _refuse(
            line,
            "indicator",
            references,
            "a rank compares an option with others, or a question with others of its group",
            "name the option, or leave the indicator empty",
        )
    return rivals


def _verdict(reading: Reading, fits: bool, claim: str) -> str:
    if not fits:
        return "contradicts"
    if claim != "same":
        return "overreaches"
    sized = reading.spans or reading.percentages or reading.rank
    return "agrees" if sized else "not_assessable"


def _figure(
    reference: str, line: int, indicators: pd.DataFrame, codebook: Codebook
) -> tuple[int | None, int | None]:
    """k and n of an indicator, summed over its options; neither where one of them is hidden."""
    name, _, options = reference.partition(".")
    question = codebook.questions.get(name)
    known = indicators[indicators["question"] == name]
    if question is None or known.empty:
        _refuse(
            line,
            "indicator",
            reference,
            "an indicator belongs to a question of the codebook that has answers",
            f"use one of {', '.join(indicators['question'].unique())}",
        )
    codes = tuple(options.split("+")) if options else question.headline
    collapsed = {code for joined in question.collapse for code in joined.options}
    named = {*question.codes, *collapsed} >= set(codes)
    if not codes or not named or len(set(codes)) < len(codes):
        _refuse(
            line,
            "indicator",
            reference,
            f"an indicator names options of {name}, or a question with a headline",
            f"use {', '.join(question.codes)}, each once, with a + between several",
        )
    if question.type == "multiple" and len(codes) > 1:
        _refuse(
            line,
            "indicator",
            reference,
            f"several answers to {name} may come from one respondent and are not summed",
            "name one option",
        )
    rows = known[known["option"].isin(question.published(codes) or ())]
    if rows.empty or rows["k"].isna().any():
        return None, None
    return int(rows["k"].sum()), int(rows["n"].iloc[0])


def _refuse(line: Any, column: str, value: Any, rule: str, remedy: str) -> NoReturn:
    raise InputError(STATEMENTS, rule, remedy, row=int(line), column=column, value=value)

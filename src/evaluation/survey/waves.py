"""Several waves of one survey: indicators of each, and what changed from one to the next.

Where respondents are known again, those who answered a question in both waves are compared, pair
by pair. Where few have changed, or few have come or gone, all counts of the question are hidden
together: with the figures of each wave they would tell of single respondents. Where nobody is
known again, or too few, the waves are two cross-sections, independent samples of perhaps other
people, and nothing is told besides the figures of each.

Arguments of the same name are the same in all functions:

- responses: one row per respondent and wave, see `project.rows`;
- codebook: the questions that were asked;
- population: how many there are to ask in each wave, see `survey.population.population_of`;
- min_cell: the smallest count that may be shown, at least 1;
- confidence: of all intervals, from 0 to 1.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row, labelled
from evaluation.disclosure import small_counts, suppress
from evaluation.disclosure.comings import waves_of_few
from evaluation.project.codebook import Codebook, Question, column_of
from evaluation.project.folder import Folder
from evaluation.project.rows import KEY
from evaluation.stats.comparisons import holm
from evaluation.stats.contingency import fisher
from evaluation.stats.pairs import mcnemar
from evaluation.survey.asked import follow
from evaluation.survey.indicators import indicators
from evaluation.survey.population import population_of

PAIRS, SECTIONS = "pairs", "sections"


def indicators_by_wave(
    responses: pd.DataFrame,
    codebook: Codebook,
    population: int | Mapping[int, int | None] | None,
    min_cell: int,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The published indicators of every wave: see `disclosure.suppress`, with a column wave.

    responses: with a column wave; codebook: the questions; population: a number, or one for each
    wave, None where nobody knows it; min_cell: the smallest count that may be shown;
    confidence: of all intervals. Raises as `survey.indicators.indicators` and
    `disclosure.suppress` do.
    """
    parts = []
    few = told_by_few(responses, codebook, min_cell)
    for wave, answered in labelled(responses.groupby("wave")):
        size = population_of(population, int(wave))
        counted = indicators(answered, codebook, size, confidence)
        withheld = {question for when, question in few if when == int(wave)}
        withheld |= codebook.grouped if min_cell > 1 else set()
        while True:
            table = suppress(counted, codebook, min_cell, codebook.collapses, confidence, withheld)
            further = follow(answered, codebook, set(table["id"][table["suppressed"]])) - withheld
            if not further:
                break
            withheld |= further
        parts.append(table.assign(wave=int(wave)))
    return pd.concat(parts, ignore_index=True)


def latest(folder: Folder) -> tuple[pd.DataFrame, Codebook]:
    """The published indicators of the last wave of a folder, and the codebook they belong to.

    folder: of an evaluation. Both are empty in a folder without a survey.
    """
    if not folder.has("indicators"):
        return pd.DataFrame(columns=["question", "option", "k", "suppressed"]), Codebook({}, {})
    table = folder.read("indicators")
    last = table[table["wave"] == table["wave"].max()] if "wave" in table else table
    return last, folder.published_codebook()


def gave_answers(responses: pd.DataFrame) -> pd.Series:
    """Whether each row of the table `responses` holds any answer."""
    return responses.drop(columns=[*KEY, "origin"]).notna().any(axis=1)


def known_again(responses: pd.DataFrame) -> pd.DataFrame:
    """How many who answered anything in a wave did so in the next too.

    responses: with the columns respondent and wave. One row per pair of following waves: before,
    after, known.
    """
    answered = responses[gave_answers(responses)]
    there = {wave: set(part["respondent"]) for wave, part in labelled(answered.groupby("wave"))}
    rows = [
        (int(before), int(after), len(there[before] & there[after]))
        for before, after in pairwise(sorted(there))
    ]
    return pd.DataFrame(rows, columns=["before", "after", "known"])


def told_by_few(responses: pd.DataFrame, codebook: Codebook, min_cell: int) -> set[tuple[int, str]]:
    """The waves and questions whose figures would tell, beside those of an earlier wave, what a
    few answered: see `disclosure.comings`.

    responses: with the columns respondent and wave; codebook: the questions; min_cell: the smallest
    count that may be shown. The later wave is named.
    """
    if not small_counts(min_cell):
        return set()
    there = {
        int(wave): part.set_index("respondent")
        for wave, part in labelled(responses.groupby("wave"))
    }
    return {
        (wave, question.id)
        for question in codebook.questions.values()
        for wave in waves_of_few(
            {wave: _given(part, question) for wave, part in there.items()},
            min_cell,
            counted=question.type in ("single", "ordinal"),
        )
    }


def _given(answered: pd.DataFrame, question: Question) -> pd.Series:
    """The answer of each respondent who gave one, by respondent."""
    columns = [name for name in question.columns if name in answered]
    table = answered[columns].dropna(how="all")
    return table.astype(str).agg("\n".join, axis=1) if len(table) else pd.Series(dtype=str)


def method(known: int, min_cell: int) -> str:
    """How two waves are compared of which `known` respondents are in both.

    "pairs" where they are more than `min_cell`, since fewer would be hidden with all their
    answers, else "sections".
    """
    return PAIRS if known > min_cell else SECTIONS


def changes(
    responses: pd.DataFrame, codebook: Codebook, published: pd.DataFrame, min_cell: int
) -> pd.DataFrame:
    """How the headline answer of each question changed from wave to wave.

    responses: the rows behind `published`; codebook: the questions; min_cell: the threshold of
    `published`; published: see `indicators_by_wave`; what it hides of a headline stays hidden here.
    One row per question with a headline and pair of following waves that both asked it: question,
    before, after, method (see `method`), pairs (who answered both times), gained, lost, stayed
    (with the answer), p (exact McNemar of pairs, Fisher's exact test of cross-sections), p_holm
    (over the questions of this pair of waves that are tested), tests (how many), refused ("": no;
    "hidden"; "no_pairs"; "no_change": nobody of the pairs changed; "alike": all of both
    cross-sections gave the answer, or none did), suppressed. Of cross-sections nothing is counted
    but what `published` has.
    """
    rows = []
    for before, after, known in each_row(known_again(responses)):
        how, both = method(known, min_cell), (before, after)
        compare = _paired if how == PAIRS else _sectional
        found = []
        for question in _compared(codebook, published, both):
            earlier, later = (
                _headline(responses[responses["wave"] == wave], question) for wave in both
            )
            hidden = _is_hidden(published, question, both)
            row = {"question": question.id, "before": both[0], "after": both[1]}
            found.append(row | {"method": how} | compare(earlier, later, hidden, min_cell))
        tested = {row["question"]: row["p"] for row in found if "p" in row}
        adjusted = holm(tested).adjusted if tested else {}
        for row in found:
            if row["question"] in adjusted:
                row |= {"p_holm": adjusted[row["question"]], "tests": len(tested)}
        rows += found
    columns = [
        *["question", "before", "after", "method", "pairs", "gained", "lost", "stayed"],
        *["p", "p_holm", "tests", "refused", "suppressed"],
    ]
    whole = ["pairs", "gained", "lost", "stayed", "tests"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(whole, "Int64") | {"p": "Float64", "p_holm": "Float64"})


def _compared(
    codebook: Codebook, published: pd.DataFrame, waves: tuple[Any, ...]
) -> list[Question]:
    """The questions with a headline that somebody answered in each of the waves."""
    asked = [set(published.loc[published["wave"] == wave, "question"]) for wave in waves]
    return [
        question
        for question in codebook.questions.values()
        if question.headline and all(question.id in names for names in asked)
    ]


def _paired(before: pd.Series, after: pd.Series, hidden: bool, min_cell: int) -> dict[str, Any]:
    """What is told of the respondents who answered both times."""
    small = small_counts(min_cell)
    counts = _counts(before, after)
    shown = {name: counts[name] for name in ("gained", "lost", "stayed")}
    shown["pairs"] = sum(k for name, k in counts.items() if not name.startswith("only"))
    few = bool(small) and shown["pairs"] <= min_cell
    if hidden or few or any(k in small for k in counts.values()):
        return {"suppressed": True, "refused": "hidden"}
    shown["suppressed"] = False
    if shown["pairs"] == 0:
        return shown | {"refused": "no_pairs"}
    if shown["gained"] + shown["lost"] == 0:
        return shown | {"refused": "no_change"}
    return shown | {"refused": "", "p": mcnemar(shown["lost"], shown["gained"]).p}


def _sectional(before: pd.Series, after: pd.Series, hidden: bool, min_cell: int) -> dict[str, Any]:
    """The test of two waves as independent samples: it rests on the published counts alone."""
    if hidden:
        return {"suppressed": True, "refused": "hidden"}
    table = [(int(wave.sum()), int((~wave).sum())) for wave in (before, after)]
    if any(sum(answers) == 0 for answers in zip(*table, strict=True)):
        return {"suppressed": False, "refused": "alike"}
    return {"suppressed": False, "refused": "", "p": fisher(table).p}


def _is_hidden(published: pd.DataFrame, question: Question, waves: tuple[Any, ...]) -> bool:
    codes = question.collapsed().headline
    rows = published[(published["question"] == question.id) & published["wave"].isin(waves)]
    return bool(rows.loc[rows["option"].isin({*codes, *question.headline}), "suppressed"].any())


def _headline(answered: pd.DataFrame, question: Question) -> pd.Series:
    """Whether each respondent gave the headline answer, by respondent; no row without answer."""
    table = answered.set_index("respondent")
    if question.type == "multiple":
        columns = [column_of(question, code) for code in question.headline]
        given = table[columns].any(axis=1)
        return given[table[columns].notna().all(axis=1)].astype(bool)
    return table[question.id].dropna().isin(question.headline)


def _counts(before: pd.Series, after: pd.Series) -> dict[str, int]:
    """How many respondents answered in which way in both waves, or in one of them only."""
    both = before.index.intersection(after.index)
    first, second = before[both], after[both]
    counts = {
        "gained": (~first & second).sum(),
        "lost": (first & ~second).sum(),
        "stayed": (first & second).sum(),
        "without": (~first & ~second).sum(),
    }
    for name, wave in (("before", before), ("after", after)):
        alone = wave[~wave.index.isin(both)]
        counts |= {f"only_{name}_yes": alone.sum(), f"only_{name}_no": (~alone).sum()}
    return {name: int(k) for name, k in counts.items()}

"""Several waves of one survey: indicators of each, and what changed for those who answered both.

Only respondents who answered a question in both waves are compared, pair by pair. Where few
have changed, or few have come or gone, all counts of the question are hidden together: with the
figures of each wave they would tell of single respondents.

Arguments of the same name are the same in all functions:

- responses: one row per respondent and wave, see `readers.rows`;
- codebook: the questions that were asked;
- population: how many there are to ask in each wave;
- min_cell: the smallest count that may be shown, at least 1;
- confidence: of all intervals, from 0 to 1.
"""

from itertools import pairwise

import pandas as pd

from evaluation.clean import column_of
from evaluation.codebook import Codebook, Question
from evaluation.comparisons import holm, mcnemar
from evaluation.disclosure import small_counts, suppress
from evaluation.indicators import indicators


def indicators_by_wave(
    responses: pd.DataFrame,
    codebook: Codebook,
    population: int,
    min_cell: int,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The published indicators of every wave: see `disclosure.suppress`, with a column wave.

    Raises as `indicators.indicators` and `disclosure.suppress` do.
    """
    parts = []
    for wave, answered in responses.groupby("wave"):
        counted = indicators(answered, codebook, population, confidence)
        table = suppress(counted, codebook, min_cell, codebook.collapses, confidence)
        parts.append(table.assign(wave=int(wave)))
    return pd.concat(parts, ignore_index=True)


def changes(
    responses: pd.DataFrame, codebook: Codebook, published: pd.DataFrame, min_cell: int
) -> pd.DataFrame:
    """How many gained and lost the headline answer of each question from wave to wave.

    published: see `indicators_by_wave`; what it hides of a headline stays hidden here. One row
    per question with a headline and pair of following waves: question, before, after, pairs (who
    answered both times), gained, lost, stayed (with the answer), p (exact McNemar), p_holm (over
    the questions of this pair of waves that are tested), tests (how many), refused ("": no;
    "hidden"; "no_pairs"; "no_change": nobody changed, so there is nothing to test), suppressed.
    """
    small = small_counts(min_cell)
    rows = []
    for before, after in pairwise(sorted(responses["wave"].unique())):
        found = {}
        for question in codebook.questions.values():
            if not question.headline or question.type not in ("single", "ordinal", "multiple"):
                continue
            waves = [
                _headline(responses[responses["wave"] == wave], question)
                for wave in (before, after)
            ]
            row = {"question": question.id, "before": int(before), "after": int(after)}
            counts = _counts(*waves)
            row["suppressed"] = any(k in small for k in counts.values()) or _is_hidden(
                published, question, (before, after)
            )
            shown = {name: counts[name] for name in ("gained", "lost", "stayed")}
            shown["pairs"] = sum(k for name, k in counts.items() if not name.startswith("only"))
            row["refused"] = ""
            if row["suppressed"] or (small and shown["pairs"] <= min_cell):
                row |= {"suppressed": True, "refused": "hidden"}
            elif shown["pairs"] == 0:
                row |= {**shown, "refused": "no_pairs"}
            elif shown["gained"] + shown["lost"] == 0:
                row |= {**shown, "refused": "no_change"}
            else:
                row |= {**shown, "p": mcnemar(shown["lost"], shown["gained"]).p}
                found[question.id] = row["p"]
            rows.append(row)
        adjusted = holm(found).adjusted if found else {}
        for row in rows:
            if row["before"] == before and row["question"] in adjusted:
                row |= {"p_holm": adjusted[row["question"]], "tests": len(found)}
    columns = [
        *["question", "before", "after", "pairs", "gained", "lost", "stayed"],
        *["p", "p_holm", "tests", "refused", "suppressed"],
    ]
    whole = ["pairs", "gained", "lost", "stayed", "tests"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(whole, "Int64") | {"p": "Float64", "p_holm": "Float64"})


def _is_hidden(published: pd.DataFrame, question: Question, waves: tuple) -> bool:
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

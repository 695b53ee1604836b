"""Cross-tabulations of the rows of a survey; rows that were rebuilt have none."""

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure import exactly, protect
from evaluation.disclosure.comings import waves_of_few
from evaluation.project.codebook import RECONSTRUCTED, Codebook, Question, column_of


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


# those who did not choose an option of several
NOT_CHOSEN = ""


def published(
    responses: pd.DataFrame,
    wave: int | None,
    row: str,
    column: str,
    codebook: Codebook,
    indicators: pd.DataFrame,
    min_cell: int,
) -> pd.DataFrame:
    """The same as it may be published, one row per pair of options: row, column (their codes), k
    (who gave both), n (who gave the answer to `row` and any to `column`), suppressed.

    responses: of all waves; wave: the one in question, None where they are of one; row, column: ids
    of questions with options, `row` one whose options exclude each other; codebook: the questions,
    with the options that are joined where counts are hidden; indicators: the published ones of the
    same wave; min_cell: the smallest count that may be shown. The reader knows both questions' own
    counts. A count below min_cell is hidden, zero among them: that nobody of a group gave an
    answer, or all did, tells of each. So are further ones, see `disclosure.protect`, and everything
    where a count of one of the questions is hidden by itself, or where the table of an earlier wave
    would tell with it what the few answered who came into a group or left it. Raises as `crosstab`
    does, and ValueError for a `row` of which several answers may come from one respondent.
    """
    groups, asked = (_joined(codebook.questions[name], min_cell) for name in (row, column))
    if groups.type == "multiple":
        raise ValueError(f"several answers to {row} may come from one respondent")
    own = indicators["question"].isin([row, column])
    joined = _with_joined(responses, codebook, min_cell)
    told = joined if wave is None else joined[joined["wave"] == wave]
    whole = bool(indicators.loc[own, "suppressed"].any())
    sides = [(groups, asked)] if asked.type == "multiple" else [(groups, asked), (asked, groups)]
    whole = whole or any(wave in _told_by_few(joined, *side, min_cell) for side in sides)
    order = list(codebook.questions)
    turned = order.index(column) < order.index(row)
    rows = []
    for name, codes in _columns(asked):
        counts = _counts(told, groups, name, codes)
        hidden = set(counts) if whole else _hidden(counts, min_cell, turned)
        for (group, code), k in counts.items():
            n = sum(of for (other, _), of in counts.items() if other == group)
            few = len(hidden) == len(counts) or 0 < n < min_cell
            shown = (None if (group, code) in hidden else k, None if few else n)
            rows.append((group, code, *shown, (group, code) in hidden))
    table = pd.DataFrame(rows, columns=["row", "column", "k", "n", "suppressed"])
    table = table[table["column"] != NOT_CHOSEN].reset_index(drop=True)
    return table.astype({"k": "Int64", "n": "Int64", "suppressed": bool})


def _told_by_few(
    responses: pd.DataFrame, groups: Question, asked: Question, min_cell: int
) -> set[int]:
    """The waves in which some group would tell of the few who came into it or left it."""
    columns = [name for name in asked.columns if name in responses]
    there = {"wave", groups.id} <= set(responses) and columns
    if min_cell == 1 or not there:
        return set()
    answers = responses.dropna(subset=columns, how="all").set_index("respondent")
    found: set[int] = set()
    for _, of_group in labelled(answers.groupby(groups.id)):
        waves = {
            int(wave): of_wave[columns].astype(str).agg("\n".join, axis=1)
            for wave, of_wave in labelled(of_group.groupby("wave"))
        }
        found |= waves_of_few(waves, min_cell, counted=asked.type != "multiple")
    return found


def _joined(question: Question, min_cell: int) -> Question:
    return question if min_cell == 1 else question.collapsed()


def _with_joined(responses: pd.DataFrame, codebook: Codebook, min_cell: int) -> pd.DataFrame:
    """The responses with the codes of options that are joined where small counts are hidden."""
    if min_cell == 1:
        return responses
    joined = {
        name: responses[name].replace({code: new for new, parts in joins for code in parts})
        for name, joins in codebook.collapses.items()
        if name in responses
    }
    return responses.assign(**joined)


def _columns(asked: Question) -> list[tuple[str, dict[object, str]]]:
    """The response columns of a question, each with the codes of what stands in it."""
    if asked.type == "multiple":
        return [(column_of(asked, code), {True: code, False: NOT_CHOSEN}) for code in asked.codes]
    return [(asked.id, {code: code for code in asked.codes})]


def _counts(
    responses: pd.DataFrame, groups: Question, column: str, codes: dict[object, str]
) -> dict[tuple[str, str], int]:
    """(option of the groups, code) -> how many gave both; none where nobody was asked."""
    if column not in responses or groups.id not in responses:
        return {}
    counted = crosstab(responses, groups.id, column)
    return {
        (group, code): int(counted.get(value, pd.Series(dtype=int)).get(group, 0))
        for group in groups.codes
        for value, code in codes.items()
    }


def _hidden(
    counts: dict[tuple[str, str], int], min_cell: int, turned: bool
) -> set[tuple[str, str]]:
    """The cells to hide of a table whose row and column sums are known; turned: its columns are the
    earlier question. The same table, turned or not, has the same cells hidden."""
    if min_cell == 1:
        return set()
    if turned:
        order = {code: place for place, (_, code) in enumerate(counts)}
        counts = dict(sorted(counts.items(), key=lambda cell: order[cell[0][1]]))
    names = {f"{group} {code}": (group, code) for group, code in counts}
    cells = {name: counts[pair] for name, pair in names.items()}
    sums = []
    for side in (0, 1):
        for option in dict.fromkeys(pair[side] for pair in counts):
            line = [name for name, pair in names.items() if pair[side] == option]
            sums.append(exactly(line, sum(cells[name] for name in line)))
    try:
        return {names[name] for name in protect(cells, sums, range(min_cell))}
    except ValueError:  # even all of them hidden, the sums tell too much
        return set(counts)

"""Cross-tabulations of the rows of a survey; rows that were rebuilt have none."""

from dataclasses import replace

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.disclosure import exactly, protect
from evaluation.disclosure.comings import waves_of_few
from evaluation.project.codebook import RECONSTRUCTED, Codebook, Option, Question, column_of


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
# what a table tells of the column: each option, or the headline against all other answers
OPTIONS, HEADLINE = "options", "headline"
OTHERS = "others"


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
    (who gave both), n (who gave the answer to `row` and any to `column`), suppressed, level.

    responses: of all waves; wave: the one in question, None where they are of one; row, column: ids
    of questions with options, `row` one whose options exclude each other; codebook: the questions,
    with the options that are joined where counts are hidden; indicators: the published ones of the
    same wave; min_cell: the smallest count that may be shown. The reader knows both questions' own
    counts. A count below min_cell is hidden, zero among them: that nobody of a group gave an
    answer, or all did, tells of each. So are further ones, see `disclosure.protect`, and everything
    where a count of one of the questions is hidden by itself, where the table of an earlier wave
    would tell with it what the few answered who came into a group or left it, or where it was
    asked of those whose earlier answer is hidden in some group.

    Where one of the two is a background question, the other is told by its groups: `level` is
    "options" where all counts of these can be shown, else "headline", with the code "headline" for
    its headline and "others" for all other answers. One level is published, never both: they would
    tell of each other.

    Raises as `crosstab` does, and ValueError for a `row` of which several answers may come from one
    respondent.
    """
    if codebook.questions[row].type == "multiple":
        raise ValueError(f"several answers to {row} may come from one respondent")
    turned = codebook.questions[column].background and not codebook.questions[row].background
    if turned:
        row, column = column, row
    groups, asked = (_joined(codebook.questions[name], min_cell) for name in (row, column))
    joined = cross_tabulated(responses, codebook, min_cell)
    own = indicators[indicators["question"].isin([row, column])]
    behind = is_behind_hidden(responses, wave, row, asked, codebook, indicators, min_cell)
    levels = [(OPTIONS, asked)]
    if groups.background and (two := in_two(asked)) is not None:
        levels.append((HEADLINE, two))
    order = list(codebook.questions)
    later = order.index(column) < order.index(row)
    for level, told in levels:
        kept_back = own["suppressed"]
        if level == HEADLINE:
            part = (own["question"] == row) | own["option"].isin(asked.headline)
            kept_back = kept_back & part
            joined = joined.assign(**{column: _in_two(joined[column], asked)})
        whole = (
            behind or bool(kept_back.any()) or _is_told_by_few(joined, wave, groups, told, min_cell)
        )
        counts = _counted(joined, wave, groups, told)
        table = _as_published(counts, whole, min_cell, later, turned)
        if not table["suppressed"].any():
            break
    return table.assign(level=level)


def in_two(question: Question) -> Question | None:
    """A question as its headline against all other answers; None where there is nothing to join.

    question: with options; one without headline, with two options or with several answers from one
    respondent stays as it is.
    """
    others = set(question.codes) - set(question.headline)
    if (
        question.type == "multiple"
        or not question.headline
        or not others
        or len(question.codes) == 2
    ):
        return None
    label = question.label
    options = (Option(HEADLINE, label), Option(OTHERS, label))
    return replace(question, options=options, headline=(HEADLINE,), collapse=())


def _in_two(answers: pd.Series, asked: Question) -> pd.Series:
    return answers.map(
        {code: HEADLINE if code in asked.headline else OTHERS for code in asked.codes}
    )


def is_behind_hidden(
    responses: pd.DataFrame,
    wave: int | None,
    row: str,
    asked: Question,
    codebook: Codebook,
    indicators: pd.DataFrame,
    min_cell: int,
) -> bool:
    """Whether the n of a group would tell how many of it gave an answer that is hidden: that which
    filters who was asked.

    responses, wave, row, codebook, indicators, min_cell: as for `published`; asked: the question
    whose n it is.
    """
    if min_cell == 1 or asked.base is None or asked.base[0] == row:
        return False
    filtering, option = asked.base
    table = published(responses, wave, row, filtering, codebook, indicators, min_cell)
    cells = table[(table["column"] == option) & (table["level"] == OPTIONS)]
    return bool(cells.empty or cells["suppressed"].any())


def _is_told_by_few(
    responses: pd.DataFrame, wave: int | None, groups: Question, asked: Question, min_cell: int
) -> bool:
    sides = [(groups, asked)] if asked.type == "multiple" else [(groups, asked), (asked, groups)]
    return any(wave in _told_by_few(responses, *side, min_cell) for side in sides)


def _counted(
    responses: pd.DataFrame, wave: int | None, groups: Question, asked: Question
) -> list[dict[tuple[str, str], int]]:
    """The counts of each column of answers to `asked`, by (option of the groups, its option)."""
    told = responses if wave is None else responses[responses["wave"] == wave]
    return [_counts(told, groups, name, codes) for name, codes in _columns(asked)]


def _as_published(
    counted: list[dict[tuple[str, str], int]],
    whole: bool,
    min_cell: int,
    later: bool,
    turned: bool,
) -> pd.DataFrame:
    """later: the columns are the earlier question; turned: they are to become the rows."""
    rows = []
    for counts in counted:
        hidden = set(counts) if whole else _hidden(counts, min_cell, later)
        for pair, k in counts.items():
            one, other = pair[::-1] if turned else pair
            n = sum(of for each, of in counts.items() if each[turned] == one)
            few = len(hidden) == len(counts) or 0 < n < min_cell
            shown = (None if pair in hidden else k, None if few else n)
            rows.append((one, other, *shown, pair in hidden))
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


def cross_tabulated(responses: pd.DataFrame, codebook: Codebook, min_cell: int) -> pd.DataFrame:
    """The responses with the codes of options that are joined where small counts are hidden.

    responses: see `survey.responses.responses`; codebook: its questions; min_cell: the smallest
    count that may be shown.
    """
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


def _hidden(counts: dict[tuple[str, str], int], min_cell: int, later: bool) -> set[tuple[str, str]]:
    """The cells to hide of a table whose row and column sums are known; later: its columns are the
    earlier question. The same table, either way, has the same cells hidden."""
    if min_cell == 1:
        return set()
    if later:
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

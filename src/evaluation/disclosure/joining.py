"""Which options of a question to join, so that most of its counts may be shown.

Arguments of the same name are the same in all functions:

- chains: options in order, of which only neighbours are joined, see `chains`;
- min_cell: the smallest count that may be shown, at least 2.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, count, groupby, islice, pairwise

from evaluation.disclosure.cells import are_safe_together, exclusive
from evaluation.project.codebook import Option, Question

MOST = 400  # ways of one number of joins that are tried


def chains(question: Question, apart: set[str], totals: Mapping[str, int]) -> list[list[str]]:
    """The options of an exclusive question that may be joined with their neighbours: those of a
    scale in its order, others from the rarest on.

    apart: options that are never joined; totals: how many gave each answer, in all waves. What the
    headline counts stays apart from what it does not, and a scale from what is beside it.
    """

    def kind(option: Option) -> tuple[bool, bool, bool]:
        headline = option.code in question.headline
        return option.off_scale, headline, option.code in apart

    scale = [each for each in question.options if question.type == "ordinal" and not each.off_scale]
    beside = [each for each in question.options if each not in scale]
    beside.sort(key=lambda option: (kind(option), totals.get(option.code, 0)))
    runs = [list(run) for part in (scale, beside) for _, run in groupby(part, kind)]
    return [[each.code for each in run] for run in runs if run[0].code not in apart]


def joinings(chains: Sequence[Sequence[str]]) -> Iterator[list[tuple[str, ...]]]:
    """Ways to join neighbours, the fewest joins first: the groups of options that become one.

    Of each number of joins at most `MOST` are made.
    """
    pairs = [pair for chain in chains for pair in pairwise(chain)]
    for number in range(1, len(pairs) + 1):
        for chosen in islice(combinations(pairs, number), MOST):
            groups: list[tuple[str, ...]] = []
            for first, second in chosen:
                if groups and groups[-1][-1] == first:
                    groups[-1] += (second,)
                else:
                    groups.append((first, second))
            yield groups


def proposed(
    waves: Sequence[Mapping[str, int]], chains: Sequence[Sequence[str]], min_cell: int
) -> list[tuple[str, ...]]:
    """The fewest joins after which more than half of the counts, and more than before, are shown:
    the groups of options that become one. Empty where none of those that were tried helps.

    waves: option -> how many gave it, in each wave. Behind the sum of joined options no part can be
    told better than a hidden count, see the package `disclosure`.
    """
    best: list[tuple[str, ...]] = []
    most, cells = sum(_shown(counts, min_cell) for counts in waves), sum(map(len, waves))
    for groups in joinings(chains):
        # as many counts would not be left
        left = cells - _joins(groups) * len(waves)
        if left <= most or (best and _joins(groups) > _joins(best)):
            break
        joined = [_joined(counts, groups) for counts in waves]
        needed = max(most, sum(map(len, joined)) // 2)
        if sum(_at_most(counts, min_cell) for counts in joined) <= needed:
            continue
        shown = sum(_shown(counts, min_cell) for counts in joined)
        if shown > needed and _keeps(waves, groups, min_cell):
            best, most = groups, shown
    return best


def _joins(groups: Sequence[Sequence[str]]) -> int:
    return sum(len(group) - 1 for group in groups)


def _joined(counts: Mapping[str, int], groups: Sequence[Sequence[str]]) -> dict[str, int]:
    first = {code: group[0] for group in groups for code in group}
    joined: dict[str, int] = {}
    for code, k in counts.items():
        joined[first.get(code, code)] = joined.get(first.get(code, code), 0) + k
    return joined


def _shown(counts: Mapping[str, int], min_cell: int) -> int:
    """How many counts are shown; none where all options are one, which tells nothing."""
    return _shown_of(tuple(sorted(counts.values())), min_cell) if len(counts) > 1 else 0


@cache
def _shown_of(counts: tuple[int, ...], min_cell: int) -> int:
    cells, _ = exclusive(dict(zip(map(str, count()), counts, strict=False)), min_cell)
    return sum(k is not None for k in cells.values())


def _at_most(counts: Mapping[str, int], min_cell: int) -> int:
    """A number that `_shown` does not exceed: small counts hide the zeros beside them."""
    large = sum(k >= min_cell for k in counts.values())
    return len(counts) if all(k == 0 or k >= min_cell for k in counts.values()) else large


def _keeps(
    waves: Sequence[Mapping[str, int]], groups: Sequence[Sequence[str]], min_cell: int
) -> bool:
    """Whether no part of a group can be told from its sum by who knows why they were joined."""
    return all(
        are_safe_together({code: counts.get(code, 0) for code in group}, min_cell)
        for counts in waves
        for group in groups
    )

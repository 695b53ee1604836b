"""The reader who works out hidden counts, see the package disclosure."""

from evaluation.disclosure import Sum, ranges


def nothing_found(cells: dict[str, int | None], sums: list[Sum], min_cell: int) -> bool:
    """Whether the promise of disclosure holds for each hidden cell (None)."""
    small = range(1, min_cell)
    told, informed = ranges(cells, sums), ranges(cells, sums, small)
    for cell, (low, high) in informed.items():
        assert low < high, cell
        assert not (low in small and high in small), cell
        assert told[cell][1] >= min_cell, cell
    return True

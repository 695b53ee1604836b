"""A grid of counts, such as themes by documents: shade and number in every cell."""

from collections.abc import Sequence
from string import ascii_uppercase

from matplotlib.colors import LinearSegmentedColormap, to_hex

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import INK, LINE, QUIET, SMALL, TIGHT, TRACK, Drawing
from evaluation.report.figures.sheet import Sheet, Symbol, in_two_layouts

LABELS = 2.0  # inches the labels of rows take at most
CELL = (0.36, 1.15)  # inches a cell is wide, at least and at most
HEIGHT = 0.3  # inches a cell is high, at least
APART = 0.03  # inches between cells
HEADING = 3  # lines of a heading at most
# all light enough for INK
SHADES = LinearSegmentedColormap.from_list("shades", ["#e1edf3", "#78b4cd"])


def matrix(
    rows: Sequence[tuple[str, Sequence[int | None]]], columns: list[str], texts: Texts
) -> Drawing:
    """Counts of rows by columns; rows: (label, count of each column, None where it is hidden).

    A zero is a quiet dot. Headings that find no room become letters, with a key below. Where
    there are too many columns for the labels to stand beside, labels stand above; where there
    are too many for the width, the grid goes on below. Raises ValueError where a row has another
    length than the columns.
    """
    for label, counts in rows:
        if len(counts) != len(columns):
            raise ValueError(f"{label!r} has {len(counts)} counts for {len(columns)} columns")

    def drawn(sheet: Sheet) -> Drawing:
        if not rows or not columns:
            return sheet.nothing(texts)
        shown = [row for row in rows if set(row[1]) != {None}]
        if not shown:
            return sheet.all_hidden(texts)
        grid = _Grid(sheet, shown, columns, texts)
        for first in range(0, len(columns), grid.across):
            grid.draw(range(first, min(first + grid.across, len(columns))))
        grid.key()
        hidden = [row[0] for row in rows if row not in shown]
        if hidden:
            sheet.small(texts("figure_texts.bars.kept_back", options="; ".join(hidden)))
        described = [
            texts(
                "figure_texts.matrix.row",
                label=label,
                cells=", ".join(
                    texts("alt_item", label=column, value=_told(count, texts))
                    for column, count in zip(columns, counts, strict=True)
                ),
            )
            for label, counts in rows
        ]
        return sheet.drawing(texts("figure_texts.matrix.alt", items="; ".join(described)))

    return in_two_layouts(drawn)


def _told(count: int | None, texts: Texts) -> str:
    return texts("hidden") if count is None else texts.number(count)


class _Grid:
    """How wide the cells are, where the labels stand and what the headings are."""

    def __init__(
        self,
        sheet: Sheet,
        rows: Sequence[tuple[str, Sequence[int | None]]],
        columns: list[str],
        texts: Texts,
    ) -> None:
        self.sheet, self.rows, self.columns, self.texts = sheet, rows, columns, texts
        self.largest = max((count or 0 for _, counts in rows for count in counts), default=0)
        widest = sheet.width(texts.number(self.largest), fontweight="semibold")
        least = max(CELL[0], widest + 0.12)
        natural = max(sheet.width(label) for label, _ in rows) + 0.15
        self.left = min(natural, LABELS)
        if (sheet.span - self.left) / len(columns) < least:
            self.left = 0.0
        # blocks of columns below each other are about as wide as each other
        blocks = -(-len(columns) // int((sheet.span - self.left) / least))
        self.across = -(-len(columns) // blocks)
        self.cell = max(min((sheet.span - self.left) / self.across, CELL[1]), least)
        room = self.cell - 0.06
        self.named = all(
            sheet.fits(column, room, fontsize=SMALL)
            and len(sheet.lines(column, room, fontsize=SMALL)) <= HEADING
            for column in columns
        )
        self.headings = columns if self.named else [_letters(n) for n in range(len(columns))]

    def draw(self, positions: range) -> None:
        """The heading and all rows of some columns."""
        sheet = self.sheet
        found = [
            sheet.lines(self.headings[position], self.cell - 0.06, fontsize=SMALL)
            for position in positions
        ]
        deepest = max(map(len, found))
        for column, lines in enumerate(found):
            top = sheet.y + (deepest - len(lines)) * TIGHT
            middle = self.left + (column + 0.5) * self.cell
            sheet.write_lines(middle, top, lines, ha="center", fontsize=SMALL, color=QUIET)
        sheet.y += deepest * TIGHT + 0.05
        for label, counts in self.rows:
            self._row(label, [counts[position] for position in positions])
        sheet.y += 0.1

    def _row(self, label: str, counts: list[int | None]) -> None:
        sheet, height = self.sheet, HEIGHT
        if self.left:
            lines = sheet.lines(label, self.left - 0.12)
            height = max(HEIGHT, len(lines) * LINE + 0.06)
            sheet.write_lines(0, sheet.y + (height - len(lines) * LINE) / 2, lines, LINE)
        else:
            sheet.titled(label)
        for column, count in enumerate(counts):
            self._cell(self.left + column * self.cell, self.cell - APART, height, count)
        sheet.y += height + APART + (0 if self.left else 0.06)

    def _cell(self, left: float, width: float, height: float, count: int | None) -> None:
        middle = (left + width / 2, self.sheet.y + height / 2)
        if count is None:
            self.sheet.hatched(left, self.sheet.y, width, height)
            return
        if count == 0:
            colours = {"facecolor": "white", "edgecolor": TRACK, "linewidth": 0.8}
        else:
            colours = {"facecolor": to_hex(SHADES(count / self.largest))}
        self.sheet.box(left, self.sheet.y, width, height, **colours)
        if count == 0:
            self._dot(*middle)
        elif count:
            shown = self.texts.number(count)
            self.sheet.write(*middle, shown, ha="center", color=INK, fontweight="semibold")

    def _dot(self, x: float, y: float) -> None:
        self.sheet.marker(x, y, "o", 0.045, color=QUIET, markeredgewidth=0)

    def key(self) -> None:
        """What dots, hatches and letters mean, as far as there are any."""
        counts = [count for _, counts in self.rows for count in counts]
        entries: list[tuple[Symbol, str]] = []
        if 0 in counts:
            entries.append((self._dot, self.texts("figure_texts.matrix.zero")))
        if None in counts:
            entries.append((self._hatch, self.texts("figure_texts.matrix.hidden")))
        if entries:
            self.sheet.legend(entries)
        if not self.named:
            self.sheet.listed(zip(self.headings, self.columns, strict=True))

    def _hatch(self, x: float, y: float) -> None:
        self.sheet.hatched(x - 0.08, y - 0.07, 0.16, 0.14)


def _letters(position: int) -> str:
    """A, B, ... Z, AA, AB, ...: not mistaken for counts."""
    rest, last = divmod(position, len(ascii_uppercase))
    return (_letters(rest - 1) if rest else "") + ascii_uppercase[last]

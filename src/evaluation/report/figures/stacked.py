"""Stacked bars: the answers to questions with the same options, one segment an option.

Each segment has its name above it where there is room; only where there is not, a key tells the
colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from evaluation.language.texts import Texts
from evaluation.report.figures.drawing import (
    BAR,
    GAP,
    SMALL,
    TIGHT,
    TRACK,
    Drawing,
    blended,
    ink_on,
)
from evaluation.report.figures.sheet import Sheet, Symbol, in_two_layouts
from evaluation.report.figures.whole import silent, units
from evaluation.report.provenance import Hidden, placed
from evaluation.report.shares import Share

Row = tuple[str, list[Share]]

OFF_SCALE = TRACK
# neighbours differ in lightness, so that they differ in print without colour too
DISTINCT = ("#0b4f6c", "#e0a458", "#b5541c", "#b5dcc4", "#5b6773", "#f3d9b8", "#7fb2cc")
PAIR = ("#0b4f6c", "#7fb2cc")  # of a question with two answers, such as yes and no
INSIDE = 0.03  # inches between a number and the ends of its segment, together
SEPARATED = 0.03  # inches that two segments are wide at least to have a line between them
NAMES = 0.12  # inches between the names of two segments
HIDDEN, SILENT = -1, -2  # what segments beside those of the options stand for


@dataclass(frozen=True)
class Segment:
    """What an option takes of a bar, in inches; option: its position, or HIDDEN or SILENT."""

    option: int
    left: float
    width: float


def stacked_bars(
    rows: list[Row], options: list[str], off_scale: list[bool], texts: Texts, title: str = ""
) -> Drawing:
    """One stacked bar a row, one segment an option; rows: (label, share of each option).

    options: their labels; off_scale: for each option, whether it is; texts: of the language,
    `report.texts`; title: what the figure finds, to stand above it.

    For options without an order; those `off_scale` are grey.
    """
    return stacked(rows, options, _option_colours(off_scale), texts, title)


def stacked(
    rows: list[Row], options: list[str], colours: list[str], texts: Texts, title: str
) -> Drawing:
    """Stacked bars in given colours; see `stacked_bars`.

    Where the population is known and small, a bar is as long as the population, and what is left
    of it stands for those who did not answer. What hidden options have together is one hatched
    segment; where all are hidden there is no bar.
    """
    shown = with_numbers(rows)
    if not shown:
        return nothing_shown(rows, texts)

    def drawn(sheet: Sheet) -> Drawing:
        sheet.heading(title)
        _Stacks(sheet, shown, options, colours, texts, named=len(rows) > 1 or not title).draw()
        notes(sheet, rows, options, texts)
        whole = units(shares[0] for _, shares in shown) is not None
        return described(sheet, rows, options, "alt_rows", texts, whole)

    return in_two_layouts(drawn)


class _Stacks:
    """Bars whose segments stand end to end, on the units of the population where they are few."""

    def __init__(
        self,
        sheet: Sheet,
        rows: list[Row],
        options: list[str],
        colours: list[str],
        texts: Texts,
        named: bool,
    ):
        self.sheet, self.rows, self.texts, self.named = sheet, rows, texts, named
        self.options = {**dict(enumerate(options)), HIDDEN: texts("figure_texts.bars.hidden")}
        self.options[SILENT] = texts("figure_texts.bars.silent")
        self.colours = {**dict(enumerate(colours)), SILENT: "white"}
        self.left = sheet.label_room(label for label, _ in rows) if named else 0.0
        self.most = units(shares[0] for _, shares in rows)
        self.segments = [self._segments(shares) for _, shares in rows]
        found = [
            self._names(segments, shares)
            for segments, (_, shares) in zip(self.segments, rows, strict=True)
        ]
        self.direct = all(names is not None for names in found)
        self.names = [names or [] for names in found]

    def draw(self) -> None:
        """The bars, and a key where the names of segments have no room above them."""
        for (label, shares), segments, names in zip(
            self.rows, self.segments, self.names, strict=True
        ):
            self._row(label, shares, segments, names)
        if not self.direct:
            drawn = {segment.option for segments in self.segments for segment in segments}
            order = [*sorted(drawn - {HIDDEN, SILENT}), *sorted(drawn & {HIDDEN, SILENT})]
            self.sheet.legend([(self._sample(option), self.options[option]) for option in order])
            self.sheet.y += 0.02

    def _segments(self, shares: list[Share]) -> list[Segment]:
        n, whole = shares[0].n, self.sheet.span - self.left
        of_each = whole / (self.most or n)
        counts = {option: 0 if share.hidden else share.k for option, share in enumerate(shares)}
        counts[HIDDEN] = n - sum(counts.values())
        if self.most and shares[0].population:
            counts[SILENT] = shares[0].population - n
        segments, left = [], self.left
        for option, count in counts.items():
            if count:
                segments.append(Segment(option, left, int(count) * of_each))
                left += int(count) * of_each
        return segments

    def _count(self, segment: Segment, shares: list[Share]) -> str:
        """The number of a segment; none of what is hidden."""
        if segment.option == HIDDEN:
            return ""
        if segment.option == SILENT:
            return self.texts.number(shares[0].population - shares[0].n)
        return self.texts.number(shares[segment.option].k)

    def _names(
        self, segments: list[Segment], shares: list[Share]
    ) -> list[tuple[float, str]] | None:
        """Where the name of each segment stands above it; None where one has no room.

        Units have their number beside the name, so that nothing strikes through it.
        """
        names = []
        for segment in segments:
            name, count = self.options[segment.option], self._count(segment, shares)
            told = self.most and count
            names.append(self.texts("alt_item", label=name, value=count) if told else name)
        wide = [self.sheet.width(name, fontsize=SMALL) for name in names]
        starts, end = [], self.left
        for segment, width in zip(segments, wide, strict=True):
            starts.append(max(segment.left, end))
            end = starts[-1] + width + NAMES
        limit = self.sheet.span
        for place in range(len(segments) - 1, -1, -1):
            starts[place] = min(starts[place], limit - wide[place])
            limit = starts[place] - NAMES
        for segment, start, width in zip(segments, starts, wide, strict=True):
            ends = (start, start + width)
            over = any(
                segment.left - 0.01 <= end <= segment.left + segment.width + 0.01 for end in ends
            )
            if start < self.left or not over:
                return None
        return list(zip(starts, names, strict=True))

    def _row(
        self,
        label: str,
        shares: list[Share],
        segments: list[Segment],
        names: list[tuple[float, str]],
    ) -> None:
        sheet = self.sheet
        note = base(shares, self.texts) if self.named or not self.most else ""
        above = TIGHT if self.direct else 0.0
        top, bottom = sheet.row(label if self.named else "", note, self.left, BAR + above)
        for left, name in names if self.direct else []:
            sheet.write(left, top + TIGHT / 2, name, fontsize=SMALL)
        sheet.y = top + above
        if self.most and self.direct:
            for segment in segments:
                self._units(segment, int(self._count(segment, shares) or 0))
            sheet.y += BAR
        else:
            self._filled(segments, shares, bottom)
        sheet.y = max(sheet.y, bottom) + GAP

    def _units(self, segment: Segment, count: int) -> None:
        if segment.option == HIDDEN:
            self.sheet.hatched(segment.left, self.sheet.y, segment.width, BAR)
            return
        unit = segment.width / count
        self.sheet.units(segment.left, self.sheet.y, unit, count, self.colours[segment.option])

    def _filled(self, segments: list[Segment], shares: list[Share], bottom: float) -> None:
        """bottom: where the label beside the bar ends, below which more is written."""
        counts = [self._count(segment, shares) for segment in segments]
        left = fill(self.sheet, segments, counts, self.colours)
        told = [
            self.texts(
                "alt_item", label=self.options[segment.option], value=self._full(segment, shares)
            )
            for segment in left
        ]
        if told:
            self.sheet.y = max(self.sheet.y + 0.05, bottom)
            self.sheet.small(self.texts.enumeration(told))

    def _full(self, segment: Segment, shares: list[Share]) -> str:
        return shares[0].silent if segment.option == SILENT else shares[segment.option].full

    def _sample(self, option: int) -> Symbol:
        if option == HIDDEN:
            return lambda x, y: self.sheet.hatched(x - 0.08, y - 0.07, 0.16, 0.14)
        return self.sheet.swatch(self.colours[option])


def _option_colours(off_scale: list[bool]) -> list[str]:
    count = off_scale.count(False)
    shades: Sequence[str] = PAIR if count <= len(PAIR) else DISTINCT
    many = blended(DISTINCT, count) if count > len(DISTINCT) else shades
    palette = iter(many)
    return [OFF_SCALE if off else next(palette) for off in off_scale]


# what bars of segments have in common


def part(share: Share) -> float:
    """A share as a fraction of its bar; nothing where it is hidden."""
    return 0.0 if share.hidden or not share.k else share.k / share.n


def with_numbers(rows: list[Row]) -> list[Row]:
    """The rows of which something can be shown."""
    return [
        row
        for row in rows
        if not isinstance(row[1][0].n, Hidden) and any(part(share) for share in row[1])
    ]


def nothing_shown(rows: list[Row], texts: Texts) -> Drawing:
    """One sentence in the place of bars: that there are no data, or that all are kept back."""
    return in_two_layouts(
        lambda sheet: sheet.all_hidden(texts) if rows else sheet.nothing(texts),
    )


def base(shares: list[Share], texts: Texts) -> str:
    """`n = 16`: how many answered."""
    return f"n\u00a0=\u00a0{texts.number(shares[0].n)}"


def fill(
    sheet: Sheet, segments: list[Segment], counts: list[str], colours: dict[int, str]
) -> list[Segment]:
    """Segments with their counts in them; returns those whose count does not fit.

    colours: of each option; what has none is hidden. The sheet goes on below.
    """
    untold = []
    for segment, count in zip(segments, counts, strict=True):
        if segment.option not in colours:
            sheet.hatched(segment.left, sheet.y, segment.width, BAR)
            continue
        colour = colours[segment.option]
        sheet.filled(segment.left, sheet.y, segment.width, BAR, colour)
        if sheet.width(count) + INSIDE <= segment.width:
            middle = segment.left + segment.width / 2
            sheet.write(middle, sheet.y + BAR / 2, count, ha="center", color=ink_on(colour))
        else:
            untold.append(segment)
    for one, other in pairwise(segments):
        touching = other.left - one.left - one.width < SEPARATED
        if touching and min(one.width, other.width) > SEPARATED:
            ends = [(other.left, sheet.y), (other.left, sheet.y + BAR)]
            sheet.line(ends, edgecolor="white", linewidth=0.9, capstyle="butt")
    sheet.y += BAR
    return untold


def notes(sheet: Sheet, rows: list[Row], options: list[str], texts: Texts) -> None:
    """What bars cannot show, in words: the options that nobody chose, and what is hidden."""
    said = [_nobody(rows, options, texts)]
    shown = with_numbers(rows)
    for label, shares in shown:
        names = [name for name, share in zip(options, shares, strict=True) if share.hidden]
        if names:
            told = texts("figure_texts.bars.kept_back", options=", ".join(names))
            said.append(f"{label}. {told}" if len(rows) > 1 else told)
    whole = [row[0] for row in rows if row not in shown]
    if whole:
        said.append(texts("figure_texts.bars.kept_back", options="; ".join(whole)))
    for note in filter(None, said):
        sheet.small(note)
        sheet.y += 0.02


def _nobody(rows: list[Row], options: list[str], texts: Texts) -> str:
    """The options that nobody chose in any row, in words; empty where there are none."""
    left = [
        name
        for option, name in enumerate(options)
        if not any(shares[option].hidden or shares[option].k for _, shares in rows)
    ]
    return texts("figure_texts.bars.nobody", options=", ".join(left)) if left else ""


def described(
    sheet: Sheet,
    rows: list[Row],
    options: list[str],
    alt: str,
    texts: Texts,
    whole: bool = False,
) -> Drawing:
    """The drawing with its alternative text, `alt` being its frame, and the numbers in both.

    whole: whether it shows those who did not answer.
    """
    items, numbers = [], []
    name = texts("figure_texts.bars.silent")
    for label, shares in rows:
        values = {
            option: share.full
            for option, share in zip(options, shares, strict=True)
            if share.hidden or share.k
        }
        if whole and silent(shares[0]):
            values[name] = silent(shares[0])
        numbers.append(chain(*(placed(label, column, [value]) for column, value in values.items())))
        parts = [texts("alt_item", label=column, value=value) for column, value in values.items()]
        n = texts("hidden_count") if isinstance(shares[0].n, Hidden) else texts.number(shares[0].n)
        items.append(texts("alt_row", label=label, n=n, parts=", ".join(parts)))
    told = texts(alt, items="; ".join(items))
    nobody = _nobody(rows, options, texts)
    drawing = sheet.drawing(f"{told} {nobody}." if nobody else told)
    return replace(drawing, numbers=tuple(chain(*numbers)))

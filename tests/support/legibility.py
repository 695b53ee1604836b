"""Whether the words of a drawing can be read."""

import io
from itertools import combinations

from matplotlib.backends.backend_svg import RendererSVG

from evaluation.report.figures.drawing import WIDTH

# inches that letters of two lines may reach into each other, and that a text may reach out
TOUCH, OUT = 0.045, 0.005


def boxes_as_drawn(figure) -> list[tuple[str, float, float, float, float]]:
    """(text, left, top, right, bottom) in inches, measured as the SVG is drawn: unhinted."""
    figure.set_dpi(72)
    width, height = figure.get_size_inches()
    renderer = RendererSVG(width * 72, height * 72, io.StringIO())
    found = []
    for text in figure.axes[0].texts:
        if text.get_text():
            box = text.get_window_extent(renderer)
            found.append(
                (
                    text.get_text(),
                    box.x0 / 72,
                    height - box.y1 / 72,
                    box.x1 / 72,
                    height - box.y0 / 72,
                )
            )
    return found


def legible(figure) -> None:
    """All text lies on the drawing, and no two texts lie on each other, to the letters' edges."""
    found = boxes_as_drawn(figure)
    width, height = figure.get_size_inches()
    for text, left, top, right, bottom in found:
        inside = left >= -OUT and right <= width + OUT and top >= -OUT and bottom <= height + OUT
        assert inside, f"{text!r} runs out of the drawing: {left, top, right, bottom}"
    for (one, *first), (other, *second) in combinations(found, 2):
        wide = min(first[2], second[2]) - max(first[0], second[0])
        high = min(first[3], second[3]) - max(first[1], second[1])
        assert wide <= OUT or high <= TOUCH, f"{one!r} lies on {other!r}"


def record_drawings(monkeypatch, figures) -> list:
    """A list that will hold the matplotlib figure of every drawing made from now on, as it stands
    on a phone; as it stands on a page it has to be legible."""
    found = []
    original = figures.canvas.Canvas.drawing

    def drawing(canvas, alt):
        made = original(canvas, alt)
        if canvas.span == WIDTH:
            found.append(canvas.figure)
        else:
            legible(canvas.figure)
        return made

    monkeypatch.setattr(figures.canvas.Canvas, "drawing", drawing)
    return found

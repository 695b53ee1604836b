"""Whether the words of a drawing can be read."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg


def legible(figure) -> None:
    """All text lies on the drawing, and no two texts lie on each other."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [
        (text.get_text(), text.get_window_extent(renderer))
        for text in figure.axes[0].texts
        if text.get_text()
    ]
    right, top = figure.bbox.width, figure.bbox.height
    for text, box in boxes:
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= right + 1 and box.y1 <= top + 1
        assert inside, f"{text!r} runs out of the drawing: {box} in {right} x {top}"
    for (one, first), (other, second) in combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        # lines of one label may touch where letters reach up and down
        assert wide <= 0 or high <= 4, f"{one!r} lies on {other!r}"


def record_drawings(monkeypatch, figures) -> list:
    """A list that will hold the matplotlib figure of every drawing made from now on."""
    found = []
    original = figures._Canvas.drawing

    def drawing(canvas, alt):
        found.append(canvas.figure)
        return original(canvas, alt)

    monkeypatch.setattr(figures._Canvas, "drawing", drawing)
    return found

"""What holds of every figure, and labels that try to break it."""

import re
from xml.etree import ElementTree

from legibility import legible
from matplotlib.colors import to_rgb
from pytest import approx

from evaluation.report.figures.drawing import BAR, SMALL, WIDTH

SVG = "{http://www.w3.org/2000/svg}"
LONG = {
    "da": "Udvikling af aktiviteter, der sætter fokus på medborgerskab og demokratisk deltagelse "
    "i minoritetsetniske foreninger og kapacitetsopbygningsforløb " * 2,
    "en": "Development of activities that focus on citizenship and democratic participation in "
    "ethnic minority associations and intergovernmental organisations " * 2,
}
UNBROKEN = "Børnehaveklasselederuddannelsesinstitutionsbygningsreglement" * 2
HOSTILE = [
    *["$x$", "<b>&amp;</b>", "[a](b)", "]]>", "a -- b -->", "\\frac{1}{2}", "_a_ ^2", '"x"', "{a}"],
    *["æøå ”é”", "a\nb\tc", "a\x07b", "<script>alert(1)</script>", "%s {0} {x!r}"],
]


def words(figure) -> list[str]:
    """The texts of a drawing in the order in which they were drawn."""
    return [text.get_text() for text in figure.axes[0].texts]


def sound(drawing, figure) -> None:
    """The drawing is valid SVG without text or script; all words stand on it, apart, not small."""
    root = ElementTree.fromstring(drawing.svg)
    assert root.tag == f"{SVG}svg"
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}text"))
    assert "dc:date" not in drawing.svg
    assert float(root.get("width").removesuffix("pt")) == round(WIDTH * 72, 3)
    assert min(text.get_fontsize() for text in figure.axes[0].texts) >= SMALL
    legible(figure)


def rectangles(svg: str) -> list[tuple[str, float, float, float, float]]:
    """(fill, left, top, width, height) of the rectangles, in inches, as they stand in the SVG."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        fill = re.search(r"fill: (#\w+|url)", path.get("style", ""))
        numbers = [float(number) / 72 for number in re.findall(r"-?\d+\.?\d*", path.get("d", ""))]
        xs, ys = sorted({*numbers[::2]}), sorted({*numbers[1::2]})
        if fill and len(xs) == len(ys) == 2:
            found.append((fill.group(1), xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0]))
    return found


def segments(svg: str) -> list[tuple[str, float, float, float]]:
    """(fill, left, width, top) of the bars and their parts, in the order in which they stand."""
    found = [box for box in rectangles(svg) if box[4] == approx(BAR, abs=0.01)]
    ordered = sorted(found, key=lambda box: (round(box[2], 2), box[1]))
    return [(fill, left, width, top) for fill, left, top, width, _ in ordered]


def markers(figure) -> list[tuple[float, float, float, str]]:
    """(x, y, radius, shape) of the markers, in inches from the left and the top."""
    return [
        (
            float(line.get_xdata()[0]),
            float(line.get_ydata()[0]),
            line.get_markersize() / 72 / 2,
            line.get_marker(),
        )
        for line in figure.axes[0].lines
    ]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2.1."""

    def luminance(colour: str) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)

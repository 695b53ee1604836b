"""The look of the report's figures, for what an author draws with matplotlib or seaborn."""

from typing import Any

from matplotlib.rcsetup import cycler

from evaluation.base.fonts import font_file
from evaluation.report.figures.canvas import register
from evaluation.report.figures.drawing import GUIDE, INK, QUIET, STYLE, WIDE
from evaluation.report.figures.stacked import DISTINCT


def house_style() -> dict[str, Any]:
    """Settings of matplotlib: the report's font, colours and width.

    Set once in a notebook, they hold for what is drawn after:

        import seaborn as sns
        sns.set_theme(style="ticks", rc=house_style())
    """
    register(font_file("Regular"), font_file("Semibold"))
    return STYLE | {
        "axes.prop_cycle": cycler(color=DISTINCT),
        "axes.edgecolor": GUIDE,
        "axes.labelcolor": INK,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.figsize": (WIDE, WIDE / 2),
        "legend.frameon": False,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
    }

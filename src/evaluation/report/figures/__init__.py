"""Figures: pure functions from small tables to drawings, in one style.

Labels stand above their bars and counts inside or beside them, so that a figure reads the same
on a phone, on a wide screen and on paper, and never by colour alone.
"""

from evaluation.report.figures.bars import bars
from evaluation.report.figures.dots import dots
from evaluation.report.figures.drawing import Drawing
from evaluation.report.figures.own import house_style
from evaluation.report.figures.scale import diverging_bars
from evaluation.report.figures.stacked import stacked_bars

__all__ = ["Drawing", "bars", "diverging_bars", "dots", "house_style", "stacked_bars"]

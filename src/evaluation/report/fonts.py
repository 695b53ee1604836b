"""The typeface of figures and headings, from a package that ships its files."""

from importlib import resources
from importlib.resources.abc import Traversable

FAMILY = "Source Sans Pro"
PACKAGE = "font_source_sans_pro"
STYLES = ("Regular", "It", "Semibold", "SemiboldIt")


def font_file(style: str) -> Traversable:
    """The TrueType file of `style`, one of `STYLES`."""
    return resources.files(PACKAGE).joinpath("files", f"SourceSansPro-{style}.ttf")

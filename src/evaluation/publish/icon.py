"""The icon of the pages, in their own colours, as an address that asks for no file."""

from importlib import resources
from urllib.parse import quote


def icon() -> str:
    """The icon as the address of a picture."""
    drawing = resources.files("evaluation.publish").joinpath("templates", "icon.svg")
    return "data:image/svg+xml," + quote(drawing.read_text("utf-8").strip())

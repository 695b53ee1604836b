"""Methods that any evaluation can use, a folder each; no method imports another, each from report,
disclosure, stats, project and below."""

from functools import cache
from pathlib import Path

from evaluation.project.codebook import Codebook, load_codebook

ITEMS = Path(__file__).parent / "items"


@cache
def fragment(name: str) -> Codebook:
    """The questions and options of an instrument, with their texts in Danish and English.

    name: of the instrument's module.

    Raises KeyError, naming what exists, for an unknown instrument.
    """
    known = sorted(path.stem for path in ITEMS.glob("*.yml"))
    if name not in known:
        raise KeyError(f"the instruments are {', '.join(known)}, not {name}")
    return load_codebook(ITEMS / f"{name}.yml", f"{name}.yml")

"""The typeface of figures and headings, and those that have the signs it has not; from packages
that ship their files."""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from unicodedata import category

FAMILY = "Source Sans Pro"
PACKAGE = "font_source_sans_pro"
OWN = "files/SourceSansPro-{}.ttf"
STYLES = ("Regular", "It", "Semibold", "SemiboldIt")
NOTO = "fonts/ofl/notosans{0}/NotoSans{1}[wdth,wght].ttf"
# where a sign is looked for, the first that has it serves
OTHERS = (
    ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
    ("justmytype_western_core", NOTO.format("", "")),
    ("justmytype_western_core", "fonts/ofl/notosanssymbols2/NotoSansSymbols2-Regular.ttf"),
    ("justmytype_western_core", "fonts/ofl/stixtwomath/STIXTwoMath-Regular.ttf"),
    *(
        (f"justmytype_intl_{part}", NOTO.format(script.lower(), script))
        for part, scripts in {
            "rtl": ("Arabic", "Hebrew"),
            "africa": ("Ethiopic",),
            "sea": ("Thai", "Khmer", "Lao", "Myanmar"),
            "south_asia": ("Devanagari", "Bengali", "Tamil", "Telugu"),
        }.items()
        for script in scripts
    ),
    ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"),
)
# categories of Unicode
UNSEEN, PRIVATE = ("Cc", "Cf", "Zl", "Zp"), "Co"
# stands for a sign that none of them has
SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"


def font_file(style: str) -> Traversable:
    """The TrueType file of `style`, one of `STYLES`."""
    return _file(PACKAGE, OWN.format(style))


def other_fonts(signs: Iterable[str]) -> tuple[list[Traversable], set[str]]:
    """The font files that have what `FAMILY` has not, and the signs that none of them has.

    signs: single characters; those that are not seen, such as joiners, need no font.
    """
    own, signs = _signs(PACKAGE, OWN.format("Regular")), set(signs)
    # each font may show something else there, which PDF/A does not allow
    private = {sign for sign in signs if category(sign) == PRIVATE}
    missing = {sign for sign in signs if ord(sign) not in own and category(sign) not in UNSEEN}
    missing -= private
    files = []
    for package, path in OTHERS:
        if not missing:
            break
        found = {sign for sign in missing if ord(sign) in _signs(package, path)}
        if found:
            files.append(_file(package, path))
            missing -= found
    return files, missing | private


@cache
def _file(package: str, path: str) -> Traversable:
    return resources.files(package).joinpath(path)


@cache
def _signs(package: str, path: str) -> frozenset[int]:
    # slow to import, and a process that draws nothing needs none of it
    from fontTools.ttLib import TTFont

    with (
        resources.as_file(_file(package, path)) as file,
        TTFont(file, lazy=True, fontNumber=0) as font,
    ):
        return frozenset(font.getBestCmap())

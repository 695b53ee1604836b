"""Text as Markdown that shows it letter by letter, whichever renderer reads it.

Answers, labels and names are text: nothing in them is markup, mathematics, a citation, an
attribute, a div, raw HTML or Typst, or a shortcode of Quarto's.
"""

import re

# all ASCII punctuation that Markdown, its extensions or Quarto's shortcodes give a meaning
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^$@'\"&=:%])")
BLANKS = re.compile("[ \t\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
# signs without a shape that are no blanks, which no page or PDF can show
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
SHORTCODE = re.compile(r"\{\{(?=[<%])")
SHORTCODE_END = re.compile(r"(?<=[>%])\}\}")
JOINER = "\u2060"  # a sign without a width


def one_line(text: str) -> str:
    """Text without line breaks, runs of blanks and control characters; no-break spaces stay."""
    return BLANKS.sub(" ", CONTROLS.sub("", str(text))).strip(" ")


def escape(text: str) -> str:
    """Text that Markdown shows letter by letter, on one line."""
    return SPECIAL.sub(r"\\\1", one_line(text))


def attribute(text: str) -> str:
    """Text as the value of an attribute, `{name="…"}`, in which nothing is read as markup.

    Every sign that could be is a character reference, because Quarto looks for shortcodes and
    inline code before an attribute is read as one.
    """
    return SPECIAL.sub(lambda match: f"&#{ord(match.group())};", one_line(_parted(text)))


def metadata(text: str) -> str:
    """Text as the value of a metadata field, which is read as Markdown."""
    return escape(_parted(text))


def _parted(text: str) -> str:
    """Text without what Quarto takes for a shortcode where it has read the text already: signs
    without a width part the brackets."""
    begun = SHORTCODE.sub("{" + JOINER + "{", str(text))
    return SHORTCODE_END.sub("}" + JOINER + "}", begun)


def without_shortcodes(markdown: str) -> str:
    """Markdown in which no shortcode is left: what looks like one is shown as it stands."""
    return SHORTCODE.sub(r"\\{\\{", markdown)

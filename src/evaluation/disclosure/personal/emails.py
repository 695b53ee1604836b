"""E-mail addresses, also where people spell out their signs or put them in brackets."""

import re
from collections.abc import Iterator

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of

KIND = "email"
OPEN, CLOSE = r"[(\[{<]\s?", r"\s?[)\]}>]"
WORD = r"[^\W_](?:[\w+'-]*\w)?"
AT_WORD = rf"(?:\s?{OPEN}{any_of('at_bracketed')}{CLOSE}\s?|\s?{any_of('at')}\s?)"
DOT_WORD = rf"(?:\s?{OPEN}(?:{any_of('dot')}|\.){CLOSE}\s?|\s{any_of('dot')}\s)"
DOT = rf"(?:{DOT_WORD}|\s?\.\s?(?=\w)|,(?=[a-z]{{2,3}}\b))"
LOCAL = rf"{WORD}(?:(?:\.|{DOT_WORD}){WORD})*"
FORMS = (
    re.compile(r"[\w.+'-]+\s?@\s?[^\W_][\w-]*(?:(?:\.|\s\.\s|,(?=[a-z]{2,3}\b))[\w-]+)*"),
    # anne (at) firma.dk, anne snabel-a firma punktum dk, anne(at)firma(dot)dk
    re.compile(rf"(?<!\w){LOCAL}{AT_WORD}{WORD}(?:{DOT}{WORD})+(?!\w)", re.IGNORECASE),
    # "at" is a common word: only with a dot in words, or where the name is no word
    re.compile(
        rf"(?<!\w){LOCAL}\s{any_of('at_plain')}\s{WORD}(?:\.{WORD})*(?:{DOT_WORD}{WORD})+(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)[^\W_]+[._\d][\w.]*\s{any_of('at_plain')}\s{WORD}(?:\.{WORD})+(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w){any_of('mail')}\W{{0,3}}(?:{any_of('linking')}\s)?(?P<address>"
        rf"{LOCAL}\s{any_of('at_plain')}\s{WORD}(?:{DOT}{WORD})+)(?!\w)",
        re.IGNORECASE,
    ),
)
# what every form has
HINT = rf"@|{any_of('at')}|[(\[{{<]\s?{any_of('at_bracketed')}\s?[)\]}}>]|\s{any_of('at_plain')}\s"
# without a letter before the sign or behind it, it is a price or a place
AT_LEAST = re.compile(r"[^\W\d_].*@\s?[^\W\d_]", re.DOTALL)
SPACED = re.compile(r"\s@|@\s")


def find(text: str) -> Iterator[Found]:
    """E-mail addresses in a plain text."""
    for pattern in FORMS:
        for match in pattern.finditer(text):
            written = match.group()
            if pattern is FORMS[0] and (
                not AT_LEAST.search(written)
                # "we meet @ the library"
                or (SPACED.search(written) and not re.search(r"[.,]", written.split("@")[1]))
            ):
                continue
            whole = "address" if "address" in match.groupdict() else 0
            yield Found(KIND, match.start(whole), match.end(whole))

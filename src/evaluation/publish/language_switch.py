"""The links to the other language, which lead to the same page also without a script."""

import re

LINK = re.compile(r'<a\b[^>]*\bdata-language-switch="([\w-]+)"[^>]*>')
HREF = re.compile(r'(?<=\bhref=")[^"]*')


def to_same_page(text: str, href: str) -> str:
    """HTML in which links that switch the language lead to the same page of the other edition.

    text: the HTML; href: the page that it stands on, below the folder of its edition.
    """
    up = "../" * (href.count("/") + 1)

    def led(link: re.Match[str]) -> str:
        return HREF.sub(f"{up}{link[1]}/{href}", link.group())

    return LINK.sub(led, text)

"""outside: what a page has a browser fetch from another host."""

import pytest

from evaluation.base.errors import InputError
from evaluation.publish.outside import asked, check_asks_nobody


@pytest.mark.parametrize(
    "page",
    [
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="preconnect" href="//example.org">',
        '<script src="http://example.org/a.js"></script>',
        '<img src="//example.org/a.png">',
        '<IMG SRC="HTTPS://example.org/a.png">',
        '<iframe src="https://example.org"></iframe>',
        '<video poster="https://example.org/a.png"></video>',
        "<style>@import url(https://example.org/a.css);</style>",
        "<style>@import 'https://example.org/a.css';</style>",
        '<p style="background: url(https://example.org/a.png)">x</p>',
        '<svg><image xlink:href="https://example.org/a.png"/></svg>',
    ],
)
def test_what_a_browser_would_fetch_is_found(page):
    assert len(list(asked(page))) == 1


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://example.org">x</a>',
        '<link rel="canonical" href="https://example.org">',
        '<img src="a.png"><script src="../b.js"></script>',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "<p>url(https://example.org) er en adresse</p>",
        '<img src="data:image/png;base64,AA//AA">',
        "<style>a::after { content: '//' } b { background: url(a.png) }</style>",
        "<script>fetch('https://example.org')</script>",
    ],
)
def test_what_a_reader_follows_or_reads_is_not(page):
    assert list(asked(page)) == []


def test_a_style_sheet_is_read_too(tmp_path):
    (tmp_path / "libs").mkdir()
    (tmp_path / "libs/theme.css").write_text('@import"https://example.org/font";', "utf-8")
    with pytest.raises(InputError, match=r"libs/theme\.css.*example\.org/font"):
        check_asks_nobody(tmp_path)

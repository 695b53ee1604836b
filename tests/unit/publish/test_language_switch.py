"""The links to the other language, without a script."""

from evaluation.publish.language_switch import to_same_page

LINK = '<a hreflang="en" data-language-switch="en" href="../en/index.html">English</a>'


def test_they_lead_to_the_same_page_of_the_other_edition():
    text = to_same_page(f"{LINK} <a href='x.html'>x</a>", "notebooks/30_a.html")
    assert 'href="../../en/notebooks/30_a.html"' in text and "<a href='x.html'>" in text
    turned = '<a href="../en/index.html" data-language-switch="en">'
    assert 'href="../en/index.html"' in to_same_page(turned, "index.html")
    assert 'href="../en/references.html"' in to_same_page(turned, "references.html")

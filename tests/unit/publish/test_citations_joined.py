"""A citation does not break between an abbreviation and its number."""

from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.citations import joined


def test_an_abbreviation_keeps_its_number():
    cited = pandoc.link(pandoc.inlines("Sommer 2025, afs. 3.4 og kap. 2. Se 5"), "#ref")
    said = "Sommer 2025, afs.~3.4 og kap.~2. Se 5"
    assert pandoc.plain(joined([cited])) == said.replace("~", "\u00a0")

"""Personal data in every kind of column of an export, at default settings and with nothing edited:
none of it is on a page, in a file to download or in the terminal.
"""

import pandas as pd
import planted
import pytest
from conftest import evaluation

from evaluation.exchange.reading.placing import place
from evaluation.exchange.reading.placing.shapes import tells_of_person

pytestmark = pytest.mark.slow
# a name that no register holds and that stands in what somebody wrote, and digits one by one, are
# promised by nothing: they stay in the data on which people work, which nobody publishes
UNSEEN = ("name", "phone")
FALSE_ALARMS = 0.02


@pytest.fixture(scope="module", params=sorted(planted.WRITERS))
def built(request, tmp_path_factory):
    """(the folder, what the terminal showed, what was planted)."""
    root = tmp_path_factory.mktemp("planted")
    table, texts = planted.survey()
    export = planted.WRITERS[request.param](root / f"svar.{request.param}", table)
    folder = root / "folder"
    said = ""
    for command in (
        ("new", str(folder), "--from", str(export)),
        ("check", str(folder)),
        ("build", "--engine", "embedded", str(folder)),
    ):
        done = evaluation(*command)
        assert command[0] == "check" or done.returncode == 0, done.stderr
        said += done.stdout + done.stderr
    return folder, said, texts


def test_enough_is_planted():
    table, texts = planted.survey()
    assert len(texts) > 300
    assert len(table) == planted.RESPONDENTS


def test_what_is_planted_would_be_found():
    """The search finds a text in other signs too: markup, capitals, digits in other groups."""
    assert planted.leaks("<p>FATIMA &amp; Al-Hassan</p>", ["Fatima & Al-Hassan"])
    assert planted.leaks("ring 53565511", ["53 56 55 11"])
    assert not planted.leaks("ring 53565512", ["53 56 55 11"])


def test_nothing_planted_is_in_a_published_file(built):
    folder, _, texts = built
    found = {}
    files = [path for path in (folder / "reports/site").rglob("*") if path.is_file()]
    assert {".html", ".pdf", ".csv", ".svg"} <= {path.suffix for path in files}
    assert planted.SEARCH in {path.name for path in files}
    for path in files:
        for name, text in planted.texts_of(path):
            if leaked := planted.leaks(text, texts):
                found[name] = leaked
    assert found == {}


def test_nothing_planted_is_in_the_terminal(built):
    _, said, texts = built
    assert planted.leaks(said, texts) == []


def test_processed_data_hold_only_names_that_nothing_tells(built):
    folder, _, texts = built
    unseen = planted.of_kinds(UNSEEN)
    files = sorted((folder / "data/processed").glob("*.csv"))
    assert files
    for path in files:
        for name, text in planted.texts_of(path):
            assert [each for each in planted.leaks(text, texts) if each not in unseen] == [], name


def test_what_names_nobody_is_no_false_alarm():
    """Neither in a text, nor as an answer of a question with options."""
    texts = planted.harmless()
    assert len(texts) > 300
    alarms = [text for text in texts if tells_of_person(text)]
    assert len(alarms) < FALSE_ALARMS * len(texts), alarms
    asked = [place("Hvad synes du?", pd.Series([text, *planted.CHOICES * 9])) for text in texts]
    assert sum(each.role == "identity" for each in asked) == 0

"""A folder that the version before made: told in one line what to change, and then built with the
numbers that it had."""

import csv
import re
import shutil

import pytest
from conftest import REPOSITORY, evaluation
from pages import pages, site, words

KEPT = REPOSITORY / "tests/site/old_folder"
# the words around a number may be others now; what it is, counts and comes from may not
SAME = ("id", "file", "k", "n", "source")
# of a figure that drew single grants, which nobody is told any more
HIDDEN_SINCE = {"meetings-grants-fig-meetings-grants-spread-1"}


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    folder = shutil.copytree(KEPT / "0.1.0", tmp_path_factory.mktemp("old") / "svar")
    return folder, evaluation("build", str(folder))


@pytest.fixture(scope="module")
def upgraded(refused):
    folder, _ = refused
    done = evaluation("upgrade", str(folder))
    assert done.returncode == 0, done.stderr
    done = evaluation("build", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def numbers(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            ([row[column] for column in SAME], re.findall(r"\d+(?:[.,]\d+)*", row["value"]))
            for row in csv.DictReader(stream)
        ]


def test_a_build_says_in_one_line_what_to_do(refused):
    _, done = refused
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "_quarto-da.yml" in done.stderr and "`evaluation upgrade`" in done.stderr


def test_every_number_is_the_one_that_the_version_before_told(upgraded):
    told = numbers(KEPT / "number_ledger_da.csv")
    assert len(told) > 50
    kept = [number for number in told if number[0][0] not in HIDDEN_SINCE]
    assert numbers(site(upgraded, "da") / "downloads/number_ledger_da.csv") == kept


def test_what_the_author_added_is_on_the_page(upgraded):
    front = pages(upgraded, "da")["index.html"]
    # what is written in the prose is escaped there, as it was: the author did so once more
    assert r"Her står \*Broen\*" in words(front.main)
    assert words(front.title).endswith("Evaluering af Broen")

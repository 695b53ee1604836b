"""The list of real files that `make corpus` reads, and those of its files that lie here."""

import hashlib

import pytest
from corpus import HERE, ROOT, listed, reading
from source_packages import PACKAGES

LISTED = listed()


def test_the_list_names_files_of_known_packages_once():
    assert {one.package for one in LISTED} <= {HERE, *PACKAGES}
    assert len({(one.package, one.member) for one in LISTED}) == len(LISTED) > 60


@pytest.mark.slow
@pytest.mark.parametrize(
    "one", [one for one in LISTED if one.package == HERE], ids=lambda one: one.member
)
def test_a_file_of_the_corpus_is_read_as_somebody_found_right(one, tmp_path):
    path = ROOT / one.member
    assert hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256
    assert reading(path, tmp_path / "mit") == (one.right, "")

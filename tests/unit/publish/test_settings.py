"""Whatever stands in the settings of a report: it is read, or refused in words."""

import shutil

import pytest
from bad_inputs import INTERNAL
from conftest import REPOSITORY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import VALUES, set_value, yaml_form, yaml_paths

from evaluation.base.errors import InputError
from evaluation.project.config import load_config
from evaluation.project.quarto_files import check_quarto_files
from evaluation.publish.embedded.book import read_book

pytestmark = pytest.mark.slow

FILES = ("evaluation.yml", "_quarto.yml", "_quarto-da.yml")
PATHS = [(file, path) for file in FILES for path in yaml_paths(REPOSITORY / file, 1)]
FORMS = [each for each in yaml_form("_quarto.yml") if each.name != "levels without end"]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The settings of this evaluation, with files of the names that they give."""
    root = tmp_path_factory.mktemp("settings")
    for name in (*FILES, "_quarto-en.yml", "references.bib", "references.qmd", "index.ipynb"):
        shutil.copy(REPOSITORY / name, root)
    shutil.copytree(REPOSITORY / "notebooks", root / "notebooks")
    shutil.copytree(REPOSITORY / "_extensions", root / "_extensions")
    return root


def read(root, file: str) -> bool:
    """Whether the settings are accepted; what refuses them names the file in words."""
    try:
        check_quarto_files(root)
        load_config(root)
        read_book(root, "da")
    except InputError as error:
        told = str(error)
        assert file in told and ". Remedy: " in told and len(told) < 1_500, told
        assert not INTERNAL.search(told) and told.isprintable(), told
        return False
    return True


def tried(root, file: str, change) -> bool:
    try:
        change(root / file)
        return read(root, file)
    finally:
        shutil.copy(REPOSITORY / file, root)


@pytest.mark.parametrize("mutation", FORMS, ids=str)
def test_what_no_settings_may_be_is_refused(root, mutation):
    assert not tried(root, mutation.file, mutation.change)


written = st.one_of(
    st.sampled_from(sorted(set(VALUES.values()) - {VALUES["a text of 100 kB"]})),
    st.recursive(
        st.sampled_from(["null", "-1", "1e400", "~", "'\"'", "æ", "2026-02-30"]),
        lambda inner: (
            st.lists(inner, max_size=2).map(lambda parts: f"[{', '.join(parts)}]")
            | inner.map(lambda part: f"{{a: {part}}}")
        ),
        max_leaves=4,
    ),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.sampled_from(PATHS), value=written)
def test_an_entry_with_any_value_is_read_or_refused_in_words(root, place, value):
    file, path = place
    tried(root, file, set_value(path, value))

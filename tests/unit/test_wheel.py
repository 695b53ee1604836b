"""The wheel of the library: an institute that installs it gets what a clone has."""

import subprocess
import sys
from zipfile import ZipFile

import pytest

CACHES = {"__pycache__", ".ipynb_checkpoints"}


@pytest.fixture(scope="module")
def packed(repository, tmp_path_factory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, repository], check=True)
    (wheel,) = folder.glob("*.whl")
    return set(ZipFile(wheel).namelist())


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_library(packed, repository):
    sources = repository / "src"
    files = {
        path.relative_to(sources).as_posix()
        for path in sources.glob("evaluation/**/*")
        if path.is_file() and not CACHES & set(path.parts)
    }
    assert len(files) > 200 and files <= packed


@pytest.mark.parametrize(
    "file",
    [
        "py.typed",
        "language/locales/da/report.yml",
        "methods/resource_check/items.yml",
        "methods/resource_check/words/en.yml",
        "_extensions/rapport/theme.css",
    ],
)
def test_the_wheel_tells_types_words_items_and_looks(file, packed):
    assert f"evaluation/{file}" in packed

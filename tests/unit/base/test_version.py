"""base.version: the version that is installed is the one that pyproject.toml says."""

import tomllib

import pytest

from evaluation.base.version import DISTRIBUTION, installed, is_newer
from evaluation.cli import main


def test_the_command_says_the_version_of_the_project(repository, capsys):
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    assert (DISTRIBUTION, installed()) == (project["name"], project["version"])
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"evaluation {project['version']}\n"


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [
        ("0.10.0", "0.9.9", True),
        ("0.2.0", "0.2.0", False),
        ("0.2.0", "0.10.0", False),
        ("1.0.0", "0.99.99", True),
    ],
)
def test_versions_are_compared_by_number(one, other, newer):
    assert is_newer(one, other) is newer

"""The environment files: one set of versions for pip and conda, and no package host named."""

import re
import tomllib
from itertools import chain

import pytest
from ruamel.yaml import YAML

LOCKED = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


def plain(name):
    return re.sub(r"\[.*\]|[<>=].*", "", name).lower().replace("_", "-").replace(".", "-")


@pytest.fixture(scope="module")
def locked(repository):
    return dict(LOCKED.findall((repository / "requirements.lock").read_text()))


@pytest.fixture(scope="module")
def conda(repository):
    entries = YAML(typ="safe").load(repository / "environment.yml")["dependencies"]
    (from_pip,) = (entry["pip"] for entry in entries if isinstance(entry, dict))
    pairs = [entry.split("==") for entry in [*entries, *from_pip] if "==" in entry]
    return {plain(name.strip()): version for name, version in pairs}


@pytest.fixture(scope="module")
def project(repository):
    return tomllib.loads((repository / "pyproject.toml").read_text())["project"]


def test_conda_gets_the_locked_versions_of_every_direct_dependency(conda, locked, project):
    extras = project["optional-dependencies"].values()
    direct = chain(project["dependencies"], *extras)
    assert {name: locked[name] for name in map(plain, direct)} == conda


def test_conda_gets_quarto_from_conda_forge(repository):
    environment = YAML(typ="safe").load(repository / "environment.yml")
    assert environment["channels"] == ["conda-forge"]
    assert "quarto >=1.9.17" in environment["dependencies"]


def test_every_locked_package_has_its_hashes_and_no_address(repository):
    text = (repository / "requirements.lock").read_text()
    for block in re.split(r"\n(?=[a-z])", text):
        assert "--hash=sha256:" in block, block[:60]
    assert "://" not in text and "index-url" not in text


def test_the_version_is_said_the_same_everywhere(repository, project):
    citation = YAML(typ="safe").load(repository / "CITATION.cff")
    assert citation["version"] == project["version"]
    assert f"## {project['version']}" in (repository / "CHANGELOG.md").read_text("utf-8")

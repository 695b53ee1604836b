"""ARCHITECTURE.md says what is so: its floors are those that hold, and what it names is there."""

import re
import tomllib

import pytest

# what an evaluation folder may have, and this one has not
OF_OTHERS = {"data/raw/survey.csv", "data/raw/items.yml", "data/raw/NAME.csv"}


@pytest.fixture(scope="module")
def told(repository) -> str:
    return (repository / "ARCHITECTURE.md").read_text("utf-8")


def test_the_floors_are_those_that_imports_are_held_to(told, repository):
    drawn = [line.split() for line in re.search(r"```\n(.*?)```", told, re.S)[1].splitlines()]
    settings = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    (floors,) = (c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    assert drawn == [layer.replace("|", " ").split() for layer in floors["layers"]]


def test_every_room_is_described_and_there(told, repository):
    described = set(re.findall(r"^\| `(\w+)` \|", told, re.M))
    package = repository / "src/evaluation"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    assert described == rooms and len(rooms) == 12
    assert {path.name for path in package.glob("*.py")} == {"__init__.py", "cli.py"}


def test_every_file_and_folder_that_it_names_is_there(told, repository):
    named = set(re.findall(r"`([\w./-]+/[\w./-]+)`", told))
    assert len(named) > 20
    for name in named - OF_OTHERS:
        places = (repository / name, repository / "src/evaluation" / name)
        assert any(place.exists() for place in places), name


def test_each_way_through_the_house_enters_a_room_once(told, repository):
    rooms = {path.parent.name for path in (repository / "src/evaluation").glob("*/__init__.py")}
    ways = [line.strip().split(" → ") for line in told.splitlines() if " → " in line]
    assert len(ways) == 3
    for way in ways:
        assert set(way) <= rooms and len(set(way)) == len(way)

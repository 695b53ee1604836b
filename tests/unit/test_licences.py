"""Under which licences everything is that an installation brings along."""

import re
from importlib import metadata

import pytest

PERMISSIVE = re.compile(r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib)\b")
# what tells no licence in its metadata, and which its source says
UNSAID = {"axe-playwright-python": "MIT"}


def locked(repository) -> list[str]:
    text = (repository / "requirements.lock").read_text("utf-8")
    return re.findall(r"(?m)^([\w.-]+)(?:\[[^]]*\])?==", text)


def licence(name: str) -> str:
    told = metadata.metadata(name)
    classifiers = [each for each in told.get_all("Classifier") or () if "License ::" in each]
    return (
        UNSAID.get(name)
        or told.get("License-Expression")
        or "; ".join(each.rpartition(" :: ")[2] for each in classifiers)
        or (told.get("License") or "").partition("\n")[0]
    )


def test_what_is_installed_is_permissive_or_named_in_the_readme(repository):
    readme = (repository / "README.md").read_text("utf-8")
    installed = [name for name in locked(repository) if is_here(name)]
    assert len(installed) > 100
    other = [name for name in installed if not PERMISSIVE.search(licence(name))]
    assert other
    assert [name for name in other if name not in readme] == []


def is_here(name: str) -> bool:
    """Some are for other systems only."""
    try:
        metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return False
    return True


@pytest.mark.parametrize("program", ["pandoc", "typst"])
def test_the_licence_of_a_program_in_a_wheel_is_told(repository, program):
    readme = (repository / "README.md").read_text("utf-8")
    section = readme[readme.index("## Licence and citation") :]
    assert re.search(program, section, re.IGNORECASE)

"""evidence.chapters.source_facts: numbers that the documents state about what they rest on."""

import pytest

from evaluation.methods.evidence.chapters import source_facts
from evaluation.project.folder import Folder


def test_a_number_leads_to_its_line(processed, da):
    facts = list(Folder(processed).read("source_facts").itertuples())
    assert facts
    for row in facts:
        value = source_facts.value(da, row.id)
        assert value == row.value
        line = (processed / value.origin.file).read_text("utf-8").splitlines()[row.row - 1]
        assert line.startswith(f"{row.id},{row.document},{row.value},")


def test_a_share_of_the_projects(da, en):
    share = source_facts.share(da, "projects_interviewed", "pool_projects")
    assert share.full == "10\u00a0af\u00a015 (67\u00a0%)"
    assert source_facts.word(en, "projects_cancelled") == "two"
    assert source_facts.number(en, "pool_projects") == "15"


def test_an_unknown_number_names_those_that_exist(da):
    with pytest.raises(KeyError, match="pool_projects, group_interviews"):
        source_facts.value(da, "projects")


def test_the_register_holds_as_many_projects_as_the_document_states(processed, da):
    register = Folder(processed).read("projects")
    assert len(register) == source_facts.value(da, "pool_projects")

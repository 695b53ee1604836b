"""Tables to explore with: they hold what the codebook and the findings hold, in one language."""

import pytest

from evaluation.report import explore


@pytest.mark.slow
def test_the_questions_are_those_of_the_codebook(da, en):
    danish, english = explore.questions(da), explore.questions(en)
    assert list(danish.index) == list(english.index) == list(da.codebook.questions)
    asked = da.codebook.questions["received_funds"]
    row = danish.loc["received_funds"]
    assert row["label"] == asked.label["da"] != english.loc["received_funds", "label"]
    assert row["asked"] == "applied_for_funds.yes"
    assert [part.split(": ")[0] for part in row["options"].split("; ")] == asked.codes


def test_every_finding_is_counted_once_by_its_central_element(da):
    found, stored = explore.findings(da), da.read("findings")
    central = found[found["central"]]
    assert sorted(central["finding"]) == sorted(stored["id"])
    assert len(found) == len(da.read("codings"))
    assert found["label"].notna().all()


@pytest.mark.parametrize("column", ["text", "label"])
def test_findings_are_told_in_the_language_of_the_report(da, en, column):
    danish, english = explore.findings(da), explore.findings(en)
    assert (danish[column] != english[column]).mean() > 0.9
    unchanged = ["finding", "document", "element", "direction", "basis", "central"]
    assert danish[unchanged].equals(english[unchanged])

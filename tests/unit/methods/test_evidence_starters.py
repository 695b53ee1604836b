"""methods.evidence: the chapter of an evidence synthesis, as its starters make it of any folder."""

import pandas as pd
import pytest
from pipe_tables import cells
from refusals import refusal, tells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.evidence import chapter as evidence
from evaluation.methods.evidence.tables import TABLES
from evaluation.report.report import open_report

# whole chapters are made again and again
pytestmark = pytest.mark.slow

HOSTILE = "<b>calm</b> $x$ [a](b)"
CODEBOOK = """\
questions:
  - id: met
    type: single
    question: {da: Har I mødtes?, en: Have you met?}
    label: {da: Har mødtes, en: Have met}
    in_text: {da: har mødtes, en: have met}
    headline: ["yes"]
    elements: [meetings]
    options:
      - {code: "yes", label: {da: Ja, en: "Yes"}}
      - {code: "no", label: {da: Nej, en: "No"}}
"""
INDICATORS = "id question option k n population random_low random_high suppressed"
# finding: document, elements, direction, basis
FOUND = {
    "f1": ("us", "meetings;contacts", "promotes", "interview"),
    "f2": ("us", "meetings", "promotes", "observation"),
    "f3": ("others", "meetings", "hinders", "literature"),
    "f4": ("others", "calm", "mixed", "literature"),
    "f5": ("third", "calm", "promotes", "literature"),
}


def both(text: str) -> dict[str, str]:
    return {"da": f"{text} da", "en": f"{text} en"}


ROWS = {
    "documents": [
        {"id": name, "author": f"Author {name}", "year": 2024, "title_da": name, "title_en": name}
        | both("kind")
        for name in ("us", "others", "third")
    ],
    "families": [
        {"id": "steps", "document": "us", "kind": "list", "section": "1"} | both("Steps"),
        {"id": "advice", "document": "others", "kind": "list", "section": "1"} | both("Advice"),
    ],
    "frameworks": [
        {"id": name, "family": family, "level": "intervention", "document": document}
        | {"section": "1", "da": label, "en": label}
        for name, family, document, label in (
            ("meetings", "steps", "us", "Meetings"),
            ("contacts", "steps", "us", "Contacts"),
            ("calm", "advice", "others", HOSTILE),
        )
    ],
    "cross_themes": [
        {"id": name.lower(), "definition_da": "d", "definition_en": "d"} | both(name)
        for name in ("Trust", "Places")
    ],
    "theme_elements": [
        {"theme": "trust", "element": "meetings"},
        {"theme": "trust", "element": "calm"},
        {"theme": "places", "element": "contacts"},
    ],
    "findings": [
        {"id": name, "document": document, "section": "1", "elements": elements, "page": 1}
        | {"direction": direction, "level": "intervention", "basis": basis}
        | both(f"finding {name}")
        for name, (document, elements, direction, basis) in FOUND.items()
    ],
    "sections": [
        {"document": name, "section": "1", "title_da": "t", "title_en": "t", "status": "findings"}
        for name in ("us", "others", "third")
    ],
    "links": [
        {"id": "l1", "from_element": "meetings", "to_element": "contacts", "document": "us"}
        | {"section": "1"}
        | both("they meet"),
    ],
    "conclusions": [
        {"id": "c1", "section": "1", "elements": "meetings", "links": "l1"}
        | {"rivals_da": "held | vejr", "rivals_en": "luck | weather"}
        | both("Meetings help"),
    ],
    "relations": [
        {"link": "l1", "document": document, "section": "1", "direction": direction}
        | {"basis": basis, "finding": ""}
        | both(f"passage {basis}")
        for document, direction, basis in (
            ("us", "supports", "interview"),
            ("us", "supports", "aim"),
            ("others", "mixed", "literature"),
            ("us", "supports", "observation"),
        )
    ],
    "claims": [
        {"conclusion": "c1", "document": document, "section": "1", "direction": direction}
        | {"basis": basis, "finding": "", "figure": figure}
        | both(f"claim {document}")
        for document, direction, basis, figure in (
            ("us", "for", "interview", ""),
            ("us", "for", "observation", ""),
            ("us", "for", "survey", "met"),
            ("others", "against", "literature", ""),
        )
    ],
    "second_codings": [
        {"finding": "f1", "direction": "promotes", "level": "intervention", "basis": "interview"}
        | {"elements": "meetings"},
        {"finding": "f3", "direction": "promotes", "level": "intervention", "basis": "literature"}
        | {"elements": "meetings"},
    ],
}


def raw(rows: dict[str, list[dict]]) -> dict[str, pd.DataFrame]:
    return {
        name: pd.DataFrame(rows.get(name, []), columns=list(columns))
        for name, (columns, _) in TABLES.items()
    }


def make(tmp_path_factory, rows, *, k: int | None = None, min_cell: int = 1, **chosen):
    """A folder with scores; k: how many of twelve answered yes, in a folder with a survey."""
    root = tmp_path_factory.mktemp("evidence") / "folder"
    if k is None:  # a claim names no figure of a survey that there is not
        rows = rows | {"claims": [row | {"figure": ""} for row in rows.get("claims", [])]}
    else:
        (root / "data/raw").mkdir(parents=True)
        (root / "data/raw/codebook.yml").write_text(CODEBOOK, "utf-8")
        processed = root / "data/processed"
        processed.mkdir()
        shown = None if k < min_cell else k
        pd.DataFrame(
            [
                ("met.yes", "met", "yes", shown, 12, 12, k, k, shown is None),
                ("met.no", "met", "no", shown and 12 - k, 12, 12, 12 - k, 12 - k, shown is None),
            ],
            columns=INDICATORS.split(),
        ).astype({"k": "Int64"}).to_parquet(processed / "indicators.parquet")
        pd.DataFrame(
            [("met", "yes", 2), ("met", "no", 3)], columns=["question", "option", "row"]
        ).to_parquet(processed / "sources.parquet")
    return scored(root, "evidence", min_cell, raw(rows), **chosen)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make(tmp_path_factory, ROWS, k=9)


def test_the_starters_make_the_same_chapter_in_both_languages(folder):
    danish, english = (chapter(folder, "evidence", language) for language in LANGUAGES)
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 10
    assert ",nan," not in everything(folder)
    assert "Antal fund: 5; heraf fremmende: 3, hæmmende: 1, begge dele: 1." in prose(danish)
    assert "Number of findings: 5; of these, promoting: 3, hindering: 1, both: 1." in prose(english)
    assert "1\u00a0of\u00a02 themes are found in every document." in prose(english)
    assert "come out as follows: one agreeing. Set beside those of the other" in prose(english)
    assert "The links are divided as follows: one only here." in prose(english)
    for notebook in (danish, english):
        assert r"\<b\>calm\</b\> \$x\$" in shown(notebook)["tbl-evidence-gaps"]
        asis = "".join(
            output["data"]["text/markdown"]
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            if "text/markdown" in output.get("data", {})
        )
        # the matrix leads to the findings of the same chapter
        assert "{#f-meetings-us}" in asis and "##### " in asis
        assert any("](#f-meetings-us)" in str(cell.get("outputs")) for cell in notebook.cells)


def test_figures_links_and_conclusions_stand_beside_the_findings_on_them(folder):
    report = open_report("en", folder)
    assert cells(evidence.joint_display(report))[1:] == [
        ["Have met", "9\u00a0of\u00a012, points up", "Agreeing (2+)", "Conflicting (1−)"]
    ]
    assert cells(evidence.links(report))[1:] == [
        [
            "Meetings → Contacts",
            "they meet en",
            "Only here; for here: 2, both: 1, only an aim: 1",
        ]
    ]
    (row,) = cells(evidence.contributions(report))[1:]
    # a quarter of the claims speak against it and no other document for it
    assert row[2:] == ["figure, own passages", "Limited"]
    assert "luck" in evidence.rivals(report).source


def test_what_is_missing_is_missing_in_the_first_document_unless_another_is_declared(
    folder, tmp_path_factory
):
    (gap,) = cells(evidence.gaps(open_report("en", folder)))[1:]
    # two own findings on the theme, two other documents on the element itself
    assert gap == [HOSTILE, "Trust en", "2", "2"]
    others = make(tmp_path_factory, ROWS, document="others", decisive="steps")
    (gap,) = cells(evidence.gaps(open_report("en", others)))[1:]
    assert gap == ["Contacts", "Places en", "0", "1"]
    assert evidence.gap_share(open_report("en", others), "steps") == "1\u00a0of\u00a02"


def test_a_folder_without_a_survey_has_findings_and_says_that_there_are_no_figures(
    tmp_path_factory,
):
    notebook = chapter(make(tmp_path_factory, ROWS), "evidence", "en")
    assert "There is no figure to set beside the findings." in prose(notebook)
    assert "There are no data to show" in shown(notebook)["tbl-evidence-joint"]
    assert "Meetings" in shown(notebook)["tbl-evidence-links"]


def test_a_count_of_people_below_the_threshold_is_not_compared(tmp_path_factory):
    report = open_report("en", make(tmp_path_factory, ROWS, k=2, min_cell=3))
    (row,) = cells(evidence.joint_display(report))[1:]
    assert row[1].startswith("a hidden number of 12")
    assert row[2].startswith("Not compared")


def test_empty_tables_have_a_chapter_that_says_so(tmp_path_factory):
    folder = make(tmp_path_factory, {}, min_cell=3)
    for language, words in (("da", "ikke indtastet noget"), ("en", "Nothing has been entered")):
        notebook = chapter(folder, "evidence", language)
        assert words in prose(notebook)
        tables = [text for label, text in shown(notebook).items() if label.startswith("tbl")]
        nothing = {"da": "Der er ingen data at vise", "en": "There are no data to show"}
        assert tables and all(nothing[language] in text for text in tables)


def test_a_framework_that_is_declared_and_not_there_is_refused(tmp_path_factory):
    message = refusal(make, tmp_path_factory, ROWS, decisive="step")
    tells(message, "the parameter decisive names what there is: steps, advice", "'step'")

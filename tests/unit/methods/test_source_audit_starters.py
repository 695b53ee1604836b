"""methods.source_audit: the chapter of an audit, as its starters make it of any folder."""

import pandas as pd
import pytest
from pipe_tables import cells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.source_audit import chapter as audit
from evaluation.methods.source_audit.tables import TABLES
from evaluation.report.report import open_report

# whole chapters are made again and again
pytestmark = pytest.mark.slow

QUESTION = """\
  - id: {name}
    type: single
    question: {{da: "Kom {name}?", en: "Did {name} come?"}}
    label: {{da: "{name} kom", en: "{name} came"}}
    in_text: {{da: "{name} kom", en: "{name} came"}}
    headline: ["yes"]
    options:
      - {{code: "yes", label: {{da: Ja, en: "Yes"}}}}
      - {{code: "some", label: {{da: Lidt, en: "Some"}}}}
      - {{code: "no", label: {{da: Nej, en: "No"}}}}
"""
OPTIONS = ("yes", "some", "no")
# of sixteen: 3, 3 and 10 print as 19, 19 and 63, which is 101; no count of sixteen prints as 20
PRINTED = {"rounded": (19, 19, 63), "exact": (25, 25, 50), "wrong": (20, 30, 50)}
COUNTS = {"rounded": (3, 3, 10), "exact": (4, 4, 8), "wrong": (3, 5, 8)}
STATEMENTS = [
    ("s1", "halvdelen", "exact.no", "same"),
    ("s2", "halvdelen", "exact.yes", "same"),
    ("s3", "halvdelen", "exact.no", "cause"),
    ("s4", "mange", "exact.no", "same"),
]
ENGLISH = {"halvdelen": "half"}
TOTALS = [("books", "all", "total", 9), ("books", "a", "part", 4), ("books", "b", "part", 3)]


def raw(printed: dict, statements: list, totals: list) -> dict[str, pd.DataFrame]:
    figures = [
        {"question": name, "option": option, "percent": value, "n": 16, "basis": "printed"}
        | {"section": "2", "page": 1}
        for name, values in printed.items()
        for option, value in zip(OPTIONS, values, strict=True)
    ]
    said = [
        {"id": name, "section": "2", "page": 1, "paraphrase_da": f"{name} da"}
        | {"paraphrase_en": f"{name} en", "quantifier": words, "quantifier_en": ENGLISH.get(words)}
        | {"indicator": of, "claim": claim}
        for name, words, of, claim in statements
    ]
    added = [
        {"list": name, "id": part, "kind": kind, "document": "d", "da": f"{part} da"}
        | {"en": f"{part} en", "value": value, "section": "3", "page": 1}
        for name, part, kind, value in totals
    ]
    apart = [
        {"id": "d1", "document": "d", "section": "2;3", "page": "", "kind": "contradiction"}
        | {"da": "siger 12 og 3,5\u00a0%", "en": "says 12 and 3.5%"}
    ]
    rows = {"published_figures": figures, "statements": said, "totals": added}
    rows["discrepancies"] = apart if printed else []
    return {name: pd.DataFrame(rows[name], columns=list(TABLES[name][0])) for name in TABLES}


def make(tmp_path_factory, min_cell: int, printed=PRINTED, statements=(), totals=()):
    root = tmp_path_factory.mktemp("audit") / "folder"
    (root / "data/raw").mkdir(parents=True)
    (root / "data/processed").mkdir()
    questions = "questions:\n" + "".join(QUESTION.format(name=name) for name in COUNTS)
    (root / "data/raw/codebook.yml").write_text(questions, "utf-8")
    indicators, sources = [], []
    for name, counts in COUNTS.items():
        hidden = min(counts) < min_cell
        for option, k in zip(OPTIONS, counts, strict=True):
            shown_k = None if hidden else k
            bounds = (None, None, None) if hidden else (16, k, k)
            indicators.append((f"{name}.{option}", name, option, shown_k, 16, *bounds, hidden))
            sources.append((name, option, 2))
    columns = ["id", "question", "option", "k", "n", "population", "random_low", "random_high"]
    table = pd.DataFrame(indicators, columns=[*columns, "suppressed"]).astype(
        dict.fromkeys(columns[3:], "Int64")
    )
    table.to_parquet(root / "data/processed/indicators.parquet")
    pd.DataFrame(sources, columns=["question", "option", "row"]).to_parquet(
        root / "data/processed/sources.parquet"
    )
    return scored(root, "source_audit", min_cell, raw(printed, list(statements), list(totals)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make(tmp_path_factory, 1, statements=STATEMENTS, totals=TOTALS)


def test_the_starters_make_the_same_chapter_in_both_languages(folder):
    danish, english = (chapter(folder, "source_audit", language) for language in LANGUAGES)
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 4
    assert "Spørgsmål med trykte procenttal: 3; heraf umulige: 1." in prose(danish)
    assert "Questions with printed percentages: 3; of these, impossible: 1." in prose(english)
    assert (
        "Statements that put a figure into words: 4. Of these, in agreement: 1; contradicting the"
        " figure: 1; going beyond the question: 1; not assessable: 1." in prose(english)
    )


def test_what_rounding_explains_and_what_no_count_gives_are_told_apart(folder):
    rows = cells(audit.figures(open_report("en", folder)))[1:]
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("rounded came", "101%", "Rounding"),
        ("wrong came", "100%", "Impossible percentage"),
    ]
    (first, *_) = audit.figures(open_report("en", folder)).numbers
    assert first.origin.rows == (2, 3, 4)


def test_statements_and_totals_that_do_not_agree_are_listed(folder):
    report = open_report("en", folder)
    said = cells(audit.statements(report, "contradicts", "overreaches"))[1:]
    assert [(row[0], row[4]) for row in said] == [
        ("s2 en", "Contradicts the figure"),
        ("s3 en", "Goes beyond the question"),
    ]
    assert cells(audit.totals(report))[1:] == [["all en", "3", "9", "7", "2", "Unexplained"]]


def test_the_words_of_the_source_stand_in_the_language_of_the_edition(folder):
    words = {
        language: [
            row[2]
            for row in cells(
                audit.statements(open_report(language, folder), "contradicts", "not_assessable")
            )
        ]
        for language in LANGUAGES
    }
    # `mange` has no translation, and stands as it is
    assert words["da"][1:] == ["halvdelen", "mange"]
    assert words["en"][1:] == ["half", "mange"]


def test_what_is_hidden_is_neither_listed_nor_counted(tmp_path_factory):
    few = [("s1", "halvdelen", "rounded.no", "same"), ("s2", "halvdelen", "exact.no", "same")]
    strict = make(tmp_path_factory, 4, statements=few)
    report = open_report("en", strict)
    # at four, the threes of the rounded and of the wrong question are hidden
    assert audit.checked(report).startswith("Questions with printed percentages: 1;")
    assert audit.statement_count(report) == "1"
    assert "rounded" not in prose(chapter(strict, "source_audit", "en"))
    assert '"rounded' not in everything(strict)


def test_empty_tables_have_a_chapter_that_says_so(tmp_path_factory):
    empty = make(tmp_path_factory, 3, printed={})
    for language, nothing, none in (
        ("da", "Der er ingen data at vise", "Der er ingen trykte procenttal"),
        ("en", "There are no data to show", "There are no printed percentages"),
    ):
        notebook = chapter(empty, "source_audit", language)
        assert none in prose(notebook)
        assert len(shown(notebook)) == 4
        assert all(nothing in text for text in shown(notebook).values())


def test_what_else_does_not_go_together_is_listed_with_its_place(folder):
    report = open_report("en", folder)
    assert cells(audit.discrepancies(report))[1:] == [
        ["d", "2; 3", "Contradicts itself", "says 12 and 3.5%"]
    ]
    numbers = audit.discrepancies(report).numbers
    assert [(each.value, each.row, each.origin.about) for each in numbers] == [
        ("12", "d", ("d1",)),
        ("3.5%", "d", ("d1",)),
    ]
    assert cells(audit.discrepancies(report, "other"))[1:] == [
        ["There are no data to show.", "", "", ""]
    ]
    counted = [audit.discrepancy_count(report, *documents) for documents in ((), ("d",), ("e",))]
    assert counted == ["1", "1", "0"]

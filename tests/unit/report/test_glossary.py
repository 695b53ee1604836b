"""report.chapters.glossary: the words of a report, in a folder that needs nothing else."""

import csv
import json
import subprocess

import pandas as pd
import pypandoc
import pytest
from refusals import refusal, tells

from evaluation.project import touched
from evaluation.project.folder import Folder
from evaluation.publish.embedded.pandoc import READER
from evaluation.report.chapters import glossary
from evaluation.report.report import open_report

CONFIG = """languages: [{languages}]
population: 9
survey: data/raw/survey.csv
pipeline: [notebooks/10_survey.ipynb]
parameters: {{language: {{type: string}}}}
"""
HEADER = ("id", "term_da", "term_en", "definition_da", "definition_en", "document", "section")


@pytest.fixture
def folder(tmp_path):
    """Makes a folder with rows in its glossary; without any, it has no table."""

    def make(*rows: tuple[str, ...], languages: str = "da, en", header=HEADER) -> Folder:
        (tmp_path / "data/raw").mkdir(parents=True)
        (tmp_path / "evaluation.yml").write_text(CONFIG.format(languages=languages), "utf-8")
        (tmp_path / "data/raw/codebook.yml").write_text("questions: []\n", "utf-8")
        if rows:
            with (tmp_path / "data/raw/glossary.csv").open("w", encoding="utf-8") as file:
                csv.writer(file).writerows([header, *rows])
        made = Folder(tmp_path)
        made.write("indicators", pd.DataFrame({"wave": [1]}))
        return made

    return make


def terms(folder: Folder, language: str) -> str:
    return glossary.terms(open_report(language, folder.root)).source


def plain(nodes: list) -> str:
    """What a reader sees of inlines: a citation as it was written."""
    signs = {"Space": " ", "SoftBreak": " "}
    told = []
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            told.append(content)
        elif kind in ("Span", "Cite"):
            told.append(plain(content[1]))
        else:
            told.append(signs.get(kind, f"<{kind}>"))
    return "".join(told)


def entries(markdown: str) -> list[tuple[str, str, list[str]]]:
    """Anchor, term and explanations of each entry, as pandoc reads the one definition list."""
    read = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", READER, "-t", "json"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    (block,) = json.loads(read.stdout)["blocks"]
    assert block["t"] == "DefinitionList"
    found = []
    for [span], definitions in block["c"]:
        (anchor, _, _), inlines = span["c"]
        texts = []
        for (paragraph,) in definitions:
            texts.append(plain(paragraph["c"]))
        found.append((anchor, plain(inlines), texts))
    return found


def row(id_: str, da: str, en: str, document: str = "", section: str = "") -> tuple[str, ...]:
    return (id_, da, en, f"Om {da}.", f"On {en}.", document, section)


def test_terms_stand_by_the_alphabet_of_each_language(folder):
    made = folder(
        row("stream", "å", "stream"),
        row("island", "ø", "island"),
        row("axle", "Zebra", "zebra"),
        row("ash", "ærlig", "éclair"),
        row("one_word", "foraar", "easy"),
        row("two_words", "for alle", "eager"),
    )
    danish = [term for _, term, _ in entries(terms(made, "da"))]
    assert danish == ["for alle", "foraar", "Zebra", "ærlig", "ø", "å"]
    english = [term for _, term, _ in entries(terms(made, "en"))]
    assert english == ["eager", "easy", "éclair", "island", "stream", "zebra"]


def test_a_term_has_an_anchor_and_an_explanation_by_each_source(folder):
    made = folder(
        row("cross_work", "samarbejde", "cooperation", "first2020", "3.3"),
        row("other", "aktør", "actor"),
        row("cross_work", "samarbejde", "cooperation", "second2021", "Hvad; er [det]?"),
        row("cross_work", "samarbejde", "cooperation", "third:2022"),
    )
    assert entries(terms(made, "da")) == [
        ("term-other", "aktør", ["Om aktør. (vores forklaring)"]),
        (
            "term-cross-work",
            "samarbejde",
            [
                r"Om samarbejde. [@first2020, afsnit 3\.3]",
                r"Om samarbejde. [@second2021, Hvad\; er \[det\]?]",
                "Om samarbejde. [@third:2022]",
            ],
        ),
    ]
    english = terms(made, "en")
    assert r"[@first2020, sec\. 3\.3]" in english and r"\(our explanation\)" in english


def test_nothing_in_a_term_or_its_explanation_is_markup(folder):
    hostile = "*a* [b](c){#d} <b> $x$ @key {{< include x >}} :::"
    made = folder(("odd", hostile, "odd", f": {hostile}", "Odd.", "", ""))
    ((anchor, term, explained),) = entries(terms(made, "da"))
    assert (anchor, term) == ("term-odd", hostile)
    assert explained == [f": {hostile} (vores forklaring)"]


def test_a_report_in_one_language_has_its_glossary_in_that_alone(folder):
    header = ("id", "term_en", "definition_en", "document", "section")
    made = folder(("one", "word", "What it is.", "", ""), languages="en", header=header)
    assert entries(terms(made, "en")) == [("term-one", "word", ["What it is. (our explanation)"])]


def test_a_folder_without_a_glossary_has_no_chapter_of_it(folder):
    made = folder()
    tells(refusal(terms, made, "da"), "data/raw/glossary.csv")


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"id": "Cross work"}, "id"),
        ({"document": "a] b"}, "document"),
        ({"term_da": ""}, "term_da"),
    ],
)
def test_a_row_that_could_not_be_cited_or_linked_to_is_refused(folder, changed, column):
    cells = dict(zip(HEADER, row("one", "ord", "word", "first2020"), strict=True)) | changed
    made = folder(tuple(cells.values()))
    tells(refusal(made.read_raw, "glossary"), "data/raw/glossary.csv, row 2", f"column {column}")


def test_two_explanations_by_one_source_are_refused(folder):
    made = folder(row("one", "ord", "word", "first2020"), row("one", "ord", "word", "first2020"))
    tells(refusal(made.read_raw, "glossary"), "row 3", "id and document together identify")


def test_a_glossary_is_no_table_of_respondents(folder, monkeypatch):
    made = folder(row("one", "ord", "word"))
    monkeypatch.setattr(touched, "_root", made.root)
    monkeypatch.setattr(touched, "_rows", {})
    terms(made, "da")
    assert touched.touched()["rows"] == {}
    made.read_raw("glossary")
    assert list(touched.touched()["rows"]) == [str(made.raw_path("glossary"))]

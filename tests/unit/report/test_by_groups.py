"""Answers by groups in a report: for sentences, figures and tables, in both languages."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.project.folder import Folder
from evaluation.report.chapters import differences as chapter
from evaluation.report.report import open_report
from evaluation.survey.analyses import analyses
from evaluation.survey.measures import measures
from evaluation.survey.responses import responses
from evaluation.survey.waves import indicators_by_wave

CONFIG = """\
languages: [da, en]
population: null
survey: data/raw/survey.csv
pipeline: [notebooks/10_survey.ipynb]
parameters:
  language: {type: string, choices: [da, en]}
"""
CODEBOOK = """\
questions:
  - id: place
    type: single
    background: true
    question: {da: "Hvor?", en: "Where?"}
    label: {da: Sted, en: Place}
    options:
      - {code: odense, label: {da: Odense, en: Odense}}
      - {code: ribe, label: {da: Ribe, en: Ribe}}
      - {code: koege, label: {da: Køge, en: Køge}}
  - id: view
    type: ordinal
    question: {da: "Hvordan?", en: "How?"}
    label: {da: Udbytte, en: Benefit}
    headline: [good, fair]
    options:
      - {code: good, label: {da: Godt, en: Good}}
      - {code: fair, label: {da: Fint, en: Fair}}
      - {code: poor, label: {da: Ringe, en: Poor}}
  - id: topics
    type: multiple
    question: {da: "Hvad?", en: "What?"}
    label: {da: Emner, en: Topics}
    options:
      - {code: funds, label: {da: Penge, en: Money}}
      - {code: people, label: {da: Folk, en: People}}
  - id: hours
    type: number
    question: {da: "Timer?", en: "Hours?"}
    label: {da: Timer, en: Hours}
"""
VIEWS = {
    "odense": "gggggggggfffffpppp",
    "ribe": "gggfffffpppppppppp",
    "koege": "gggggfffffffpppppp",
}
LETTERS = {"g": "good", "f": "fair", "p": "poor"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Folder:
    root = tmp_path_factory.mktemp("groups")
    (root / "data/raw").mkdir(parents=True)
    (root / "evaluation.yml").write_text(CONFIG, "utf-8")
    (root / "data/raw/codebook.yml").write_text(CODEBOOK, "utf-8")
    folder = Folder(root)
    pairs = [(place, LETTERS[each]) for place, given in VIEWS.items() for each in given]
    rows = pd.DataFrame(pairs, columns=["place", "view"]).assign(wave=1)
    rows["respondent"] = range(1, len(rows) + 1)
    rows["hours"] = [float(i % 13 + 4 * (place == "ribe")) for i, place in enumerate(rows["place"])]
    for at, code in enumerate(("funds", "people")):
        rows[f"topics.{code}"] = [str((i + at) % 2) for i in range(len(rows))]
    codebook = folder.codebook()
    table = responses(rows, codebook, "data/raw/survey.csv")
    published = indicators_by_wave(table, codebook, None, 3)
    for name, made in {
        "responses": table,
        "indicators": published,
        "measures": measures(table, codebook, 3, published),
        **analyses(table, codebook, published, 3),
    }.items():
        folder.write(name, made)
    return folder


@pytest.fixture(params=["da", "en"])
def report(folder, request):
    return open_report(request.param, folder.root)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_sentence_names_the_highest_and_the_lowest_group(folder):
    order = open_report("en", folder.root).share("view", by="place")
    assert plain(order.ends) == "highest in Odense (14 of 18) and lowest in Ribe (8 of 18)"
    assert plain(order.full) == "Odense (14 of 18), Køge (12 of 18) and Ribe (8 of 18)"
    assert plain(order.share("koege").full) == "12 of 18 (67%)"
    assert order.standing("ribe") == "last"


def test_a_single_answer_is_told_by_groups_too(folder):
    order = open_report("da", folder.root).share("view", "good", by="place")
    assert plain(order.share("odense").full) == "9 af 18 (50 %)"


def test_the_mean_of_a_group_is_told_with_how_many_gave_a_number(folder):
    means = open_report("en", folder.root).mean("hours", by="place")
    assert means.of("ribe").figures["mean"] > means.of("odense").figures["mean"]
    assert means.ends.startswith("highest in Ribe (") and "lowest in " in means.ends
    assert means.of("ribe").full.endswith("on average (18 answers)")
    assert "54" in open_report("en", folder.root).mean("hours").full


def test_figures_tell_every_group_in_words_too(report):
    for drawing in (
        report.answers("view", by="place"),
        report.ranked("view", by="place"),
        report.ranked("topics", by="place"),
        report.answers("topics", by="place"),
        report.numbers("hours", by="place"),
    ):
        assert "<svg" in drawing.svg and drawing.numbers
        assert all(name in drawing.alt for name in ("Odense", "Ribe", "Køge"))
    assert report.label(report.question("hours")) in report.numbers("hours").alt


def test_a_question_that_is_no_background_makes_no_groups(report):
    with pytest.raises(KeyError, match="the background questions are place, not view"):
        report.share("topics", "funds", by="view")
    with pytest.raises(KeyError, match="the groups are odense, ribe, koege, not oslo"):
        report.mean("hours", by="place").of("oslo")
    with pytest.raises(KeyError, match="not a number"):
        report.mean("view")


def test_it_is_said_whether_groups_differ_by_more_than_chance(folder):
    report = open_report("en", folder.root)
    said = plain(chapter.said(report, "view", "place"))
    assert said.startswith(
        "“Benefit”: by place, most answer “Good” or “Fair” in the group Odense (14 of 18 (78%))"
        " and fewest in the group Ribe (8 of 18 (44%))."
    )
    assert "Chance alone may give as much (Kruskal–Wallis test, p = " in said


def test_the_chapter_is_told_in_both_languages(report):
    found, table = chapter.found(report, "place"), chapter.table(report, "place")
    assert found and "{" not in found
    assert "Ribe" in table.source and table.numbers and "{" not in table.source
    assert chapter.planned(report) and chapter.caption(report, "place")
    assert chapter.figure(report, "place").alt
    assert isinstance(chapter.listed(report, "place").source, str)


def test_where_a_plan_says_so_it_is_told_when_it_was_made(folder, report):
    path = folder.root / "analyses.yml"
    path.write_text(
        'declared: "2026-01-15"\ncomparisons:\n'
        "  - {question: view, by: place, why: {da: Fordi, en: Because}}\n",
        "utf-8",
    )
    try:
        assert "2026" in chapter.planned(report)
        assert [each.question for each in folder.plan().comparisons] == ["view"]
    finally:
        path.unlink()


def test_in_a_folder_that_counts_nothing_by_groups_it_is_told_what_to_add(folder, report):
    path = folder.root / "data/processed/groups.parquet"
    content = path.read_bytes()
    path.unlink()
    try:
        message = refusal(report.share, "view", by="place")
        assert tells(message, "data/raw/survey.csv", "tables of analyses(")
    finally:
        path.write_bytes(content)

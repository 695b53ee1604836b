"""One share changed in the data: words that are computed follow it, typed ones stop the build."""

import json
import re
import shutil

import nbformat
import pytest
from conftest import LANGUAGES, copy_folder, evaluation

from evaluation.notebook import inline
from evaluation.notebook.sentences import sentences, unmarked

FIGURES = "data/raw/published_figures.csv"
CHAPTERS = ("32_partnerships", "33_capacity_building")
ACTIVITIES = "development_activities,improved,75"
# words that fit 12 of 16 and 12 of 16: typed, and computed from the share of another question
ADDED = {
    "da": (
        'Tre fjerdedele (`{python} report.share("development_activities").full`) nåede længere.',
        'Det gælder `{python} report.share("development_activities").words`, nemlig '
        '`{python} report.share("development_national_network").full`.',
    ),
    "en": (
        'Three quarters (`{python} report.share("development_activities").full`) got further.',
        'It holds for `{python} report.share("development_activities").words`, namely '
        '`{python} report.share("development_national_network").full`.',
    ),
}


def change(folder, old: str, new: str) -> None:
    """Another percentage in the published figures."""
    path = folder / FIGURES
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def add(folder, language: str, text: str) -> str:
    """A paragraph at the end of a chapter; returns the id of its cell."""
    path = folder / f"notebooks/{CHAPTERS[0]}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    cell = [cell for cell in notebook["cells"] if cell["metadata"].get("tags") == [language]][-1]
    cell["source"] += f"\n\n{text}"
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
    return cell["id"]


def execute(folder, *options: str):
    return evaluation("execute", str(folder), *options)


def read(folder, language: str, chapter: str) -> list[str]:
    """The sentences of an executed chapter."""
    path = folder / f"reports/executed/{language}/notebooks/{chapter}.ipynb"
    return [
        unmarked(sentence).replace("\u00a0", " ")
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
        for sentence in sentences(cell.source, inline.results(cell))
    ]


# which appendices are printed elsewhere
PRINT = r"print:\n(?:  .*\n)+"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An executed evaluation folder with two chapters; tests copy it."""
    folder = copy_folder(tmp_path_factory.mktemp("fresh") / "evaluation")
    for name, pattern in (
        ("_quarto.yml", rf"    - notebooks/(?!{'|'.join(CHAPTERS)}).*\n|  appendices:\n|{PRINT}"),
        ("evaluation.yml", r"ledger: .*\n"),
    ):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(re.sub(pattern, "", text), "utf-8")
    done = execute(folder)
    assert done.returncode == 0, done.stderr
    assert re.search(r"notebooks executed: (\d+) of \1\n", done.stdout)
    assert "warning" not in done.stdout
    return folder


@pytest.fixture(scope="module")
def contradicting(fresh, tmp_path_factory):
    """Words were added that fit their share, then the share was changed; with the cells' ids."""
    folder = tmp_path_factory.mktemp("contradicting") / "evaluation"
    shutil.copytree(fresh, folder)
    cells = {
        language: add(folder, language, "\n\n".join(ADDED[language])) for language in LANGUAGES
    }
    done = execute(folder)
    assert done.returncode == 0, done.stderr
    for cell, typed in ((cells["da"], "Tre"), (cells["en"], "Three")):
        place = f"warning: notebooks/{CHAPTERS[0]}.ipynb, cell {cell}, line "
        assert re.search(
            rf"{re.escape(place)}\d+: a number is typed, '{typed}' in “{typed} ", done.stdout
        )
    change(folder, ACTIVITIES, "development_activities,improved,69")
    return folder, cells


@pytest.mark.parametrize(
    ("language", "share", "typed", "computed"),
    [
        (
            "da",
            "11\u00a0af\u00a016 (69\u00a0%)",
            ("Tre fjerdedele", "lidt over to tredjedele"),
            ("lidt over to tredjedele", "tre fjerdedele"),
        ),
        (
            "en",
            "11\u00a0of\u00a016 (69%)",
            ("Three quarters", "just over two thirds"),
            ("just over two thirds", "three quarters"),
        ),
    ],
)
def test_words_that_no_longer_fit_stop_the_build_with_the_words_that_would(
    contradicting, language, share, typed, computed
):
    folder, cells = contradicting
    before = read(folder, language, CHAPTERS[0])
    done = execute(folder, "-p", f"language={language}")
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    sentence = re.sub(r"`.*`", share, ADDED[language][0])
    for told in (
        f"evaluation: Rule broken in notebooks/{CHAPTERS[0]}.ipynb, cell {cells[language]}: ",
        f"“{sentence}”",
        f"Found: {typed[0]!r}.",
        f"Remedy: write “{typed[1]}”",
        f"the same goes for “{computed[0]}” in cell {cells[language]} (write “{computed[1]}”)",
    ):
        assert told in done.stderr
    assert read(folder, language, CHAPTERS[0]) == before


@pytest.fixture(scope="module")
def changed(fresh, tmp_path_factory):
    """Executed again after other areas came first and last, and percentages made up the whole."""
    folder = tmp_path_factory.mktemp("changed") / "evaluation"
    shutil.copytree(fresh, folder)
    for old, percent in (
        ("development_local_network,improved,81", 88),
        ("development_funding,improved,50", 81),
        ("volunteers_change,increased,63", 56),
        ("volunteers_change,decreased,0", 6),
    ):
        change(folder, old, f"{old.rpartition(',')[0]},{percent}")
    done = execute(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("chapter", "language", "told"),
    [
        (
            CHAPTERS[0],
            "da",
            "Øverst ligger viden om aktivt medborgerskab og demokratisk deltagelse og "
            "et stærkt netværk i lokalområdet med hver 14 af 16 (88 %), "
            "og nederst ligger inddragelse af nye medlemsgrupper med 10 af 16 (63 %).",
        ),
        (
            CHAPTERS[0],
            "en",
            "At the top is knowledge of active citizenship and democratic participation and a "
            "strong network in the local area with 14 of 16 (88%) each, and at the bottom "
            "involving new groups of members with 10 of 16 (63%).",
        ),
        (
            CHAPTERS[0],
            "da",
            "Ønsket om at vide mere om ansøgninger kan sammenlignes med …, hvor ansøgning "
            "om midler ligger hverken øverst eller nederst med 13 af 16 (81 %).",
        ),
        (
            CHAPTERS[0],
            "en",
            "The wish to know more about applications can be compared with …, where "
            "applying for funds comes neither first nor last with 13 of 16 (81%).",
        ),
        (
            CHAPTERS[1],
            "da",
            "For de frivillige melder 9 af 16 (56 %), altså lidt over halvdelen af de svarende "
            "foreninger, om et højere antal, mens tallet er uændret hos 6 af 16 (38 %) og faldet "
            "hos et lille mindretal.",
        ),
        (
            CHAPTERS[1],
            "en",
            "As regards volunteers, 9 of 16 (56%), that is just over half of the associations "
            "that answered, report a higher number, while it is unchanged in 6 of 16 (38%) and "
            "lower in a small minority.",
        ),
    ],
)
def test_what_comes_first_and_last_and_how_many_follow_the_data(
    fresh, changed, chapter, language, told
):
    assert told not in read(fresh, language, chapter)
    assert told in read(changed, language, chapter)


@pytest.mark.parametrize(
    ("language", "note"),
    [("da", "Afrundet til hele procent"), ("en", "Rounded to whole percentages")],
)
def test_a_note_on_rounding_goes_when_the_percentages_make_up_the_whole(
    fresh, changed, language, note
):
    assert any(note in sentence for sentence in read(fresh, language, CHAPTERS[1]))
    assert not any(note in sentence for sentence in read(changed, language, CHAPTERS[1]))

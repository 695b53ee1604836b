"""The notebooks to explore with, in a folder that `new` made of several hundred answers: they run,
and compute what they say."""

import json

import nbformat
import numpy as np
import pandas as pd
import pytest
from large_survey import BATTERY, BESIDE, SCALE, SIZE, TOWNS, WISHES, write_export
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from waved import contents, count

from evaluation.project.config import load_config
from evaluation.publish.embedded.book import read_book
from evaluation.scaffold.folder import create

START, RECIPES = "notebooks/00_start.ipynb", "notebooks/01_recipes.ipynb"
# what the recipes found, as numbers
TOLD = """
import json
told = {
    "percent": percent.to_dict("index"),
    "odds": np.exp(ordered.params).to_dict(),
    "ends": np.exp(ordered.conf_int()).T.to_dict("list"),
    "converged": bool(ordered.mle_retvals["converged"]),
    "splits": np.exp(pd.DataFrame(splits)).T.to_dict("list"),
    "linear": linear.params.to_dict(),
    "alpha": alpha,
}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with its answers counted; the notebooks change nothing in it."""
    root = tmp_path_factory.mktemp("large")
    create(root / "svar", write_export(root / "svar.csv"))
    folder = count(root / "svar")
    before = contents(folder)
    yield folder
    assert contents(folder) == before


def executed(made, file, *cells):
    notebook = nbformat.read(made / file, as_version=4)
    notebook.cells += [new_code_cell(cell) for cell in cells]
    resources = {"metadata": {"path": str(made / "notebooks")}}
    NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    return notebook


@pytest.fixture(scope="module")
def started(made):
    return executed(made, START)


@pytest.fixture(scope="module")
def cooked(made):
    return executed(made, RECIPES, TOLD)


@pytest.fixture(scope="module")
def told(cooked):
    (output,) = cooked.cells[-1].outputs
    return json.loads(output.text)


@pytest.fixture(scope="module")
def rows(made):
    """The answers by the words in them: towns, ages, and the steps of the battery from 1 on."""
    table = pd.read_csv(made / "data/raw/survey.csv", dtype=str)
    places = {word.lower().replace(" ", "_"): step for step, word in enumerate(SCALE, start=1)}
    battery = [name for name in table if name.startswith("hvor_enig")]
    assert len(battery) == len(BATTERY)
    steps = table[battery].apply(lambda answers: answers.map(places)).astype(float)
    return table["hvor_bor_du"], table["hvor_gammel_er_du"].astype(float), steps


def shown(notebook, code):
    """What the one cell that begins with `code` shows."""
    (cell,) = [c for c in notebook.cells if c.cell_type == "code" and c.source.startswith(code)]
    (output,) = cell.outputs
    return output["data"]


def test_they_are_neither_chapters_nor_part_of_the_pipeline(made):
    for file in (START, RECIPES):
        assert (made / file).is_file()
        assert file not in load_config(made).pipeline
        assert file not in read_book(made, "da").pages


def test_the_start_shows_the_answers_in_words_and_what_is_beside_the_scale_apart(started):
    scale = shown(started, "responses[outcome]")["text/plain"]
    assert [word for word in (*SCALE, BESIDE) if word in scale] == list(SCALE)
    assert BESIDE in shown(started, "everything")["text/plain"]
    assert all(wish in shown(started, "responses.filter")["text/plain"] for wish in WISHES)
    assert all(town in shown(started, "responses.groupby")["text/plain"] for town in TOWNS)
    assert shown(started, "report.answers(outcome)")["image/svg+xml"].startswith("<?xml")


def test_nothing_warns_and_the_figures_are_drawn(started, cooked):
    kinds = [
        each.output_type
        for c in (*started.cells, *cooked.cells[:-1])
        if "outputs" in c
        for each in c.outputs
    ]
    assert set(kinds) <= {"execute_result", "display_data"}
    for code in ("axes = percent.plot", "axes = sns.pointplot"):
        assert "image/png" in shown(cooked, code)


def test_percentages_are_within_each_group_without_what_is_beside_the_scale(told, rows):
    towns, _, steps = rows
    first = steps.iloc[:, 0]
    for town in TOWNS:
        given = first[towns == town.lower()].dropna()
        expected = [100 * (given == step).mean() for step in range(1, len(SCALE) + 1)]
        assert [told["percent"][town][word] for word in SCALE] == pytest.approx(expected)


def test_the_regressions_find_what_the_answers_were_made_with(told):
    """In Odense, and at a higher age, more agree: they stand nearer to the beginning of the scale.
    Aarhus and Vejle are alike."""
    odds, ends = told["odds"], told["ends"]
    assert told["converged"] and odds["hvor_bor_du_Odense"] < odds["hvor_bor_du_Vejle"]
    for name in ("hvor_bor_du_Odense", "hvor_gammel_er_du"):
        assert ends[name][1] < 1 and max(told["splits"][name]) < 1
    low, high = ends["hvor_bor_du_Vejle"]
    assert low < 1 < high


def test_the_linear_regression_is_that_of_least_squares(told, rows):
    towns, ages, steps = rows
    there = steps.iloc[:, 0].notna()
    columns = [np.ones(SIZE), ages, towns == "odense", towns == "vejle"]
    design = np.column_stack(columns)[there].astype(float)
    found, *_ = np.linalg.lstsq(design, steps.iloc[:, 0][there], rcond=None)
    names = ["const", "hvor_gammel_er_du", "hvor_bor_du_Odense", "hvor_bor_du_Vejle"]
    assert [told["linear"][name] for name in names] == pytest.approx(found)


def test_alpha_is_that_of_the_covariances(told, rows):
    """By the mean covariance of two items and the mean variance: Cronbach (1951)."""
    covariances = np.cov(rows[2].dropna().to_numpy(), rowvar=False)
    items = len(BATTERY)
    between = covariances[~np.eye(items, dtype=bool)].mean()
    within = np.trace(covariances) / items
    assert told["alpha"] == pytest.approx(items * between / (within + (items - 1) * between))

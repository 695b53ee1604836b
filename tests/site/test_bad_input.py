"""Bad input: one message, exit status 2, no traceback, the last report as it was."""

import json
import shutil
import time

import pytest
from bad_inputs import complaint, restore, run
from mutations import REFUSED, whole

from evaluation import cli


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{old} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_parameters(folder, source):
    path = folder / "notebooks/33_capacity_building.ipynb"
    content = json.loads(path.read_text("utf-8"))
    cell = next(cell for cell in content["cells"] if "parameters" in cell["metadata"]["tags"])
    cell["source"] = [source]
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def add_to_chapter(folder, text):
    path = folder / "notebooks/33_capacity_building.ipynb"
    content = json.loads(path.read_text("utf-8"))
    content["cells"][-1]["source"].append(text)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


FIGURES = "data/raw/published_figures.csv"
CODEBOOK = "data/raw/codebook.yml"
LANGUAGE = "en"  # of what is spoilt in a chapter; the other is executed alike
CASES = {
    "a published percentage that no count gives": (
        lambda folder: edit(folder, FIGURES, "knowledge,improved,88", "knowledge,improved,87"),
        ["published_figures.csv", "row 2", "column percent", "87", "88"],
    ),
    "a percentage beyond a hundred": (
        lambda folder: edit(folder, FIGURES, "knowledge,improved,88", "knowledge,improved,188"),
        ["published_figures.csv", "row 2", "column percent", "'188'", "from 0 to 100"],
    ),
    "answers that do not add up": (
        lambda folder: edit(folder, FIGURES, "applied_for_funds,no,25", "applied_for_funds,no,31"),
        ["published_figures.csv", "row 9", "applied_for_funds", "add up to n = 16"],
    ),
    "a row twice": (
        lambda folder: edit(
            folder,
            FIGURES,
            "applied_for_funds,no,25,,16,printed,3.3,14\n",
            "applied_for_funds,no,25,,16,printed,3.3,14\n" * 2,
        ),
        ["published_figures.csv", "row 10", "identify one row", "applied_for_funds, no"],
    ),
    "a missing file": (
        lambda folder: (folder / "data/raw/facts.csv").unlink(),
        ["data/raw/facts.csv", "missing"],
    ),
    "a wrong encoding": (
        lambda folder: (folder / "data/raw/themes.csv").write_bytes(
            (folder / "data/raw/themes.csv").read_text("utf-8").encode("cp1252")
        ),
        ["data/raw/themes.csv", "UTF-8", "row"],
    ),
    "a codebook with an unknown type": (
        lambda folder: edit(folder, CODEBOOK, "type: single", "type: slider"),
        ["data/raw/codebook.yml", "row", "slider", "ordinal"],
    ),
    "a question id twice": (
        lambda folder: edit(folder, CODEBOOK, "id: members_change", "id: volunteers_change"),
        ["data/raw/codebook.yml", "row", "volunteers_change", "used once"],
    ),
    "a parameter of the wrong type in evaluation.yml": (
        lambda folder: edit(folder, "evaluation.yml", "value: 0.95", "value: high"),
        ["evaluation.yml", "row", "confidence", "'high'", "number"],
    ),
    "a parameter that nobody declared": (
        lambda folder: edit_parameters(folder, 'language = "da"\nlangauge = "da"'),
        ["33_capacity_building.ipynb", "langauge", "confidence, decisive, document, language"],
    ),
    "a reference to nothing": (
        lambda folder: add_to_chapter(folder, "\n\nSee @fig-nowhere."),
        ["33_capacity_building.ipynb", "@fig-nowhere", "fig-development"],
    ),
    "an inline expression that fails": (
        lambda folder: add_to_chapter(folder, '\n\n`{python} report.share("no_such").k`'),
        ["33_capacity_building.ipynb", "no_such", "applied_for_funds"],
    ),
    "words that contradict the share beside them": (
        lambda folder: add_to_chapter(
            folder, '\n\nHalf (`{python} report.share("applied_for_funds").full`) have applied.'
        ),
        ["33_capacity_building.ipynb, cell en-", "'Half'", "12\u00a0of\u00a016", "three quarters"],
    ),
    "a caption that contradicts its number": (
        lambda folder: edit(
            folder,
            "notebooks/33_capacity_building.ipynb",
            "Associations that have applied for funds while part of ALLIANCEN, and applicants that"
            " succeeded:",
            "All have applied for funds while part of ALLIANCEN:",
        ),
        ["33_capacity_building.ipynb, cell code-", ", fig-cap: ", "'All'", "three quarters"],
    ),
    "a Quarto feature that the embedded renderer does not know": (
        lambda folder: edit(folder, "_quarto.yml", "toc: true\n", "toc: true\nfilters: [x.lua]\n"),
        ["_quarto.yml", "row", "filters", "embedded renderer"],
    ),
}


@pytest.fixture(scope="module")
def working(built, tmp_path_factory):
    """A built folder to break, mended again after each test."""
    folder = tmp_path_factory.mktemp("broken") / "evaluation"
    shutil.copytree(built, folder)
    return folder


@pytest.fixture
def broken(working, built):
    yield working
    for part in ("data/raw", "notebooks"):
        shutil.rmtree(working / part)
        shutil.copytree(built / part, working / part)
    for name in ("evaluation.yml", "_quarto.yml"):
        shutil.copy(built / name, working / name)


def build(folder, *options: str) -> int:
    """The exit status of the command, run in this process: an exception would fail the test."""
    return cli.main(["build", str(folder), "--engine", "embedded", *options])


def site_state(folder):
    root = folder / "reports/site"
    return {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_in_one_message(case, broken, capsys):
    spoil, told = CASES[case]
    before = site_state(broken)
    spoil(broken)
    status = build(broken, "-p", f"language={LANGUAGE}")
    said = capsys.readouterr()
    assert status == 2, said.out + said.err
    assert said.err.startswith("evaluation: ") and said.err.count("\n") == 1, said.err
    for part in told:
        assert part in said.err
    assert "Remedy: " in said.err
    assert site_state(broken) == before


@pytest.mark.parametrize(
    ("parameter", "told"),
    [
        ("langauge=en", ["langauge", "confidence, decisive, document, language"]),
        ("language=sv", ["language", "'sv'", "da, en"]),
        ("confidence=high", ["confidence", "'high'", "number"]),
        ("confidence=1.5", ["confidence", "1.5", "at most"]),
    ],
)
def test_a_wrong_parameter_stops_the_build_before_anything_runs(built, parameter, told, capsys):
    start = time.monotonic_ns()
    assert build(built, "-p", parameter) == 2
    said = capsys.readouterr()
    for part in ["the command line", *told]:
        assert part in said.err
    newest = max(site_state(built).values())
    assert newest < time.time_ns() - (time.monotonic_ns() - start)


def test_a_folder_that_is_no_evaluation_is_named(tmp_path, capsys):
    assert build(tmp_path) == 2
    told = capsys.readouterr().err
    assert "evaluation.yml" in told and str(tmp_path) in told


# of every kind some, on each file that a build reads before it executes anything
KINDS = [
    mutation
    for file in ("evaluation.yml", "_quarto.yml", "notebooks/33_capacity_building.ipynb")
    for mutation in whole(file)
    if mutation.right == REFUSED and mutation.name != "nobody may read it"
]


@pytest.mark.parametrize("mutation", KINDS, ids=str)
def test_whatever_stands_at_the_place_of_a_file_is_refused_at_once(mutation, broken, built):
    before = site_state(broken)
    path = broken / mutation.file
    mutation.change(path)
    outcome = run("build", str(broken), "--engine", "embedded", seconds=60)
    restore(path, built / mutation.file)
    assert complaint(outcome, mutation) == ""
    assert site_state(broken) == before

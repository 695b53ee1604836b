"""What Quarto gets: the staged project, the notebook filter, and how its failure is told.

Quarto itself is compared only where it is installed.
"""

import json
import os
import shutil
import stat
import subprocess
import sys

import nbformat
import papermill  # noqa: F401  (loads the engine by its entry point)
import pypandoc
import pytest
from conftest import LANGUAGES, REPOSITORY, copy_folder, evaluation
from pages import pages, words
from ruamel.yaml import YAML

from evaluation import edition, inline
from evaluation.engine import ReportClient

CHAPTER = "notebooks/32_partnerships.ipynb"


@pytest.fixture(params=LANGUAGES)
def staged(request, built):
    return request.param, built / "reports/.build" / request.param


def test_the_staged_project_does_not_execute_or_filter_again(staged):
    language, root = staged
    config = YAML(typ="safe").load(root / "_quarto.yml")
    profile = YAML(typ="safe").load(root / f"_quarto-{language}.yml")
    assert "pre-render" not in config["project"]
    assert "ipynb-filters" not in profile
    assert profile["project"]["output-dir"] == f"reports/site/{language}"
    for file in [*config["book"]["chapters"], *config["book"]["appendices"]]:
        assert (root / file).is_file()
    for name in (
        *("theme.css", "typst-show.typ", "book.lua", "styles.lua"),
        "fonts/SourceSansPro-Regular.ttf",
    ):
        assert (root / "_extensions/rapport" / name).is_file()


def test_staged_notebooks_hold_literal_options_and_only_what_is_shown(staged):
    _, root = staged
    for path in (root / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not {"parameters", "injected-parameters"} & set(edition.tags(cell))
            if cell.cell_type == "code":
                assert cell.outputs, f"{path.name}: {cell.id}"
                for option, value in edition.read_options(cell).items():
                    assert isinstance(value, str), option
                    assert not inline.expressions(value), option


def test_staged_text_is_in_one_language_so_that_its_title_is_too(staged):
    language, root = staged
    text = (root / "references.qmd").read_text("utf-8")
    assert ("# Referencer" in text) == (language == "da")
    assert ("# References" in text) == (language == "en")


def run_filter(notebook, language, place):
    """As Quarto runs it: the profile's programs, notebook on stdin, in the notebook's folder."""
    profile = YAML(typ="safe").load(REPOSITORY / f"_quarto-{language}.yml")
    for entry in profile["ipynb-filters"]:
        program, *arguments = entry.split()
        assert program == "evaluation"
        done = subprocess.run(
            [sys.executable, "-m", "evaluation.cli", *arguments],
            input=json.dumps(notebook),
            capture_output=True,
            text=True,
            cwd=place,
            check=True,
        )
        notebook = nbformat.reads(done.stdout, as_version=4)
    return notebook


class Manager:
    """The part of papermill's manager that a client needs."""

    def __init__(self, notebook):
        self.nb = notebook

    def cell_start(self, *_, **__):
        pass

    cell_complete = autosave_cell = cell_start

    def cell_exception(self, cell, **options):
        raise options["exception"]


@pytest.mark.parametrize("file", ["index.ipynb", CHAPTER])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_native_render_sees_what_the_build_renders(language, file, built):
    """The filter, an execution as Quarto does it, the filter again: the staged notebook."""
    source = nbformat.read(built / file, as_version=4)
    place = (built / file).parent
    chosen = run_filter(source, language, place)
    assert run_filter(chosen, language, place) == chosen, "a second pass changes nothing"
    resources = {"metadata": {"path": str(place)}}
    ReportClient(Manager(chosen), kernel_name="python3", resources=resources).execute()
    finished = run_filter(chosen, language, place)
    assert run_filter(finished, language, place) == finished, "nor does one after it is complete"
    staged = nbformat.read(built / "reports/.build" / language / file, as_version=4)
    assert len(finished.cells) == len(staged.cells)
    for one, other in zip(finished.cells, staged.cells, strict=True):
        assert one.source == other.source
        assert inline.results(one) == inline.results(other)
        assert one.get("outputs") == other.get("outputs") or [
            output.data for output in one.outputs
        ] == [output.data for output in other.outputs]


def test_the_appendix_filter_turns_quartos_heading_into_the_switch(tmp_path):
    """The Lua filter under pandoc, with the part of Quarto's interface that it uses."""
    shim = tmp_path / "shim.lua"
    shim.write_text(
        """
        local kind = "chapter"
        quarto = {
          doc = {
            file_metadata = function() return { file = { bookItemType = kind } } end,
            is_format = function(name) return name == "typst" end,
          },
          utils = {
            file_metadata_filter = function() return {} end,
            combineFilters = function(filters)
              local switch = filters[2]
              return { Header = function(heading)
                kind = heading.identifier
                return switch.Header(heading)
              end }
            end,
          },
        }
        return { dofile("%s") }
        """
        % (REPOSITORY / "_extensions/rapport/book.lua")
    )
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "typst", "-L", str(shim)],
        input="# One {#chapter}\n\n# Bilag {#appendix .unnumbered}\n\n# Method {#chapter}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "= One" in done.stdout and "= Method" in done.stdout
    assert "Bilag" not in done.stdout
    assert done.stdout.index("#show: rapport-appendices") < done.stdout.index("= Method")


def fake_quarto(tmp_path, script):
    program = tmp_path / "bin/quarto"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program.parent


def build_with(path, folder, engine="auto"):
    return subprocess.run(
        [sys.executable, "-m", "evaluation.cli", "build", str(folder), "--engine", engine],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}"},
        check=False,
    )


@pytest.fixture
def own_copy(built, tmp_path):
    folder = tmp_path / "evaluation"
    shutil.copytree(built, folder)
    return folder


def test_a_failing_quarto_is_told_and_leaves_the_report(own_copy, tmp_path):
    path = fake_quarto(
        tmp_path,
        'if [ "$1" = --version ]; then echo 1.11.2; else echo "bad option" >&2; exit 1; fi',
    )
    page = own_copy / "reports/site/da/index.html"
    before = page.stat().st_mtime_ns
    done = build_with(path, own_copy)
    assert done.returncode == 2
    assert "bad option" in done.stderr and "Traceback" not in done.stderr
    assert page.stat().st_mtime_ns == before


def test_quarto_renders_each_profile_of_the_staged_project_where_it_is_new_enough(
    own_copy, tmp_path
):
    path = fake_quarto(
        tmp_path,
        'if [ "$1" = --version ]; then echo 1.9.17; exit; fi\n'
        'site="$2/reports/site/$4"; mkdir -p "$site"\n'
        'echo "$@ $SOURCE_DATE_EPOCH" > "$site/index.html"',
    )
    done = build_with(path, own_copy)
    assert done.returncode == 0, done.stderr
    assert "Quarto 1.9.17" in done.stdout and "notebooks executed: 0" in done.stdout
    for language in LANGUAGES:
        told = (own_copy / f"reports/site/{language}/index.html").read_text().split()
        assert told[0] == "render" and told[2:4] == ["--profile", language]
        assert told[1].endswith(f"reports/.build/{language}")
        assert told[4].isdigit()


def test_an_old_quarto_is_not_used(own_copy, tmp_path):
    path = fake_quarto(tmp_path, "echo 1.8.25")
    done = build_with(path, own_copy)
    assert done.returncode == 0
    assert "Quarto 1.8.25 is older than 1.9.17: the embedded renderer is used" in done.stdout
    refused = build_with(path, own_copy, engine="quarto")
    assert refused.returncode == 2 and "older than 1.9.17" in refused.stderr


@pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not installed here")
def test_quarto_and_the_embedded_renderer_agree(built, tmp_path):
    folder = copy_folder(tmp_path / "evaluation")
    done = evaluation("build", str(folder), engine="quarto")
    assert done.returncode == 0, done.stderr
    for language in LANGUAGES:
        ours, theirs = pages(built, language), pages(folder, language)
        assert set(ours) <= set(theirs)
        for path, page in ours.items():
            for figure in page.select("div.quarto-float"):
                twin = theirs[path].find(id=figure["id"])
                assert words(twin.figcaption) == words(figure.figcaption)

"""What Quarto gets: the staged project and the notebook filter, read as Quarto reads them; and how
its failure is told. What real Quarto makes of it is in `test_quarto_live.py`.
"""

import json
import os
import stat
import subprocess
import sys

import pikepdf
import pypandoc
import pytest
import quarto_reader
from conftest import LANGUAGES, REPOSITORY, SHORT, evaluation
from pages import PAGE, VOLUMES, pages
from ruamel.yaml import YAML

from evaluation.notebook.inline import METADATA
from evaluation.publish.embedded.book import read_book
from evaluation.publish.embedded.crossref import NBSP
from evaluation.publish.preview import follow

CHAPTER = "notebooks/32_partnerships.ipynb"


@pytest.fixture(params=LANGUAGES)
def staged(request, built):
    return request.param, built / "reports/.build" / request.param


def test_the_staged_project_does_not_execute_or_filter_again(staged):
    language, root = staged
    config = YAML(typ="safe").load(root / "_quarto.yml")
    profile = YAML(typ="safe").load(root / f"_quarto-{language}.yml")
    assert "pre-render" not in config["project"]
    assert "ipynb-filters" not in config
    assert profile["project"]["output-dir"] == f"reports/site/{language}"
    for file in [*config["book"]["chapters"], *config["book"]["appendices"]]:
        assert (root / file).is_file()
    for name in (
        *("theme.css", "theme.scss", "typst-show.typ", "book.lua", "styles.lua"),
        "fonts/SourceSansPro-Regular.ttf",
    ):
        assert (root / "_extensions/rapport" / name).is_file()


def test_no_theme_fetches_a_font(staged):
    _, root = staged
    themes = YAML(typ="safe").load(root / "_quarto.yml")["format"]["html"]["theme"]
    assert all(theme[-1] == "_extensions/rapport/theme.scss" for theme in themes.values())
    assert "$web-font-path: false" in (root / themes["light"][-1]).read_text("utf-8")


def test_nothing_is_left_to_run_or_to_choose_in_staged_notebooks(staged):
    _, root = staged
    found = sorted(root.rglob("*.ipynb"))
    assert len(found) > 15
    for path in found:
        for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
            assert cell["cell_type"] == "markdown", path.name
            assert METADATA not in cell["metadata"]
            # Quarto joins a text that is no list without its line ends
            assert isinstance(cell["source"], list), path.name
            text = "".join(cell["source"])
            assert "{python}" not in text and "{{<" not in text, path.name
            assert text.startswith("\n#") == (number == 0), path.name


def test_staged_text_is_in_one_language_so_that_its_title_is_too(staged):
    language, root = staged
    text = (root / "references.qmd").read_text("utf-8")
    assert ("# Referencer" in text) == (language == "da")
    assert ("# References" in text) == (language == "en")


def test_read_as_quarto_reads_it_the_report_is_the_one_that_was_published(staged, built):
    language, root = staged
    chapters = quarto_reader.read(root, read_book(built, language))
    site = pages(built, language)
    assert len(chapters) == len(site)
    for file, chapter in chapters.items():
        page = site[file.rpartition(".")[0] + ".html"]
        title = page.title.get_text()
        if file != "index.ipynb":
            opening = {None: chapter.title, "digit": f"{chapter.number}{NBSP} {chapter.title}"}
            kind = chapter.number and ("digit" if chapter.number.isdigit() else "letter")
            assert title.startswith(opening.get(kind, "")), file
            assert chapter.title in title
        said = "".join(page.main.get_text("").split())
        missing = [text for text in chapter.words if "".join(text.split()) not in said]
        assert not missing, (file, missing[:3])
        assert chapter.words or file == "references.qmd"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        # a text result as Python writes it is not unescaped
        (
            {
                "source": ["`{python} n`"],
                "metadata": {
                    "user_expressions": [
                        {"expression": "n", "result": {"data": {"text/plain": repr("14\u00a0af")}}}
                    ]
                },
            },
            "14\\\\xa0af",
        ),
        ({"source": "Ord.\n\n## Titel", "metadata": {}}, "Ord.## Titel"),
        ({"source": ["Ord {{< env HOME >}}."], "metadata": {}}, "Ord SHORTCODE."),
    ],
)
def test_the_reader_sees_what_broke_the_report_on_quarto(cell, told, tmp_path):
    """Each of these was on the pages once."""
    opening = {"cell_type": "markdown", "source": ["# T {#sec-t .unnumbered}"], "metadata": {}}
    notebook = {"cells": [opening, {"cell_type": "markdown", **cell}]}
    (tmp_path / "index.ipynb").write_text(json.dumps(notebook), "utf-8")
    (tmp_path / "_quarto.yml").write_text("book: {title: T, chapters: [index.ipynb]}", "utf-8")
    (tmp_path / "_quarto-da.yml").write_text("lang: da", "utf-8")
    (chapter,) = quarto_reader.read(tmp_path, read_book(tmp_path, "da")).values()
    assert told in chapter.words
    assert chapter.number == "1", "the heading of the first line lost that it has no number"


def test_quarto_is_kept_from_executing_the_sources_and_told_where_they_are_rendered():
    config = YAML(typ="safe").load(REPOSITORY / "_quarto.yml")
    assert config["execute"]["ipynb"] is False
    assert config["project"]["pre-render"] == "evaluation quarto"
    ignored = (REPOSITORY / ".gitignore").read_text("utf-8").splitlines()
    # or Quarto adds these lines
    assert {"/.quarto/", "**/*.quarto_ipynb"} <= set(ignored)
    done = evaluation("quarto")
    assert done.returncode == 2 and "evaluation preview" in done.stderr


def test_a_preview_writes_only_what_changed(own_copy, tmp_path):
    """Its mirror is the staged project: whatever stays the same is not rendered again."""
    mirror = tmp_path / "mirror"
    follow(own_copy, "da", mirror, print)
    chapter = own_copy / CHAPTER
    for path in mirror.rglob("*"):
        os.utime(path, (1, 1))
    text = chapter.read_text("utf-8")
    assert "Partnerskaberne og det samlede udbytte" in text
    chapter.write_text(text.replace("det samlede udbytte", "hele udbyttet"), "utf-8")
    follow(own_copy, "da", mirror, print)
    changed = {
        path.relative_to(mirror).as_posix()
        for path in mirror.rglob("*.ipynb")
        if path.stat().st_mtime > 1
    }
    assert CHAPTER in changed
    # the ledger lists the numbers of all chapters under their titles
    assert changed <= {CHAPTER, "notebooks/93_number_ledger.ipynb"}


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
        return dofile("%s")
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


def test_a_failing_quarto_is_told_and_leaves_the_report(short_copy, tmp_path):
    path = fake_quarto(
        tmp_path,
        'if [ "$1" = --version ]; then echo 1.11.2; else echo "bad option" >&2; exit 1; fi',
    )
    page = short_copy / "reports/site/da/index.html"
    before = page.stat().st_mtime_ns
    done = build_with(path, short_copy)
    assert done.returncode == 2
    assert "bad option" in done.stderr and "Traceback" not in done.stderr
    assert page.stat().st_mtime_ns == before


def with_every_volume(folder):
    """Let a short report have one chapter in a second PDF and one on the site alone."""
    path, (annex, on_site) = folder / "_quarto.yml", SHORT
    text, chapters = path.read_text("utf-8"), "".join(f"    - {file}\n" for file in SHORT)
    assert chapters in text
    text = text.replace(chapters, f"  appendices:\n{chapters}")
    printed = f"print:\n  summary: [index.ipynb]\n  annexes: [{annex}]\n  site: [{on_site}]\n"
    path.write_text(f"{text}\n{printed}", "utf-8")


def test_quarto_renders_each_profile_of_the_staged_project_where_it_is_new_enough(
    short_copy, tmp_path
):
    with_every_volume(short_copy)
    empty = tmp_path / "empty.pdf"
    pikepdf.new().save(empty)
    path = fake_quarto(
        tmp_path,
        'if [ "$1" = --version ]; then echo 1.9.17; exit; fi\n'
        'site="$2/reports/site/$4"; mkdir -p "$site"\n'
        'echo "$@ $SOURCE_DATE_EPOCH" > "$site/index.html"\n'
        'name=$(sed -n "s/^ *output-file: //p" "$2/_quarto-$4.yml")\n'
        f'[ "$6" = html ] || cp {empty} "$site/$name.pdf"',
    )
    done = build_with(path, short_copy)
    assert done.returncode == 0, done.stderr
    assert "Quarto 1.9.17" in done.stdout and "notebooks executed: 0" in done.stdout
    for language in LANGUAGES:
        told = (short_copy / f"reports/site/{language}/index.html").read_text().split()
        assert told[0] == "render" and told[2:4] == ["--profile", language]
        assert told[1].endswith(f"reports/.build/{language}")
        assert told[4:6] == ["--to", "html"] and told[6].isdigit()
        for names in (*VOLUMES, PAGE):
            assert (short_copy / f"reports/site/{language}" / names[language]).is_file()


def test_an_old_quarto_is_not_used(short_copy, tmp_path):
    path = fake_quarto(tmp_path, "echo 1.8.25")
    done = build_with(path, short_copy)
    assert done.returncode == 0
    assert "Quarto 1.8.25 is older than 1.9.17: the embedded renderer is used" in done.stdout
    refused = build_with(path, short_copy, engine="quarto")
    assert refused.returncode == 2 and "older than 1.9.17" in refused.stderr

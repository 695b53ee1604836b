"""Files of the folder that pages show as they are: a picture in the prose, an own style sheet."""

import nbformat
import pytest
from conftest import SHORT, evaluation
from pages import site

LANGUAGE = "da"
SHEET = "_extensions/rapport/theme.css"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="{}"/></svg>'
STYLE = ".own {{color: {}}}"


def put(folder, colour):
    (folder / "logo.svg").write_text(DRAWING.format(colour), "utf-8")
    (folder / "looks/own.css").write_text(STYLE.format(colour), "utf-8")


@pytest.fixture
def folder(short_copy):
    """A report with a logo and a style sheet of its own."""
    (short_copy / "looks").mkdir()
    put(short_copy, "red")
    path = short_copy / SHORT[0]
    notebook = nbformat.read(path, as_version=4)
    prose = [cell for cell in notebook.cells if LANGUAGE in cell.metadata.get("tags", [])]
    prose[-1].source += "\n\n![Et logo](../logo.svg)"
    nbformat.write(notebook, path)
    settings = short_copy / "_quarto.yml"
    text = settings.read_text("utf-8")
    assert text.count(f"css: {SHEET}") == 1
    settings.write_text(text.replace(f"css: {SHEET}", f"css: [{SHEET}, looks/own.css]"), "utf-8")
    return short_copy


def built(folder):
    done = evaluation("build", str(folder), "-p", f"language={LANGUAGE}")
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown(folder):
    pages = site(folder, LANGUAGE)
    return (
        (pages / "logo.svg").read_text("utf-8"),
        (pages / "site_libs/theme.css").read_text("utf-8"),
    )


def test_a_file_that_pages_show_is_shown_anew_when_it_has_changed(folder):
    built(folder)
    drawing, style = shown(folder)
    assert "red" in drawing and ".own {color: red}" in style
    put(folder, "blue")
    said = built(folder)
    assert "notebooks executed: 0 of" in said and "report written" in said
    drawing, style = shown(folder)
    assert "blue" in drawing and ".own {color: blue}" in style and "red" not in drawing
    assert "report unchanged" in built(folder)

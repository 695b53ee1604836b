"""Folders to measure in: copies of this evaluation, and ones of as many chapters as wanted."""

import re
import shutil
from pathlib import Path
from random import choices
from string import ascii_lowercase

from nbformat import NotebookNode, read, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[1]
# what makes up an evaluation folder, without the library and what is generated
PARTS = (
    *("CITATION.cff", "_extensions", "_quarto.yml", "_quarto-da.yml", "_quarto-en.yml"),
    *("data/raw", "evaluation.yml", "index.ipynb", "notebooks", "references.bib"),
    *("references.qmd", "requirements.lock"),
)
LANGUAGES = ("da", "en")
# one published percentage, and another that the same answers could have given
FIGURES = "data/raw/published_figures.csv"
NUMBER = ("development_new_members,improved,63,", "development_new_members,improved,69,")
PARAGRAPH = "notebooks/34_local_network.ipynb"
QUESTION = "volunteers_change"


def copied(target: Path) -> Path:
    """A copy of this evaluation, with nothing executed or rendered."""
    for part in PARTS:
        source = ROOT / part
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignore = shutil.ignore_patterns("__pycache__", "fonts", ".ipynb_checkpoints")
            shutil.copytree(source, target / part, ignore=ignore)
        else:
            shutil.copy(source, target / part)
    return target


def cleaned(folder: Path) -> None:
    """Remove what a build has made."""
    for part in ("data/processed", "reports"):
        shutil.rmtree(folder / part, ignore_errors=True)


def unrendered(folder: Path) -> None:
    """Remove what rendering has made, and leave what was executed."""
    for part in ("reports/site", "reports/.build"):
        shutil.rmtree(folder / part, ignore_errors=True)


def executed(folder: Path) -> dict[Path, int]:
    """When each notebook was executed, by its executed copy."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("reports/executed/**/*.ipynb")}


def with_another_number(folder: Path) -> None:
    """Let one published percentage be the other of two."""
    path = folder / FIGURES
    text = path.read_text("utf-8")
    old, new = NUMBER if NUMBER[0] in text else NUMBER[::-1]
    assert text.count(old) == 1, "the published figures are others now"
    path.write_text(text.replace(old, new), "utf-8")


def with_another_paragraph(folder: Path) -> str:
    """Let the last prose of a chapter, in each language, have a paragraph more; returns its word,
    which stands nowhere else."""
    path, word = folder / PARAGRAPH, "".join(choices(ascii_lowercase, k=20))
    notebook = read(path, as_version=4)
    for language in LANGUAGES:
        cells = [cell for cell in notebook.cells if language in cell.metadata.get("tags", [])]
        cells[-1].source += f"\n\n{word.capitalize()}."
    write(notebook, path)
    return word.capitalize()


def of_chapters(target: Path, number: int) -> Path:
    """A copy whose book has this many chapters, each with a sentence, a figure and a table."""
    copied(target)
    files = [f"notebooks/60_chapter_{at:02}.ipynb" for at in range(1, number + 1)]
    for at, file in enumerate(files, start=1):
        write(_chapter(f"growth-{at:02}"), target / file)
    book = "  chapters:\n" + "".join(f"    - {file}\n" for file in ("index.ipynb", *files))
    path = target / "_quarto.yml"
    text = re.sub(r"(?ms)^  chapters:\n.*?^  downloads:", f"{book}  downloads:", path.read_text())
    text = re.sub(r"(?ms)^print:\n.*?^(?=\S)", "", text)
    path.write_text(text, "utf-8")
    path = target / "evaluation.yml"
    path.write_text(re.sub(r"(?m)^ledger: .*\n", "", path.read_text("utf-8")), "utf-8")
    text = '# Growth {#sec-welcome .unnumbered}\n\n`{python} report.share("' + QUESTION + '").full`'
    write(_notebook([_prose(text, language) for language in LANGUAGES]), target / "index.ipynb")
    return target


def _chapter(name: str) -> NotebookNode:
    asked = f'report.share("{QUESTION}").full'
    text = f"# Growth {{#sec-{name}}}\n\n`{{python}} {asked}` stands in @fig-{name}."
    return _notebook(
        [
            *(_prose(text, language) for language in LANGUAGES),
            new_code_cell(
                f"#| label: fig-{name}\n#| fig-cap: {{da: Vækst, en: Growth}}\n"
                "#| fig-alt: '`{python} figure.alt`'\n"
                f'figure = report.answers("{QUESTION}")\nfigure',
                id="figure",
            ),
        ]
    )


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    first = [
        new_code_cell('language = "da"', id="parameters", metadata={"tags": ["parameters"]}),
        new_code_cell(
            "from evaluation import open_report\n\nreport = open_report(language)", id="opened"
        ),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=[*first, *cells], metadata={"kernelspec": kernel})


def _prose(text: str, language: str) -> NotebookNode:
    return new_markdown_cell(text, id=f"prose-{language}", metadata={"tags": [language]})

"""The papermill engine, used as papermill uses it."""

import os
import shutil
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from evaluation.notebook import inline
from evaluation.notebook.engine import LocalKernelManager
from evaluation.notebook.inline import ExpressionError
from evaluation.notebook.prose import Contradiction

pytestmark = pytest.mark.slow


def store(path, *cells):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=list(cells), metadata=kernel), path)
    return str(path)


def parameters(source):
    return new_code_cell(source, metadata={"tags": ["parameters"]})


def run(path, **chosen):
    return papermill.execute_notebook(
        path, None, chosen, engine_name="evaluation", progress_bar=False
    )


def test_papermill_finds_the_engine_by_its_name_and_records_inline_results(tmp_path):
    path = store(
        tmp_path / "a.ipynb",
        parameters("n = 1"),
        new_markdown_cell("`{python} n + 1` and `{python} '*en*'` and `{python} n + 1`"),
    )
    cell = run(path, n=4).cells[-1]
    assert [told["expression"] for told in cell.metadata[inline.METADATA]] == ["n + 1", "'*en*'"]
    assert [told["result"]["data"] for told in cell.metadata[inline.METADATA]] == [
        {"text/plain": "'5'", "text/markdown": "5"},
        {"text/plain": "'*en*'", "text/markdown": r"\*en\*"},
    ]


@pytest.mark.parametrize(
    ("language", "told"), [("da", "Det er 0,3 og 2,5."), ("en", "That is 0.3 and 2.5.")]
)
def test_numbers_of_an_authors_own_have_the_format_of_the_language(tmp_path, language, told):
    path = store(
        tmp_path / "a.ipynb",
        parameters('language = "da"'),
        new_code_cell("import numpy as np"),
        new_markdown_cell(
            "Det er `{python} 0.1 + 0.2` og `{python} np.mean([2, 3])  # middel`.",
            metadata={"tags": ["da"]},
        ),
        new_markdown_cell(
            "That is `{python} 0.1 + 0.2` and `{python} np.mean([2, 3])  # mean`.",
            metadata={"tags": ["en"]},
        ),
    )
    cell = run(path, language=language).cells[-1]
    assert inline.resolve(cell.source, inline.results(cell)).replace("\\", "") == told


def test_a_value_that_is_no_part_of_a_sentence_names_cell_and_expression(tmp_path):
    path = store(
        tmp_path / "a.ipynb",
        parameters("n = 1"),
        new_markdown_cell("Der er `{python} None` og `{python}  `.", id="fund"),
    )
    with pytest.raises(ExpressionError, match="Unpublishable") as refusal:
        run(path)
    assert (refusal.value.cell, refusal.value.expression) == ("fund", "None")


def test_a_language_parameter_makes_an_edition(tmp_path):
    path = store(
        tmp_path / "a.ipynb",
        parameters('language = "da"'),
        new_markdown_cell("Hej `{python} language`", metadata={"tags": ["da"]}),
        new_markdown_cell("Hello `{python} language`", metadata={"tags": ["en"]}),
        new_code_cell(
            "#| fig-cap: {da: 'På `{python} language`', en: 'In `{python} language`'}\nlanguage"
        ),
    )
    english = run(path, language="en")
    sources = [cell.source for cell in english.cells]
    assert "Hello `{python} language`" in sources and "Hej `{python} language`" not in sources
    assert sources[-1].startswith('#| fig-cap: "In en"\n')


def test_an_expression_that_fails_stops_the_notebook(tmp_path):
    path = store(tmp_path / "a.ipynb", new_markdown_cell("`{python} missing`"))
    with pytest.raises(ExpressionError, match="missing: NameError"):
        run(path)


@pytest.mark.parametrize(
    ("language", "told"), [("da", "cell [^:]+: Alle"), ("en", "cell [^:]+: None")]
)
def test_prose_that_contradicts_its_numbers_stops_the_notebook(tmp_path, language, told):
    path = store(
        tmp_path / "a.ipynb",
        parameters('language = "da"'),
        new_code_cell('share = "12 " + ("af" if language == "da" else "of") + " 16"'),
        new_markdown_cell("Alle (`{python} share`) kom.", metadata={"tags": ["da"]}),
        new_markdown_cell("None (`{python} share`) came.", metadata={"tags": ["en"]}),
    )
    with pytest.raises(Contradiction, match=told):
        run(path, language=language)


def test_a_cell_that_fails_is_told_before_what_it_leaves_undone(tmp_path):
    path = store(
        tmp_path / "a.ipynb",
        parameters('language = "da"'),
        new_code_cell("missing"),
        new_markdown_cell("Alle (`{python} '12 af 16'`) kom.", metadata={"tags": ["da"]}),
    )
    with pytest.raises(PapermillExecutionError, match="missing"):
        run(path, language="da")


@pytest.mark.skipif(os.name != "posix", reason="sockets in the file system are POSIX")
def test_a_kernel_listens_on_sockets_in_the_file_system_and_tidies_up():
    manager = LocalKernelManager(kernel_name="python3")
    folder = Path(manager.connection_file).parent
    assert manager.transport == "ipc"
    assert manager.ip.startswith(str(folder))
    assert len(manager.ip) < 90, "the system limits the length of a socket's path"
    (folder / "kernel.json").write_text("{}")
    manager.cleanup_connection_file()
    assert not folder.exists()
    shutil.rmtree(folder, ignore_errors=True)

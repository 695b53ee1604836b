"""project.touched: a notebook is executed again after a change in whatever it has opened."""

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from evaluation.notebook.cachekey import is_current
from evaluation.notebook.execute import execute

pytestmark = pytest.mark.slow

READERS = {
    "pandas": "import pandas\npandas.read_csv('../data/in.csv')",
    "pathlib": "from pathlib import Path\n(Path.cwd().parent / 'data/in.csv').read_text()",
    "numpy": "import numpy\nnumpy.loadtxt('../data/in.csv', delimiter=',', skiprows=1)",
    "os": "import os\nos.close(os.open('../data/in.csv', os.O_RDONLY))",
    "in C, by its name": "import pyreadstat\npyreadstat.read_sav('../data/in.sav')",
    "a module beside it": "import helper\nhelper.NUMBER",
    "before an error that is caught": (
        "try:\n    raise ValueError(open('../data/in.csv').read())\nexcept ValueError:\n    pass"
    ),
}
CONFIG = """\
languages: [en]
population: 1
pipeline: [notebooks/scores.ipynb]
parameters:
  language: {type: string, choices: [en]}
"""
ABSENT = {
    "a path": "from pathlib import Path\nPath('../data/later.csv').exists()",
    "os": "import os\nos.path.isfile('../data/later.csv')",
    "an error": "try:\n    open('../data/later.csv')\nexcept FileNotFoundError:\n    pass",
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "evaluation.yml").touch()
    (tmp_path / "data/in.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "notebooks/helper.py").write_text("NUMBER = 1\n", "utf-8")
    pd.DataFrame({"a": [1.0]}).to_csv(tmp_path / "data/other.csv")
    import pyreadstat

    pyreadstat.write_sav(pd.DataFrame({"a": [1.0]}), str(tmp_path / "data/in.sav"))
    return tmp_path


def executed(root, code: str):
    """Execute a notebook with this code; returns what tells whether its copy is still current."""
    source, target = root / "notebooks/one.ipynb", root / "reports/executed/one.ipynb"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cells = [new_code_cell(code, id="only")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), source)
    execute(source, target, {})
    return lambda: is_current(source, target, {})


@pytest.mark.parametrize("code", READERS.values(), ids=READERS)
def test_what_it_reads_by_any_library_makes_it_old(root, code):
    is_still_current = executed(root, code)
    assert is_still_current()
    (root / "data/other.csv").write_text("another", "utf-8")
    assert is_still_current()
    for name in ("data/in.csv", "data/in.sav", "notebooks/helper.py"):
        (root / name).write_bytes((root / name).read_bytes() + b"\n")
    assert not is_still_current()


def test_a_module_that_was_compiled_before_makes_it_old(root):
    executed(root, "import helper")
    is_still_current = executed(root, "import helper\nhelper.NUMBER")
    assert is_still_current()
    (root / "notebooks/helper.py").write_text("NUMBER = 22\n", "utf-8")
    assert not is_still_current()


@pytest.mark.parametrize("code", ABSENT.values(), ids=ABSENT)
def test_what_it_looked_for_in_vain_makes_it_old_when_it_comes(root, code):
    is_still_current = executed(root, code)
    assert is_still_current()
    (root / "data/later.csv").write_text("a\n1\n", "utf-8")
    assert not is_still_current()


def test_what_it_wrote_itself_is_none_of_its_sources(root):
    code = (
        "import pandas\nfrom pathlib import Path\n"
        "Path('../data/own.csv').exists()\n"
        "pandas.DataFrame({'a': [1]}).to_csv('../data/own.csv')\n"
        "pandas.read_csv('../data/own.csv')"
    )
    is_still_current = executed(root, code)
    assert is_still_current()
    (root / "data/own.csv").unlink()
    assert not is_still_current()


def test_data_that_change_while_it_runs_make_it_old(root):
    code = (
        "import pandas, subprocess\npandas.read_csv('../data/in.csv')\n"
        "subprocess.run(['sh', '-c', 'echo 3,4 >> ../data/in.csv'], check=True)"
    )
    assert not executed(root, code)()


def test_another_folder_that_it_opens_is_one_of_its_sources(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "evaluation.yml").write_text(CONFIG, "utf-8")
    is_still_current = executed(
        root, f"from evaluation.project.folder import Folder\nFolder({str(other)!r}).config()"
    )
    assert is_still_current()
    (other / "evaluation.yml").write_text(CONFIG + "# changed\n", "utf-8")
    assert not is_still_current()

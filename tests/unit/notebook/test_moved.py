"""notebook.moved: notebooks of earlier versions import what is somewhere else now."""

import ast
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from refusals import refusal, tells

from evaluation.notebook.execute import execute
from evaluation.notebook.moved import MOVED, Cell, now, upgraded, upgraded_cells

OLD = """from evaluation import check, measures, survey
from evaluation.folder import Folder
from evaluation.report import open_report
from evaluation.views import (
    actor_network,
    waves as chapters,
)

folder = Folder()"""
NEW = """from evaluation.survey import check, measures, responses as survey
from evaluation import Folder
from evaluation import open_report
from evaluation.methods.actor_network import chapter as actor_network
from evaluation.report.chapters import waves as chapters

folder = Folder()"""


def test_imports_lead_to_where_modules_are_now_and_names_stay():
    assert upgraded(OLD) == NEW


# the public names of each module of version 0.1.0, without what only its commands used
NAMES = Path(__file__).with_name("names_of_0_1_0.txt").read_text("utf-8").splitlines()
# no longer there: tables are described by `raw_tables.described_by`, items are in their methods,
# a check of its data tells of a population as a build does, an evaluation declares its lists, a
# kind of personal data is a module, columns are placed before they are read, segments are named
# above their bars, and the objectives stand in one table
GONE = {
    *(f"raw_tables.{name}.SECTORS" for name in ("actor_network", "partnership_check")),
    *("raw_tables.bridge_building.ROLES", "raw_tables.meetings_grants.KINDS"),
    "raw_tables.resource_check.SIDES",
    *("check.answers.above_population", "check.answers.PERSONAL", "instruments.ITEMS"),
    *("personal.CALENDAR", "personal.EMAIL"),
    *("raw_tables.SUBJECTS", "raw_tables.TABLES"),
    *(f"readers.old_workbooks.{name}" for name in ("MARK", "is_old_workbook", "read_old_sheets")),
    *(f"readers.spss.{name}" for name in ("DAYS", "IDENTITIES", "LAST_SECOND", "STEPS", "TIMES")),
    *(f"readers.tables.{name}" for name in ("FEW", "JOINED", "SHORT")),
    *("readers.recognise.KINDS", "views.collaboration.NUMBER"),
    *("views.objectives.STATUS", "views.objectives.status"),
    *(f"figures.stacked.{name}" for name in ("draw", "hidden_part", "key", "titled")),
}
# a function and the module that holds it now have one name, and both are imported alike
ALIKE = {"survey.responses"}


def is_there(path):
    parent, _, name = f"evaluation.{path}".rpartition(".")
    try:
        return hasattr(import_module(parent), name) or find_spec(f"{parent}.{name}") is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("moved", MOVED.values())
def test_what_has_moved_is_there(moved):
    assert is_there(now(moved))


@pytest.mark.parametrize("line", NAMES)
def test_every_public_name_of_the_version_before_is_found(line):
    module, *names = line.replace(":", "").split()
    paths = {f"{module}.{name}" for name in names} - ALIKE
    assert {path for path in paths if not is_there(now(path))} == paths & GONE


def test_what_is_where_it_is_now_stays_there():
    for moved in MOVED.values():
        assert now(now(moved)) == now(moved)


def test_what_left_its_module_has_an_import_of_its_own_wherever_it_is_called():
    code = "from evaluation import tables\n\ntables.escape(title), tables.table(rows)"
    option = "#| fig-cap: '`{python} tables.escape(title)`'\nother.tables.escape"
    cells = [Cell(True, code), Cell(True, option), Cell(False, "As `{python} tables.escape(a)`.")]
    assert upgraded_cells(cells) == [
        "from evaluation.report import tables\n"
        "from evaluation.base.markdown import escape as tables_escape\n\n"
        "tables_escape(title), tables.table(rows)",
        "#| fig-cap: '`{python} tables_escape(title)`'\nother.tables.escape",
        "As `{python} tables_escape(a)`.",
    ]
    sources = upgraded_cells(cells)
    assert sources == upgraded_cells(
        [cell._replace(source=source) for cell, source in zip(cells, sources, strict=True)]
    )


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (
            "from evaluation import clean\nclean.check_references(a, b, c, d)",
            "from evaluation.survey import reconstruction as clean\n"
            "from evaluation.methods.evidence.scores import"
            " check_registers as clean_check_references\nclean_check_references(a, b, c, d)",
        ),
        (
            "from evaluation.goals import attainment, verdicts_by_support",
            "from evaluation.stats.goal_attainment import attainment\n"
            "from evaluation.methods.evidence.scores import verdicts_by_support",
        ),
        (
            "from evaluation.project.raw_tables.resource_check import TABLES",
            "from evaluation.methods.resource_check.tables import TABLES",
        ),
        (
            "from evaluation.project import raw_tables\nraw_tables.evidence.TABLES",
            "from evaluation.project import raw_tables\n"
            "from evaluation.methods.evidence import tables as raw_tables_evidence\n"
            "raw_tables_evidence.TABLES",
        ),
        (
            "from evaluation.views import instrument\ninstrument.label(report, name, 'q')",
            "from evaluation.report import formats as instrument\n"
            "from evaluation.methods.items import label as instrument_label\n"
            "instrument_label(report, name, 'q')",
        ),
        (
            "from evaluation.figures.bars import bars",
            "from evaluation.report.figures.bars import bars",
        ),
    ],
)
def test_names_are_imported_from_where_they_are(then, told):
    assert upgraded(then) == told


@pytest.mark.parametrize(
    "code",
    [
        NEW,
        "from evaluation.survey import responses",
        "from evaluation.report import figures, shares",
        "from evaluation.disclosure import suppress",
        "import pandas as pd\nfrom pathlib import Path",
        "%%bash\nls",
        "",
    ],
)
def test_what_is_written_as_now_stays(code):
    assert upgraded(code) == code


def test_names_of_a_module_that_has_the_name_of_a_room_follow_it():
    assert upgraded("from evaluation.report import Report, figures") == (
        "from evaluation.report.report import Report\nfrom evaluation.report import figures"
    )


@pytest.mark.slow
def test_every_notebook_of_the_repository_imports_what_is_there(repository):
    folders = (".", "notebooks", "examples/*/notebooks", "src/evaluation/methods/*/notebooks")
    found = {folder: list(repository.glob(f"{folder}/*.ipynb")) for folder in folders}
    assert all(found.values()), found
    for path in chain(*found.values()):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert upgraded(cell.source) == cell.source, path
                assert ast.parse(cell.source) is not None


@pytest.mark.slow
def test_a_cell_that_fails_for_it_names_the_command(tmp_path, repository):
    (tmp_path / "evaluation.yml").write_bytes((repository / "evaluation.yml").read_bytes())
    source = tmp_path / "notebooks/10_old.ipynb"
    source.parent.mkdir()
    kernel = {"kernelspec": {"display_name": "p", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=[new_code_cell(OLD)], metadata=kernel), source)
    message = refusal(execute, source, tmp_path / "executed.ipynb", {})
    tells(message, "notebooks/10_old.ipynb, cell 0", "ImportError", "`evaluation upgrade`")

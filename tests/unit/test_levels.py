"""The library imports one way: a module knows its own level and those below."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import evaluation

PACKAGE = Path(evaluation.__file__).parent
LEVELS = {
    0: [
        *["errors", "rounding", "yaml_files", "config", "codebook", "citation", "texts", "readers"],
        *["raw_tables", "folder", "fonts", "extension", "spreadsheets", "new_folders", "markdown"],
    ],
    1: [
        "provenance",
        "audit",
        "clean",
        "evidence",
        "goals",
        "intervals",
        "indicators",
        "comparisons",
        "crosstabs",
        "disclosure",
        "linkage",
        "ordinal",
        "quantifiers",
        "survey",
        "waves",
        "instruments",
        "inference",
        "measures",
        *["check", "personal", "open_answers", "wave_check"],
    ],
    2: [
        *["wording", "tables", "figures", "report", "inline", "prose", "edition", "ledger"],
        *["parameters", "cachekey", "views", "privacy", "sentences", "order", "figure_data"],
        *["explore", "exchange", "inline_values"],
    ],
    3: ["engine", "execute", "publish", "new"],
    4: ["build", "preview", "cli"],
}
LEVEL = {name: level for level, names in LEVELS.items() for name in names}


def modules() -> dict[str, Path]:
    """Dotted name below the package -> file; a package is named after its folder."""
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imported(code: str, module: str, known: set[str]) -> set[str]:
    """Modules of the package that `code` imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = ["evaluation", *module.split(".")][: -node.level]
                base = ".".join([*above, *filter(None, [node.module])])
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        for name in names:
            below = name.removeprefix("evaluation.")
            if name.startswith("evaluation.") and below in known:
                found.add(below)
    return found


MODULES = modules()
IMPORTS = {
    name: imported(path.read_text("utf-8"), name, set(MODULES)) - {name}
    for name, path in MODULES.items()
}


def level(module: str) -> int:
    return LEVEL[module.split(".")[0]]


def test_every_module_has_a_level_and_every_level_its_modules():
    assert {name.split(".")[0] for name in MODULES} - {"__init__"} == set(LEVEL)


@pytest.mark.parametrize(
    "code",
    [
        "import evaluation.cli",
        "from evaluation import cli",
        "from evaluation.cli import main",
        "def f():\n    from evaluation.cli import main",
        "from .cli import main",
        "from . import cli",
    ],
)
def test_the_reader_of_imports_sees_every_form(code):
    assert imported(code, "errors", set(MODULES)) == {"cli"}


def test_the_reader_of_imports_sees_the_library():
    assert IMPORTS["cli"] >= {"build", "errors"}
    assert IMPORTS["folder"] >= {"codebook", "raw_tables"}
    assert IMPORTS["publish.html"] >= {"publish.pandoc"}


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"__init__"}))
def test_a_module_imports_its_own_level_or_lower(module):
    higher = {name for name in IMPORTS[module] if level(name) > level(module)}
    assert higher == set()


def test_no_modules_import_each_other_in_a_circle():
    try:
        list(TopologicalSorter(IMPORTS).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_nothing_in_the_library_knows_about_this_evaluation():
    for path in sorted(PACKAGE.parent.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            text = path.read_bytes().decode("utf-8", "ignore").casefold()
            assert "alliancen" not in text, path
            assert "alliancen" not in path.name.casefold()

"""What notebooks of earlier versions import, and where it is now."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import NamedTuple

METHODS = (
    *("actor_network", "bridge_building", "coding_quality", "collaboration_phases"),
    *("goal_attainment", "meetings_grants", "partnership_check", "resource_check"),
)
# room -> the modules that were loose and are in it now, under the name they had
ROOMS = {
    "base": ("errors", "fonts", "rounding", "spreadsheets", "yaml_files"),
    "language": ("quantifiers", "texts"),
    "notebook": (
        *("cachekey", "edition", "engine", "execute", "figure_data", "inline", "ledger", "prose"),
        "sentences",
    ),
    "project": ("citation", "codebook", "config", "extension", "folder", "parameters"),
    "publish": ("build",),
    "report": ("explore", "figures", "order", "provenance", "tables"),
    "scaffold": ("inference",),
    "stats": ("comparisons", "intervals", "ordinal"),
    "survey": ("check", "indicators", "measures", "open_answers", "waves"),
}
# what was imported, below `evaluation` -> where it is now; a module leads what it holds
MOVED = {
    **{module: f"{room}.{module}" for room, modules in ROOMS.items() for module in modules},
    "audit": "methods.source_audit.scores",
    "clean": "survey.reconstruction",
    "evidence": "methods.evidence.scores",
    "exchange": "exchange.writing",
    "folder.Folder": "Folder",
    "folder.touched": "project.touched.touched",
    "goals": "stats.goal_attainment",
    "inference.scales": "language.scales",
    "linkage": "disclosure.reidentification",
    "new_folders": "base.whole_folders",
    "personal": "disclosure.personal",
    "raw_tables": "project.raw_tables",
    "readers": "exchange.reading",
    "readers.delimited": "project.tables",
    "readers.languages": "language.detection",
    "readers.rows": "project.rows",
    "report": "report.report",
    "report.open_report": "open_report",
    "survey": "survey.responses",
    "wave_check": "publish.declared_waves",
    "wording": "report.shares",
    "instruments": "methods.items",
    "instruments.exclusive": "disclosure.tallies",
    "instruments.layout": "report.figures.layout",
    "views": "report.chapters",
    "views.api": "publish.reference",
    "views.audit": "methods.source_audit.chapter",
    "views.evidence": "methods.evidence.chapter",
    "views.instrument": "report.formats",
    "views.number_ledger": "notebook.ledger_chapter",
    **{
        f"views.{name}": f"methods.evidence.chapters.{name}"
        for name in (
            *("capacity", "collaboration", "elements", "frameworks", "literature"),
            *("objectives", "source_facts"),
        )
    },
    **{f"views.{name}": f"methods.{name}.chapter" for name in METHODS},
    **{f"instruments.{name}": f"methods.{name}.scores" for name in METHODS},
    **{f"project.raw_tables.{name}": f"methods.{name}.tables" for name in (*METHODS, "evidence")},
    # what left its module
    "disclosure.personal.CPR": "disclosure.personal.cpr.CPR",
    "disclosure.personal.REGION": "disclosure.personal.phones.REGION",
    "disclosure.personal.WEIGHTS": "disclosure.personal.cpr.WEIGHTS",
    "disclosure.personal.YEAR": "disclosure.personal.phones.YEAR",
    "disclosure.personal.has_checksum": "disclosure.personal.cpr.has_checksum",
    **{
        f"methods.coding_quality.scores.{name}": f"stats.agreement.{name}"
        for name in (
            *("CONFIDENCE", "DRAWS", "RELIABLE", "RESAMPLES", "SCALES", "TENTATIVE"),
            *("alpha", "alpha_interval"),
        )
    },
    "project.raw_tables.published.CLAIMS": "methods.source_audit.tables.CLAIMS",
    "project.rows.write_rows": "scaffold.rows.write_rows",
    "methods.items.fragment": "project.items.fragment",
    "report.formats.label": "methods.items.label",
    "report.formats.options": "methods.items.options",
    "report.tables.BLANKS": "base.markdown.BLANKS",
    "report.tables.SPECIAL": "base.markdown.SPECIAL",
    "report.tables.escape": "base.markdown.escape",
    "report.tables.one_line": "base.markdown.one_line",
    "stats.comparisons.crosstab": "survey.crosstabs.crosstab",
    **{
        f"stats.comparisons.{name}": f"stats.{module}.{name}"
        for module, names in {
            "contingency": ("ChiSquared", "Fisher", "SMALLEST_EXPECTED", "chi_squared", "fisher"),
            "correlation": ("ENUMERATED", "TauB", "tau_b"),
            "pairs": (
                *("McNemar", "SignTest", "Wilcoxon", "ZEROS"),
                *("mcnemar", "mcnemar_asymptotic", "sign_test", "wilcoxon"),
            ),
            "permutations": ("PERMUTATIONS", "SUMMED"),
            "ranks": ("MannWhitney", "mann_whitney"),
        }.items()
        for name in names
    },
    "stats.goal_attainment.verdicts_by_support": "methods.evidence.scores.verdicts_by_support",
    "survey.check.answers.NAMING": "survey.check.personal.NAMING",
    "survey.check.answers.personal": "survey.check.personal.in_answers",
    "survey.indicators.population_of": "survey.population.population_of",
    "survey.indicators.population_size": "survey.population.population_size",
    "survey.measures.QUARTERS": "disclosure.numbers.QUARTERS",
    "survey.measures.QUARTILES": "disclosure.numbers.QUARTILES",
    "survey.reconstruction.FIGURES": "project.folder.FIGURES",
    "survey.reconstruction.RECONSTRUCTED": "project.codebook.RECONSTRUCTED",
    "survey.reconstruction.check_references": "methods.evidence.scores.check_registers",
    "survey.reconstruction.column_of": "project.codebook.column_of",
}


class Cell(NamedTuple):
    is_code: bool
    source: str


class Attribute(NamedTuple):
    """What is called by a module that it has left since: `tables.escape`, now `tables_escape`."""

    module: str
    name: str
    now: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.]){self.module}\.{self.name}\b")

    @property
    def called(self) -> str:
        return f"{self.module}_{self.name}"


def upgraded(source: str) -> str:
    """Code that imports everything from where it is now, under the name that it had."""
    return upgraded_cells([Cell(True, source)])[0]


def upgraded_cells(cells: list[Cell]) -> list[str]:
    """The sources of a notebook that imports everything from where it is now.

    What has left the module that it is called by gets a name and an import of its own, wherever
    it is called: in code, in the options of a cell and in the inline expressions of the prose.
    """
    text = "\n".join(cell.source for cell in cells)
    left = [
        attribute
        for cell in cells
        if cell.is_code
        for statement in _imports(cell.source)
        for attribute in _left(statement)
        if attribute.pattern.search(text)
    ]
    sources = [_imported(cell.source, left) if cell.is_code else cell.source for cell in cells]
    for attribute in left:
        sources = [attribute.pattern.sub(attribute.called, source) for source in sources]
    return sources


def now(path: str) -> str:
    """Where what was at `path`, below `evaluation`, is now."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        known = ".".join(parts[:length])
        # a room may have the name of a module that was: what is in the room stays
        if known in MOVED and (known == path or not _is_module(".".join(parts[: length + 1]))):
            return now(".".join([MOVED[known], *parts[length:]]))
    return path


def _is_module(path: str) -> bool:
    try:
        return find_spec(f"evaluation.{path}") is not None
    except ModuleNotFoundError:
        return False


def _imports(source: str) -> list[ast.ImportFrom]:
    """The statements of the code that import from the library."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a cell magic, which imports nothing of the library
        return []
    return [
        statement
        for statement in statements
        if isinstance(statement, ast.ImportFrom)
        and (statement.module or "").partition(".")[0] == "evaluation"
    ]


def _imported(source: str, left: list[Attribute]) -> str:
    """The code with its imports as they are written now."""
    lines = source.split("\n")
    for statement in reversed(_imports(source)):
        written = [(statement.module, ast.unparse(alias)) for alias in statement.names]
        needed = [*_needed(statement, left)]
        if needed != written:
            modules: dict[str, list[str]] = {}
            for module, name in needed:
                modules.setdefault(module, []).append(name)
            where = slice(statement.lineno - 1, statement.end_lineno)
            lines[where] = [
                f"from {module} import {', '.join(names)}" for module, names in modules.items()
            ]
    return "\n".join(lines)


def _needed(statement: ast.ImportFrom, left: list[Attribute]) -> Iterator[tuple[str, str]]:
    """Module and name, as `names as called`, of what a statement imports, where it is now."""
    for alias in statement.names:
        yield _from(now(_path(statement, alias)), alias.asname or alias.name)
    for attribute in _left(statement):
        if attribute in left:
            yield _from(attribute.now, attribute.called)


def _from(path: str, called: str) -> tuple[str, str]:
    module, _, name = f"evaluation.{path}".rpartition(".")
    return module, name if name == called else f"{name} as {called}"


def _left(statement: ast.ImportFrom) -> Iterator[Attribute]:
    """What may be called by the modules that the statement imports, and has left them."""
    for alias in statement.names:
        module = now(_path(statement, alias))
        for known in MOVED:
            parent, _, name = known.rpartition(".")
            if parent == module:
                yield Attribute(alias.asname or alias.name, name, now(known))


def _path(statement: ast.ImportFrom, alias: ast.alias) -> str:
    return ".".join([*(statement.module or "").split(".")[1:], alias.name])

"""The page of the library: every function told with its arguments, and every one that is called."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path

import nbformat
import pytest
from conftest import REPOSITORY

from evaluation import Folder, disclosure, open_report
from evaluation.base import methods as installed
from evaluation.disclosure import cells
from evaluation.methods.actor_network import chapter as actor_network
from evaluation.methods.coding_quality import scores as coding_quality
from evaluation.methods.source_audit import scores as audit
from evaluation.notebook.inline import expressions
from evaluation.publish import reference
from evaluation.publish.embedded import pandoc
from evaluation.publish.embedded.blocks import visible
from evaluation.report.report import Report
from evaluation.stats import comparisons, contingency, correlation, effects, intervals, pairs, ranks
from evaluation.stats import goal_attainment as goals

ENTRIES = [
    pytest.param(module, name, item, id=f"{module.__name__.removeprefix('evaluation.')}.{name}")
    for module in reference.modules()
    for name, item in reference.public(module).items()
]
NOTEBOOKS = [
    REPOSITORY / "index.ipynb",
    *sorted((REPOSITORY / "notebooks").glob("*.ipynb")),
    *sorted((REPOSITORY / "src").rglob("*.ipynb")),
    *sorted((REPOSITORY / "examples").glob("*/notebooks/*.ipynb")),
]
# what a notebook calls on these is a method of the class
OPENED = {"open_report": Report, "Folder": Folder}
# explained: `k`, or at the head of what is said of it: "k, n: counts"
EXPLAINED = r"`\*{{0,2}}{0}`|(?:^|[\s(])(?:\w+,\s+)*{0}(?:,\s+\w+)*(?: \(.*?\))?:\s"
SHARED = r"^- (?:\w+, )*{}(?:, \w+)*: "


def explained(argument: str, docstring: str, of_module: str) -> bool:
    here = re.search(EXPLAINED.format(argument), docstring, re.MULTILINE)
    above = re.search(SHARED.format(argument), of_module, re.MULTILINE)
    return bool(here or above)


def named(argument: str, docstring: str) -> bool:
    return bool(re.search(rf"(?<!\w){argument}(?!\w)", docstring))


def arguments(item) -> list[str]:
    if inspect.isclass(item) or not callable(item):
        return []
    return [name for name in inspect.signature(item).parameters if name != "self"]


@pytest.mark.parametrize(("module", "name", "item"), ENTRIES)
def test_every_entry_tells_what_it_does_and_takes(module, name, item):
    """Jupyter shows the docstring of a function and not that of its module, which may explain what
    many functions share: each names what it takes."""
    assert item.__doc__ and item.__doc__.strip()
    for argument in arguments(item):
        assert named(argument, item.__doc__), argument
        assert explained(argument, item.__doc__, module.__doc__), argument


def test_what_is_not_told_would_be_found():
    assert explained("report", actor_network.drawing.__doc__, "")
    assert not explained("report", "The answers in the report's wave: none.", "")
    assert explained("n", "k, n: counts.", "") and explained("n", "Of `n`.", "")
    assert not explained("k", "Of k and n.", intervals.__doc__.replace("- k:", "- m:"))
    assert explained("k", "Of k and n.", intervals.__doc__)
    assert not named("report", "What open_report gave.")


def sources(notebook: Path) -> Iterator[str]:
    """The code of a notebook: of its cells, and of the inline expressions in texts and options."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            yield cell.source
        yield from expressions(cell.source)


def called(trees: list[ast.AST]) -> Iterator[tuple[str, object]]:
    """(how it is written, the function) of each call of what a notebook imports or opens."""
    imported, opened = {}, {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("evaluation"):
            for name in node.names:
                imported[name.asname or name.name] = found(node.module, name.name)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            opener = ast.unparse(node.value.func)
            if opener in OPENED:
                opened[ast.unparse(node.targets[0])] = OPENED[opener]
    for node in (node for tree in trees for node in ast.walk(tree)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in imported:
                yield name, imported[name]
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                holder = imported.get(name) or opened.get(name)
                if holder is not None and hasattr(holder, attribute):
                    yield f"{name}.{attribute}", getattr(holder, attribute)


def found(module: str, name: str) -> object:
    return getattr(import_module(module), name, None) or import_module(f"{module}.{name}")


def calls(notebooks: list[Path]) -> dict[str, object]:
    return {
        f"{path.relative_to(REPOSITORY)}: {written}": function
        for path in notebooks
        for written, function in called([ast.parse(source) for source in sources(path)])
    }


def untold(calls: dict[str, object]) -> list[str]:
    told = [item for module in reference.modules() for item in reference.public(module).values()]
    return [written for written, function in calls.items() if function not in told]


@pytest.mark.slow
def test_every_function_that_a_notebook_calls_is_on_the_page():
    made = calls(NOTEBOOKS)
    assert len(set(made.values())) > 200
    assert {open_report, Report.share, actor_network.drawing} <= set(made.values())
    assert untold(made) == []


def test_a_call_of_what_is_not_on_the_page_would_be_found(tmp_path):
    code = "from evaluation.disclosure import cells\ncells.pools({}, [])"
    assert [function for _, function in called([ast.parse(code)])] == [cells.pools]
    assert untold({"cells.pools": cells.pools, "open_report": open_report}) == ["cells.pools"]


def test_a_method_of_another_package_is_on_the_page(tmp_path, monkeypatch):
    package = tmp_path / "institute_methods" / "reach"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "chapter.py").write_text('def told(report):\n    """How far: `report`."""\n')
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint("reach", "institute_methods.reach", installed.GROUP)
    monkeypatch.setattr(installed, "entry_points", lambda group: [point])
    installed.methods.cache_clear()
    try:
        page = reference.reference("methods").source
    finally:
        installed.methods.cache_clear()
    assert "### `reach`" in page and "##### `told`" in page and "How far\\: `report`" in page


def test_a_group_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="the groups are opening, chapters"):
        reference.reference("statistics")


def test_methods_with_a_source_name_it():
    for module, names in {
        intervals: [
            "wilson",
            "clopper_pearson",
            "jeffreys",
            "hypergeometric",
            "worst_case",
        ],
        comparisons: ["holm"],
        contingency: ["fisher", "fisher_freeman_halton", "cochran_armitage"],
        correlation: ["tau_b", "tau_b_interval"],
        effects: ["cramers_v", "risk_difference", "risk_ratio", "paired_difference"],
        pairs: ["mcnemar", "sign_test", "wilcoxon"],
        ranks: ["mann_whitney", "kruskal_wallis", "jonckheere"],
        goals: ["attainment_score"],
        coding_quality: ["alpha", "cohen_kappa", "fleiss_kappa", "saturation"],
    }.items():
        for name in names:
            assert re.search(r"\b(18|19|20)\d\d\b", getattr(module, name).__doc__), name


def test_signatures_are_written_as_they_are_called():
    assert reference.signature("wilson", intervals.wilson) == (
        "wilson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]"
    )
    long = reference.signature("vectors", audit.vectors).split("\n")
    assert long[0] == "vectors(" and long[-1] == ") -> Iterator[tuple[int, ...]]"
    assert "    *," in long and "    percentages: Sequence[int]," in long
    assert reference.signature("Sum", disclosure.Sum) == (
        "Sum(cells: tuple[str, ...], low: int, high: int)"
    )
    assert reference.signature("open_report", open_report).endswith(") -> Report")
    assert "resample: str = 'units'" in reference.signature("a", coding_quality.alpha_interval)
    assert reference.signature("Report.label", Report.label) == (
        "Report.label(question: Question) -> str"
    )


def shown(docstring):
    return [
        (block["t"], pandoc.plain([block]).strip())
        for block in pandoc.parse(reference.text(docstring), "a docstring")
    ]


def test_a_docstring_is_shown_letter_by_letter():
    hostile = "P(X >= k) > a_b/2, *c*, <b>bold</b>, $x$, [link](file:x), @fig-x, {{< x >}}"
    assert shown(hostile) == [("Para", hostile)]
    assert shown("One `two_three` four.") == [("Para", "One two_three four.")]


def test_lists_and_paragraphs_of_a_docstring_stay():
    told = "First:\n\n    a_b = 1\n\nThen:\n- one\n  more\n- two\nLast, with\n\n1. this\n2. that"
    blocks = shown(told)
    assert [kind for kind, _ in blocks] == [
        *["Para", "CodeBlock", "Para", "BulletList", "Para", "OrderedList"]
    ]
    assert blocks[1][1] == "a_b = 1" and blocks[4][1] == "Last, with"


@pytest.mark.slow
def test_the_page_has_a_section_a_module_and_an_anchor_an_entry():
    source = "\n\n".join(reference.reference(group).source for group in reference.ROOMS)
    parsed = pandoc.parse(source, "the page")
    assert visible(parsed, "da", "typst") == []
    blocks = visible(parsed, "da", "html")
    headings = [block["c"] for block in blocks if block["t"] == "Header"]
    anchors = [heading[1][0] for heading in headings]
    sections = len(reference.modules()) + len(reference.of_methods())
    assert len(set(anchors)) == len(anchors) == sections + len(ENTRIES)
    assert "api-stats-intervals-wilson" in anchors and "api-report-report-Report-share" in anchors
    assert [heading[0] for heading in headings[:3]] == [3, 4, 5]
    assert anchors[:2] == ["api-evaluation", "api-evaluation-Folder"]
    others = [block for block in blocks if block["t"] != "Header"]
    assert all(block["t"] == "Div" and block["c"][0][2] == [["lang", "en"]] for block in others)


def test_the_contents_of_a_module_lead_to_each_of_its_entries():
    lines = reference.reference("stats").source.split("\n")
    listed = [line for line in lines if line.startswith("- [`")]
    assert (
        "- [`wilson(k, n, confidence=0.95)`](#api-stats-intervals-wilson)"
        " – Wilson score interval of the share k of n, as shares\\."
    ) in listed
    assert len(listed) == sum(
        len(reference.public(module)) for module in reference.groups()["stats"]
    )


def test_properties_are_told_as_what_they_are():
    share = reference.public(import_module("evaluation.report.shares"))
    assert reference.signature("Share.full", share["Share.full"]) == "Share.full -> str"
    assert "Share.full" in share and "Share.of" in share

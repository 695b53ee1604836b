"""The tests themselves: all are run, and none passes because it found nothing to look at."""

import ast
from collections import Counter
from collections.abc import Iterator

import pytest
from conftest import REPOSITORY

# what looks for elements, files or passages, and may find none
SEARCHES = {"find_all", "findall", "finditer", "glob", "iterdir", "rglob", "select"}


def searches(node: ast.expr) -> bool:
    """Whether it is a search, or what `sorted`, `list` and the like make of one."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in SEARCHES
    return any(map(searches, node.args))


def names(node: ast.AST, context: type) -> set[str]:
    found = (each for each in ast.walk(node) if isinstance(each, ast.Name))
    return {each.id for each in found if isinstance(each.ctx, context)}


def hollow(test: ast.FunctionDef) -> Iterator[ast.For]:
    """Loops that assert something of each thing found, where nothing asserts that there was one.

    What does so is an assertion outside the loop that names the things found, or something that
    the loop gathers or counts.
    """
    found = {
        target.id
        for each in ast.walk(test)
        if isinstance(each, ast.Assign) and searches(each.value)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    for loop in (each for each in ast.walk(test) if isinstance(each, ast.For)):
        inside = set(ast.walk(loop))
        over = names(loop.iter, ast.Load) & found
        if not (searches(loop.iter) or over) or not any(isinstance(x, ast.Assert) for x in inside):
            continue
        gathered = over | names(loop, ast.Store) - names(loop.target, ast.Store)
        # found.add(x) and found[x] = y
        holders = (x.value for x in inside if isinstance(x, (ast.Attribute, ast.Subscript)))
        gathered |= {holder.id for holder in holders if isinstance(holder, ast.Name)}
        gathered -= names(loop.target, ast.Store)
        outside = (x for x in ast.walk(test) if isinstance(x, ast.Assert) and x not in inside)
        if not any(names(each, ast.Load) & gathered for each in outside):
            yield loop


def written_in(source: str) -> list[ast.FunctionDef]:
    return [
        each
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    ]


@pytest.mark.slow
def test_no_loop_over_things_found_passes_where_nothing_is_found():
    files = sorted((REPOSITORY / "tests").rglob("test_*.py"))
    assert len(files) > 100
    loops = [
        f"{path.relative_to(REPOSITORY)}:{loop.lineno}: for … in {ast.unparse(loop.iter)}"
        for path in files
        for test in written_in(path.read_text("utf-8"))
        for loop in hollow(test)
    ]
    assert loops == []


@pytest.mark.parametrize(
    ("body", "is_hollow"),
    [
        ("for a in page.select('a'):\n  assert a", True),
        ("for a in sorted(root.glob('*')):\n  assert a", True),
        ("found = root.glob('*')\n for a in found:\n  assert a", True),
        ("found = root.glob('*')\n assert found\n for a in found:\n  assert a", False),
        ("seen = 0\n for a in root.glob('*'):\n  seen += 1\n  assert a\n assert seen", False),
        ("all = set()\n for a in page.select('a'):\n  all.add(a)\n  assert a\n assert all", False),
        ("all = {}\n for a in page.select('a'):\n  all[a] = 1\n  assert a\n assert all", False),
        ("for a in page.select('a'):\n  print(a)", False),
        ("for n in range(3):\n  assert n < 3", False),
    ],
)
def test_a_hollow_loop_is_known(body, is_hollow):
    (test,) = written_in(f"def test_it():\n {body}\n")
    assert bool(list(hollow(test))) == is_hollow


def test_no_two_files_of_tests_have_one_name():
    """pytest would run the one, and say of the other only that it could not be imported."""
    files = [
        path
        for path in (REPOSITORY / "tests").rglob("test_*.py")
        if not (path.parent / "__init__.py").exists() and "old_folder" not in path.parts
    ]
    names = Counter(path.name for path in files)
    assert len(files) > 100
    assert [name for name, count in names.items() if count > 1] == []

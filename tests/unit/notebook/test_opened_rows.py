"""notebook.opened_rows: what a chapter shows after it has opened rows about respondents."""

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from refusals import refusal, tells

from evaluation.language.texts import texts
from evaluation.notebook import ledger, opened_rows
from evaluation.notebook.execute import execute
from evaluation.project.row_files import holds_rows

CONFIG = """\
languages: [en]
population: 20
survey: data/raw/survey.csv
min_cell: 3
pipeline: [notebooks/10_survey.ipynb]
parameters:
  language: {type: string, choices: [en]}
"""
CODEBOOK = """\
questions:
  - id: q
    type: single
    question: {en: "Q?"}
    label: {en: Q}
    options: [{code: a, label: {en: A}}, {code: b, label: {en: B}}]
"""
PANDAS = "import pandas as pd\nrows = pd.read_csv('../data/raw/survey.csv')"
REPORT = "from evaluation import open_report\nreport = open_report('en')\n"
TABLE = "#| label: tbl-x\n#| tbl-cap: \"Of `{{python}} {}`.\"\nreport.crosstab('q', 'q')"
FIGURE = "#| fig-alt: x\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);"


@pytest.fixture
def root(tmp_path):
    for folder in ("data/raw", "data/processed", "notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "evaluation.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "data/raw/codebook.yml").write_text(CODEBOOK, "utf-8")
    rows = pd.DataFrame({"respondent": [str(n) for n in range(12)], "q": ["a", "b"] * 6})
    rows.to_csv(tmp_path / "data/raw/survey.csv", index=False)
    kept = rows.assign(wave=1, origin="survey")
    kept.to_parquet(tmp_path / "data/processed/responses.parquet")
    kept[["respondent", "q"]].to_parquet(tmp_path / "data/processed/people.parquet")
    counted = pd.DataFrame(
        {"id": ["q.a", "q.b"], "question": "q", "option": ["a", "b"], "k": 6, "n": 12}
    )
    counted = counted.assign(population=20, random_low=1, random_high=9, suppressed=False, wave=1)
    counted.to_parquet(tmp_path / "data/processed/indicators.parquet")
    return tmp_path


def chapter(root, *cells):
    """The executed chapter of some cells: Markdown where it begins with a sharp or a capital."""
    made = [
        (new_markdown_cell if text[0].isupper() else new_code_cell)(text, id=f"cell-{number}")
        for number, text in enumerate(cells, start=1)
    ]
    source, target = root / "notebooks/one.ipynb", root / "reports/executed/one.ipynb"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=made, metadata={"kernelspec": kernel}), source)
    execute(source, target, {"language": "en"})
    return nbformat.read(target, as_version=4)


OPENED = {
    "pandas": (PANDAS, "Of `{python} len(rows)`."),
    "inline": (REPORT, "Of `{python} len(report.read('responses'))`."),
    "in words": (
        REPORT + "from evaluation.report import explore\nanswers = explore.responses(report)",
        "Of `{python} answers['q'].eq('A').sum()`.",
    ),
    "parquet": (
        "import pandas as pd\nrows = pd.read_parquet('../data/processed/responses.parquet')",
        "Of `{python} len(rows)`.",
    ),
    "a table made of it": (
        "import pandas as pd\npeople = pd.read_parquet('../data/processed/people.parquet')",
        "Of `{python} len(people)`.",
    ),
    "another program": (
        "import subprocess\ndone = subprocess.run(['cat', '../data/raw/survey.csv'], check=True,"
        " capture_output=True)",
        "Of `{python} 12`.",
    ),
    "a database": (
        "import sqlite3\nrows = sqlite3.connect('../data/raw/rows.db').execute('select 1')",
        "Of `{python} 12`.",
    ),
    "a share of it": (
        REPORT,
        "Of `{python} report.share_of(len(report.read('responses')), 12).full`.",
    ),
    "a figure": (PANDAS, FIGURE),
    "a share of all": (
        REPORT + PANDAS,
        "Of `{python} report.share_of(len(rows), report.share('q', 'a').n).full`.",
    ),
    "a sum": (REPORT + PANDAS, "Of `{python} report.share('q', 'a').k + len(rows)`."),
    "a table with a share": (
        REPORT + PANDAS + "\nfrom evaluation.report.tables import Column, pipe_table",
        "pipe_table([Column('q', 5), Column('n', 5)],"
        " [['a', report.share('q', 'a').full], ['b', str(len(rows))]])",
    ),
    "a caption": (REPORT + PANDAS, TABLE.format("len(rows)")),
    "a caption that opens it": (REPORT, TABLE.format("len(report.read('responses'))")),
    "a table of it": (
        PANDAS + "\nfrom evaluation.report.tables import Column, pipe_table",
        "pipe_table([Column('n', 5)], [[str(len(rows))]])",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("cells", OPENED.values(), ids=OPENED)
def test_what_is_computed_from_rows_is_refused_with_its_cell(root, cells):
    (root / "data/raw/rows.db").touch()
    executed = chapter(root, *cells)
    message = refusal(opened_rows.check, "notebooks/one.ipynb", executed)
    tells(message, "notebooks/one.ipynb, cell cell-2", "opened rows about respondents", "data/")


@pytest.mark.slow
def test_what_the_library_makes_of_it_stands_and_so_does_what_is_declared(root):
    executed = chapter(
        root,
        REPORT + "from evaluation.report.provenance import declared",
        "Before: `{python} 2 + 3`.",
        "report.read('responses')",
        "#| disclosure: two numbers that I chose\n" + FIGURE.partition("\n")[2],
        "report.crosstab('q', 'q')",
        "Now `{python} report.share('q', 'a').full`, `{python} declared(12, 'all of them')`.",
    )
    executed.cells[2].outputs = []  # its table is refused, as any DataFrame is
    said = opened_rows.check("notebooks/one.ipynb", executed)
    assert said == [
        "notebooks/one.ipynb, cell cell-4 shows what was computed from rows: "
        "two numbers that I chose"
    ]


@pytest.mark.slow
def test_a_crosstab_opens_no_rows_for_the_chapter(root):
    executed = chapter(root, REPORT, "report.crosstab('q', 'q')", "Of `{python} 2 + 3`.")
    assert not any(opened_rows.ROWS in cell.metadata for cell in executed.cells)
    assert opened_rows.check("notebooks/one.ipynb", executed) == []


@pytest.mark.parametrize(
    ("file", "holds"),
    [
        ("data/raw/survey.csv", True),
        ("data/raw/export.SAV", True),
        ("other/list.xlsx", True),
        ("data/raw/answers.json", True),
        ("data/raw/old", False),
        ("data/raw/codebook.yml", False),
        ("data/raw/visits.schema.json", False),
        ("data/raw", False),
        ("notebooks/settings.json", False),
        ("reports/site/downloads/numbers.csv", False),
        ("../elsewhere/export.csv", True),
    ],
)
def test_files_hold_rows_by_where_they_lie_and_what_they_are(tmp_path, file, holds):
    root = tmp_path / "evaluation"
    assert holds_rows(root, (root / file).resolve()) == holds


def test_processed_tables_hold_rows_where_they_name_respondents(tmp_path):
    for name, columns in {"people": ["respondent", "age"], "counted": ["question", "k"]}.items():
        path = tmp_path / "data/processed" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        table = pd.DataFrame(columns=columns)
        table.to_parquet(path.with_suffix(".parquet"))
        table.to_csv(path.with_suffix(".csv"), index=False)
        found = {holds_rows(tmp_path, path.with_suffix(end)) for end in (".parquet", ".csv")}
        assert found == {name == "people"}
    for broken in ("a.parquet", "a.csv", "a.pkl"):
        (tmp_path / "data/processed" / broken).write_bytes(b"\xff\xfe")
        assert holds_rows(tmp_path, tmp_path / "data/processed" / broken)
    assert not holds_rows(tmp_path, tmp_path / "data/processed/gone.csv")


def test_tables_of_programs_hold_no_rows(tmp_path):
    assert not holds_rows(tmp_path, Path(pd.__file__).parent / "data.csv")
    assert not holds_rows(tmp_path / "a", tmp_path / "site/own-1.0.dist-info/entry_points.txt")


@pytest.mark.slow
def test_a_chapter_without_an_anchor_is_in_the_ledger_and_the_attack_by_its_file(root):
    executed = chapter(root, REPORT, "Of `{python} report.share('q', 'a').full`.")
    (entry,) = ledger.entries(executed, texts("en"))
    assert (entry.id, entry.chapter, entry.k) == ("one-1", "one", 6)

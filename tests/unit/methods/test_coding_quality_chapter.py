"""methods.coding_quality.chapter: the chapter of coding quality, as its starters make it."""

import pandas as pd
import pytest
from pipe_tables import cells
from starters import chapter, everything, prose, scored, shown

from evaluation.language.texts import LANGUAGES
from evaluation.methods.coding_quality import chapter as coding_quality
from evaluation.methods.coding_quality.scores import per_code
from evaluation.methods.coding_quality.tables import TABLES
from evaluation.report.report import open_report

pytestmark = pytest.mark.slow

HOSTILE = "<b>trust</b> $x$ [a](b)"


def material(*given: tuple[str, str], coders="ann;bo") -> dict[str, pd.DataFrame]:
    """The raw tables; for each case, the codes (separated by ;) of each of the two coders."""
    units = [(f"u{number}", f"Aisha {number}", coders) for number in range(len(given))]
    codings = [
        (f"u{number}", coder, code)
        for number, both in enumerate(given)
        for coder, codes in zip(("ann", "bo"), both, strict=True)
        for code in filter(None, codes.split(";"))
    ]
    return {
        "coding_units": pd.DataFrame(units, columns=list(TABLES["coding_units"][0])),
        "codings": pd.DataFrame(codings, columns=list(TABLES["codings"][0])),
    }


# six cases of 10 with the first code, on one of which coders differ; funds in all, rare in one
TOGETHER = material(
    *[(f"{HOSTILE};funds", f"{HOSTILE};funds")] * 5,
    (f"{HOSTILE};funds", "funds"),
    *[("funds", "funds")] * 3,
    ("funds;rare", "funds;rare"),
)
EXCLUSIVE = material(*[("a", "a")] * 5, ("a", "b"), *[("b", "b")] * 4)


def make(tmp_path_factory, min_cell: int, raw: dict[str, pd.DataFrame]):
    return scored(tmp_path_factory.mktemp("coding") / "folder", "coding_quality", min_cell, raw)


@pytest.fixture(scope="module")
def open_(tmp_path_factory):
    return make(tmp_path_factory, 1, TOGETHER)


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    return make(tmp_path_factory, 3, TOGETHER)


@pytest.fixture(scope="module")
def chapters(strict):
    return [chapter(strict, "coding_quality", language) for language in LANGUAGES]


def test_the_starters_make_the_same_chapter_in_both_languages(chapters, strict):
    danish, english = chapters
    assert list(shown(danish)) == list(shown(english))
    assert len(shown(danish)) == 4
    assert "kan vise noget om enkelte cases: 1\u00a0af\u00a03." in prose(danish)
    assert "together is hidden, because some individual codes are." in prose(english)
    assert "The 2 cases that followed the first 4 brought at most 5% new codes" in prose(english)
    for notebook, word in ((danish, "skjult"), (english, "hidden")):
        assert f"| {word} |" in shown(notebook)["tbl-coding-quality-codes"]
    assert "Aisha" not in everything(strict)


def test_codes_stay_text(chapters):
    for notebook in chapters:
        assert r"\<b\>trust\</b\> \$x\$ \[a\]\(b\)" in shown(notebook)["tbl-coding-quality-codes"]


def test_the_table_tells_occurrence_and_agreement_of_each_code(open_):
    rows = {row[0]: row[1:] for row in cells(coding_quality.codes(open_report("en", open_)))}
    found = per_code(TOGETHER["codings"], TOGETHER["coding_units"], 1).set_index("code")
    expected = found.loc[HOSTILE, ["alpha", "low", "high", "kappa"]].astype(float).round(2)
    trust = rows[HOSTILE]
    assert trust[:2] == ["6\u00a0of\u00a010", "11\u00a0of\u00a020 (55%)"]
    assert [float(trust[2]), *map(float, trust[3].split(" to ")), float(trust[4])] == list(expected)
    assert rows["funds"][2:] == ["–", "–", "–", "all codings are alike"]
    assert rows["rare"][-1].startswith("no disagreement")


def test_the_figure_tells_every_number_and_hides_the_same(open_, strict):
    alt = coding_quality.occurrence(open_report("da", open_)).alt
    assert (
        f"funds: 10\u00a0af\u00a010 (100\u00a0%); {HOSTILE}: 6\u00a0af\u00a010 (60\u00a0%); rare: 1"
        in alt
    )
    alt = coding_quality.occurrence(open_report("da", strict)).alt
    assert "rare: et skjult antal" in alt


def test_agreement_is_told_by_the_limits_of_krippendorff(open_):
    told = coding_quality.reliable(open_report("en", open_))
    assert told.startswith("Number of codes with an alpha of at least 0.8: 2\u00a0of\u00a03;")
    assert told.endswith("Codes for which alpha cannot be computed: 1\u00a0of\u00a03.")
    assert told.origin.file == "data/raw/codings.csv"


def test_codes_that_go_together_have_no_alpha_together(open_):
    report = open_report("en", open_)
    assert coding_quality.overall(report).startswith("A coder has given the same unit several")
    assert "There are no data" in coding_quality.agreement(report).source


def test_saturation_does_not_conceal_that_later_cases_brought_more(open_):
    # the last of 10 cases has a code that none had before; runs begin with cases 5 to 9
    told = coding_quality.saturation(open_report("en", open_))
    assert "By this rule the material is saturated." in told
    assert told.endswith("Later, however, 1\u00a0of\u00a04 runs brought more new codes than that.")


def test_what_each_run_brought_does_not_tell_whose_code_it_is_that_is_hidden(open_, strict):
    """The last case alone brought a code, which is hidden with a threshold."""
    shown, hidden = (
        cells(coding_quality.runs(open_report("en", each))) for each in (open_, strict)
    )
    assert [row[1] for row in shown[1:]][-1] == "1"
    assert {cell for row in hidden[1:] for cell in (row[1], row[3])} == {"hidden"}
    assert [(row[0], row[2]) for row in hidden] == [(row[0], row[2]) for row in shown]
    assert "Later, however" not in coding_quality.saturation(open_report("en", strict))


def test_codes_that_exclude_each_other_have_an_alpha_together(tmp_path_factory):
    report = open_report("en", make(tmp_path_factory, 3, EXCLUSIVE))
    rows = cells(coding_quality.agreement(report))[1:]
    assert [row[0] for row in rows] == ["Krippendorff’s alpha", "Cohen’s kappa"]
    assert rows[0][3:6] == ["10", "20", "2"]
    told = coding_quality.overall(report)
    assert told.startswith(f"For all codes together alpha is {rows[0][1]} (units: 10, coders: 2).")
    assert "confidence interval of 95% runs from" in told


def test_few_cases_are_told_to_be_too_few_for_saturation(tmp_path_factory):
    report = open_report("da", make(tmp_path_factory, 1, material(("a", "a"), ("a", ""))))
    assert "Antal cases: 2; der skal mindst 6 til." in coding_quality.saturation(report)
    assert "Der er ingen data" in coding_quality.runs(report).source


def test_an_empty_table_has_a_chapter_that_says_so(tmp_path_factory):
    notebook = chapter(make(tmp_path_factory, 3, material()), "coding_quality", "da")
    assert "Der er ingen kodninger." in prose(notebook)
    assert "mindst 6 cases til" in prose(notebook)
    tables = [text for label, text in shown(notebook).items() if label.startswith("tbl")]
    assert all("nan" not in text.casefold() for text in tables)

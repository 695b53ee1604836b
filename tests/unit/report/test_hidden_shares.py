"""What a chapter says about counts that disclosure control keeps back."""

import re
import shutil
from itertools import chain

import pandas as pd
import pytest
from conftest import process
from legibility import legible, record_drawings
from pipe_tables import cells

from evaluation.language.texts import texts
from evaluation.project.folder import Folder
from evaluation.publish.told import warnings
from evaluation.report import figures
from evaluation.report.chapters import privacy, survey
from evaluation.report.provenance import MEDIA_TYPE, Count, Hidden, Origin
from evaluation.report.report import open_report
from evaluation.report.shares import Share

LANGUAGES = ("da", "en")
SMALL = re.compile(r"\b(\d+)\s(?:af|of)\s(\d+)\b")


@pytest.fixture(scope="module", params=[3, 5])
def thresholded(request, tmp_path_factory):
    return process(tmp_path_factory.mktemp("thresholded"), request.param), request.param


@pytest.fixture(scope="module")
def drawn(thresholded):
    """Every figure of a report in both languages: the alternative texts, and the drawings as they
    stand on a phone."""
    root, _ = thresholded
    with pytest.MonkeyPatch.context() as patch:
        drawings, alts = record_drawings(patch, figures), []
        for report in (open_report(language, root) for language in LANGUAGES):
            alts.append(report.ranked("development").alt)
            for question in report.codebook.questions.values():
                draw = report.ranked if question.type == "multiple" else report.answers
                alts.append(draw(question.id).alt)
    return alts, drawings


@pytest.mark.parametrize(
    ("language", "full", "of"),
    [
        ("da", "et skjult antal af 16", "et skjult antal af foreningerne"),
        ("en", "a hidden number of 16", "a hidden number of the associations"),
    ],
)
def test_every_text_of_a_hidden_share_says_so(language, full, of):
    share = Share(None, 16, texts(language), population=21, origin=Origin(("a.b",)))
    assert share.hidden and share.rest.hidden
    assert share.full == share.count_of_n == full
    assert share.of("foreningerne" if language == "da" else "the associations") == of
    hidden = texts(language)("hidden")
    assert {share.percent, share.exact, share.if_random, str(share.k)} == {hidden}
    assert share.bounds == full.replace("16", "21")
    assert share.words == texts(language)("hidden_count")


def test_where_n_is_hidden_too_nothing_is_told_of_it():
    share = Share(None, None, texts("en"))
    assert share.full == share.count_of_n == "a hidden number"


def test_what_is_calculated_from_a_hidden_number_is_hidden():
    origin = Origin(("a.b",), "data/raw/published_figures.csv", (4,))
    hidden = Hidden("hidden", origin)
    shown = Count(12, Origin(("c.d",), "data/raw/published_figures.csv", (9,), 12, 16))
    for result in (shown - hidden, hidden - shown, hidden + 1, 2 * hidden, sum([shown, hidden])):
        assert isinstance(result, Hidden)
        assert str(result) == "hidden"
        told = result._repr_mimebundle_()[MEDIA_TYPE]
        assert told["k"] is None and "a.b" in told["about"]


@pytest.mark.slow
def test_nothing_that_a_chapter_can_call_tells_a_small_count(thresholded, drawn):
    root, threshold = thresholded
    told, _ = drawn
    for report in (open_report(language, root) for language in LANGUAGES):
        texts_of_shares = [
            text
            for question in report.codebook.questions.values()
            for option in question.options
            for share in [report.share(question.id, option.code)]
            for text in (share.full, share.percent, share.rest.full)
        ]
        tables = [survey.codebook(report).source, survey.all_shares(report).source]
        pairs = list(chain.from_iterable(map(SMALL.findall, [*told, *tables, *texts_of_shares])))
        assert len(pairs) > 40
        assert [pair for pair in pairs if 0 < int(pair[0]) < threshold] == []


@pytest.mark.slow
def test_a_share_of_collapsed_options_is_shown_only_as_a_whole(suppressed):
    report = open_report("en", suppressed)
    assert report.share("meeting_satisfaction", "neutral", "lesser").hidden
    whole = report.share("meeting_satisfaction", "neutral", "lesser", "not_at_all")
    assert whole.full == "0\u00a0of\u00a016 (0%)"
    assert report.share("meeting_satisfaction", "neutral_or_lower").full == whole.full


@pytest.mark.slow
def test_a_sum_with_a_hidden_part_is_hidden(suppressed):
    report = open_report("en", suppressed)
    assert report.share("advice_satisfaction", "high", "some").hidden
    assert report.percent_sum("advice_satisfaction") == "hidden"
    assert report.percent_sum("meeting_satisfaction") == "100%"


@pytest.mark.slow
def test_the_place_of_a_hidden_share_in_a_figure_tells_nothing(suppressed):
    report = open_report("en", suppressed)
    # 14 of 16 in the source, and first among the six
    assert report.counts("development") == "13, 12, 12, 10, 8 and hidden"


@pytest.mark.slow
def test_figures_with_hidden_counts_are_legible(drawn):
    _, drawings = drawn
    assert len(drawings) == 2 * 19
    for figure in drawings:
        legible(figure)


@pytest.mark.slow
def test_the_codebook_says_which_options_are_shown_as_one(suppressed):
    report = open_report("en", suppressed)
    source = survey.codebook(report).source
    assert "Neither or lower" in source and "survey had several" in source
    rows = [row for row in cells(survey.codebook(report)) if row[0] == "Neither or lower"]
    assert rows and all(row[1] == "neutral_or_lower" for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "all_shown"), [("da", "Ingen tal er skjult"), ("en", "No number is hidden")]
)
def test_the_report_says_what_is_hidden_or_why_nothing_is(
    processed, suppressed, language, all_shown
):
    shown = privacy.statement(open_report(language, processed))
    assert all_shown in shown
    assert Folder(processed).config().min_cell_reason[language] in shown
    report = open_report(language, suppressed)
    table = Folder(suppressed).read("indicators")
    told = privacy.statement(report)
    numbers = [int(number) for number in re.findall(r"\d+", told)]
    assert numbers == [3, int(table["suppressed"].sum()), len(table)]
    hidden = table.loc[table["suppressed"], "question"].unique()
    assert all(report.label(report.question(name)) in told for name in hidden)


def test_a_threshold_that_hides_nothing_is_told_too(suppressed, tmp_path):
    root = shutil.copytree(suppressed, tmp_path / "evaluation")
    folder = Folder(root)
    table = folder.read("indicators")
    folder.write("indicators", table[~table["suppressed"]])
    assert "no count in the report lies below it" in privacy.statement(open_report("en", root))


# linkage


@pytest.mark.slow
def test_a_quotation_that_points_at_one_unit_is_warned_of(processed, tmp_path):
    root = shutil.copytree(processed, tmp_path / "evaluation")
    units = [("A", "north", "choir"), ("B", "north", "kitchen"), ("C", "north", "kitchen")]
    raw = root / "data/raw"
    pd.DataFrame(units, columns=["unit", "municipality", "project"]).to_csv(
        raw / "units.csv", index=False
    )
    (raw / "passages.csv").write_text(
        "id,chapter,municipality,project\nq1,32,north,kitchen\nq2,32,north,choir\n"
    )
    assert warnings(Folder(root)) == [
        "data/raw/passages.csv, row 3: q2 fits 1 of 3 units by its project. "
        "Remedy: blur a detail, or ask the unit for its consent."
    ]

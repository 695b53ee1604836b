"""project.items: the methods with the sectors, sides, roles and kinds of a school programme."""

import re

import pandas as pd
import pytest
from declarations import HOSTILE, items, single
from pipe_tables import cells
from refusals import refusal, tells
from starters import chapter, prose, scored, shown

from evaluation.base.methods import methods
from evaluation.language.texts import LANGUAGES
from evaluation.methods.actor_network import chapter as actor_network
from evaluation.methods.bridge_building import chapter as bridge_building
from evaluation.methods.coding_quality import chapter as coding_quality
from evaluation.methods.goal_attainment import chapter as goal_attainment
from evaluation.methods.items import options
from evaluation.methods.meetings_grants import chapter as meetings_grants
from evaluation.methods.partnership_check import chapter as partnership_check
from evaluation.methods.partnership_check.tables import ELEMENTS
from evaluation.methods.resource_check.scores import sides
from evaluation.methods.resource_check.tables import TOPICS
from evaluation.project.folder import Folder
from evaluation.project.raw_tables import described_by
from evaluation.publish.manuscript import manuscripts
from evaluation.report.report import open_report
from evaluation.scaffold.method import notebooks
from evaluation.survey.check import check

# whole chapters are made again and again
pytestmark = pytest.mark.slow

KINDS_OF_SCHOOL = {f"school_{n:02d}": f"School of kind {chr(64 + n)}" for n in range(1, 21)}


CONFIG = """\
languages: [en]
population: 1
pipeline: [notebooks/scores.ipynb]
parameters:
  language: {type: string, choices: [en]}
"""


def rows(columns: str, *found: tuple) -> pd.DataFrame:
    return pd.DataFrame(found, columns=columns.split())


def published(notebook) -> str:
    """The text of an executed chapter as it is handed to a renderer."""
    (made,) = manuscripts({"chapter.ipynb": notebook}).values()
    return "\n".join(cell.source for cell in made.cells)


def folder(root, declared: str):
    """A folder with nothing but what it declares."""
    (root / "data/raw").mkdir(parents=True)
    (root / "evaluation.yml").write_text(CONFIG)
    (root / "data/raw/items.yml").write_text(declared, "utf-8")
    (root / "data/raw/codebook.yml").write_text(items(single("liked", {"a": "A"})))
    return root


def test_a_network_of_schools_has_twenty_sectors(tmp_path):
    declared = items(single("actor_network_sector", KINDS_OF_SCHOOL, "Kind of school"))
    actors = [(f"S{code}", code, "true", "true") for code in KINDS_OF_SCHOOL]
    ties = [(actors[0][0], other, 2, None, 3, 3) for other, *_ in actors[1:]]
    raw = {
        "actors": rows("id sector named answered", *actors),
        "ties": rows("from to closeness since trust value", *ties),
    }
    root = scored(tmp_path / "folder", "actor_network", 1, raw, declared=declared)
    report = open_report("en", root)
    heading, *listed = cells(actor_network.actors(report))
    assert heading[1] == "Kind of school"
    assert [row[1] for row in listed] == list(KINDS_OF_SCHOOL.values())
    alt = actor_network.drawing(report).alt
    assert all(label in alt for label in KINDS_OF_SCHOOL.values())


def test_partners_are_compared_by_the_sectors_of_the_programme(tmp_path):
    named = {"teachers": "Teachers", "parents": HOSTILE}
    declared = items(single("partnership_check_sector", named))
    partners = [(f"{code}{n}", code, "true") for code in named for n in range(5)]
    ratings = [
        (partner, 1, ELEMENTS[0], "4" if sector == "teachers" else "2")
        for partner, sector, _ in partners
    ]
    raw = {
        "partners": rows("id sector named", *partners),
        "partner_ratings": rows("partner wave element rating", *ratings),
    }
    root = scored(tmp_path / "folder", "partnership_check", 1, raw, declared=declared)
    heading, first, *_ = cells(partnership_check.by_sector(open_report("en", root), "relational"))
    assert heading[1:3] == ["Teachers", HOSTILE]
    assert first[1:] == ["describes it well", "describes it badly", "2"]


def test_two_sides_of_a_school_are_set_against_each_other(tmp_path):
    asked = single("resource_check_side", {"staff": "Staff", "year_7": HOSTILE})
    asked["options"][0]["in_text"] = {"da": "de ansatte", "en": "the staff"}
    raw = {
        "resource_checks": rows(
            "unit side wave topic level",
            *((f"t{n}", "staff", 1, "vision", "in_use") for n in range(5)),
            *((f"p{n}", "year_7", 1, "vision", "begun") for n in range(5)),
        )
    }
    root = scored(tmp_path / "folder", "resource_check", 1, raw, declared=items(asked))
    gaps = Folder(root).read("resource_check_sides").set_index("topic")
    assert gaps.loc["vision", ["median_staff", "median_year_7", "gap"]].tolist() == [4, 2, 2]
    for language, heading in (("da", "## De ansatte {#"), ("en", "## The staff {#")):
        notebook = chapter(root, "resource_check", language)
        text = prose(notebook)
        assert heading in text
        assert "orening" not in text and "ssociation" not in text and "ommune" not in text
        assert "{#sec-resource-check-side-year-7}" in text
        assert not re.search(r"(?<!\\)(<b>|\*of|\$x|\[a\])", published(notebook))
        genitive = {"da": "De ansattes median", "en": "Median of the staff"}
        assert f"| {genitive[language]} |" in shown(notebook)["tbl-resource-check-sides"]
        assert {"fig-resource-check-side-staff", "fig-resource-check-side-year-7"} < {
            *shown(notebook)
        }


def test_a_chapter_has_a_section_for_each_role_of_the_programme(tmp_path):
    declared = items(single("bridge_building_role", {"pupil": "Pupil", "host_parent": HOSTILE}))
    steps = [("awareness", 40, None), ("accompaniment", 30, 20)]
    steps += [("hosting", 20, 10), ("community", 10, 5)]
    counts = [("2025", step, role, *of) for role in ("pupil", "host_parent") for step, *of in steps]
    frame = rows("period step role reached came_from_before", *counts)
    raw = {"bridge_counts": frame.astype({"came_from_before": "Int64"})}
    root = scored(tmp_path / "folder", "bridge_building", 1, raw, declared=declared)
    report = open_report("en", root)
    assert "20\u00a0of\u00a040 (50%)" in bridge_building.onward(report, "pupil")
    notebook = chapter(root, "bridge_building", "en")
    assert "## Pupil {#sec-bridge-building-role-pupil}" in prose(notebook)
    assert "fig-bridge-building-role-host-parent" in shown(notebook)
    assert not re.search(r"(?<!\\)(<b>|\*of|\$x|\[a\])", published(notebook))
    message = refusal(bridge_building.steps, report, "user")
    tells(message, "'user'", "pupil, host_parent", "data/raw/items.yml")


def test_meetings_and_grants_have_kinds_themes_and_a_currency_of_their_own(tmp_path):
    currency = single("meetings_grants_currency", {"currency": "EUR"})
    declared = items(
        single("meetings_grants_kind", {"open_day": "Open day"}),
        single("meetings_grants_theme", {"reading": "Reading for pleasure"}),
        currency,
    )
    raw = {
        "actors": rows("id sector named answered", ("a", "other", "true", "true")),
        "meetings": rows("id date kind host", ("m", "2025-01-01", "open_day", "a")),
        "attendance": rows("meeting actor", ("m", "a")),
        "grants": rows("id actor theme amount date", ("g", "a", "reading", 9, "2025-01-01")),
    }
    root = scored(tmp_path / "folder", "meetings_grants", 1, raw, declared=declared)
    report = open_report("en", root)
    assert cells(meetings_grants.meetings(report))[1][1] == "Open day"
    heading, row = cells(meetings_grants.by_theme(report))
    assert row[0] == "Reading for pleasure" and heading[3] == "Amount in all (EUR)"
    assert "“Reading for pleasure”" in meetings_grants.widest_themes(report)


UNITS = [f"u{number}" for number in range(5)]
LEVELS = rows("unit goal wave level weight", *((unit, "grow", 1, 0, 1.0) for unit in UNITS))
CODINGS = rows("unit coder code", *((unit, coder, "grow") for unit in UNITS for coder in "xy"))
CODED = rows("unit case coders", *((unit, unit, "x;y") for unit in UNITS))


@pytest.mark.parametrize(
    ("method", "question", "raw", "shown_by"),
    [
        ("goal_attainment", "name", {"goal_levels": LEVELS}, goal_attainment.levels),
        (
            "coding_quality",
            "code",
            {"codings": CODINGS, "coding_units": CODED},
            coding_quality.codes,
        ),
    ],
)
def test_goals_and_codes_have_words_of_their_own(tmp_path, method, question, raw, shown_by):
    declared = items(single(f"{method}_{question}", {"grow": HOSTILE}))
    root = scored(tmp_path / "folder", method, 1, raw, declared=declared)
    _, row = cells(shown_by(open_report("en", root)))
    assert row[0] == HOSTILE
    assert not re.search(r"(?<!\\)(<b>|\*of|\$x|\[a\])", published(chapter(root, method, "en")))
    name, table = next(iter(raw.items()))
    table.replace("grow", "shrink").to_csv(root / f"data/raw/{name}.csv", index=False)
    tells(refusal(Folder(root).read_raw, name), "one of grow", "'shrink'")


def test_a_code_that_is_not_declared_is_refused_by_check_and_build_alike(tmp_path):
    root = folder(tmp_path / "folder", items(single("actor_network_sector", {"school": "School"})))
    (root / "data/raw/actors.csv").write_text(
        "id,sector,named,answered\na,school,true,true\nb,municipality,true,true\n"
    )
    message = refusal(Folder(root).read_raw, "actors")
    told = ("data/raw/actors.csv, row 3, column sector", "one of school.", "'municipality'")
    tells(message, *told, "among the options of actor_network_sector in data/raw/items.yml")
    (problem,) = check(Folder(root))
    assert (problem.row, problem.column, problem.value) == (3, "sector", "municipality")
    assert problem.remedy in message


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (single("actor_network_school", {"a": "A"}), ["question actor_network_school"]),
        (
            single("resource_check_side", {"a": "A", "b": "B", "c": "C"}),
            ["question resource_check_side", "2 options", "a, b, c"],
        ),
        (
            single("bridge_building_step", {"a": "A"}),
            ["awareness, accompaniment, hosting, community", "bridge_building_role"],
        ),
        ({**single("meetings_grants_kind", {"a": "A"}), "type": "multiple"}, ["type single"]),
    ],
)
def test_what_a_method_rests_on_is_not_declared_otherwise(tmp_path, question, told):
    root = folder(tmp_path / "folder", items(question))
    (root / "data/raw/grants.csv").write_text("id,actor,theme,amount,date\n")
    message = refusal(Folder(root).read_raw, "grants")
    tells(message, "data/raw/items.yml", *told, "Remedy: ")
    assert refusal(check, Folder(root)) == message


def test_an_instrument_may_be_put_into_other_words(tmp_path):
    words = {"true": "Certainly", "false": "Please not"}
    root = folder(tmp_path / "folder", items(single("actor_network_named", words)))
    (root / "data/raw/actors.csv").write_text("id,sector,named,answered\na,other,true,true\n")
    assert len(Folder(root).read_raw("actors")) == 1
    report = open_report("en", root)
    assert options(report, "actor_network", "named") == words


def test_rows_of_a_side_that_is_not_named_are_never_left_out_in_silence():
    found = rows("unit side wave topic level", ("a", "staff", 1, TOPICS[0], "begun"))
    with pytest.raises(ValueError, match="staff: none of association, municipality"):
        sides(found, 1)


# an audit is of the questions of a codebook, which its own test has
@pytest.mark.parametrize(
    "name", sorted({name for name in methods() if notebooks(name)} - {"source_audit"})
)
def test_tables_with_a_heading_alone_have_a_chapter_that_says_so(tmp_path, name):
    raw = {
        table: pd.DataFrame(columns=list(columns))
        for table, (columns, _) in described_by(methods()[name]).items()
    }
    if name == "meetings_grants":
        raw["actors"] = rows("id sector named answered")
    root = scored(tmp_path / "folder", name, 3, raw)
    nothing = {"da": "Der er ingen data at vise", "en": "There are no data to show"}
    for language in LANGUAGES:
        found = shown(chapter(root, name, language))
        assert any(nothing[language] in table for table in found.values())

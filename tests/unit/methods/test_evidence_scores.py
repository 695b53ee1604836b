"""methods.evidence.scores: small worked cases of what is counted, how it fits figures and what
is argued."""

import pandas as pd
import pytest
from refusals import refusal, tells

from evaluation.language.texts import LANGUAGES
from evaluation.methods.evidence import scores
from evaluation.methods.evidence.scores import CLASSES, LINK_CLASSES, POINTS, READINGS, STRENGTHS
from evaluation.methods.evidence.tables import BASES, DIRECTIONS
from evaluation.project.codebook import Codebook, Option, Question, load_codebook
from evaluation.project.folder import Folder
from evaluation.project.raw_tables import read_raw_table
from evaluation.project.raw_tables.published import SUPPORT

OWN, OTHER, THIRD = "000", "001", "002"


def table(columns: str, *rows: tuple, first: int = 2) -> pd.DataFrame:
    """A table as the files are read: the index is the line, the header is the first."""
    names = columns.split()
    return pd.DataFrame(rows, columns=names, index=range(first, first + len(rows)))


def coding(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Codings of findings: (finding, elements, document, direction, basis)."""
    findings = table("id elements document direction basis", *rows)
    return scores.coded(findings)


def question(name: str, *elements: str, headline: tuple[str, ...] = ("yes",)) -> Question:
    words = {"da": name, "en": name}
    options = (Option("yes", words), Option("some", words), Option("no", words))
    return Question(name, "single", words, words, options, headline=headline, elements=elements)


def codebook(*questions: Question) -> Codebook:
    return Codebook({}, {asked.id: asked for asked in questions})


def indicators(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["question", "option", "k", "n", "population"])


# findings and elements


def test_a_finding_is_coded_once_with_each_of_its_elements_and_is_most_about_the_first():
    found = coding(
        ("f1", "trust;time", OWN, "promotes", "interview"),
        ("f2", "time", OTHER, "hinders", "literature"),
    )
    assert found.to_dict("list") == {
        "finding": ["f1", "f1", "f2"],
        "element": ["trust", "time", "time"],
        "central": [True, False, True],
        "document": [OWN, OWN, OTHER],
        "direction": ["promotes", "promotes", "hinders"],
        "basis": ["interview", "interview", "literature"],
    }


def test_who_says_an_element_how_often_in_which_direction_and_on_what_basis():
    found = coding(
        ("f1", "time", OTHER, "promotes", "observation"),
        ("f2", "time", OTHER, "hinders", "interview"),
        ("f3", "time", OTHER, "hinders", "interview"),
        ("f4", "time;trust", OWN, "mixed", "survey"),
    )
    rows = scores.recurrence(found, ["trust", "silence", "time"])
    assert rows.columns.tolist() == ["element", "document", "findings", *DIRECTIONS, "bases"]
    assert rows.values.tolist() == [
        ["trust", OWN, 1, 0, 0, 1, "survey"],
        ["time", OWN, 1, 0, 0, 1, "survey"],
        # bases in the order of BASES, each once
        ["time", OTHER, 3, 1, 2, 0, "interview;observation"],
    ]


def test_a_finding_with_several_elements_of_a_theme_counts_once_for_the_theme():
    found = coding(
        ("f1", "trust;respect;time", OWN, "promotes", "interview"),
        ("f2", "respect", OWN, "hinders", "interview"),
        ("f3", "trust;outside", OTHER, "mixed", "interview"),
    )
    themes = table(
        "theme element", ("resources", "time"), ("relations", "trust"), ("relations", "respect")
    )
    rows = scores.by_theme(found, themes)
    assert rows.columns.tolist() == ["theme", "document", "findings", *DIRECTIONS]
    assert rows.values.tolist() == [
        ["resources", OWN, 1, 1, 0, 0],
        ["relations", OWN, 2, 1, 1, 0],
        ["relations", OTHER, 1, 0, 0, 1],
    ]


# the joint display


@pytest.mark.parametrize(
    ("k", "n", "population", "expected"),
    [
        (11, 16, 21, "most"),  # 11 of 21 even if no silent one had it
        (10, 16, 21, "open"),  # between 10 and 15 of 21
        (5, 16, 21, "few"),  # 10 of 21 even if all the silent had it
        (6, 16, 21, "open"),  # 11 of 21 at most
        (10, 16, 20, "open"),  # exactly half at the lower bound
        (6, 16, 20, "open"),  # exactly half at the upper bound
        (7, 12, None, "most"),  # who was asked is decided by a filter: no bounds
        (6, 12, None, "open"),
        (5, 12, None, "few"),
        (0, 16, 21, "few"),
        (None, 16, 21, "hidden"),
    ],
)
def test_a_figure_is_read_at_its_bounds(k, n, population, expected):
    assert expected in READINGS
    rows = indicators(("q", "yes", k, n, population))
    assert scores.reading(rows, filtered=population is None) == expected


def test_a_figure_says_nothing_of_a_group_whose_size_nobody_knows():
    assert scores.reading(indicators(("q", "yes", 16, 16, None))) == "open"


def test_a_headline_of_several_options_is_read_as_their_sum():
    rows = indicators(("q", "yes", 6, 16, 21), ("q", "some", 5, 16, 21))
    assert scores.reading(rows) == "most"


def test_a_headline_with_a_hidden_option_or_none_that_is_published_is_hidden():
    rows = indicators(("q", "yes", 14, 16, 21), ("q", "some", None, 16, 21))
    assert scores.reading(rows) == "hidden"
    assert scores.reading(rows.iloc[:0]) == "hidden"


@pytest.mark.parametrize(
    ("reading", "promotes", "hinders", "mixed", "expected"),
    [
        # most have it: what promotes points along
        ("most", 2, 1, 0, "agreeing"),
        ("most", 1, 2, 0, "conflicting"),
        ("most", 1, 1, 0, "complementing"),
        ("most", 3, 1, 1, "complementing"),  # three fifths are less than two thirds
        ("most", 4, 1, 1, "agreeing"),
        ("most", 0, 0, 1, "complementing"),
        # few have it: what hinders points along
        ("few", 2, 1, 0, "conflicting"),
        ("few", 1, 2, 0, "agreeing"),
        ("few", 1, 1, 0, "complementing"),
        ("few", 0, 1, 0, "agreeing"),
        ("few", 1, 0, 0, "conflicting"),
        # an open figure points nowhere
        ("open", 3, 0, 0, "complementing"),
        ("open", 0, 3, 0, "complementing"),
        *((reading, 0, 0, 0, "silent") for reading in ("most", "few", "open")),
        ("hidden", 0, 0, 0, "not_compared"),
        ("hidden", 5, 0, 0, "not_compared"),
    ],
)
def test_findings_are_classified_by_where_two_thirds_of_them_point(
    reading, promotes, hinders, mixed, expected
):
    assert expected in CLASSES
    assert scores.classify(reading, promotes, hinders, mixed) == expected


def test_every_combination_of_few_findings_has_one_class_and_directions_are_symmetric():
    mirrored = {"agreeing": "conflicting", "conflicting": "agreeing"}
    for promotes in range(5):
        for hinders in range(5):
            for mixed in range(4):
                high = scores.classify("most", promotes, hinders, mixed)
                low = scores.classify("few", promotes, hinders, mixed)
                assert high in CLASSES
                assert low == mirrored.get(high, high)


def test_a_joint_display_keeps_own_field_work_and_other_documents_apart():
    found = coding(
        # two of the question's elements in one finding: counted once
        ("f1", "trust;time", OWN, "promotes", "interview"),
        ("f2", "time", OWN, "promotes", "observation"),
        ("f3", "time", OWN, "hinders", "survey"),  # the figure itself, not field work
        ("f4", "time", OTHER, "hinders", "interview"),
        ("f5", "trust", THIRD, "hinders", "literature"),
        ("f6", "elsewhere", OTHER, "promotes", "interview"),
    )
    asked = codebook(
        question("q", "trust", "time"),
        question("quiet", "nothing"),
        question("without_headline", "time", headline=()),
        question("without_data", "time"),
    )
    shown = scores.joint_display(
        indicators(
            ("q", "yes", 12, 16, 21),
            ("q", "some", 4, 16, 21),
            ("quiet", "yes", 10, 16, 21),
            ("without_headline", "yes", 12, 16, 21),
        ),
        asked,
        found,
        OWN,
    )
    q, quiet = shown.to_dict("records")
    assert q == {
        "question": "q",
        "reading": "most",
        "own_findings": 2,
        "own_promotes": 2,
        "own_hinders": 0,
        "own_mixed": 0,
        "own_class": "agreeing",
        "own_ids": "f1;f2",
        "other_findings": 2,
        "other_promotes": 0,
        "other_hinders": 2,
        "other_mixed": 0,
        "other_class": "conflicting",
        "other_ids": "f4;f5",
        "other_documents": 2,
    }
    assert (quiet["question"], quiet["reading"]) == ("quiet", "open")
    assert (quiet["own_class"], quiet["other_class"], quiet["other_documents"]) == (
        "silent",
        "silent",
        0,
    )


# what is argued


DEPENDENCE = "document section on_document on_section kind"
# what an own document, a second and a third one build on
ALONE = table(DEPENDENCE)
THIRD_ON_OTHER = table(DEPENDENCE, (THIRD, "1", OTHER, "1", "same_works"))
OTHER_ON_OWN = table(DEPENDENCE, (OTHER, "1", OWN, "1", "same_study"))
SUMMARY = table(DEPENDENCE, (OWN, "2;9", OWN, "3", "repeats"))


@pytest.mark.parametrize(
    ("documents", "dependence", "expected"),
    [
        ([], ALONE, 0),
        ([OTHER, THIRD, OTHER], ALONE, 2),
        ([OTHER, THIRD], THIRD_ON_OTHER, 1),
        ([OWN, OTHER, THIRD], THIRD_ON_OTHER, 2),
        ([OWN, OWN], SUMMARY, 1),
        # both build on a third one that is not among them
        (
            [OWN, THIRD],
            table(DEPENDENCE, (OWN, "1", OTHER, "1", "x"), (THIRD, "1", OTHER, "1", "x")),
            1,
        ),
    ],
)
def test_documents_that_build_on_each_other_are_one_witness(documents, dependence, expected):
    assert scores.witnesses(documents, dependence) == expected


def relations(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Relations of the link l1, and one of another: (document, section, direction, basis)."""
    about = [("l1", *row) for row in rows]
    columns = "link document section direction basis"
    return table(columns, *about, ("l2", THIRD, "1", "contradicts", "interview"))


HERE = (OWN, "3", "supports", "interview")
ELSEWHERE = (OTHER, "1", "supports", "literature")
OPPOSED = (OWN, "3", "contradicts", "observation")
AMBIVALENT = (OWN, "3", "mixed", "survey")
INTENDED = (OWN, "1", "supports", "aim")


@pytest.mark.parametrize(
    ("found", "dependence", "expected"),
    [
        ([], ALONE, "assumed"),
        ([INTENDED], ALONE, "assumed"),
        ([HERE], ALONE, "own"),
        ([HERE, AMBIVALENT, HERE], ALONE, "own"),
        ([ELSEWHERE], ALONE, "elsewhere"),
        ([HERE, ELSEWHERE], ALONE, "documented"),
        ([HERE, ELSEWHERE], OTHER_ON_OWN, "own"),
        ([HERE, HERE, OPPOSED], ALONE, "mixed"),
        ([HERE, AMBIVALENT], ALONE, "mixed"),
        ([AMBIVALENT, INTENDED], ALONE, "mixed"),
        ([OPPOSED, AMBIVALENT, INTENDED], ALONE, "contradicted"),
        # a summary repeats, and is no passage more
        ([(OWN, "9", "supports", "interview")], SUMMARY, "assumed"),
    ],
)
def test_a_link_has_the_class_of_the_passages_about_the_relation(found, dependence, expected):
    links = table("id da", ("l1", "antagelse"))
    row = scores.link_evidence(links, relations(*found), dependence, OWN).loc[2]
    assert expected in LINK_CLASSES
    assert (row["class"], row["da"]) == (expected, "antagelse")


def test_the_passages_about_a_link_are_counted_by_direction_and_source():
    found = [HERE, HERE, ELSEWHERE, OPPOSED, AMBIVALENT, INTENDED]
    row = scores.link_evidence(table("id", ("l1",)), relations(*found), ALONE, OWN).loc[2]
    counts = ("own_supports", "other_supports", "contradicts", "mixed", "aims")
    assert [row[name] for name in counts] == [2, 1, 1, 1, 1]


# claims for and against a conclusion: document, section, direction, basis, figure
FOR = (OWN, "3", "for", "interview", "")
FOR_FIGURE = (OWN, "3", "for", "survey", "q")
FOR_FACT = (OWN, "3", "for", "stated", "meetings")
AGAINST = (OWN, "3", "against", "interview", "")
BOTH_WAYS = (OWN, "3", "mixed", "survey", "q")
FOR_OTHER = (OTHER, "1", "for", "literature", "")
FOR_THIRD = (THIRD, "1", "for", "literature", "")
FIGURE, FIELD_WORK, UNOPPOSED = (POINTS[0],), (POINTS[1],), (POINTS[3],)


def contribution(*found, reading: str = "most", dependence: pd.DataFrame = ALONE) -> dict:
    columns = "conclusion document section direction basis figure"
    claims = table(columns, *(("c", *row) for row in found), ("d", *AGAINST))
    joint = pd.DataFrame({"question": ["q", "elsewhere"], "reading": [reading, "most"]})
    conclusions = table("id", ("c",))
    return scores.contributions(conclusions, claims, joint, dependence, OWN).loc[2].to_dict()


@pytest.mark.parametrize(
    ("found", "reading", "dependence", "points", "strength"),
    [
        ([FOR, FOR, FOR_FIGURE, FOR_OTHER, FOR_THIRD], "most", ALONE, POINTS, "moderate"),
        ([FOR, FOR, FOR_FIGURE, FOR_OTHER, FOR_THIRD], "open", ALONE, POINTS[1:], "moderate"),
        # a figure that few have shows what few have
        ([FOR, FOR, FOR_FIGURE], "few", ALONE, FIGURE + FIELD_WORK + UNOPPOSED, "moderate"),
        # a fact is counted, and nobody had to answer
        ([FOR_FACT], "open", ALONE, FIGURE + UNOPPOSED, "limited"),
        # a figure that does not show the claim itself says both
        ([FOR, FOR, BOTH_WAYS], "most", ALONE, FIELD_WORK + UNOPPOSED, "limited"),
        # several passages of one other document are not two documents, nor are two that are one
        ([FOR, FOR, FOR_OTHER, FOR_OTHER], "most", ALONE, FIELD_WORK + UNOPPOSED, "limited"),
        ([FOR_OTHER, FOR_THIRD], "most", ALONE, POINTS[2:], "limited"),
        ([FOR_OTHER, FOR_THIRD], "most", THIRD_ON_OTHER, UNOPPOSED, "thin"),
        ([FOR_OTHER, FOR_THIRD], "most", OTHER_ON_OWN, UNOPPOSED, "thin"),
        # exactly a quarter against is too much
        ([FOR, FOR, FOR, AGAINST], "most", ALONE, FIELD_WORK, "thin"),
        # what the summary repeats counts once, and an aim shows nothing
        ([FOR, (OWN, "2", *FOR[2:])], "most", SUMMARY, UNOPPOSED, "thin"),
        ([FOR, (OWN, "3", "for", "aim", "")], "most", ALONE, UNOPPOSED, "thin"),
        ([], "most", ALONE, (), "thin"),
    ],
)
def test_the_strength_of_a_conclusion_counts_four_points(
    found, reading, dependence, points, strength
):
    assert strength in STRENGTHS
    row = contribution(*found, reading=reading, dependence=dependence)
    assert (row["points"], row["strength"]) == (";".join(points), strength)


def test_the_claims_of_a_conclusion_are_counted_by_direction_and_source():
    row = contribution(FOR, FOR_FIGURE, AGAINST, BOTH_WAYS, FOR_OTHER, FOR_THIRD)
    assert [row[name] for name in scores.COUNTED] == [2, 1, 1, 2, 0, 0]
    assert row["other_documents"] == 2


CODES = "direction level basis elements"


def test_two_codings_are_compared_variable_by_variable():
    first = table(
        f"id {CODES}",
        ("f1", "promotes", "citizen", "survey", "trust;time"),
        ("f2", "hinders", "citizen", "survey", "time"),
        ("f3", "promotes", "citizen", "survey", "power"),
    )
    second = table(
        f"finding {CODES}",
        ("f2", "hinders", "citizen", "survey", "time"),
        ("f1", "mixed", "citizen", "survey", "time"),
    )
    found = scores.coding_agreement(first, second).set_index("variable")
    assert found[["k", "n"]].values.tolist() == [[1, 2], [2, 2], [2, 2], [1, 2]]
    # one disagreement in two pairs: 1 - 3 * 2 / 10; the others do not vary
    assert found.loc["direction", "alpha"] == pytest.approx(0.4)
    assert found.loc[["level", "basis"], "alpha"].isna().all()
    # trust and time, given or not to two findings: 5 of 8 codings say yes
    assert found.loc["elements", "alpha"] == pytest.approx(1 - 7 * 2 / (2 * 5 * 3))
    assert found.loc["elements", "shared"] == 2
    assert scores.coding_agreement(first, second.iloc[:0]).empty


def test_elements_without_own_evidence_tell_what_else_is_known():
    frameworks = table(
        "id family",
        ("shared_power", "decisive"),
        ("trust", "decisive"),
        ("time", "core"),
        ("unthemed", "core"),
        ("budget", "elsewhere"),
    )
    themes = table(
        "theme element",
        ("power", "shared_power"),
        ("power", "ownership"),
        ("relations", "trust"),
        ("resources", "time"),
    )
    found = coding(
        ("f1", "trust;ownership", OWN, "promotes", "interview"),
        ("f2", "ownership", OWN, "hinders", "interview"),
        ("f3", "shared_power", OTHER, "promotes", "interview"),
        ("f4", "shared_power", OTHER, "promotes", "interview"),
        ("f5", "shared_power", THIRD, "promotes", "interview"),
    )
    missing = scores.without_own_evidence(frameworks, themes, found, ["decisive", "core"], OWN)
    assert missing[["theme_ids", "other_ids"]].values.tolist()[:2] == [
        ["f1;f2", "f3;f4;f5"],
        ["", ""],
    ]
    assert missing[["element", "theme_findings", "other_documents"]].values.tolist() == [
        ["shared_power", 2, 2],
        ["time", 0, 0],
        ["unthemed", 0, 0],
    ]
    assert missing["theme"].tolist()[:2] == ["power", "resources"]
    assert missing["theme"].isna().tolist() == [False, False, True]


# references


def tables(**changed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables that fit together: one framework of document 000, one finding, one link."""
    return {
        "families": table("id document", ("activities", OWN)),
        "documents": table("id", (OWN,)),
        "frameworks": table(
            "id family document parent",
            ("advice", "activities", OWN, ""),
            ("visits", "activities", OWN, "advice"),
        ),
        "cross_themes": table("id", ("support",)),
        "theme_elements": table("theme element", ("support", "advice")),
        "findings": table("id document section elements", ("f1", OWN, "1.1", "advice;visits")),
        "sections": table(
            "document section status reason_da reason_en",
            (OWN, "1.1", "findings", "", ""),
            (OWN, "1.2", "none", "indhold", "contents"),
        ),
        "links": table("id from_element to_element document", ("l1", "advice", "visits", OWN)),
        "conclusions": table("id elements links", ("c1", "advice", "l1"), ("c2", "visits", "")),
        "traditions": table("id tradition", ("t1", "advice")),
        "relations": table("link document section finding", ("l1", OWN, "1.1", "f1")),
        "claims": table("conclusion document section finding", ("c1", OWN, "1.2", "")),
        "dependence": table(DEPENDENCE, (OWN, "1.1", OWN, "1.2;1.1", "repeats")),
        "second_codings": table("finding elements", ("f1", "visits")),
    } | changed


def test_tables_that_fit_together_are_accepted():
    scores.check_references(tables(), LANGUAGES)


SWAPPED = [
    ("families", "document", 2, "009"),
    ("frameworks", "family", 2, "steps"),
    ("frameworks", "document", 3, "009"),
    ("frameworks", "parent", 3, "advise"),
    ("theme_elements", "theme", 2, "suport"),
    ("theme_elements", "element", 2, "advise"),
    ("findings", "document", 2, "009"),
    ("findings", "elements", 2, "advice;visit"),
    ("sections", "document", 3, "009"),
    ("links", "from_element", 2, "advise"),
    ("links", "to_element", 2, "visit"),
    ("links", "document", 2, "009"),
    ("conclusions", "elements", 2, "advise"),
    ("conclusions", "links", 2, "l2"),
    ("traditions", "tradition", 2, "advise"),
    ("relations", "link", 2, "l2"),
    ("relations", "document", 2, "009"),
    ("relations", "finding", 2, "f2"),
    ("claims", "conclusion", 2, "c3"),
    ("claims", "document", 2, "009"),
    ("claims", "finding", 2, "f2"),
    ("dependence", "document", 2, "009"),
    ("dependence", "on_document", 2, "009"),
    ("second_codings", "finding", 2, "f2"),
    ("second_codings", "elements", 2, "advise"),
]


@pytest.mark.parametrize(("name", "column", "line", "value"), SWAPPED)
def test_a_reference_to_what_does_not_exist_is_refused_where_it_stands(name, column, line, value):
    fitting = tables()
    fitting[name].loc[line, column] = value
    message = refusal(scores.check_references, fitting, LANGUAGES)
    assert message == (
        f"Rule broken in data/raw/{name}.csv, row {line}, column {column}: {column} names what "
        f"another table lists, separated by ;. Found: '{value.split(';')[-1]}'. "
        "Remedy: correct the id, or add it there."
    )


def test_every_reference_that_is_checked_is_tried():
    references = {"document", "family", "parent", "theme", "element", "elements", "tradition"}
    references |= {"from_element", "to_element", "links"}
    references |= {"link", "conclusion", "finding", "on_document"}
    there = {(name, column) for name, rows in tables().items() for column in rows}
    assert {(name, column) for name, column in there if column in references} == {
        (name, column) for name, column, *_ in SWAPPED
    }


def test_links_that_lead_back_to_where_they_start_are_refused():
    ends = ("l1", "advice", "visits", OWN), ("l2", "visits", "advice", OWN)
    links = table("id from_element to_element document", *ends)
    message = refusal(scores.check_references, tables(links=links), LANGUAGES)
    tells(message, "data/raw/links.csv, row 3, column to_element: links lead from activities to")
    tells(message, "Found: 'advice'. Remedy: turn the link round, or remove it.")


@pytest.mark.parametrize(
    ("name", "column"),
    [("relations", "section"), ("claims", "section"), ("dependence", "on_section")],
)
def test_a_passage_in_a_section_that_is_not_listed_is_refused(name, column):
    changed = tables()
    changed[name].loc[2, column] = "7"
    message = refusal(scores.check_references, changed, LANGUAGES)
    tells(message, f"data/raw/{name}.csv, row 2, column {column}: {column} names what sections.csv")
    tells(message, f"Found: '{OWN}: 7'. Remedy: correct the section, or list it there.")


@pytest.mark.parametrize("kind", ["repeats", "same_works"])
def test_only_sections_of_one_document_repeat_each_other(kind):
    documents = table("id", (OWN,), (OTHER,))
    sections = table(
        SECTIONS, (OWN, "1.1", "findings", "", ""), (OTHER, "1", "none", "indhold", "contents")
    )
    other, section = (OTHER, "1") if kind == "repeats" else (OWN, "1.1")
    changed = tables(
        documents=documents,
        sections=sections,
        claims=tables()["claims"].iloc[:0],
        dependence=table(DEPENDENCE, (OWN, "1.1", other, section, kind)),
    )
    message = refusal(scores.check_references, changed, LANGUAGES)
    tells(
        message, "data/raw/dependence.csv, row 2, column kind: repeats is said of sections of one"
    )
    tells(message, f"Found: '{kind}'. Remedy: correct the kind, or the document.")


def test_a_claim_that_names_a_figure_that_is_not_there_is_refused():
    asked, facts = codebook(question("q", "advice")), ["meetings"]
    scores.check_claims(table("figure", ("q",), ("meetings",), ("",)), asked, facts)
    message = refusal(scores.check_claims, table("figure", ("q",), ("meeting",)), asked, facts)
    tells(message, "data/raw/claims.csv, row 3, column figure", "is a question of the codebook or")
    tells(message, "Found: 'meeting'. Remedy: correct the id, or empty the cell.")


def test_the_own_document_is_the_declared_one_or_the_first():
    documents = table("id", (OTHER,), (OWN,))
    assert scores.own_document(documents, OWN) == OWN
    assert scores.own_document(documents, "") == OTHER
    assert scores.own_document(documents.iloc[:0], "") == ""
    tells(refusal(scores.own_document, documents, "009"), "evaluation.yml", "document", "'009'")


def test_the_frameworks_that_findings_are_held_against_are_the_declared_ones_or_all():
    families = table("id", ("phases",), ("advice",))
    assert scores.declared_families(families, "advice") == ["advice"]
    assert scores.declared_families(families, "") == ["phases", "advice"]
    message = refusal(scores.declared_families, families, "advice;advise")
    tells(message, "the parameter decisive names what there is: phases, advice", "'advise'")


SECTIONS = "document section status reason_da reason_en"


def test_a_finding_in_a_section_that_is_not_listed_is_refused():
    findings = table("id document section elements", ("f1", OWN, "1.1", "advice"))
    elsewhere = pd.concat([findings, findings.assign(id="f2", section="7")], ignore_index=True)
    elsewhere.index += 2
    message = refusal(scores.check_references, tables(findings=elsewhere), LANGUAGES)
    tells(message, "data/raw/findings.csv, row 3, column section: a finding stands in a section")
    tells(message, "Found: '000: 7'", "Remedy: correct the section, or its status there")


def test_a_finding_in_a_section_said_to_have_none_is_refused():
    sections = table(SECTIONS, (OWN, "1.1", "none", "indhold", "contents"))
    message = refusal(scores.check_references, tables(sections=sections), LANGUAGES)
    tells(message, "data/raw/findings.csv, row 2, column section", "Found: '000: 1.1'")


def test_a_section_said_to_have_findings_that_has_none_is_refused():
    sections = table(SECTIONS, (OWN, "1.1", "findings", "", ""), (OWN, "1.2", "findings", "", ""))
    message = refusal(scores.check_references, tables(sections=sections), LANGUAGES)
    tells(message, "data/raw/sections.csv, row 3, column status: a section has findings")
    tells(message, "Found: '000: 1.2'", "Remedy: code one, or say why there is none")


@pytest.mark.parametrize("reasons", [("", ""), ("indhold", ""), ("", "contents")])
def test_a_section_without_findings_that_lacks_a_reason_in_a_language_is_refused(reasons):
    sections = table(SECTIONS, (OWN, "1.1", "findings", "", ""), (OWN, "1.2", "none", *reasons))
    message = refusal(scores.check_references, tables(sections=sections), LANGUAGES)
    tells(message, "data/raw/sections.csv, row 3, column status: a section without findings has")
    tells(message, "Remedy: fill reason_da, reason_en")


def test_a_reason_in_a_language_that_the_report_is_not_in_is_not_asked_for():
    rows = (OWN, "1.1", "findings", ""), (OWN, "1.2", "none", "contents")
    sections = table(SECTIONS.replace("reason_da ", ""), *rows)
    scores.check_references(tables(sections=sections), ["en"])
    message = refusal(
        scores.check_references,
        tables(sections=sections.assign(reason_en="")),
        ["en"],
    )
    tells(message, "Remedy: fill reason_en.")


def test_a_question_that_informs_an_element_that_does_not_exist_is_refused():
    frameworks = tables()["frameworks"]
    scores.check_questions(codebook(question("q", "advice")), frameworks)
    message = refusal(scores.check_questions, codebook(question("q", "advise")), frameworks)
    tells(message, "data/raw/codebook.yml: the elements of q stand in data/raw/frameworks.csv")
    tells(message, "Found: 'advise'. Remedy: correct the id, or add it there.")


def test_the_bases_of_field_work_are_bases():
    assert set(scores.FIELD_WORK) <= set(BASES)


# references between registers


@pytest.fixture
def asked(repository):
    return load_codebook(repository / "data/raw/codebook.yml")


@pytest.fixture
def registers(repository):
    raw = repository / "data/raw"
    return {
        name: read_raw_table(raw / f"{name}.csv", name)
        for name in ("objectives", "data_basis", "facts")
    }


@pytest.mark.slow
def test_the_registers_of_the_repository_refer_to_what_exists(registers, asked):
    scores.check_registers(
        registers["objectives"], registers["data_basis"], asked, registers["facts"]
    )


@pytest.mark.slow
def test_an_unknown_reference_in_objectives_is_refused(registers, asked):
    objectives = registers["objectives"]
    objectives.loc[4, "evidence"] = "projects;foundation"
    message = refusal(
        scores.check_registers, objectives, registers["data_basis"], asked, registers["facts"]
    )
    assert message == (
        "Rule broken in data/raw/objectives.csv, row 4, column evidence: evidence names questions "
        "of the codebook or ids of facts, separated by ;. Found: 'foundation'. "
        "Remedy: correct the id."
    )


@pytest.mark.slow
def test_an_unknown_reference_in_the_data_basis_is_refused(registers, asked):
    basis = registers["data_basis"]
    basis.loc[2, "of"] = "meetings"
    message = refusal(
        scores.check_registers, registers["objectives"], basis, asked, registers["facts"]
    )
    tells(message, "data/raw/data_basis.csv, row 2, column of", "id of a fact", "'meetings'")


@pytest.mark.slow
def test_a_question_is_no_number_that_the_data_basis_can_be_out_of(registers, asked):
    basis = registers["data_basis"]
    basis.loc[2, "of"] = "local_meetings"
    tells(
        refusal(scores.check_registers, registers["objectives"], basis, asked, registers["facts"]),
        "'local_meetings'",
    )


# verdicts


def test_objectives_are_counted_by_verdict_and_support():
    objectives = pd.DataFrame(
        {
            "verdict": ["achieved", "achieved", "not_achieved"],
            "support": ["supported", "partly", "supported"],
        }
    )
    counted = scores.verdicts_by_support(objectives)
    assert list(counted.columns) == list(SUPPORT)
    assert counted.loc["achieved"].tolist() == [1, 1, 0, 0]


def test_every_objective_of_the_repository_says_what_the_data_can_carry(repository):
    objectives = Folder(repository).read_raw("objectives")
    assert len(objectives) == 12
    assert set(objectives["support"]) <= set(SUPPORT)
    # an objective without an indicator cannot be supported by one
    assert (objectives.loc[objectives["evidence"] == "", "support"] == "not_assessable").all()

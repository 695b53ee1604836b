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
    assert scores.reading(indicators(("q", "yes", k, n, population))) == expected


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


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([(OWN, "promotes"), (OTHER, "promotes")], (1, 1, 0, "documented")),
        ([(OWN, "hinders"), (OWN, "mixed")], (2, 0, 1, "own")),
        ([(OTHER, "hinders"), (THIRD, "hinders")], (0, 2, 2, "elsewhere")),
        ([], (0, 0, 0, "assumed")),
    ],
)
def test_a_link_rests_on_the_findings_that_carry_both_of_its_ends(findings, expected):
    both = [
        (f"f{n}", "advice;activities", document, direction, "interview")
        for n, (document, direction) in enumerate(findings)
    ]
    one_end = [
        ("g1", "advice", OWN, "promotes", "interview"),
        ("g2", "activities;other", OTHER, "promotes", "interview"),
    ]
    links = table("id from_element to_element da", ("l1", "advice", "activities", "antagelse"))
    row = scores.link_evidence(links, coding(*both, *one_end), OWN).loc[2]
    assert row["class"] in LINK_CLASSES
    found = (row["own_findings"], row["other_findings"], row["hinders"], row["class"])
    assert found == expected
    assert row["ids"] == ";".join(finding for finding, *_ in both)
    assert row["da"] == "antagelse"


# findings for and against the conclusion; own field work unless said otherwise
FOR = ("advice", OWN, "promotes", "interview")
AGAINST = ("advice", OWN, "hinders", "interview")
FOR_SURVEY = ("advice", OWN, "promotes", "survey")
FOR_OTHER = ("advice", OTHER, "promotes", "literature")
FOR_THIRD = ("advice", THIRD, "promotes", "literature")
FIGURE, FIELD_WORK, UNOPPOSED = (POINTS[0],), (POINTS[1],), (POINTS[3],)


def contribution(*found, reading: str = "most", claims: str = "promotes") -> dict:
    conclusions = table("id elements claims", ("c", "advice;money", claims))
    asked = codebook(question("q", "advice"), question("elsewhere", "trust"))
    joint = pd.DataFrame({"question": ["q", "elsewhere"], "reading": [reading, "most"]})
    codings = coding(*((f"f{n}", *row) for n, row in enumerate(found)))
    return scores.contributions(conclusions, codings, joint, asked, OWN).loc[2].to_dict()


@pytest.mark.parametrize(
    ("found", "reading", "points", "strength"),
    [
        ([FOR, FOR, FOR_OTHER, FOR_THIRD], "most", POINTS, "moderate"),
        ([FOR, FOR, FOR_OTHER, FOR_THIRD], "open", POINTS[1:], "moderate"),
        # a survey is no field work
        ([FOR, FOR_SURVEY, FOR_OTHER, FOR_THIRD], "most", FIGURE + POINTS[2:], "moderate"),
        # several findings of one other document are not two documents
        ([FOR, FOR, FOR_OTHER, FOR_OTHER], "most", FIGURE + FIELD_WORK + UNOPPOSED, "moderate"),
        # exactly a quarter against is too much
        ([*[FOR] * 4, FOR_OTHER, FOR_THIRD, *[AGAINST] * 2], "open", POINTS[1:3], "limited"),
        ([FOR, FOR, FOR_OTHER, FOR_OTHER], "few", FIELD_WORK + UNOPPOSED, "limited"),
        ([FOR, FOR, AGAINST], "most", FIGURE + FIELD_WORK, "limited"),
        ([FOR, FOR, AGAINST], "open", FIELD_WORK, "thin"),
        ([FOR, AGAINST], "hidden", (), "thin"),
    ],
)
def test_the_strength_of_a_conclusion_counts_four_points(found, reading, points, strength):
    assert strength in STRENGTHS
    row = contribution(*found, reading=reading)
    assert (row["points"], row["strength"]) == (";".join(points), strength)


def test_a_conclusion_gathers_its_figures_and_the_findings_for_and_against_it():
    mixed = ("advice;money", OTHER, "mixed", "interview")
    row = contribution(FOR, FOR_SURVEY, AGAINST, FOR_OTHER, FOR_THIRD, mixed)
    assert row["figures"] == "q"
    assert row["ids"] == "f0;f1;f2;f3;f4;f5"
    counts = ("own_for", "own_against", "other_for", "other_against", "other_documents")
    assert [row[name] for name in counts] == [2, 1, 2, 0, 2]


def test_what_speaks_for_a_conclusion_that_something_hindered_is_what_hinders():
    row = contribution(AGAINST, AGAINST, FOR_OTHER, reading="few", claims="hinders")
    assert (row["own_for"], row["other_against"]) == (2, 1)
    # a figure that few have, and own field work; a third of the findings are against
    assert row["strength"] == "limited"


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


def test_the_registers_of_the_repository_refer_to_what_exists(registers, asked):
    scores.check_registers(
        registers["objectives"], registers["data_basis"], asked, registers["facts"]
    )


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


def test_an_unknown_reference_in_the_data_basis_is_refused(registers, asked):
    basis = registers["data_basis"]
    basis.loc[2, "of"] = "meetings"
    message = refusal(
        scores.check_registers, registers["objectives"], basis, asked, registers["facts"]
    )
    tells(message, "data/raw/data_basis.csv, row 2, column of", "id of a fact", "'meetings'")


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

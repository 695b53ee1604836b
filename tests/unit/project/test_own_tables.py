"""project.own_schemas and project.own_tables: tables that an author describes by a Table Schema."""

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package, Schema
from frictionless.resources import TableResource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refusals import refusal, tells

from evaluation.exchange import writing
from evaluation.notebook.cachekey import digests
from evaluation.project.folder import Folder
from evaluation.project.raw_tables import describe, read_raw_table
from evaluation.project.touched import touched
from evaluation.survey import reconstruction
from evaluation.survey.check import check
from evaluation.survey.check.table import read

CONFIG = """languages: [da]
population: 8
pipeline: [notebooks/10_survey.ipynb]
parameters: {language: {type: string}}
"""
CODEBOOK = "questions: [{id: q, type: text, question: {da: Q}, label: {da: L}}]"
FIELDS = [
    {"name": "id", "type": "string", "title": "Visit", "constraints": {"pattern": "v[0-9]+"}},
    {"name": "day", "type": "date", "constraints": {"required": True, "minimum": "2025-01-01"}},
    {"name": "visitors", "type": "integer", "constraints": {"minimum": 0, "maximum": 500}},
    {"name": "fee", "type": "number", "decimalChar": ",", "groupChar": "."},
    {"name": "open", "type": "boolean", "trueValues": ["ja"], "falseValues": ["nej"]},
    {"name": "kind", "constraints": {"enum": ["talk", "walk"]}},
    {"name": "note", "constraints": {"minLength": 2, "maxLength": 9}, "missingValues": ["", "-"]},
]
SCHEMA = {"fields": FIELDS, "primaryKey": "id"}
TABLE = """id,day,visitors,fee,open,kind,note
v1,2025-03-31,12,"1.234,5",ja,talk,'=rain
v2,2025-04-01,,"0,25",nej,,-
"""


@pytest.fixture
def folder(tmp_path):
    """An evaluation folder with the tables and schemas that a test gives: name -> content."""

    def make(**files) -> Folder:
        (tmp_path / "evaluation.yml").write_text(CONFIG, "utf-8")
        raw = tmp_path / "data/raw"
        raw.mkdir(parents=True, exist_ok=True)
        (raw / "codebook.yml").write_text(CODEBOOK, "utf-8")
        for name, content in files.items():
            if isinstance(content, str):
                (raw / f"{name}.csv").write_text(content, "utf-8")
            else:
                (raw / f"{name}.schema.json").write_text(json.dumps(content), "utf-8")
        return Folder(tmp_path)

    return make


@pytest.fixture
def visits(folder):
    """The folder with the table of visits, and the schema that a test gives."""

    def make(content: str = TABLE, schema: dict = SCHEMA) -> Folder:
        made = folder(visits=content)
        (made.root / "data/raw/visits.schema.json").write_text(json.dumps(schema), "utf-8")
        return made

    return make


def test_a_table_is_read_with_the_types_of_its_schema_and_the_lines_of_its_file(visits):
    table = visits().read_raw("visits")
    assert table.index.tolist() == [2, 3]
    assert table["id"].tolist() == ["v1", "v2"]
    assert table["day"].tolist() == [pd.Timestamp(2025, 3, 31), pd.Timestamp(2025, 4, 1)]
    assert table["visitors"].dtype == "Int64" and table["visitors"].tolist() == [12, pd.NA]
    assert table["fee"].tolist() == [1234.5, 0.25]
    assert table["open"].dtype == "boolean" and table["open"].tolist() == [True, False]
    assert table["note"].iloc[0] == "=rain"
    assert table[["visitors", "kind", "note"]].iloc[1].isna().all()


BREACHES = {
    "v1,2025-03-31,12,": {
        "x1,2025-03-31,12,": "row 2, column id: this cell is written as v[0-9]+. Found: 'x1'",
        ",2025-03-31,12,": "row 2, column id: this cell has a value, so it is not empty. Found: ''",
        "v2,2025-03-31,12,": "row 3: id identifies one row. Found: 'v2'",
        "v1,31/3/2025,12,": "row 2, column day: this cell is a day written as 2025-03-31. Found",
        "v1,2025-02-30,12,": "row 2, column day: this cell is a day written as",
        "v1,2024-12-31,12,": "row 2, column day: this cell is at least 2025-01-01. Found: '2024",
        "v1,,12,": "row 2, column day: this cell has a value",
        "v1,2025-03-31,1.5,": "row 2, column visitors: this cell is a whole number, or empty",
        "v1,2025-03-31,-1,": "row 2, column visitors: this cell is at least 0. Found: '-1'",
        "v1,2025-03-31,501,": "row 2, column visitors: this cell is at most 500. Found: '501'",
        "v1,2025-03-31,": "row 2: a row has 7 cells. Found: '6 cells'",
    },
    '"1.234,5",ja,talk,': {
        "1e,ja,talk,": "row 2, column fee: this cell is a number, with , before its decimals, or",
        "1,yes,talk,": "row 2, column open: this cell is one of nej, ja, or empty. Found: 'yes'",
        "1,ja,Talk,": "row 2, column kind: this cell is one of talk, walk. Found: 'Talk'",
    },
    "'=rain": {
        "x": "row 2, column note: this cell is at least 2 letters long. Found: 'x'",
        "'=a long rain": "row 2, column note: this cell is at most 9 letters long",
    },
    "id,day": {
        "id,date": "row 1, column date: the columns are id, day, visitors, fee, open, kind",
        "day,id": "row 1: the columns are id, day, visitors",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "old, new, told",
    [(old, new, told) for old, changes in BREACHES.items() for new, told in changes.items()],
)
def test_a_breach_is_told_with_its_place_by_the_build_and_by_the_check(visits, old, new, told):
    assert TABLE.count(old) == 1
    folder = visits(TABLE.replace(old, new))
    message = refusal(folder.read_raw, "visits")
    tells(message, f"data/raw/visits.csv, {told}")
    problems = check(folder)
    assert problems and problems[0].severity == "error"
    assert any(str(problem.row) == told.split(":")[0].split(",")[0][4:] for problem in problems)


@pytest.mark.slow
def test_a_check_tells_every_breach_of_a_table(visits):
    folder = visits(TABLE.replace("v1,2025-03-31,12", "v2,2024-03-31,-4").replace("nej", "no"))
    assert [(each.kind, each.row, each.column) for each in check(folder)] == [
        ("duplicate", 3, None),
        ("cell", 2, "day"),
        ("cell", 2, "visitors"),
        ("cell", 3, "open"),
    ]


@pytest.mark.slow
def test_a_sound_table_has_nothing_for_a_check_to_tell(visits):
    assert check(visits()) == []


def field(**changed) -> dict:
    return {"fields": [{"name": "id"}, {"name": "n", "type": "integer", **changed}]}


NO_SCHEMAS = [
    (
        [],
        "the file is a mapping of keys and values. Found: []",
        "write a Frictionless Table Schema",
    ),
    ({}, "the file has the entry fields", "with the list fields"),
    (field(type="geopoint"), "fields.1.type is one of string", "use string with a"),
    (
        field(type="duration"),
        "fields.1.type is one of",
        "'duration'",
        "the types that are read are string",
    ),
    (
        field(format="hex"),
        "fields.1.format",
        "the format of a field of the type integer is default",
    ),
    (
        field(type="string", format="email"),
        "fields.1.format",
        "Found: 'email'",
        "a pattern can say",
    ),
    (field(type="date", format="any"), "fields.1.format", "Found: 'any'"),
    (field(type="datetime", format="%Y-%m-%d %z"), "fields.1.format", "without a time zone"),
    (field(bareNumber=False), "fields.1.bareNumber", "bareNumber is true only"),
    (field(categories=[1, 2], categoriesOrdered=True), "categoriesOrdered is false only"),
    (field(constraints={"jsonSchema": {}}), "fields.1.constraints", "Found: 'jsonSchema'"),
    (field(constraints={"reqired": True}), "Found: 'reqired'", "use required, unique"),
    (field(constraints={"pattern": "a"}), "fields.1.constraints.pattern", "of the type string"),
    (field(type="string", constraints={"minimum": 1}), "minimum belongs to fields of the type"),
    (field(type="string", constraints={"pattern": "("}), "pattern is a regular expression, but"),
    (field(constraints={"minimum": "low"}), "constraints.minimum", "a value of n is of the type"),
    (field(constraints={"enum": [1, "x"]}), "constraints.enum.1", "Found: 'x'"),
    (field(decimalChar=","), "fields.1.decimalChar: decimalChar belongs to fields of the type num"),
    (field(required=True), "required of a field stands below its constraints", "move it there"),
    (
        field(constraint={"required": True}),
        "fields.1.constraint: a property is one of",
        "write constraints",
    ),
    (field(name="row"), "fields.1.name: row is the line of the file"),
    (field(name="id"), "fields.1.name: a name is used once", "Found: 'id'"),
    (field() | {"primary_key": "id"}, "primary_key: a property is one of", "write primaryKey"),
    (field() | {"primaryKey": "nr"}, "primaryKey: a key names fields of the schema: id, n", "'nr'"),
    (field() | {"uniqueKeys": [["id", "m"]]}, "uniqueKeys.0: a key names fields", "Found: 'm'"),
    (field() | {"fieldsMatch": "loose"}, "fieldsMatch is one of exact", "Found: 'loose'"),
    (
        field() | {"foreignKeys": [{"fields": ["id", "n"], "reference": {"fields": "id"}}]},
        "foreignKeys.0: a reference names as many fields as it has",
    ),
    (
        field(type="boolean", trueValues=["x"], falseValues=["x"]),
        "fields.1.trueValues: a text does not stand for true and for false",
    ),
    (field(type="number", decimalChar=",", groupChar=","), "are two signs"),
]


@pytest.mark.parametrize("schema, told", [(schema, told) for schema, *told in NO_SCHEMAS])
def test_what_is_no_schema_or_not_supported_is_refused_by_its_name(folder, schema, told):
    made = folder(visits="id,n\na,1\n")
    (made.root / "data/raw/visits.schema.json").write_text(json.dumps(schema), "utf-8")
    message = refusal(made.read_raw, "visits")
    tells(message, "data/raw/visits.schema.json", *told)
    assert [(each.kind, each.file) for each in check(made)] == [
        ("form", "data/raw/visits.schema.json")
    ]


def test_a_schema_that_is_no_json_is_refused_with_its_line(folder):
    made = folder(visits="id\na\n")
    (made.root / "data/raw/visits.schema.json").write_text('{\n"fields": [}', "utf-8")
    tells(refusal(made.read_raw, "visits"), "visits.schema.json, row 2: the file is valid JSON")


@pytest.mark.parametrize("ending", ["json", "yaml"])
@pytest.mark.parametrize("target", ["visits.schema.{}", "nowhere", "/dev/zero"])
def test_a_schema_that_is_there_and_no_file_is_refused_by_its_name(folder, ending, target):
    made = folder(visits="id\na\n")
    path = made.root / f"data/raw/visits.schema.{ending}"
    path.symlink_to(target.format(ending))
    tells(refusal(made.read_raw, "visits"), path.name, "Remedy: ")


def test_a_schema_of_levels_without_end_is_refused(folder):
    made = folder(visits="id\na\n")
    (made.root / "data/raw/visits.schema.json").write_text("[" * 100_000, "utf-8")
    tells(refusal(made.read_raw, "visits"), "visits.schema.json", "nested without end")


def test_a_schema_in_yaml_is_refused_with_its_line(folder):
    made = folder(visits="id,n\na,1\n")
    path = made.root / "data/raw/visits.schema.yaml"
    path.write_text("fields:\n  - name: id\n  - name: n\n    type: geojson\n", "utf-8")
    tells(
        refusal(made.read_raw, "visits"),
        "visits.schema.yaml, row 4: fields.1.type is one of",
        "geojson",
    )
    path.write_text("fields:\n  - name: id\n  - name: n\nprimaryKey: nr\n", "utf-8")
    tells(refusal(made.read_raw, "visits"), "visits.schema.yaml, row 4: primaryKey", "'nr'")


def test_a_day_in_yaml_is_a_day(folder):
    made = folder(visits="day\n31.12.2024\n")
    path = made.root / "data/raw/visits.schema.yaml"
    path.write_text(
        "fields:\n  - {name: day, type: date, format: '%d.%m.%Y',"
        " constraints: {minimum: 2025-01-01}}\n",
        "utf-8",
    )
    tells(refusal(made.read_raw, "visits"), "row 2, column day: this cell is at least 2025-01-01")


@pytest.mark.parametrize(
    "form, cell, read",
    [
        ({"type": "datetime"}, "2025-03-31T14:30:00Z", pd.Timestamp(2025, 3, 31, 14, 30)),
        ({"type": "datetime"}, "2025-03-31T14:30:00.5", pd.Timestamp("2025-03-31 14:30:00.5")),
        ({"type": "datetime", "format": "%d/%m/%Y %H.%M"}, "31/03/2025 14.30", "2025-03-31 14:30"),
        ({"type": "date", "format": "%d.%m.%Y"}, "31.03.2025", "2025-03-31"),
        ({"type": "year"}, "2025", 2025),
        ({"type": "any"}, "'-x", "-x"),
    ],
)
def test_other_forms_are_read_and_nothing_else(folder, form, cell, read):
    folder(visits=field(**form))
    made = folder(visits=f"id,n\na,{cell}\nb,\n")
    first, second = made.read_raw("visits")["n"]
    assert first == (pd.Timestamp(read) if "format" in form else read) and pd.isna(second)
    if form["type"] != "any":
        folder(visits="id,n\na,31 March\n")
        tells(refusal(made.read_raw, "visits"), "row 2, column n: this cell is ", "'31 March'")


def test_two_schemas_of_a_table_are_refused(visits):
    made = visits()
    (made.root / "data/raw/visits.schema.yaml").write_text("fields: [{name: id}]")
    message = refusal(made.read_raw, "visits")
    tells(message, "visits.schema.json: a table has one schema, and visits.schema.yaml is there")
    assert [each.kind for each in check(made)] == ["form"]


@pytest.mark.parametrize("name", ["facts", "actors", "ties"])
def test_a_table_of_the_library_or_a_method_gets_no_second_description(folder, name):
    made = folder(**{name: SCHEMA})
    message = refusal(made.read_raw, name)
    tells(message, f"data/raw/{name}.schema.json: {name} is described once, in the library or a me")
    assert [each.kind for each in check(made)] == ["form"]


@pytest.mark.slow
def test_the_survey_gets_no_second_description(folder):
    made = folder(survey="respondent,wave,q\nr1,1,a\n")
    config = made.root / "evaluation.yml"
    config.write_text(f"{CONFIG}survey: data/raw/survey.csv\n", "utf-8")
    assert len(made.read_survey()) == 1 and check(made) == []
    folder(survey=SCHEMA)
    config.write_text(f"{CONFIG}survey: data/raw/survey.csv\n", "utf-8")
    tells(refusal(made.read_survey), "survey.schema.json: survey is described once", "codebook.yml")
    assert [each.kind for each in check(made)] == ["form"]


def test_a_table_without_a_schema_is_refused_with_where_to_put_one(folder):
    message = refusal(folder(visits=TABLE).read_raw, "visits")
    tells(message, "visits.csv: a table is described", "in visits.schema.json or visits.sch")


def test_a_schema_without_its_table_is_told(folder):
    made = folder(visits=SCHEMA)
    tells(
        refusal(made.read_raw, "visits"), "data/raw/visits.csv: the file exists, but it is missing"
    )
    assert [each.rule for each in check(made)] == ["the file exists, but it is missing"]


MATCHES = {
    "exact": [("id,n", True), ("n,id", False), ("id", False), ("id,n,x", False)],
    "equal": [("id,n", True), ("n,id", True), ("id", False), ("id,n,x", False)],
    "subset": [("n,x,id", True), ("id", False), ("id,id,n", False)],
    "superset": [("id", True), ("n,id", True), ("id,x", False)],
    "partial": [("x,id", True), ("n,x", True), ("x,y", False)],
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "match, header, fits",
    [(match, *each) for match, headers in MATCHES.items() for each in headers],
)
def test_the_first_line_fits_the_fields_as_the_schema_wants_it(folder, match, header, fits):
    made = folder(visits=f"{header}\n{','.join('1' for _ in header.split(','))}\n")
    folder(visits=field() | {"fieldsMatch": match})
    if fits:
        table = made.read_raw("visits")
        assert list(table) == [name for name in ("id", "n") if name in header.split(",")]
        assert check(made) == []
    else:
        tells(refusal(made.read_raw, "visits"), "data/raw/visits.csv, row 1", "the columns are")
        assert {each.severity for each in check(made)} == {"error"}


def test_the_same_number_written_twice_is_the_same_key(folder):
    made = folder(visits="id,n\na,7\nb,07\nc,\nd,\n")
    folder(visits=field(constraints={"unique": True}))
    tells(refusal(made.read_raw, "visits"), "data/raw/visits.csv, row 3: n identifies one row")
    assert [(each.kind, each.row) for each in check(made)] == [("duplicate", 3)]


def test_a_key_of_several_columns_holds_for_them_together(folder):
    made = folder(visits="id,n\na,1\na,2\nb,1\na,2\n")
    folder(visits=field() | {"uniqueKeys": [["id", "n"]]})
    message = refusal(made.read_raw, "visits")
    tells(message, "row 5: id and n together identify one row. Found: 'a, 2'")


REFERS = field() | {
    "foreignKeys": [{"fields": "n", "reference": {"resource": "places", "fields": "nr"}}]
}
PLACES = {"fields": [{"name": "nr", "type": "integer"}], "primaryKey": "nr"}


def referring(folder, visits: str, places: str) -> Folder:
    folder(visits=REFERS, places=PLACES)
    return folder(visits=visits, places=places)


@pytest.mark.slow
def test_a_reference_to_a_row_that_is_there_is_followed_and_an_empty_one_is_none(folder):
    made = referring(folder, "id,n\na,01\nb,\n", "nr\n1\n2\n")
    assert len(made.read_raw("visits")) == 2 and check(made) == []


@pytest.mark.slow
def test_a_reference_to_a_row_that_is_not_there_is_told(folder):
    made = referring(folder, "id,n\na,1\nb,3\nc,4\n", "nr\n1\n2\n")
    message = refusal(made.read_raw, "visits")
    tells(
        message, "data/raw/visits.csv, row 3, column n: what stands in n stands in nr of data/raw/"
    )
    tells(message, "Found: '3'. Remedy: correct the cell, or add the row there")
    assert [(each.kind, each.row) for each in check(made)] == [("reference", 3), ("reference", 4)]


@pytest.mark.slow
def test_a_reference_to_a_table_or_column_that_is_not_there_is_told_in_the_schema(folder):
    made = referring(folder, "id,n\na,1\n", "nr\n1\n")
    (made.root / "data/raw/places.csv").unlink()
    tells(
        refusal(made.read_raw, "visits"), "visits.schema.json, foreignKeys.0", "places.csv is not"
    )
    folder(places="number\n1\n")
    folder(places={"fields": [{"name": "number"}]})
    message = refusal(made.read_raw, "visits")
    tells(message, "visits.schema.json, foreignKeys.0", "places.csv has: number", "Found: 'nr'")
    assert [each.kind for each in check(made)] == ["reference"]


@pytest.mark.slow
def test_a_reference_may_lead_to_a_table_of_the_library_and_to_the_table_itself(folder):
    keys = [
        {"fields": "id", "reference": {"resource": "names", "fields": "name"}},
        {"fields": "n", "reference": {"resource": "", "fields": ["id"]}},
    ]
    schema = {"fields": [{"name": "id"}, {"name": "n"}], "foreignKeys": keys}
    folder(visits=schema)
    made = folder(names="name\nAda\nBo\n", visits="id,n\nAda,Bo\nBo,\n")
    assert len(made.read_raw("visits")) == 2
    folder(visits="id,n\nAda,Cy\n")
    tells(refusal(made.read_raw, "visits"), "row 2, column n", "Found: 'Cy'")


def test_what_a_table_depends_on_is_remembered(folder):
    made = referring(folder, "id,n\na,1\n", "nr\n1\n")
    made.read_raw("visits")
    raw = made.root / "data/raw"
    names = ("visits.csv", "visits.schema.json", "visits.schema.yaml", "places.csv")
    files = [str(raw / name) for name in (*names, "places.schema.json")]
    assert set(files) <= set(touched()["read"])
    before = digests(made.root, files)
    (raw / "places.schema.json").write_text(json.dumps(PLACES | {"title": "Places"}))
    (raw / "visits.schema.yaml").write_text("fields: [{name: id}]")
    after = digests(made.root, files)
    changed = {Path(file).name for file in before if before[file] != after[file]}
    assert changed == {"places.schema.json", "visits.schema.yaml"}


@pytest.mark.slow
def test_a_table_that_is_stored_leaves_the_folder_with_its_types(visits, repository, tmp_path):
    table = visits().read_raw("visits")
    own = tmp_path / "own"
    shutil.copytree(repository / "data/raw", own / "data/raw")
    shutil.copy(repository / "evaluation.yml", own)
    folder = Folder(own)
    codebook = folder.codebook()
    counted = reconstruction.counts(folder.read_raw("published_figures"), codebook)
    folder.write("responses", reconstruction.responses(counted, codebook))
    folder.write_raw("visits", table)
    stored = folder.read("visits")
    pd.testing.assert_frame_equal(stored, table.rename_axis("row").reset_index(), check_dtype=False)
    assert "'=rain" in (own / "data/processed/visits.csv").read_text("utf-8")
    writing.write(folder, tmp_path / "export")
    pd.testing.assert_frame_equal(writing.read_csv(tmp_path / "export", "visits"), stored)
    package = Package(tmp_path / "export/datapackage.json")
    types = {field.name: field.type for field in package.get_resource("visits").schema.fields}
    assert types["visitors"] == "integer" and types["day"] == "date" and types["open"] == "boolean"
    assert package.validate().valid


# ---- against another program that reads the standard

CELLS = {
    "integer": ["0", "7", "-3", "+4", "012", "500", "1.5", "x", "1e3"],
    "number": ["0.5", "-2", ".5", "5.", "1e2", "1,5", "1.000", "x"],
    "boolean": ["true", "FALSE", "1", "0", "ja", "x"],
    "date": ["2025-03-31", "2025-02-30", "2024-12-31", "31-03-2025", "x"],
    "year": ["2025", "1999", "25", "20250", "x"],
    "string": ["a", "ab", "abc", "æøå", "12", "true", "a b"],
}
LIMITS = {
    "integer": [-3, 0, 7],
    "number": [-2, 0.5, 5],
    "date": ["2025-01-01", "2025-03-31"],
    "year": [1999, 2000],
}
BOUNDS = ["minimum", "maximum"]
LENGTHS = ["minLength", "maxLength"]


@st.composite
def described(draw) -> tuple[dict, list[list[str]]]:
    """A schema of two columns, and rows that fit it or do not.

    A third one is always filled: frictionless refuses a row without any value, whatever the schema.
    """
    fields, columns = [], []
    height = draw(st.integers(1, 6))
    for name in ("a", "b"):
        kind = draw(st.sampled_from(sorted(CELLS)))
        rules = {"required": draw(st.booleans()), "unique": draw(st.booleans())}
        if kind in LIMITS and draw(st.booleans()):
            rules[draw(st.sampled_from(BOUNDS))] = draw(st.sampled_from(LIMITS[kind]))
        if kind == "string" and draw(st.booleans()):
            rules[draw(st.sampled_from(LENGTHS))] = draw(st.integers(0, 3))
        if kind == "string" and draw(st.booleans()):
            rules["pattern"] = draw(st.sampled_from(["[a-c]+", "[0-9]{2}", "a.*"]))
        if kind in ("string", "date") and draw(st.booleans()):
            rules["enum"] = CELLS[kind][:1] + CELLS[kind][2:3]
        field = {"name": name, "type": kind, "constraints": rules}
        if kind == "number" and draw(st.booleans()):
            field |= {"decimalChar": ",", "groupChar": "."}
        fields.append(field)
        cells = st.sampled_from([*CELLS[kind], "", "NA"])
        columns.append(draw(st.lists(cells, min_size=height, max_size=height)))
    fields.append({"name": "filled", "type": "string"})
    columns.append(["x"] * height)
    schema = {"fields": fields, "missingValues": draw(st.sampled_from([[""], ["", "NA"], ["NA"]]))}
    if draw(st.booleans()):
        schema["primaryKey"] = "a"
        # the standard has no missing value in a key; frictionless minds only one in all its fields
        fields[0]["constraints"]["required"] = True
    return schema, [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(described())
def test_the_rows_that_frictionless_refuses_are_refused_and_no_others(tmp_path_factory, given):
    schema, rows = given
    data = [["a", "b", "filled"], *rows]
    report = TableResource(data=data, schema=Schema.from_descriptor(schema)).validate()
    wrong = {error.row_number for task in report.tasks for error in task.errors}
    path = tmp_path_factory.mktemp("oracle") / "visits.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(data)
    path.with_name("visits.schema.json").write_text(json.dumps(schema), "utf-8")
    columns, key, unique, match, *_ = describe(path, "visits")
    _, problems = read(path, columns, key, "visits.csv", "the schema", unique, match)
    assert {problem.row for problem in problems} == wrong
    if wrong:
        refusal(read_raw_table, path, "visits")
    else:
        assert len(read_raw_table(path, "visits")) == len(rows)

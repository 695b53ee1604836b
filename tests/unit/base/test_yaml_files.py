"""base.yaml_files: YAML with line numbers and clear refusals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusals import refusal, tells
from ruamel.yaml.error import YAMLError

from evaluation.base import yaml_files
from evaluation.base.yaml_files import check_schema, line_of, read_yaml
from evaluation.project.codebook import SCHEMA


@pytest.fixture
def yaml(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "settings.yml"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_missing_file_is_named(tmp_path):
    message = refusal(read_yaml, tmp_path / "nope.yml")
    assert message == (
        "Rule broken in nope.yml: the file exists, but it is missing. "
        "Remedy: restore it or correct the path."
    )


def test_a_file_in_an_older_windows_encoding_is_refused_with_its_row(yaml):
    message = refusal(read_yaml, yaml("a: 1\nb: 2\nlabel: blåbær\n", "cp1252"))
    tells(message, "settings.yml", "row 3", "UTF-8", "Remedy: save it as UTF-8")


def test_a_duplicate_key_is_refused_with_its_row_and_name(yaml):
    message = refusal(read_yaml, yaml("a: 1\nb: 2\na: 3\n"))
    tells(message, "settings.yml", "row 3", 'duplicate key "a"', "Remedy: correct the line")


def test_a_duplicate_key_deep_in_the_file_is_refused(yaml):
    message = refusal(read_yaml, yaml("x:\n  - {a: 1}\n  - a: 1\n    b: 2\n    b: 3\n"))
    tells(message, "row 5", 'duplicate key "b"')


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a: [1, 2\nb: 3\n", "row "),
        ("a:\n\tb: 1\n", "row 2"),
        ('a: "x\n', "row "),
        ("a: 1\n? - x\n", "row 2"),
        ("a: 1\n{b: 2}: 3\n", "row 2"),
        ("a: 1\nb: {[c]: 3}\n", "row 2"),
    ],
)
def test_broken_syntax_is_refused_with_its_row(yaml, text, row):
    tells(refusal(read_yaml, yaml(text)), "settings.yml, ", row, "the file is valid YAML, but: ")


def test_a_control_character_is_refused_with_its_row(yaml):
    message = refusal(read_yaml, yaml("a: 1\nb: x\x07y\n"))
    tells(message, "settings.yml", "row 2", "no control characters")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_levels_without_end_are_refused(yaml, opening, monkeypatch):
    monkeypatch.setattr(yaml_files, "DEEPEST", 1_000)
    tells(refusal(read_yaml, yaml(f"a: 1\nb:\n  {opening * 1_100}")), "settings.yml", "levels")


TEXTS = st.lists(
    st.sampled_from([*"[]{}:-,?&*|>'\"%@# ab01~.<\n\x85\u2028\ufeff", "\n  ", "- ", "a: ", "<<: "])
).map("".join)


@pytest.mark.slow
@given(TEXTS)
def test_both_parsers_read_the_same_and_tell_the_same_lines(text):
    text = f"a: 1\n{text}\nb: 2\n"
    try:
        expected = yaml_files._yaml(pure=True).load(text)
    except YAMLError:
        return
    content = yaml_files._content(text)
    assert content == expected
    assert lines(content) == lines(expected)


def lines(content) -> object:
    """The lines of the outermost entries."""
    return getattr(content, "lines", None)


@pytest.mark.parametrize("text", ["<<", "="])
def test_a_sign_of_an_older_yaml_is_text_where_it_stands_alone(yaml, text):
    assert read_yaml(yaml(f"a: [{text}]\nb: {text}\n")) == {"a": [text], "b": text}


def test_a_byte_order_mark_does_no_harm(yaml):
    assert read_yaml(yaml("\ufeffa: 1\n")) == {"a": 1}


def test_yes_and_no_are_words_and_not_truth_values(yaml):
    assert read_yaml(yaml("yes: no\n")) == {"yes": "no"}


def test_the_name_for_messages_can_be_the_path_in_the_folder(tmp_path):
    tells(refusal(read_yaml, tmp_path / "x.yml", "data/raw/x.yml"), "data/raw/x.yml: ")


def test_line_of_finds_entries_of_mappings_and_lists(yaml):
    content = read_yaml(yaml("top:\n  list:\n    - a: 1\n    - a: 2\n      b: 3\n"))
    assert line_of(content, ["top"]) == 1
    assert line_of(content, ["top", "list", 1]) == 4
    assert line_of(content, ["top", "list", 1, "b"]) == 5


def test_line_of_an_entry_that_is_not_there_is_the_line_around_it(yaml):
    content = read_yaml(yaml("top:\n  list:\n    - a: 1\n"))
    assert line_of(content, ["top", "list", 7]) == 2
    assert line_of(content, []) is None


def test_a_breach_of_the_schema_names_row_place_value_and_remedy(yaml):
    content = read_yaml(yaml("questions:\n- id: Q 1\n  type: text\n"))
    content["questions"][0]["question"] = {"da": "a", "en": "b"}
    content["questions"][0]["label"] = {"da": "a", "en": "b"}
    message = refusal(check_schema, content, SCHEMA, "codebook.yml")
    tells(message, "codebook.yml, row 2", "questions.0.id", "'Q 1'", "Remedy: use lower-case")


RULES = {
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "number": {"type": ["integer", "null"], "minimum": 1},
        "share": {"type": "number"},
        "list": {"type": "array", "uniqueItems": True},
        "kind": {"enum": ["a", "b"]},
        "map": {"type": "object"},
    },
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]", "the file is a mapping of keys and values. Found: ['a']."),
        ("{}", "the file has the entry title. Found: nothing."),
        ("{title: null}", "title is a text. Found: nothing."),
        ("{title: true}", "title is a text. Found: true."),
        ("{title: 2026-11-30}", "title is a text. Found: 2026-11-30."),
        ("{title: ''}", "title is not empty. Found: ''."),
        ("{title: a, number: x}", "number is a whole number or empty. Found: 'x'."),
        ("{title: a, number: 0}", "number is at least 1. Found: 0."),
        ("{title: a, share: .nan}", "share is a number. Found: nan."),
        ("{title: a, list: [1, 1]}", "list names each once. Found: [1, 1]."),
        ("{title: a, kind: c}", "kind is one of a, b. Found: 'c'."),
        ("{title: a, map: 5}", "map is a mapping of keys and values. Found: 5."),
        ("{title: a, other: 1}", "the file has no other entries than title, number,"),
    ],
)
def test_a_breach_is_told_in_words_and_not_in_those_of_a_library(yaml, tmp_path, text, said):
    (tmp_path / "rules.json").write_text(json.dumps(RULES), "utf-8")
    tells(refusal(check_schema, read_yaml(yaml(text)), tmp_path / "rules.json", "x.yml"), said)


def test_an_empty_file_is_refused(yaml):
    message = refusal(check_schema, read_yaml(yaml("")), SCHEMA, "codebook.yml")
    tells(message, "codebook.yml")

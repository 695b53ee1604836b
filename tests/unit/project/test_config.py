"""project.config: evaluation.yml and the parameters it declares."""

import re

import pytest
from conftest import without_raw_downloads
from refusals import refusal, tells

from evaluation.project.config import check_parameter, load_config

DECLARED = {
    "language": {"type": "string", "choices": ["da", "en"]},
    "confidence": {"type": "number", "minimum": 0.5, "maximum": 0.999},
    "min_cell": {"type": "integer", "minimum": 1},
    "draft": {"type": "boolean"},
}


def row_of(text: str, passage: str) -> int:
    return text[: text.index(passage)].count("\n") + 1


@pytest.fixture
def text(repository):
    return (repository / "evaluation.yml").read_text("utf-8")


@pytest.fixture
def changed(text, tmp_path):
    """Loads this evaluation's configuration with one passage replaced."""

    def load(old: str, new: str):
        assert old in text
        (tmp_path / "evaluation.yml").write_text(text.replace(old, new), "utf-8")
        return load_config(tmp_path)

    return load


def test_the_configuration_of_the_repository_is_read(repository):
    config = load_config(repository)
    assert config.languages == ("da", "en")
    assert config.pipeline[:2] == ("notebooks/10_clean.ipynb", "notebooks/20_indicators.ipynb")
    assert config.population == "associations"
    assert {"language", "confidence"} <= set(config.parameters)


def test_a_folder_without_configuration_is_refused(tmp_path):
    tells(
        refusal(load_config, tmp_path),
        "evaluation.yml: the file exists, but it is missing. Remedy: ",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "da"),
        ("confidence", 0.9),
        ("confidence", 0.5),
        ("confidence", 0.999),
        ("min_cell", 3),
        ("draft", True),
    ],
)
def test_a_declared_parameter_of_its_type_and_range_passes(name, value):
    check_parameter(DECLARED, name, value, file="x")


def test_an_unknown_parameter_is_refused_with_the_names_that_exist():
    message = refusal(
        check_parameter, DECLARED, "min_cel", 3, file="notebooks/20_indicators.ipynb", row=2
    )
    assert message == (
        "Rule broken in notebooks/20_indicators.ipynb, row 2, column min_cel: a parameter is "
        "declared in evaluation.yml before it is used. Found: 3. Remedy: declare it there or "
        "use one of: confidence, draft, language, min_cell."
    )


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("min_cell", "3", "of type integer. Found: '3'"),
        ("min_cell", 3.0, "of type integer. Found: 3.0"),
        ("min_cell", True, "of type integer. Found: True"),
        ("min_cell", None, "of type integer"),
        ("confidence", "high", "of type number. Found: 'high'"),
        ("confidence", False, "of type number. Found: False"),
        ("draft", 1, "of type boolean. Found: 1"),
        ("language", 1, "of type string. Found: 1"),
        ("language", "sv", "one of da, en. Found: 'sv'"),
        ("min_cell", 0, "at least 1. Found: 0"),
        ("confidence", 1, "at most 0.999. Found: 1"),
        ("confidence", float("nan"), "Found: nan"),
    ],
)
def test_an_ill_typed_parameter_is_refused_with_type_value_and_remedy(name, value, rule):
    message = refusal(check_parameter, DECLARED, name, value, file="a.ipynb")
    tells(message, f"a.ipynb, column {name}: this parameter is ", rule, "Remedy: correct the value")
    tells(message, "(parameters: confidence, draft, language, min_cell)")


def test_a_configured_value_of_the_wrong_type_is_refused_with_its_row(changed, text):
    message = refusal(changed, "value: 0.95", "value: high")
    tells(
        message,
        "evaluation.yml",
        f"row {row_of(text, 'value: 0.95')}, column confidence",
        "type number",
        "'high'",
    )


def test_a_parameter_of_an_unknown_type_is_refused_with_the_types_that_exist(changed, text):
    message = refusal(changed, "type: number", "type: nummer")
    tells(
        message,
        "evaluation.yml",
        f"row {row_of(text, 'type: number')}",
        "parameters.confidence.type",
        "'nummer'",
        "string, integer, number, boolean",
    )


def test_an_unknown_setting_is_refused_by_name(changed):
    tells(refusal(changed, "pipeline:", "pipe:"), "evaluation.yml", "pipe")


@pytest.mark.parametrize("value", ["0", "true", "-3", '""'])
def test_a_population_is_a_positive_number_or_the_id_of_a_fact(changed, text, value):
    message = refusal(changed, "population: associations", f"population: {value}")
    tells(message, "evaluation.yml", f"row {row_of(text, 'population:')}", "population")


@pytest.mark.parametrize(
    ("value", "expected"), [("null", None), ("~", None), ("{1: 20, 2: null}", {1: 20, 2: None})]
)
def test_a_population_that_nobody_knows_is_null(changed, value, expected):
    config = changed("population: associations", f"population: {value}")
    assert config.population == expected


def test_a_language_without_texts_is_refused(changed):
    tells(refusal(changed, "languages: [da, en]", "languages: [da, sv]"), "row 2", "'sv'")


def test_the_usual_threshold_holds_where_none_is_declared(repository, tmp_path):
    text = (repository / "evaluation.yml").read_text("utf-8")
    text = without_raw_downloads(text)
    without = re.sub(r"^min_cell.*\n(?:  .*\n)*", "", text, flags=re.MULTILINE)
    (tmp_path / "evaluation.yml").write_text(without, "utf-8")
    assert load_config(repository).min_cell == 1
    assert load_config(tmp_path).min_cell == 3


def test_a_lower_threshold_wants_a_reason_in_both_languages(changed, text):
    row = row_of(text, "min_cell: 1")
    message = refusal(changed, "min_cell_reason:", "reason:")
    tells(message, "evaluation.yml", "reason")
    message = refusal(
        changed, text[text.index("min_cell_reason") : text.index("# the notebooks")], ""
    )
    tells(message, f"evaluation.yml, row {row}, column min_cell", "Found: 1", "add min_cell_reason")


@pytest.mark.parametrize("value", ["0", "-1", "2.5", "low"])
def test_a_threshold_is_a_positive_whole_number(changed, text, value):
    message = refusal(changed, "min_cell: 1", f"min_cell: {value}")
    tells(message, f"evaluation.yml, row {row_of(text, 'min_cell: 1')}", "min_cell")


def test_the_rows_of_respondents_are_no_download(changed, text):
    message = refusal(changed, "downloads: [indicators,", "downloads: [indicators, responses,")
    row = row_of(text, "downloads: [")
    tells(message, f"evaluation.yml, row {row}", "'responses'", "`evaluation export`")


def test_raw_tables_are_no_download_where_a_count_is_hidden(changed, text):
    message = refusal(changed, "min_cell: 1\n", "min_cell: 3\n")
    row = row_of(text, "raw_downloads:")
    tells(message, f"evaluation.yml, row {row}", "every count", "take raw_downloads out")

"""base.errors: the form of a message."""

from evaluation.base.errors import InputError


def test_a_message_names_file_row_column_rule_value_and_remedy_in_this_order():
    error = InputError("a.csv", "the rule", "the remedy", row=3, column="n", value="x")
    assert str(error) == (
        "Rule broken in a.csv, row 3, column n: the rule. Found: 'x'. Remedy: the remedy."
    )


def test_a_message_leaves_out_what_is_not_known():
    assert str(InputError("a.csv", "it exists", "restore it")) == (
        "Rule broken in a.csv: it exists. Remedy: restore it."
    )


def test_a_place_can_be_told_in_words():
    told = str(InputError("a.ipynb", "rule", "remedy", row="cell 4"))
    assert told.startswith("Rule broken in a.ipynb, cell 4: rule.")


def test_zero_and_the_empty_text_are_values_too():
    assert "Found: 0." in str(InputError("a", "r", "m", value=0))
    assert "Found: ''." in str(InputError("a", "r", "m", value=""))


def test_a_message_survives_the_way_through_another_process():
    first = InputError("a.csv", "the rule", "the remedy", row=3, value="æ")
    again = InputError.passed_on(str(first))
    assert isinstance(again, InputError)
    assert str(again) == str(first)

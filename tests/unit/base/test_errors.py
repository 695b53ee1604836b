"""base.errors: the form of a message."""

import errno
import os

import pytest
from refusals import tells

from evaluation.base.errors import InputError, unusable


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


def test_a_long_value_is_shown_by_its_beginning_and_its_length():
    names = ", ".join(f"n{number}" for number in range(10_000))
    told = str(InputError("a", f"the columns are {names}", "m", value="x" * 100_000))
    assert len(told) < 1_000 and "(100,002 letters in all)" in told and "n9, n10," in told


def test_a_message_is_one_line_and_nothing_that_a_terminal_obeys():
    told = str(InputError("a", "it gave ValueError: a\nb\x1b[2Jc\u2028d", "m", row="cell\r4"))
    assert told.isprintable() and "a b [2Jc d" in told


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, ["there is room for what is written", "free some space"]),
        (errno.EFBIG, ["there is room for what is written", "free some space"]),
        (errno.EACCES, ["may read and write this", "give yourself the right"]),
        (errno.EROFS, ["may read and write this", "give yourself the right"]),
        (errno.EISDIR, ["a file stands where", "remove the folder"]),
        (errno.ELOOP, ["a link leads to a file", "remove the link"]),
        (errno.EMFILE, ["the system does what", "mend what it names"]),
    ],
)
def test_what_the_system_does_not_do_is_told_with_its_rule_and_a_remedy(number, said):
    told = str(unusable(OSError(number, os.strerror(number), "reports/site"), "here"))
    tells(told, "Rule broken in reports/site: ", f"but: {os.strerror(number)}", *said)


def test_an_error_of_the_system_without_a_file_is_told_of_the_folder():
    assert "Rule broken in mine: " in str(unusable(OSError(28, "full"), "mine"))

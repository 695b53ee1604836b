"""Values that remember where they come from."""

from IPython.core.interactiveshell import InteractiveShell

from evaluation.report.provenance import MEDIA_TYPE, Count, Origin, Told, origin_of, told

FACT = Origin(("associations",), "data/raw/facts.csv", (4,))
SHARE = Origin(("funds.yes",), "data/raw/published_figures.csv", (8,), k=12, n=16)


def test_a_sentence_shows_the_text_and_keeps_the_origin_beside_it():
    shell = InteractiveShell.instance()
    shell.user_ns["value"] = Told("12 af 16", SHARE)
    shown = shell.user_expressions({"value": "value"})["value"]["data"]
    assert shown["text/plain"] == "'12 af 16'"
    assert shown[MEDIA_TYPE]["k"] == 12 and shown[MEDIA_TYPE]["rows"] == (8,)


def test_a_count_is_a_number_and_what_is_calculated_from_it_keeps_its_origin():
    both = Count(3, FACT) * Count(4, SHARE)
    assert both == 12 and both.origin.about == ("associations", "funds.yes")
    assert (Count(3, FACT) - 1).origin.rows == (4,)
    assert 5 - Count(3, FACT) == 2 and (5 - Count(3, FACT)).origin.rows == (4,)
    assert Count(3, FACT) / 2 == 1.5
    assert f"{Count(3, FACT)}" == "3"


def test_joined_origins_name_every_file_and_line_and_no_single_count():
    joined = origin_of(Told("a", SHARE), "plain", Count(21, FACT))
    assert joined.file == "data/raw/facts.csv, data/raw/published_figures.csv"
    assert joined.rows == (8, 4) and joined.k is None


def test_an_origin_says_whether_a_number_without_one_went_into_it():
    count = Count(3, FACT)
    assert not any(each.origin.own for each in (count, count + Count(2, SHARE), sum([count])))
    mixed = count - 1
    assert mixed.origin.own and (mixed + count).origin.own and origin_of(7, count).own
    assert not origin_of("3 of 16", count).own


def test_text_made_from_plain_values_is_plain():
    assert type(told("x", 1, "y")) is str
    assert told("x", Count(1, FACT)).origin == FACT

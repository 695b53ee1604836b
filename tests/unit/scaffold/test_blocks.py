"""The chapters of a made folder: by who answered, by section, by battery, and what is left."""

import pytest

from evaluation.language.texts import texts
from evaluation.project.codebook import Codebook, Group, Option, Question
from evaluation.scaffold.blocks import Block, blocks
from evaluation.scaffold.chapters import chapter

LANGUAGES = ("da", "en")


def question(name, group=None, codes=("a", "b"), kind="single", **fields):
    options = tuple(Option(code, dict.fromkeys(LANGUAGES, code)) for code in codes)
    text = dict.fromkeys(LANGUAGES, name)
    return Question(
        name, kind, text, text, () if kind in ("text", "number") else options, group, **fields
    )


def made(*questions, **groups) -> list[Block]:
    named = {name: Group(name, dict.fromkeys(LANGUAGES, text)) for name, text in groups.items()}
    return blocks(Codebook(named, {each.id: each for each in questions}), LANGUAGES)


def told(found: list[Block], language="en") -> dict[str, list[str]]:
    """Title -> the questions of the chapter."""
    return {
        block.titles[language]: [each.id for item in block.items for each in item.questions]
        for block in found
    }


def called(kind: str, language="en") -> str:
    return texts(language)(f"new.chapters.{kind}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_answered_comes_first_and_what_people_wrote_last(language):
    found = made(
        question("q"),
        question("wrote", kind="text"),
        question("place", background=True),
        *(question(f"b{number}", "g") for number in range(3)),
        g="How good is it?",
    )
    assert told(found, language) == {
        called("respondents", language): ["place"],
        "How good is it?": ["b0", "b1", "b2"],
        called("others", language): ["q"],
        called("written", language): ["wrote"],
    }
    assert [block.respondents for block in found] == [True, False, False, False]


def test_the_sections_of_a_questionnaire_are_its_chapters():
    found = made(
        question("a", section="The stay"),
        question("b", section="The food"),
        question("c", section="The stay"),
        question("wrote", kind="text", section="The food"),
        question("left"),
    )
    assert told(found) == {
        "The stay": ["a", "c"],
        "The food": ["b", "wrote"],
        called("others"): ["left"],
    }


def test_one_section_for_all_divides_nothing():
    found = made(question("a", section="Group"), question("b", section="Group"))
    assert told(found) == {called("only"): ["a", "b"]}


def test_two_questions_with_one_stem_are_a_section_and_no_chapter():
    found = made(question("q"), question("a", "g"), question("b", "g"), g="How good?")
    assert told(found) == {called("only"): ["q", "a", "b"]}
    assert [len(item.questions) for item in found[0].items] == [1, 2]


def test_a_battery_is_one_item_unless_its_options_differ():
    asked = [question("a", "g"), question("b", "g"), question("c", "g", ("x", "y"))]
    (found,) = made(*asked, g="How good?")
    assert [[each.id for each in item.questions] for item in found.items] == [["a", "b"], ["c"]]


def test_a_number_about_the_respondent_is_told_with_who_answered():
    age = question("How old are you?", kind="number")
    cost = question("What did it cost?", kind="number")
    assert told(made(age, cost)) == {
        called("respondents"): [age.id],
        called("only"): [cost.id],
    }


@pytest.mark.parametrize("several", [1, 3, 40])
def test_every_question_is_in_one_chapter(several):
    asked = [
        question(
            f"q{number}",
            kind=("single", "text", "number", "multiple")[number % 4],
            section=("", "A", "B")[number % 3],
            background=number % 8 == 4,
        )
        for number in range(several)
    ]
    found = [name for names in told(made(*asked)).values() for name in names]
    assert sorted(found) == sorted(each.id for each in asked)


def sources(*questions, **groups) -> str:
    codebook = Codebook(
        {name: Group(name, dict.fromkeys(LANGUAGES, text)) for name, text in groups.items()},
        {each.id: each for each in questions},
    )
    (block,) = made(*questions, **groups)
    return "\n".join(cell.source for cell in chapter("30", block, codebook, ("en",)).cells)


def test_a_chapter_of_one_battery_says_its_name_once():
    battery = [question(f"b{number}", "g") for number in range(3)]
    assert sources(*battery, g="How good is it?").count("How good is it?") == 1


def test_few_answers_are_told_in_a_sentence_and_more_in_a_figure():
    assert "fig-q" not in sources(question("q"))
    assert "fig-q" in sources(question("q", codes=tuple("abcd")))
    assert "fig-q" in sources(question("q", kind="multiple"))

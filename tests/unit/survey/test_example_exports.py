"""examples/broen: `new` and `add-wave` make of its exports what its data say."""

import shutil

import pandas as pd
import pytest
from conftest import LANGUAGES, REPOSITORY
from waved import count, show

from evaluation.project.folder import Folder
from evaluation.scaffold.folder import create
from evaluation.scaffold.wave import add_wave
from evaluation.survey import responses
from evaluation.survey.waves import changes, indicators_by_wave

EXAMPLE = REPOSITORY / "examples/broen"
POPULATION = 240
CHANGES = "notebooks/30_survey.ipynb"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "broen"
    create(folder, EXAMPLE / "exports/wave_1", "da", "frivillig")
    add_wave(folder, EXAMPLE / "exports/wave_2", "frivillig")
    return Folder(folder)


@pytest.fixture(scope="module")
def given():
    return Folder(EXAMPLE)


def labels(codebook):
    return {
        (question.id, option.code): option.label["da"]
        for question in codebook.questions.values()
        for option in question.options
    }


def by_label(folder) -> pd.DataFrame:
    """One row per respondent and wave, answers and options of several answers by their labels."""
    codebook = folder.codebook()
    rows, words = folder.read_survey(), labels(folder.codebook())
    table = rows[["respondent", "wave"]].copy()
    for question in codebook.questions.values():
        if question.type == "multiple":
            for code in question.codes:
                name = f"{question.id}: {words[question.id, code]}"
                table[name] = rows[f"{question.id}.{code}"]
        else:
            codes = {code: words[question.id, code] for code in question.codes}
            table[question.id] = rows[question.id].map(codes | {"": ""})
    return table.sort_values(["respondent", "wave"]).reset_index(drop=True)


def unticked_as_silent(table: pd.DataFrame) -> pd.DataFrame:
    """SurveyXact writes 0 for who was not asked as for who ticked nothing, so that its exports
    cannot tell the two apart: neither has answered."""
    several = [name for name in table if name.startswith("activities: ")]
    silent = (table[several] == "0").all(axis=1)
    assert silent.any()
    return table.assign(**{name: table[name].mask(silent, "") for name in several})


@pytest.mark.slow
def test_the_same_respondents_gave_the_same_answers_in_the_same_waves(made, given):
    expected = unticked_as_silent(by_label(given))
    found = by_label(made)
    assert list(found) == list(expected)
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()


def test_types_scales_and_headlines_are_those_of_the_codebook(made, given):
    told = [
        {
            question.id: (
                question.type,
                question.question["da"],
                [(option.label["da"], option.off_scale) for option in question.options],
                {words[question.id, code] for code in question.headline},
            )
            for question in codebook.questions.values()
        }
        for codebook in (made.codebook(), given.codebook())
        for words in [labels(codebook)]
    ]
    assert told[0] == told[1]


@pytest.mark.slow
def test_a_folder_with_codes_of_its_own_takes_a_wave_by_the_labels(tmp_path, given):
    root = tmp_path / "broen"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("processed", "reports"))
    config = root / "evaluation.yml"
    config.write_text(f"{config.read_text('utf-8')}\nkey: frivillig\n", "utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    told = "\n".join(add_wave(root, EXAMPLE / "exports/wave_1", "frivillig"))
    rows = by_label(Folder(root))
    expected = unticked_as_silent(by_label(given))
    third, first = (
        table[table["wave"] == wave].drop(columns="wave").to_numpy().tolist()
        for table, wave in ((rows, 3), (expected, 1))
    )
    assert third == first
    assert "1 → yes, 2 → no" in told
    changed = {path.name for path, content in before.items() if path.read_bytes() != content}
    assert changed == {"evaluation.yml", "_quarto.yml"}
    population = dict.fromkeys((1, 2), POPULATION)
    assert Folder(root).config().population == population | {3: None}
    # its prose tells bounds, and so somebody has to say how many were asked
    with pytest.raises(ValueError, match=r"population in evaluation\.yml is not set"):
        show(count(root) / CHANGES, "da")
    config.write_text(config.read_text("utf-8").replace("3: null", f"3: {POPULATION}"), "utf-8")
    # the report in two languages still runs, and its chapters without a wave show the last
    shown = {language: show(count(root) / CHANGES, language) for language in LANGUAGES}
    answered = given.read_survey()
    twice = int(answered["respondent"].duplicated().sum())
    knew = int((answered["knows_whom"][answered["wave"] == 1] == "yes").sum())
    for language, words in (
        ("da", f"de {twice}, der svarede i begge målinger"),
        ("en", f"the {twice} who"),
    ):
        assert words in show(root / "notebooks/85_waves.ipynb", language)["waves.compared(report)"]
        assert shown[language]["knows.full"].startswith(f"{knew}\u00a0")


def counted(folder):
    codebook = folder.codebook()
    answers = responses.responses(folder.read_survey(), codebook, "survey.csv")
    published = indicators_by_wave(answers, codebook, POPULATION, 1)
    words = labels(codebook)
    shares = {
        (row.wave, row.question, words[row.question, row.option]): (int(row.k), int(row.n))
        for row in published.itertuples()
    }
    columns = ["question", "before", "after", "method", "pairs", "gained", "lost", "stayed", "p"]
    return shares, changes(answers, codebook, published, 1)[columns].to_numpy().tolist()


@pytest.mark.slow
def test_indicators_and_changes_are_the_same(made, given):
    (found, moved), (expected, expected_moved) = counted(made), counted(given)
    assert moved == expected_moved and {row[3] for row in moved} == {"pairs"}
    assert set(found) == set(expected)
    # who ticked none of the activities, as the exports tell it
    rows = given.read_survey()
    ticked = rows[given.codebook().questions["activities"].columns].eq("1").any(axis=1)
    silent = (~ticked).groupby(rows["wave"]).sum()
    assert silent.all()
    for (wave, question, label), (k, n) in expected.items():
        less = silent[wave] if question == "activities" else 0
        assert found[wave, question, label] == (k, n - less)

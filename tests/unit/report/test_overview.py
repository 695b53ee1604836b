"""The front page of a made report: what stands out, by a rule, and what has changed."""

import random

import pytest
from refusals import refusal, tells
from waved import count, show

from evaluation.project.folder import Folder
from evaluation.report.chapters import overview, questions
from evaluation.report.report import open_report
from evaluation.scaffold.folder import create
from evaluation.scaffold.wave import add_wave

pytestmark = pytest.mark.slow

SCALE = ("Helt enig", "Enig", "Uenig", "Helt uenig")
STEM = "Hvor enig er du?"
# how many of sixty agree, in the first and in the second wave; few answer the last
ITEMS = {
    f"{STEM} - Jeg er glad": (54, 52),
    f"{STEM} - Jeg er tryg": (30, 50),
    f"{STEM} - Jeg er mæt": (20, 18),
    f"{STEM} - Jeg er med": (40, 20),
}
RARE = "Fik du hjælp?"


def export(path, wave, month):
    rows = []
    for number in range(60):
        chance = random.Random(f"{wave}-{number}")
        row = [f"2025-{month:02d}-{number % 20 + 1:02d}"]
        for place, agree in enumerate(ITEMS.values()):
            agrees = (number + 7 * place) % 60 < agree[wave - 1]
            row.append(SCALE[(0 if agrees else 2) + chance.randrange(2)])
        row.append(("Ja" if number < 19 else "Nej") if number < 22 else "")
        rows.append(";".join(row))
    heading = ";".join(["Dato for besvarelse", *ITEMS, RARE])
    path.write_text("\n".join([heading, *rows]), "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("overview")
    create(root / "mit", export(root / "a.csv", 1, 3))
    add_wave(root / "mit", export(root / "b.csv", 2, 9))
    return count(root / "mit")


def plain(text) -> str:
    return str(text).replace("\u00a0", " ")


def front(folder, wave) -> dict[str, str]:
    shown = show(folder / "index.ipynb", "da", wave=wave)
    return {name: plain(value) for name, value in shown.items()}


def test_the_largest_and_the_smallest_shares_of_the_wave_stand_out(folder):
    first, second = front(folder, 1), front(folder, 2)
    assert first["overview.strongest(report, 1).share"] == "54 af 60 (90 %)"
    tells(
        first["overview.strongest(report, 1).sentence"], "”Helt enig” eller ”Enig”", "”Jeg er glad”"
    )
    assert first["overview.strongest(report, 2).share"] == "40 af 60 (67 %)"
    assert first["overview.weakest(report, 1).share"] == "20 af 60 (33 %)"
    tells(first["overview.weakest(report, 1).sentence"], "”Jeg er mæt”")
    tells(second["overview.strongest(report, 2).sentence"], "”Jeg er tryg”")


def test_what_few_answered_does_not_stand_out(folder):
    report = open_report("da", folder, 1)
    assert plain(questions.finding(report, "fik_du_hjaelp")).startswith("19 af 22")
    shares = {plain(overview.strongest(report, place).share) for place in range(1, 5)}
    assert not [share for share in shares if "af 22" in share]


def test_what_rose_and_fell_most_is_told_with_whether_it_may_be_chance(folder):
    assert front(folder, 1)["overview.further(report)"] == ""
    told = front(folder, 2)["overview.further(report)"]
    tells(told, "”Jeg er tryg”", "fra 30 af 60 (50 %) til 50 af 60 (83 %)")
    tells(told, "”Jeg er med”", "fra 40 af 60 (67 %) til 20 af 60 (33 %)")
    assert "Jeg er glad" not in told and "Jeg er mæt" not in told
    assert told.count("p-værdien er") == 2


def test_the_period_of_the_wave_is_told_as_the_export_has_it(folder):
    days = Folder(folder).config().period
    assert [[str(day) for day in days[wave]] for wave in (1, 2)] == [
        ["2025-03-01", "2025-03-20"],
        ["2025-09-01", "2025-09-20"],
    ]
    told = "Svarene er givet fra den 1. marts 2025 til den 20. marts 2025."
    assert front(folder, 1)["overview.period(report)"] == told


@pytest.mark.parametrize(
    "written, wrong",
    [
        ("{1: [2025-03-20, 2025-03-01]}", "2025-03-20, 2025-03-01"),
        ("{1: [marts, april]}", "marts, april"),
        ("{0: [2025-03-01, 2025-03-20]}", "0: 2025-03-01"),
    ],
)
def test_a_period_that_is_none_is_refused(folder, tmp_path, written, wrong):
    text = (folder / "evaluation.yml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("period:")]
    (tmp_path / "evaluation.yml").write_text("\n".join([*lines, f"period: {written}"]), "utf-8")
    tells(refusal(Folder(tmp_path).config), "period", "first and the last day", wrong)


def test_a_battery_is_shown_by_size_and_counted(folder):
    report = open_report("da", folder, 1)
    names = [each.id for each in report.codebook.questions.values() if each.group]
    alt = questions.figure(report, *names).alt
    places = [alt.rindex(label) for label in ("er glad", "er med", "er tryg", "er mæt")]
    assert places == sorted(places)
    tells(
        plain(questions.compared(report, *names)),
        "”Jeg er glad”: 54 af 60 (90 %)",
        "”Jeg er mæt”: 20 af 60 (33 %)",
        "Mere end halvdelen giver det svar på to af de fire spørgsmål.",
    )


def test_the_appendix_has_a_table_for_every_question_with_options_or_a_number(folder):
    shown = show(folder / "notebooks/91_codebook.ipynb", "da")
    (source,) = [each.source for each in shown.values() if hasattr(each, "source")]
    report = open_report("da", folder)
    assert source.count("\n|--") == len(report.codebook.questions)

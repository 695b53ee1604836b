"""Writes the data of a fictional network, the same files for the same seed, and the notebooks that
come with the library as they are there.

usage: python examples/broen/generate.py

Nobody and nothing in these tables exists. Probabilities differ between waves and sides, so that
there is something to see; otherwise they mean nothing.
"""

import csv
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from random import Random

import nbformat

from evaluation import scaffold
from evaluation.base.methods import methods
from evaluation.methods.collaboration_phases.tables import PHASES
from evaluation.methods.partnership_check.tables import FAMILIES
from evaluation.methods.resource_check.tables import LEVELS, TOPICS
from evaluation.project.codebook import Codebook, load_codebook
from evaluation.project.items import brought
from evaluation.scaffold.starters import starter

SEED = 20260101
HERE = Path(__file__).parent
RAW = HERE / "data" / "raw"
EXPORTS = HERE / "exports"
NOTEBOOKS = HERE / "notebooks"
INSTRUMENTS = (
    "resource_check",
    "partnership_check",
    "actor_network",
    "collaboration_phases",
    "bridge_building",
    "meetings_grants",
    "goal_attainment",
    "coding_quality",
)
ASSOCIATIONS = [f"Forening {number:02d}" for number in range(1, 37)]
MUNICIPALITIES = [f"Kommune {letter}" for letter in "ABCDEFGHIJ"]
WAVES = (1, 2)


def write(name: str, columns: list[str], rows: list[tuple]) -> None:
    with (RAW / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def survey(random: Random) -> list[dict]:
    """Sixty volunteers, most of whom answer in both waves; returns the rows."""
    rows = []
    for number in range(1, 61):
        for wave in WAVES:
            if random.random() < 0.12:
                continue
            knows = "yes" if random.random() < (0.4, 0.75)[wave - 1] else "no"
            helped = ""
            if knows == "yes":
                helped = "yes" if random.random() < 0.6 else "no"
            contact = random.choices(
                ["weekly", "monthly", "rarely", "never"],
                [(2, 4, 5, 4), (4, 6, 4, 1)][wave - 1],
            )[0]
            equal = random.choices(
                ["high", "some", "neutral", "lesser", "not_at_all", "dont_know"],
                [(3, 5, 4, 3, 2, 2), (6, 6, 3, 2, 1, 1)][wave - 1],
            )[0]
            activities = [int(random.random() < p) for p in (0.6, 0.35, 0.5, 0.25)]
            rows.append((f"v{number:02d}", wave, knows, helped, contact, equal, *activities))
    kinds = [f"activities.{kind}" for kind in ("meals", "sport", "advice", "culture")]
    questions = ["knows_whom", "got_help", "contact", "equal_terms", *kinds]
    columns = ["respondent", "wave", *questions]
    write("survey", columns, rows)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def exports(rows: list[dict], codebook: Codebook) -> None:
    """The exports of SurveyXact that the rows would have come from, one folder a wave.

    As there, the number of a respondent is a counter of its own in every survey; who a volunteer
    is stands in the background variable `frivillig`.
    """
    recorded = [("respondentid", "respondentid", "Open", "Double", "Respondent", "", "")]
    recorded.append(("frivillig", "frivillig", "Open", "String", "Frivilliges nummer", "", ""))
    structure, labels = [*recorded], []
    for question in codebook.questions.values():
        text, several = question.question["da"], question.type == "multiple"
        for number, option in enumerate(question.options, 1):
            name = option.label["da"]
            if several:
                variable = f"{question.id}_{number}"
                row = (question.id, variable, "Closed", "Multiple", text, number, name)
                structure.append(row)
                labels += [(variable, 0, "Ikke valgt"), (variable, 1, "Valgt")]
            else:
                labels.append((question.id, number, name))
        if not several:
            structure.append((question.id, question.id, "Closed", "Single", text, "", ""))
    header = ("questionName", "variableName", "questionType", "subType")
    header += ("questionText", "choiceValue", "choiceText")
    for wave in WAVES:
        answers = [row for row in rows if row["wave"] == wave]
        # the order in which they answered is another one each time
        answers = answers[::-1] if wave % 2 == 0 else answers
        dataset = [[variable for _, variable, *_ in structure]]
        for counter, row in enumerate(answers, 1):
            dataset.append([counter, row["respondent"], *_codes(row, codebook)])
        folder = EXPORTS / f"wave_{wave}"
        folder.mkdir(parents=True, exist_ok=True)
        parts = {"structure": [header, *structure], "labels": labels, "dataset": dataset}
        for name, table in parts.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream, delimiter=";", lineterminator="\n").writerows(table)


def _codes(row: dict, codebook: Codebook) -> list:
    """The answers of one respondent as SurveyXact writes them: options by their number."""
    codes = []
    for question in codebook.questions.values():
        if question.type == "multiple":
            codes += [row[f"{question.id}.{code}"] for code in question.codes]
        else:
            answer = row[question.id]
            codes.append(question.codes.index(answer) + 1 if answer else "")
    return codes


def resource_checks(random: Random) -> None:
    rows = []
    for side, units in (("association", ASSOCIATIONS), ("municipality", MUNICIPALITIES)):
        for unit in units:
            for topic in TOPICS:
                level = random.choices(range(4), (4, 5, 3, 1))[0]
                for wave in WAVES:
                    rows.append((unit, side, wave, topic, LEVELS[level]))
                    level = min(3, level + (random.random() < 0.55))
    write("resource_checks", ["unit", "side", "wave", "topic", "level"], rows)


def partners(random: Random) -> None:
    sectors = ["municipality"] * 8 + ["association"] * 14 + ["institution"] * 8
    listed = [(f"Partner {number:02d}", sector) for number, sector in enumerate(sectors, 1)]
    write("partners", ["id", "sector", "named"], [(*partner, "false") for partner in listed])
    elements = [element for family in FAMILIES.values() for element in family]
    ratings = []
    for name, _ in listed:
        for position, element in enumerate(elements):
            rating = random.choices(range(1, 6), (1, 2, 4, 5 + position % 4, 3))[0]
            told = "dont_know" if random.random() < 0.05 else rating
            ratings.append((name, 1, element, told))
    write("partner_ratings", ["partner", "wave", "element", "rating"], ratings)


def network(random: Random) -> list[str]:
    actors = [(name, "association") for name in ASSOCIATIONS[:14]]
    actors += [(name, "municipality") for name in MUNICIPALITIES[:4]]
    actors += [(f"Institution {number}", "institution") for number in range(1, 5)]
    names = [name for name, _ in actors]
    silent = set(random.sample(names, 3))
    write(
        "actors",
        ["id", "sector", "named", "answered"],
        [(name, sector, "true", str(name not in silent).lower()) for name, sector in actors],
    )
    ties = []
    for name in names:
        if name in silent:
            continue
        for other in random.sample([n for n in names if n != name], random.randint(2, 5)):
            ratings = [random.choices(range(1, 5), (1, 2, 4, 3))[0] for _ in range(3)]
            ties.append((name, other, ratings[0], random.randint(2021, 2025), *ratings[1:]))
    write("ties", ["from", "to", "closeness", "since", "trust", "value"], ties)
    return names


def phases(random: Random) -> None:
    rows, day = [], date(2024, 1, 15)
    for phase, steps in PHASES.items():
        for step in steps[: 4 if phase != "phases_start_up" else 3]:
            done = day + timedelta(days=random.randint(-10, 45))
            happened = done if done < date(2025, 6, 1) else ""
            evidence = "Referat" if happened and random.random() < 0.7 else ""
            rows.append((f"s{len(rows) + 1:02d}", phase, step, day, happened, evidence))
            day += timedelta(days=random.randint(30, 75))
    write("phase_steps", ["id", "phase", "step", "planned", "done", "evidence"], rows)


def bridges(random: Random) -> None:
    rows = []
    for period in ("2024", "2025"):
        for role in brought()["bridge_building_role"].codes:
            reached = {"user": 160, "participant": 90, "volunteer": 60}[role]
            reached += random.randint(-10, 30)
            rows.append((period, "awareness", role, reached, ""))
            for step in ("accompaniment", "hosting", "community"):
                came = round(reached * random.uniform(0.55, 0.8))
                reached = came + random.randint(5, 12)
                rows.append((period, step, role, reached, came))
    write("bridge_counts", ["period", "step", "role", "reached", "came_from_before"], rows)


def meetings(random: Random, members: list[str]) -> None:
    held, came = [], []
    kinds = ("network_day", "course", "working_meeting")
    for number in range(1, 11):
        day = date(2024, 2, 1) + timedelta(days=60 * number)
        held.append((f"m{number:02d}", day, kinds[number % 3], members[number]))
        share = 0.35 + 0.04 * number
        came += [(f"m{number:02d}", actor) for actor in members if random.random() < share]
    write("meetings", ["id", "date", "kind", "host"], held)
    write("attendance", ["meeting", "actor"], came)
    grants = []
    for actor in members[:14]:
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            theme = random.choice(("volunteers", "meals", "sport"))
            day = date(2024, 3, 1) + timedelta(days=random.randint(0, 500))
            amount = random.randrange(10, 60) * 500
            grants.append((f"g{len(grants) + 1:02d}", actor, theme, amount, day))
    write("grants", ["id", "actor", "theme", "amount", "date"], grants)


def goals(random: Random) -> None:
    rows = []
    for unit in ASSOCIATIONS[:24]:
        for goal in ("more_volunteers", "new_members", "steady_funding"):
            level = random.choices((-2, -1, 0), (3, 4, 3))[0]
            for wave in WAVES:
                rows.append((unit, goal, wave, level, 1))
                level = min(2, level + random.choices((0, 1, 2), (3, 4, 2))[0])
    write("goal_levels", ["unit", "goal", "wave", "level", "weight"], rows)


def codings(random: Random) -> None:
    units, rows = [], []
    codes = ("trust", "time", "money", "language", "recruitment", "ownership")
    for number in range(1, 61):
        unit, case = f"u{number:02d}", f"Case {1 + number % 12:02d}"
        units.append((unit, case, "first;second"))
        true = {code for code in codes if random.random() < 0.3}
        for coder in ("first", "second"):
            given = {code for code in codes if (code in true) != (random.random() < 0.07)}
            rows += [(unit, coder, code) for code in sorted(given)]
    write("coding_units", ["unit", "case", "coders"], units)
    write("codings", ["unit", "coder", "code"], rows)


def notebooks() -> None:
    """Two for each instrument, and the ledger of the numbers."""
    NOTEBOOKS.mkdir(exist_ok=True)
    for name in INSTRUMENTS:
        for kind in ("scores", "chapter"):
            source = methods()[name].folder / "notebooks" / f"{kind}.ipynb"
            nbformat.write(starter(source, "da", brought()), NOTEBOOKS / f"{kind}_{name}.ipynb")
    ledger = resources.files(scaffold).joinpath("notebooks", "93_number_ledger.ipynb")
    (NOTEBOOKS / "93_number_ledger.ipynb").write_text(ledger.read_text("utf-8"), "utf-8")


def main() -> None:
    notebooks()
    random = Random(SEED)
    RAW.mkdir(parents=True, exist_ok=True)
    rows = survey(random)
    exports(rows, load_codebook(RAW / "codebook.yml"))
    resource_checks(random)
    partners(random)
    members = network(random)
    phases(random)
    bridges(random)
    meetings(random, members)
    goals(random)
    codings(random)


if __name__ == "__main__":
    main()

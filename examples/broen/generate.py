"""Writes the data of a fictional network, the same files for the same seed, and the notebooks that
come with the library as they are there.

usage: python examples/broen/generate.py

Nobody and nothing in these tables exists. Answers differ between waves and sides, and hardly any is
given by one or two, whom the threshold would hide: so that there is something to see. Otherwise
they mean nothing.
"""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from random import Random
from typing import Any

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
# constellations, stars and moons: names that are the same in both languages, and nobody's
CONSTELLATIONS = """
    Andromeda Aquila Ara Auriga Bootes Caelum Carina Cassiopeia Centaurus Cetus Columba Corvus
    Crater Cygnus Delphinus Dorado Draco Eridanus Gemini Grus Hercules Hydra Lacerta Lepus Lupus
    Lynx Lyra Mensa Norma Octans Orion Pavo Perseus Phoenix Puppis Vela
"""
STARS = """
    Achernar Aldebaran Algol Altair Antares Arcturus Bellatrix Capella Castor Deneb Electra
    Fomalhaut Hadar Izar Kochab Maia Merope Mira Mizar Pollux Regulus Rigel Spica Vega
"""
MOONS = "Europa Io Titan Triton"
ASSOCIATIONS, MUNICIPALITIES = CONSTELLATIONS.split(), STARS.split()
INSTITUTIONS = MOONS.split()
WAVES = (1, 2)
VOLUNTEERS = [f"v{number:03d}" for number in range(1, 181)]
# fewer are hidden
LEAST = 3
# of the levels that a topic may have in the first wave
WEIGHTS = {
    "association": ((3, 2, 1, 0), (2, 2, 1, 0), (2, 3, 2, 0)),
    "municipality": ((1, 2, 1, 0), (2, 3, 1, 0), (1, 2, 2, 0), (0, 2, 2, 1)),
}
GOALS = ("more_volunteers", "new_members", "steady_funding")
THEMES = ("volunteers", "meals", "sport")
CODES = ("trust", "time", "money", "language", "recruitment", "ownership")
# how many come to each of ten meetings who were at none before
NEWCOMERS = (9, 4, 3, 3, 3, 0, 0, 0, 0, 0)


def write(name: str, columns: list[str], rows: list[tuple]) -> None:
    with (RAW / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def shared_out(random: Random, units: Sequence[Any], weights: Sequence[int]) -> list[list[Any]]:
    """Units in as many groups as there are weights, about as large as these, and none too small to
    be shown; all in one where they are too few for two."""
    if len(units) < 2 * LEAST:
        heaviest = weights.index(max(weights))
        return [list(units) if place == heaviest else [] for place in range(len(weights))]
    sizes = [
        max(LEAST, round(len(units) * weight / sum(weights))) if weight else 0 for weight in weights
    ]
    sizes[sizes.index(max(sizes))] += len(units) - sum(sizes)
    mixed = iter(random.sample(units, len(units)))
    return [[next(mixed) for _ in range(size)] for size in sizes]


def survey(random: Random) -> list[dict]:
    """Volunteers, most of whom answer in both waves; returns the rows."""
    rows = []
    _, before, after = shared_out(random, VOLUNTEERS, (6, 1, 1))
    for volunteer in VOLUNTEERS:
        for wave in WAVES:
            if volunteer in (after, before)[wave - 1]:
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
            rows.append((volunteer, wave, knows, helped, contact, equal, *activities))
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
        for topic in TOPICS:
            weights = random.choice(WEIGHTS[side])
            groups = shared_out(random, units, weights)
            for level, group in enumerate(groups):
                _, move = shared_out(random, group, random.choice(((2, 1), (1, 1), (1, 2))))
                for unit in group:
                    later = min(level + (unit in move), len(LEVELS) - 1)
                    for wave, reached in zip(WAVES, (level, later), strict=True):
                        rows.append((unit, side, wave, topic, LEVELS[reached]))
    order = {unit: place for place, unit in enumerate([*ASSOCIATIONS, *MUNICIPALITIES])}
    rows.sort(key=lambda row: (order[row[0]], TOPICS.index(row[3]), row[2]))
    write("resource_checks", ["unit", "side", "wave", "topic", "level"], rows)


def partners(random: Random) -> None:
    sectors = {"municipality": 14, "association": 22, "institution": 12}
    every = [sector for sector, number in sectors.items() for _ in range(number)]
    listed = [(f"Partner {number:02d}", sector) for number, sector in enumerate(every, 1)]
    write("partners", ["id", "sector", "named"], [(*partner, "false") for partner in listed])
    elements = [element for family in FAMILIES.values() for element in family]
    ratings = []
    for element in elements:
        usual = random.randint(2, 4)
        for wave in WAVES:
            for sector in sectors:
                of_sector = [name for name, its in listed if its == sector]
                middle = min(4, max(2, usual + random.choice((-1, 0, 0, 1)) + wave - 1))
                weights = random.choice(((1, 3, 2), (2, 3, 1), (1, 2, 0), (0, 1, 1)))
                groups = shared_out(random, of_sector, weights)
                for step, group in enumerate(groups, middle - 1):
                    ratings += [(name, wave, element, step) for name in group]
    ratings.sort(key=lambda row: (row[0], row[1], elements.index(row[2])))
    write("partner_ratings", ["partner", "wave", "element", "rating"], ratings)


def network(random: Random) -> list[str]:
    """Three circles of actors that nearly all work together, and some who work across them."""
    actors = [(name, "association") for name in ASSOCIATIONS[:14]]
    actors += [(name, "municipality") for name in MUNICIPALITIES[:4]]
    actors += [(name, "institution") for name in INSTITUTIONS]
    names = [name for name, _ in actors]
    circles = [names[start::3] for start in range(3)]
    silent = {circle[0] for circle in circles}
    write(
        "actors",
        ["id", "sector", "named", "answered"],
        [(name, sector, "true", str(name not in silent).lower()) for name, sector in actors],
    )
    ties = []
    for circle in circles:
        across = [name for name in names if name not in circle]
        for name in circle:
            if name in silent:
                continue
            within = [other for other in circle if other != name and random.random() < 0.9]
            for other in [*within, *random.sample(across, random.choice((0, 0, 1)))]:
                ratings = [random.choices(range(1, 5), (1, 2, 4, 3))[0] for _ in range(3)]
                ties.append((name, other, ratings[0], random.randint(2021, 2025), *ratings[1:]))
    write("ties", ["from", "to", "closeness", "since", "trust", "value"], ties)
    return names


def phases(random: Random) -> None:
    rows, day = [], date(2024, 1, 15)
    for phase, steps in PHASES.items():
        for step in steps[: 4 if phase != "phases_start_up" else 3]:
            done = day + timedelta(days=random.randint(-25, 25))
            happened = done if done < date(2025, 6, 1) and random.random() < 0.8 else ""
            evidence = "Referat" if happened and random.random() < 0.9 else ""
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
    new, known = random.sample(members, len(members)), []
    for number, newcomers in enumerate(NEWCOMERS, 1):
        day = date(2024, 2, 1) + timedelta(days=60 * number)
        held.append((f"m{number:02d}", day, kinds[number % 3], members[number]))
        again = random.sample(known, random.randint(LEAST, len(known) - LEAST)) if known else []
        come, new = new[:newcomers], new[newcomers:]
        known += come
        came += [(f"m{number:02d}", actor) for actor in members if actor in {*come, *again}]
    write("meetings", ["id", "date", "kind", "host"], held)
    write("attendance", ["meeting", "actor"], came)
    _, once, twice = shared_out(random, members, (4, 4, 3))
    grants = []
    for theme, actors in zip(THEMES, shared_out(random, once, (1, 1, 1)), strict=True):
        others = [other for other in THEMES if other != theme]
        grants += [(actor, theme) for actor in actors]
        grants += [(actor, other) for actor in twice[THEMES.index(theme) :: 3] for other in others]
    rows = []
    for number, (actor, theme) in enumerate(sorted(grants), 1):
        day = date(2024, 3, 1) + timedelta(days=random.randint(0, 500))
        rows.append((f"g{number:02d}", actor, theme, random.randrange(10, 60) * 500, day))
    write("grants", ["id", "actor", "theme", "amount", "date"], rows)


def goals(random: Random) -> None:
    rows = []
    unmoved, _ = shared_out(random, ASSOCIATIONS, (1, 4))
    for goal in GOALS:
        groups = shared_out(random, ASSOCIATIONS, random.choice(((3, 4, 2), (2, 3, 2), (4, 3, 2))))
        for level, group in zip((-2, -1, 0), groups, strict=True):
            moving = [unit for unit in group if unit not in unmoved]
            _, up, far = shared_out(random, moving, (2, 4, 2))
            for unit in group:
                later = level + (unit in up) + 2 * (unit in far)
                rows += [(unit, goal, 1, level, 1), (unit, goal, 2, later, 1)]
    rows.sort(key=lambda row: (row[0], GOALS.index(row[1]), row[2]))
    write("goal_levels", ["unit", "goal", "wave", "level", "weight"], rows)


def codings(random: Random) -> None:
    cases = [f"Case {number:02d}" for number in range(1, 16)]
    of_code = {code: set(random.sample(cases, random.randint(5, 11))) for code in CODES}
    units, rows = [], []
    for number in range(1, 91):
        unit, case = f"u{number:02d}", cases[number % len(cases)]
        units.append((unit, case, "first;second"))
        known = [code for code in CODES if case in of_code[code]]
        true = {code for code in known if random.random() < 0.5}
        for coder in ("first", "second"):
            given = {code for code in known if (code in true) != (random.random() < 0.07)}
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
    RAW.mkdir(parents=True, exist_ok=True)

    def chance(table: str) -> Random:
        """Each table has its own, so that a change of one leaves the others as they are."""
        return Random(f"{SEED} {table}")

    rows = survey(chance("survey"))
    exports(rows, load_codebook(RAW / "codebook.yml"))
    resource_checks(chance("resource_checks"))
    partners(chance("partners"))
    members = network(chance("network"))
    phases(chance("phases"))
    bridges(chance("bridges"))
    meetings(chance("meetings"), members)
    goals(chance("goals"))
    codings(chance("codings"))


if __name__ == "__main__":
    main()

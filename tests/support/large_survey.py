"""A survey of several hundred respondents that a random generator makes up, as an export.

Who lives in Odense and who is older agrees more. The three questions of the battery follow one
opinion; few answer beside the scale.
"""

import csv
from pathlib import Path

import numpy as np

SIZE = 400
TOWNS = ("Aarhus", "Odense", "Vejle")
SCALE = ("Helt enig", "Delvist enig", "Delvist uenig", "Helt uenig")
BESIDE = "Ved ikke"
BATTERY = ("Jeg er velkommen", "Jeg bliver hørt", "Jeg får hjælp")
WISHES = ("Flere møder", "Flere penge")


def write_export(path: Path) -> Path:
    """The export, a delimited file."""
    draw = np.random.default_rng(2026)
    town, age = draw.integers(0, len(TOWNS), SIZE), draw.integers(18, 80, SIZE)
    opinion = 1.2 * (town == 1) + 0.03 * (age - 50) + draw.normal(size=SIZE)
    head = ["id", "Hvor bor du?", "Hvor gammel er du?"]
    head += [f"Hvor enig er du i følgende? - {item}" for item in BATTERY]
    head += [f"Hvad ønsker du? - {wish}" for wish in WISHES]
    head += ["Hvilken dag begyndte du?"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, delimiter=";")
        rows.writerow(head)
        for at in range(SIZE):
            steps = np.searchsorted((-1.2, 0, 1.2), -opinion[at] + 0.8 * draw.normal(size=3))
            answers = [SCALE[step] if draw.random() > 0.04 else BESIDE for step in steps]
            wishes = [int(draw.random() < share) for share in (0.3, 0.6)]
            day = f"2025-{draw.integers(1, 13):02}-{draw.integers(1, 29):02}"
            rows.writerow([at, TOWNS[town[at]], age[at], *answers, *wishes, day])
    return path

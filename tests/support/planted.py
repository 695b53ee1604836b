"""A made-up survey with personal data in every kind of column, and where it may not come out.

The answers are those of `tests/data/personal`; the people of the identity columns are put together
from lists. Numbers are random.
"""

import csv
import html
import random
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyreadstat
from openpyxl import Workbook
from pdf_text import pdf_text

CORPUS = Path(__file__).parents[1] / "data/personal"
RESPONDENTS = 60
MARKED = re.compile("⟦([^⟧]+)⟧")
RUN = re.compile(r"\d(?:[ ./\-–_]{0,3}\d){6,}")
# parts of a published file that are no text of ours
SCRIPTS = (".js", ".css", ".woff", ".woff2", ".ttf", ".map", ".png", ".ico")
SEARCH = "search-index.js"  # a script that holds every text of the site
FIRST = [
    "Bodil",
    "Villy",
    "Aase",
    "Thyge",
    "Ingolf",
    "Sigfred",
    "Gudrun",
    "Asbjørn",
    "Ragna",
    "Torkild",
]
LAST = ["Brændegård", "Skovhusholm", "Østervrågård", "Kvisthave", "Dalgashøj", "Møllerupvang"]
SHEET = "Udtræk Ragnhild Klokkerholm"
AUTHOR = "Hjalmar Sønderskovgaard"
LABEL = "Skrev du til gudrun.dalgas@foreningen.dk?"
CHOICES = ("Sprogcafé", "Lektiehjælp", "Fodbold")


def items() -> list[tuple[str, str]]:
    """(the answer, what of it may name a person)."""
    with (CORPUS / "items.csv").open(encoding="utf-8", newline="") as stream:
        rows = [each["text"] for each in csv.DictReader(stream)]
    found = []
    for text in rows:
        bare = text.replace("⟦", "").replace("⟧", "")
        found += [(bare, part) for part in MARKED.findall(text) if len(part) > 4]
    return found


def of_kinds(kinds: tuple[str, ...]) -> set[str]:
    """What is planted in answers of these kinds."""
    with (CORPUS / "items.csv").open(encoding="utf-8", newline="") as stream:
        rows = [each["text"] for each in csv.DictReader(stream) if each["kind"] in kinds]
    return {part for text in rows for part in MARKED.findall(text)}


def harmless() -> list[str]:
    """Answers that name nobody."""
    with (CORPUS / "harmless.csv").open(encoding="utf-8", newline="") as stream:
        return [each["text"] for each in csv.DictReader(stream)]


def people() -> pd.DataFrame:
    """A person a row: their name, and what else tells who they are, each in its own form."""
    chance = random.Random(13)

    def digits(count: int) -> str:
        return "".join(str(chance.randint(0, 9)) for _ in range(count))

    rows = []
    for at in range(RESPONDENTS):
        first, last = FIRST[at % len(FIRST)], LAST[at // len(FIRST)]
        day = f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{chance.randint(30, 99)}"
        name = f"{first} {last}"
        mail = f"{first}.{last}{at}".lower().translate(str.maketrans("æøå", "aoa"))
        rows.append(
            {
                "Hvad hedder du?": name,
                "your name (optional)": name.lower(),
                "Ditt namn": f"{last}, {first}",
                "Kontakt e-post": f"{mail}@foreningen.dk",
                "Wie dürfen wir Sie erreichen?": f"{mail}@beispiel.de",
                "Tlf. (dag)": f"{chance.choice('23456')}{digits(7)}",
                "Mobile no": f"+45 2{digits(1)} {digits(2)} {digits(2)} {digits(2)}",
                "CPR nr.": f"{day}{chance.randint(1000, 3999)}".lstrip("0"),
                "Personnummer": f"19{day[4:]}{day[2:4]}{day[:2]}-{chance.randint(1000, 9999)}",
                "Bopæl": f"{last}vej {chance.randint(1, 99)}, {chance.randint(1000, 9990)} Byen",
                "Hvilken medarbejder talte du med": f"{FIRST[-1 - at % 10]} {LAST[at % 6]}",
                "IP": f"10.{at}.{chance.randint(0, 255)}.{chance.randint(1, 255)}",
                "sagsnr": f"{chance.randint(18, 25)}/{digits(5)}",
            }
        )
    return pd.DataFrame(rows)


def survey() -> tuple[pd.DataFrame, list[str]]:
    """The rows of the survey, and every text that no published file may hold."""
    left = items()
    planted: list[str] = [SHEET, AUTHOR, "gudrun.dalgas@foreningen.dk", "gudrun_dalgas"]
    identities = people()
    planted += [cell for row in identities.itertuples(index=False) for cell in row]

    def take(count: int) -> list[str]:
        taken, left[:] = left[:count], left[count:]
        planted.extend(part for _, part in taken)
        return [text for text, _ in taken]

    def often(count: int) -> list[str]:
        return (take(count) + list(CHOICES) * RESPONDENTS)[:RESPONDENTS]

    recurring = take(10)
    table = identities.assign(
        **{
            "Er du med i en forening?": ["Ja", "Nej", "Ja"] * 20,
            LABEL: ["Ja", "Nej", "Nej"] * 20,
            "Hvor gammel er du?": [str(20 + at % 40) for at in range(RESPONDENTS)],
            "Hvad kom du for at lave?": often(12),
            "What did you like most?": [
                *(f"Andet: {text}" for text in take(12)),
                *(CHOICES * 16),
            ],
            "Hvem hjalp dig?": (recurring * 4 + list(CHOICES) * 7)[:RESPONDENTS],
            "Hvad bruger du? (vælg flere)": [
                *(
                    f"{CHOICES[at % 3]};{text.replace(';', ',')};"
                    for at, text in enumerate(take(20))
                ),
                *(f"{CHOICES[at % 3]};{CHOICES[(at + 1) % 3]};" for at in range(40)),
            ],
            "Uddyb gerne": take(RESPONDENTS),
            "Vad kan bli bättre?": take(RESPONDENTS),
            "Was war gut?": take(RESPONDENTS),
            "Har du andet på hjerte?": (take(25) + ["Nej"] * RESPONDENTS)[:RESPONDENTS],
            "Andet, skriv hvad": (take(15) + [""] * RESPONDENTS)[:RESPONDENTS],
        }
    )
    return table, planted


def write_csv(path: Path, table: pd.DataFrame) -> Path:
    table.to_csv(path, index=False, sep=";")
    return path


def write_xlsx(path: Path, table: pd.DataFrame) -> Path:
    """A workbook with an author, and numbers as numbers."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    book.properties.title = SHEET
    sheet = book.active
    sheet.title = SHEET
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False):
        sheet.append([int(cell) if str(cell).isdigit() else cell for cell in row])
    book.save(path)
    return path


def write_sav(path: Path, table: pd.DataFrame) -> Path:
    """An SPSS file with a label for each question, and options with labels."""
    names = [f"v{at}" for at in range(len(table.columns))]
    data = table.set_axis(names, axis=1)
    labels = dict(zip(names, table.columns, strict=True))
    closed = names[list(table.columns).index("Hvad kom du for at lave?")]
    texts = list(dict.fromkeys(data[closed]))
    data[closed] = data[closed].map({text: float(at) for at, text in enumerate(texts)})
    pyreadstat.write_sav(
        data,
        str(path),
        file_label=SHEET,
        column_labels=labels,
        variable_value_labels={closed: {float(at): text[:110] for at, text in enumerate(texts)}},
        note=AUTHOR,
    )
    return path


WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "sav": write_sav}


def folded(text: str) -> str:
    return " ".join(html.unescape(text).casefold().split())


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of everything that a file holds, whatever it is packed in."""
    if path.suffix == ".pdf":
        yield path.name, pdf_text(path)
    elif path.suffix in (".xlsx", ".zip"):
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
            for member in archive.namelist():
                yield f"{path.name}/{member}", archive.read(member).decode("utf-8", "ignore")
    elif path.suffix == ".sav":
        data, meta = pyreadstat.read_sav(str(path))
        yield path.name, data.to_csv() + repr(vars(meta))
    elif path.suffix not in SCRIPTS or path.name == SEARCH:
        yield path.name, path.read_bytes().decode("utf-8", "ignore")


def leaks(text: str, planted: list[str]) -> list[str]:
    """What of `planted` stands in a text, in these or other signs."""
    whole = folded(text)
    runs = {re.sub(r"\D", "", run) for run in RUN.findall(whole)}
    runs = {run[-size:] for run in runs if len(run) < 15 for size in range(8, len(run) + 1)}
    found = []
    for each in planted:
        digits = re.sub(r"\D", "", each) if RUN.search(each) else ""
        if folded(each) in whole or (len(digits) > 7 and digits in runs):
            found.append(each)
    return found

"""A folder made by `new` from an export whose texts try to break out, its open answers coded, and
built: a report in one language in which whatever people wrote is text.
"""

import csv
import json
import subprocess
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import REPOSITORY, evaluation
from pages import pages, site, words
from pdf_text import printed

from evaluation.exchange import writing
from evaluation.project.codebook import load_codebook
from evaluation.project.folder import Folder

TEXT = "<b>x</b> #pagebreak() *s* $y$ `z`{=typst} @ref =1+1"
LABEL = "<i>Ros</i> #set page(fill: red) {{< include x >}}"
# answer, approved, codes; what stands on the page in its place
WRITTEN = [
    ("<script>document.title='ud'</script> og <b>fed</b>", "yes", "praise", None),
    ("#set page(fill: red) #pagebreak() $x^2$ *stjerne*", "yes", "praise", None),
    ("`{python} 1+1` {{< include ../evaluation.yml >}} @fig-x [a](b)", "yes", "praise", None),
    ('=HYPERLINK("http://example.org";"klik")', "yes", "harm;praise", None),
    ("@SUM(A1:A9)", "yes", "harm", None),
    ("- ikke noget", "yes", "harm", None),
    ("::: {.key-findings} <!-- skjult -->", "yes", "harm", None),
    (
        "Fatimas nummer er 070761-4285, ring 40 12 34 56 eller skriv til a@b.dk",
        "yes",
        "",
        "[navn] nummer er [CPR-nummer], ring [telefonnummer] eller skriv til [e-mail]",
    ),
    ("Det må ingen læse", "no", "praise", None),
    ("Heller ikke dette", "", "harm", None),
]
SORTING = f"""\
  - id: sorted
    type: multiple
    question: {{da: Hvad synes du?}}
    label: {{da: Meninger}}
    coding_of: hvad_synes_du
    options:
      - {{code: praise, label: {{da: "{LABEL}"}}}}
      - {{code: harm, label: {{da: Skade}}}}
"""


def export(path):
    answers = [answer for answer, *_ in WRITTEN] + [""] * 14
    with path.open("w", encoding="cp1252", newline="") as stream:
        rows = csv.writer(stream, delimiter=";")
        rows.writerow(["id", TEXT, "Hvor mange?", "Hvad synes du?"])
        for number, answer in enumerate(answers):
            option = ("Ja", TEXT, "Nej", "Ved ikke")[number % 4]
            rows.writerow([number, option, f"{number},5", answer])
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("made")
    folder = root / "svar"
    done = evaluation("new", str(folder), "--from", str(export(root / "eksport.csv")))
    assert done.returncode == 0, done.stderr
    raw = folder / "data/raw"
    with (raw / "open_answers.csv").open(encoding="utf-8", newline="") as stream:
        sheet = list(csv.DictReader(stream))
    for row, (_, approved, codes, _) in zip(sheet, WRITTEN, strict=True):
        row |= {"approved": approved, "codes": codes}
    with (raw / "open_answers.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, sheet[0])
        rows.writeheader()
        rows.writerows(sheet)
    with (raw / "codebook.yml").open("a", encoding="utf-8") as stream:
        stream.write(SORTING)
    (raw / "names.csv").write_text("name\nFatima\n", "utf-8")
    profile = folder / "_quarto-da.yml"
    profile.write_text(profile.read_text("utf-8").replace("book:", f'book:\n  subtitle: "{TEXT}"'))
    # the report had both languages once
    (folder / "reports/site/en").mkdir(parents=True)
    (folder / "reports/site/en/index.html").write_text("<p>Made-up answers</p>", "utf-8")
    done = evaluation("build", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def chapter(made):
    return pages(made, "da")["notebooks/30_answers.html"].main


@pytest.fixture(scope="module")
def written(made):
    return pages(made, "da")["notebooks/31_answers.html"].main


@pytest.fixture(scope="module")
def pdf_text(made):
    (path,) = site(made, "da").glob("*.pdf")
    text = " ".join(page.text for page in printed(path))
    return " ".join(text.replace("\u00a0", " ").split())


def test_approved_answers_are_quoted_letter_by_letter_and_others_are_not(made, written):
    quoted = [words(voice.find("p")) for voice in written.select(".voice")]
    expected = {f"”{shown or answer}”" for answer, said, _, shown in WRITTEN if said == "yes"}
    assert set(quoted) == expected and len(quoted) == len(expected)
    for answer, approved, _, _ in WRITTEN:
        if approved != "yes":
            assert not [page for page in pages(made, "da").values() if answer in words(page)]


def test_answers_are_told_by_what_they_are_about(written):
    told = words(written)
    assert f"”{LABEL}” (5 af 9) og ”Skade” (5 af 9)" in told
    # those about one thing stand together
    about = [words(voice).endswith(LABEL) for voice in written.select(".voice")]
    assert about[:3] == [True] * 3


def test_no_answer_or_label_becomes_html(made):
    for page in pages(made, "da").values():
        assert not page.main.find(["b", "script"])
        assert not page.main.select("i:not([class]), a[href='b']")


def test_no_answer_or_label_becomes_typst(made, pdf_text):
    pressed = pdf_text.replace(" ", "")
    for answer, approved, _, shown in WRITTEN:
        if approved == "yes":
            assert (shown or answer).replace(" ", "") in pressed
    assert TEXT.replace(" ", "") in pressed
    assert LABEL.replace(" ", "") in pressed


def test_hostile_names_are_shown_letter_by_letter(made, chapter):
    assert TEXT in words(chapter.find("h2"))
    figure = chapter.find("figure")
    assert TEXT in figure.img["alt"]
    assert TEXT in words(pages(made, "da")["index.html"].find(class_="subtitle"))
    drawing = next(site(made, "da").rglob("*-fig-*.svg"))
    assert "<b>x</b>" not in drawing.read_text("utf-8")


def test_what_names_a_person_is_in_nothing_that_was_made(made):
    for folder in ("reports", "data/processed"):
        files = [path for path in (made / folder).rglob("*") if path.is_file()]
        assert files, folder
        for path in files:
            content = path.read_bytes()
            for name in (b"070761", b"40 12 34 56", b"a@b.dk", b"Fatima"):
                assert name not in content, path


def test_what_leaves_as_an_export_names_nobody_and_comes_back(made, tmp_path):
    folder, target = Folder(made), tmp_path / "data"
    writing.write(folder, target)
    book = load_codebook(target / "codebook.yml", languages=("da",))
    responses = folder.read("responses")
    assert "sorted.praise" in responses and "Fatima" not in responses["hvad_synes_du"].str.cat()
    for table in (
        writing.read_csv(target, "responses"),
        writing.read_parquet(target, "responses"),
        writing.read_sav(target / "responses.sav", book),
    ):
        pd.testing.assert_frame_equal(table, responses)


def test_no_cell_of_a_table_to_download_is_a_formula(made):
    paths = [*site(made, "da").rglob("*.csv"), *(made / "data/processed").glob("*.csv")]
    assert len(paths) > 5
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = {cell for row in csv.reader(stream) for cell in row}
        formulas = {cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))}
        assert not [cell for cell in formulas if not is_number(cell)], path


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_codes_are_counted_by_respondents(made):
    with (made / "data/processed/indicators.csv").open(encoding="utf-8") as stream:
        counts = {row["id"]: (row["k"], row["n"]) for row in csv.DictReader(stream)}
    assert counts["sorted.praise"] == ("5", "9")
    assert counts["sorted.harm"] == ("5", "9")


def test_the_check_of_the_data_is_a_page_without_single_cases(made):
    page = pages(made, "da")["notebooks/92_data_check.html"].main
    found = dict(tuple(map(words, row.find_all("td"))) for row in page.select("tbody tr"))
    assert found["CPR-numre i det, folk har skrevet"] == "skjult"
    assert found["Respondenter, der står flere gange i en måling"] == "ingen"


def test_the_folder_has_tests_that_pass(made):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=made,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_only_the_language_of_the_report_is_published(made):
    front = BeautifulSoup((made / "reports/site/index.html").read_text("utf-8"), "lxml")
    published = sorted(path.name for path in (made / "reports/site").iterdir())
    assert published == ["da", "index.html", "manifest.json"]
    manifest = json.loads((made / "reports/site/manifest.json").read_text("utf-8"))
    assert not [name for name in manifest["inputs"] if name.startswith("data")]
    assert [section["lang"] for section in front.find_all("section")] == ["da"]
    for page in pages(made, "da").values():
        assert page.html["lang"] == "da"
        assert not [link for link in page.find_all("a") if link.get("hreflang") == "en"]
        assert not page.find_all(attrs={"data-language-switch": True})


def test_a_page_keeps_the_way_past_its_menu(made):
    page = pages(made, "da")["index.html"]
    first = page.body.find("a")
    assert "skip-link" in first["class"]
    assert page.find(id=first["href"].removeprefix("#"))


def test_the_other_language_is_refused_with_those_that_there_are(made):
    done = evaluation("build", str(made), "-p", "language=en")
    assert done.returncode == 2
    assert "this parameter is one of da" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_way_past_the_menu_is_the_same_alone_and_beside_another_language(language):
    folder = REPOSITORY / "_extensions/rapport"
    alone = (folder / f"alone-{language}.html").read_text("utf-8")
    assert (folder / f"before-{language}.html").read_text("utf-8").startswith(alone)

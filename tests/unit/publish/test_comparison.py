"""compare: what changed between two published editions, number by number."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from refusals import tells

from evaluation.base.spreadsheets import write_csv
from evaluation.cli import main
from evaluation.publish.comparison.ledgers import LEDGER, PLACE, TOLD

HOSTILE = '<img src=x onerror=alert(1)> & "=1+1"'


def number(value="9 of 12", expression="share", k="9", n="12", **other):
    said = {
        "file": "one.ipynb",
        "chapter": "One",
        "sentence": f"{value} met.",
        "source": "a.csv: 2",
    }
    row = said | {"value": value, "expression": expression, "k": k, "n": n} | other
    return dict.fromkeys([*PLACE, *TOLD], "") | row


def published(folder, *numbers, languages=("en",)):
    for language in languages:
        path = folder / "reports/site" / language / LEDGER.format(language)
        path.parent.mkdir(parents=True)
        write_csv(pd.DataFrame(numbers, columns=[*PLACE, *TOLD]), path)
    return folder


def compared(tmp_path, capsys):
    assert main(["compare", *(str(tmp_path / name) for name in ("old", "new", "made"))]) == 0
    page = BeautifulSoup((tmp_path / "made/en.html").read_text("utf-8"), "lxml")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.select("tr")]
    return capsys.readouterr().out, rows, page


@pytest.mark.slow
def test_each_change_is_listed_with_what_it_was_and_is(tmp_path, capsys):
    kept, table = number("5", "five"), {"output": "tbl-a", "row": "Yes", "column": "Share"}
    published(tmp_path / "old", number(), kept, number("1", "gone"), number("3", "cell", **table))
    published(tmp_path / "new", number("8", "added"), number("10 of 12", k="10"), kept)
    said, rows, page = compared(tmp_path, capsys)
    assert "en: changed 1, added 1, removed 2, as it was 1" in said
    assert rows[1:] == [
        ["8 met.", "", "8", "New"],
        ["10 of 12 met.", "9 of 12", "10 of 12", "Changed"],
        ["1 met.", "1", "", "Gone"],
        ["tbl-a, Yes, Share", "3", "", "Gone"],
    ]
    assert page.html["lang"] == "en" and page.h2.get_text() == "One"
    listed = pd.read_csv(tmp_path / "made/en.csv", dtype=str, keep_default_na=False)
    assert listed["k_before"].tolist() == ["", "9", "9", "9"]


def test_an_edition_beside_itself_has_no_change(tmp_path, capsys):
    # an expression may stand twice at a place
    numbers = [number(), number(), number("5", "five")]
    for name in ("old", "new"):
        published(tmp_path / name, *numbers)
    said, rows, _ = compared(tmp_path, capsys)
    assert "changed 0, added 0, removed 0, as it was 3" in said and rows == []


@pytest.mark.slow
def test_other_words_around_a_number_are_no_change_and_another_n_is(tmp_path, capsys):
    published(tmp_path / "old", number(), number("9", "count"))
    published(tmp_path / "new", number(sentence="Of all, 9."), number("9", "count", n="13"))
    said, _, _ = compared(tmp_path, capsys)
    assert "changed 1, added 0, removed 0, as it was 1" in said


@pytest.mark.slow
def test_what_was_written_is_text(tmp_path, capsys):
    published(tmp_path / "old", number("=1+1"))
    published(tmp_path / "new", number(HOSTILE, chapter=HOSTILE, output=HOSTILE, row=HOSTILE))
    _, rows, page = compared(tmp_path, capsys)
    assert page.img is None and page.script is None
    assert rows[1][2] == HOSTILE and HOSTILE in rows[1][0]
    assert page.h2.get_text() == HOSTILE
    assert ",'=1+1," in (tmp_path / "made/en.csv").read_text("utf-8")


@pytest.mark.slow
def test_copies_of_sites_are_compared_in_the_languages_that_both_have(tmp_path, capsys):
    published(tmp_path / "old", number(), languages=("da", "en"))
    published(tmp_path / "new", number())
    (tmp_path / "old/reports/site").rename(tmp_path / "site")
    assert (
        main(["compare", str(tmp_path / "site"), str(tmp_path / "new"), str(tmp_path / "m")]) == 0
    )
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == ["en.csv", "en.html"]
    assert "da:" not in capsys.readouterr().out


def refused(tmp_path, capsys, *parts):
    assert main(["compare", *(str(tmp_path / name) for name in ("old", "new", "made"))]) == 2
    tells(capsys.readouterr().err, *parts)


@pytest.mark.slow
def test_what_cannot_be_compared_is_refused_and_nothing_is_made(tmp_path, capsys):
    published(tmp_path / "old", number())
    (tmp_path / "new").mkdir()
    refused(tmp_path, capsys, str(tmp_path / "new"), "number ledger", "evaluation build")
    published(tmp_path / "new", number(), languages=("da",))
    refused(tmp_path, capsys, "same language, as en", "'da'")
    path = tmp_path / "new/reports/site/en" / LEDGER.format("en")
    path.parent.mkdir(parents=True)
    path.write_text("id,value\n1,2\n")
    refused(tmp_path, capsys, str(path), "columns file, place", "'id, value'")
    path.write_bytes(b"\xff\xfe\x00")
    refused(tmp_path, capsys, str(path), "UTF-8")
    assert not (tmp_path / "made").exists()
    (tmp_path / "made").mkdir()
    (tmp_path / "made/mine.txt").write_text("")
    refused(tmp_path, capsys, "where nothing is yet")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_is_in_the_language_of_its_editions(tmp_path, language):
    for name in ("old", "new"):
        published(tmp_path / name, number(), languages=("da", "en"))
    main(["compare", *(str(tmp_path / name) for name in ("old", "new", "made"))])
    page = (tmp_path / f"made/{language}.html").read_text("utf-8")
    assert f'lang="{language}"' in page
    assert ("Uændret: 1" in page) == (language == "da")

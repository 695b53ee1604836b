"""A build from clean: what a reader opens, and that it can be repeated."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections import Counter
from urllib.parse import unquote, urldefrag, urlparse

import nbformat
import pytest
from conftest import LANGUAGES, evaluation, snapshot
from pages import numbers, own_pages, pages, pdf, pdf_texts, pdf_words, search_records, site, words
from report_numbers import SITE_ONLY

CHAPTERS = {
    "notebooks/30_introduction.html": "1",
    "notebooks/31_conclusions.html": "2",
    "notebooks/32_partnerships.html": "3",
    "notebooks/33_capacity_building.html": "4",
    "notebooks/34_local_network.html": "5",
    "notebooks/35_national_network.html": "6",
    "notebooks/40_evidence.html": "7",
    "notebooks/45_theory.html": "8",
    "notebooks/41_collaboration.html": "9",
    "notebooks/42_inclusion.html": "10",
    "notebooks/43_literature.html": "11",
    "notebooks/44_capacity.html": "12",
}
FIGURES = {
    "fig-development": "3.1",
    "fig-funds": "4.1",
    "fig-change": "4.2",
    "fig-advice-satisfaction": "4.3",
    "fig-advice-topics": "4.4",
    "fig-local-meetings": "5.1",
    "fig-equal-terms": "5.2",
    "fig-meeting-satisfaction": "6.1",
    "fig-contact": "6.2",
    "fig-future": "6.3",
    "fig-community": "6.4",
    "fig-themes": "7.1",
    "fig-theory": "8.1",
    "fig-phases": "9.1",
    "fig-bridge": "10.1",
    "fig-literature-search": "11.1",
    "fig-literature-levels": "11.2",
    "fig-capacity-building-topics": "12.1",
}
# a theory of change has no numbers to tell
WITHOUT_NUMBERS = {"fig-theory"}
FIGURE_WORD = {"da": "Figur", "en": "Figure"}
OTHER_LANGUAGE = {"da": "the", "en": "foreningerne"}


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_the_front_door_leads_to_both_languages(built):
    door = (built / "reports/site/index.html").read_text("utf-8")
    for code in LANGUAGES:
        assert f'href="{code}/index.html"' in door


def test_every_chapter_is_a_page_in_its_language(built, language):
    found = pages(built, language)
    assert set(CHAPTERS) < set(found)
    assert {"index.html", "references.html", "notebooks/90_methods.html"} < set(found)
    for page in found.values():
        assert page.html["lang"] == language
        assert len(page.find_all("h1")) >= 1
    for path, number in CHAPTERS.items():
        title = found[path].title.get_text()
        assert title.startswith(f"{number}\u00a0 "), title
        assert title.endswith((" – Evaluering af ALLIANCEN", " – Evaluation of ALLIANCEN"))


def test_every_link_resolves(built, language):
    root = site(built, language)
    found = pages(built, language)
    anchors = {path: {tag["id"] for tag in page.find_all(id=True)} for path, page in found.items()}
    for path, page in found.items():
        assert page.find_all("a") and page.find_all("link"), path
        for tag in page.find_all(["a", "img", "link", "script"]):
            target = tag.get("href") or tag.get("src")
            if not target or "data-language-switch" in tag.attrs or urlparse(target).scheme:
                continue
            file, anchor = urldefrag(unquote(target))
            place = (root / path).parent.joinpath(file).resolve() if file else root / path
            assert place.is_file(), f"{path}: {target}"
            if anchor and place.suffix == ".html":
                assert anchor in anchors[place.relative_to(root.resolve()).as_posix()], target


def test_no_page_asks_another_host_for_anything(built, language):
    for path, page in pages(built, language).items():
        assert page.find_all("link") and page.find_all("script"), path
        for tag in page.find_all(["img", "link", "script", "iframe", "source"]):
            target = tag.get("href") or tag.get("src") or ""
            asks_nobody = urlparse(target).scheme in ("", "data") and not target.startswith("//")
            assert asks_nobody, f"{path}: {target}"
    css = (site(built, language) / "site_libs/theme.css").read_text("utf-8")
    assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", css)


def test_figures_are_numbered_by_chapter_and_say_what_they_show(built, language):
    seen = {}
    for page in pages(built, language).values():
        for figure in page.select("div.quarto-float[id^=fig-]"):
            caption = words(figure.figcaption)
            image = figure.find("img")
            number = re.match(rf"{FIGURE_WORD[language]} (\S+): ", caption).group(1)
            seen[figure["id"]] = number
            assert image["src"].endswith(".svg")
            assert figure["id"] in WITHOUT_NUMBERS or re.search(r"\d", image["alt"])
            assert re.search(r"\d", caption), figure["id"]
    assert seen == FIGURES


def test_references_carry_the_number_of_what_they_point_at(built, language):
    found = pages(built, language)
    text = " ".join(words(page.main) for page in found.values())
    for identifier, number in FIGURES.items():
        links = [
            link
            for page in found.values()
            for link in page.select("a.quarto-xref")
            if link["href"].endswith(f"#{identifier}")
        ]
        assert links, identifier
        for link in links:
            assert words(link) == f"{FIGURE_WORD[language]} {number}"
    assert "@fig-" not in text and "@tbl-" not in text and "@sec-" not in text
    assert "{python}" not in text and "?@" not in text


def test_an_edition_has_no_cell_of_the_other_language(built, language):
    for page in pages(built, language).values():
        main = re.findall(r"\w+", words(page.main).lower())
        assert Counter(main)[OTHER_LANGUAGE[language]] == 0 or language == "da", "foreign words"
    executed = list((built / "reports/executed" / language).rglob("*.ipynb"))
    assert executed
    for path in executed:
        for cell in nbformat.read(path, as_version=4).cells:
            assert not {"da", "en"} - {language} & set(cell.metadata.get("tags", []))


def test_site_and_pdf_carry_the_same_numbers(built, language):
    on_pages = Counter()
    for path, page in own_pages(built, language).items():
        if path in SITE_ONLY:
            continue
        # what stands under a figure says its numbers again, on the site only
        for repeated in page.main.select(".figure-data"):
            repeated.extract()
        on_pages.update(numbers(words(page.main))["counts"])
    in_pdf = Counter(numbers(pdf_words(built, language))["counts"])
    assert on_pages == in_pdf
    assert sum(on_pages.values()) > 100


def test_both_languages_carry_the_same_numbers(built):
    danish, english = (
        {
            path: {kind: Counter(found) for kind, found in numbers(words(page.main)).items()}
            for path, page in pages(built, language).items()
        }
        for language in LANGUAGES
    )
    assert danish == english


def test_the_pdf_has_contents_page_numbers_language_and_tags(built, language):
    document = pdf(built, language)
    assert (
        document.metadata.title
        == {
            "da": "Evaluering af ALLIANCEN",
            "en": "Evaluation of ALLIANCEN",
        }[language]
    )
    root = document.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    texts = pdf_texts(built, language)
    assert {"da": "Indholdsfortegnelse", "en": "Table of contents"}[language] in texts[2]
    assert len(document.outline) > 8
    assert str(len(texts) - 2) in texts[-3].split()


def test_search_records_cover_every_section(built, language):
    records = search_records(site(built, language))
    sections = {
        f"{path}#{section['id']}"
        for path, page in pages(built, language).items()
        for section in page.select("main section.level2[id]")
    }
    assert len(sections) > 20
    assert sections <= {record["href"] for record in records}


def test_an_unchanged_report_is_left_alone(built):
    before = snapshot(built / "reports")
    assert before
    done = evaluation("build", str(built))
    assert "notebooks executed: 0 of" in done.stdout
    assert "report unchanged" in done.stdout
    assert snapshot(built / "reports") == before


def test_an_unchanged_report_needs_nothing_that_is_slow_to_import(built):
    """An author builds dozens of times a day, and an unchanged build does little else."""
    slow = {
        "jupyter_client",
        "matplotlib",
        "nbformat",
        "numpy",
        "pandas",
        "papermill",
    }
    slow |= {"lark", "pandera", "pyarrow", "pypandoc", "scipy", "typst"}
    run = (
        "import sys; from evaluation.cli import main\n"
        f"main(['build', {str(built)!r}, '--engine', 'embedded']); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert "report unchanged" in done.stdout
    loaded = set(done.stdout.split())
    assert "evaluation.publish.build" in loaded
    assert not loaded & slow


def test_a_log_gets_no_progress_bar_and_a_terminal_does(short_copy):
    done = evaluation("execute", str(short_copy))
    assert done.stderr == ""
    terminal, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    subprocess.run(
        [sys.executable, "-m", "evaluation.cli", "execute", str(short_copy)],
        stdout=subprocess.DEVNULL,
        stderr=child,
        check=True,
    )
    os.close(child)
    shown = b"".join(iter(lambda: read_terminal(terminal), b""))
    assert re.search(rb"\b(\d+)/\1\b", shown)


def read_terminal(terminal):
    try:
        return os.read(terminal, 10_000)
    except OSError:  # how Linux says that nobody writes any more
        return b""

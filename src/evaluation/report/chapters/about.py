"""The edition of the report, and how it is cited, from CITATION.cff."""

from evaluation.base.markdown import escape
from evaluation.language.dates import day_text
from evaluation.project.citation import FILE
from evaluation.report.provenance import Origin, Told
from evaluation.report.report import Report
from evaluation.report.tables import Markdown


def edition(report: Report) -> str:
    """`edition 1.0.0, 31 March 2026`.

    report: from `open_report`.
    """
    cited = report.folder.citation()
    return _told(report.texts("about.edition", version=cited.version, date=_date(report)))


def citation(report: Report) -> str:
    """Authors, year, title and edition, as a reader would cite the report.

    report: from `open_report`.
    """
    cited = report.folder.citation()
    return _told(
        report.texts(
            "about.citation",
            authors=report.texts.enumeration(list(cited.authors)),
            year=cited.released.year,
            title=cited.title,
            version=cited.version,
        )
    )


def data(report: Report) -> Markdown:
    """The tables that readers can download, a list of links from a chapter in notebooks/.

    report: from `open_report`.
    """
    links = [
        f"- [{escape(report.texts(f'about.tables.{name}'))}](../downloads/{name}.csv) (CSV)"
        for name in report.folder.config().downloads
    ]
    return Markdown("\n".join(links))


def _date(report: Report) -> str:
    return day_text(report.folder.citation().released, report.language)


def _told(text: str) -> Told:
    return Told(text, Origin(file=FILE))

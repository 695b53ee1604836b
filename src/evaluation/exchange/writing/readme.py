"""What an export tells whoever opens it: README.md."""

from typing import Any

from evaluation.base.markdown import escape
from evaluation.language.texts import Texts
from evaluation.project.config import RESPONSES

FILE = "README.md"
PARTS = ("csv", "parquet", "datapackage", "codebook", "sav", "xlsx")


def text(title: str, rows: str, package: dict[str, Any], texts: Texts) -> str:
    """The page in Markdown; rows: what the rows of respondents are; package: the descriptor."""
    tables = "\n".join(
        f"- `{each['path']}`" + (f": {each['title']}" if "title" in each else "")
        for each in package["resources"]
    )
    parts = "\n".join(f"- {texts(f'exchange.readme.{part}', name=RESPONSES)}" for part in PARTS)
    paragraphs = [
        f"# {texts('exchange.readme.title', title=escape(title))}",
        rows,
        f"## {texts('exchange.readme.files')}",
        parts,
        f"## {texts('exchange.readme.reading')}",
        *(texts(f"exchange.readme.{part}") for part in ("missing", "formulas", "limits")),
        f"## {texts('exchange.readme.tables')}",
        tables,
    ]
    return "\n\n".join(paragraphs) + "\n"

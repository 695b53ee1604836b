"""The glossary: what the words of a report mean, in its own words."""

import pandera.pandas as pa

from evaluation.project.tables import in_languages, text

OPTIONAL = {"required": False}
IDENTIFIER = r"[a-z][a-z0-9_]*\Z"
CITATION_KEY = r"(?:[A-Za-z0-9][\w:.-]*)?\Z"

TABLES = {
    # a row for each source that explains a term, and one of the authors' own where none does
    "glossary": (
        {
            # what the anchor of the term is made of
            "id": pa.Column(
                str,
                pa.Check.str_matches(
                    IDENTIFIER, error="this cell is small letters, digits and _, a letter first"
                ),
            ),
            **in_languages("term"),
            **in_languages("definition"),
            # the key of the source in the bibliography; empty where the explanation is the authors'
            "document": pa.Column(
                str,
                pa.Check.str_matches(
                    CITATION_KEY,
                    error="this cell is a key of the bibliography such as sommer2025, or empty",
                ),
            ),
            "section": text(**OPTIONAL),
        },
        ["id", "document"],
    ),
}

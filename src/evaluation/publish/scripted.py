"""The script at the numbers of a report, the same on the pages of both renderers."""

import json
from importlib import resources

FILE = "site_libs/numbers.js"
WORDS = ("sources_show", "number_link")


def script(words: dict[str, str]) -> str:
    """The script, with its words; words: of the publication."""
    said = json.dumps({name: words[name] for name in WORDS}, ensure_ascii=False)
    code = resources.files("evaluation.publish").joinpath("templates", "numbers.js")
    return f"const words = {said};\n{code.read_text('utf-8')}"

"""The library's own words and number formats, in Danish and English."""

import unicodedata
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

from evaluation.base.errors import InputError
from evaluation.base.methods import methods

LANGUAGES = ("da", "en")


class Texts:
    """Words and number formats of one language, from the files in `locales/LANGUAGE`, and those of
    each method below its name, from its file `words/LANGUAGE.yml`."""

    def __init__(self, language: str):
        folder = resources.files("evaluation.language").joinpath("locales", language)
        self.language = language
        self._entries: dict[str, Any] = {}
        for source in sorted(folder.iterdir(), key=lambda file: file.name):
            self._entries |= YAML(typ="safe").load(source.read_text("utf-8"))
        for name, method in methods().items():
            words = method.folder / "words" / f"{language}.yml"
            if name in self._entries:
                rule = "its name is no word of the library"
                raise InputError(f"method {name}", rule, "give its entry point another name")
            if words.is_file():
                self._entries[name] = YAML(typ="safe").load(words.read_text("utf-8"))

    def __call__(self, key: str, **fields: object) -> str:
        """The text `key`, with dots for nested keys, its {fields} filled in."""
        text: str = self._entry(key)
        return text.format(**fields) if fields else text

    def below(self, key: str) -> dict[str, Any]:
        """All texts below `key`, by the rest of their keys."""
        entries: dict[str, Any] = self._entry(key)
        return entries

    def _entry(self, key: str) -> Any:
        entry: Any = self._entries
        for part in key.split("."):
            entry = entry[part]
        return entry

    def number(self, value: int | Decimal) -> str:
        """`value` with the thousands and decimal marks of the language."""
        marks = {",": self("thousands_mark"), ".": self("decimal_mark")}
        return "".join(marks.get(sign, sign) for sign in f"{value:,}")

    def number_word(self, value: int) -> str:
        """`value`, a whole number: up to twelve as a word, a larger one in digits."""
        words = self._entries["words"]
        return words[value] if value < len(words) else self.number(value)

    def span(self, low: str, high: str) -> str:
        """From `low` to `high`, with a percent sign of both told once: `20–25%`."""
        sign = self("percent", value="")
        both = low.endswith(sign) and high.endswith(sign)
        return self("range", low=low.removesuffix(sign) if both else low, high=high)

    def enumeration(self, items: list[str]) -> str:
        """`items` in a sentence: `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('and')} {items[-1]}"

    def alphabetical(self, text: str) -> tuple[list[int], str]:
        """What `text` is sorted by in the alphabet of the language, where æ, ø and å may be last.

        Small and capital letters are the same, a letter of another alphabet is the one that it is
        made of, and what is no letter comes first: `a b` before `ab`.
        """
        alphabet = self("alphabet")
        letters = (
            sign if sign in alphabet else unicodedata.normalize("NFKD", sign)[0]
            for sign in unicodedata.normalize("NFC", text).casefold()
        )
        return [alphabet.find(letter) for letter in letters], text


@cache
def texts(language: str) -> Texts:
    """The texts of `language`, read once."""
    return Texts(language)

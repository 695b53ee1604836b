"""The publication's own words in Danish and English, as Quarto has them."""

from importlib import resources
from typing import Any

from ruamel.yaml import YAML


def words_of(language: str, overrides: dict[str, Any] | None = None) -> dict[str, str]:
    """The words of a language, with what the book's `language:` overrides."""
    source = resources.files("evaluation.publish").joinpath("locales", f"{language}.yml")
    return {**YAML(typ="safe").load(source.read_text("utf-8")), **(overrides or {})}

"""Days as they are written in a language; the English is British."""

from datetime import date

from babel.dates import format_date

LOCALES = {"da": "da_DK", "en": "en_GB"}


def day_text(day: date, language: str, pattern: str = "long") -> str:
    """A day in words, such as `21. november 2026` and `21 November 2026`.

    pattern: how long it is, or its parts, as Unicode names both.
    """
    return format_date(day, pattern, locale=LOCALES[language])

"""In which of the report's languages the texts of a file are written."""

import re
from collections.abc import Iterable

# small words that the other language does not have; Norwegian and Swedish count as Danish
WORDS = {
    "da": "og er det en at på som du dig din jer jeres hvor hvad hvilken hvilke hvordan ikke med "
    "til for af den de har i hvem når din dere deg ja nej nei jeg mig min vi vores eller meget "
    "enig uenig tilfreds utilfreds kan vil blev",
    "en": "and is the a of you your to how what which who when where do did does are have with "
    "not in on for been was were yes no or my we our this that it agree disagree neither very "
    "satisfied dissatisfied would can",
}


# words of Danish that Norwegian and Swedish do not have, and those of WORDS that are Norwegian
DANISH = "af jer jeres dig hvad hvordan og er nej hvornår noget nogen meget ikke blev uenig hverken"
NORWEGIAN = frozenset({"når", "din", "dere", "deg", "nei"})
# small words and letters of further languages, that neither of the two has
OTHERS = {
    "sv": "och är det jag inte vad hur har för att på som din du vilken vilka ditt också ett när",
    "no": "hva hvordan jeg ikke noe noen deg dere hvilken hvilke verken nei av ei eit gikk fikk "
    "ble mye etter nå veldig litt kanskje enn fornøyd misfornøyd uenig utdyp spørsmål vært jobb",
    "de": "und ist der die das ich nicht sie wie was haben für mit ihr ihnen ein eine sind zu auf",
    "fr": "le la les des du une est vous votre vos je pas pour avec dans sur qui que quel quelle",
    "es": "el los las una es usted su sus con por para qué cómo cuál muy más está sí en y del",
    "it": "il gli una è lei suo sua con per che come quale molto più sono della nel sì questo",
    "nl": "het een van u uw niet met voor hoe wat welke heeft zijn ik deze aan bent naar door",
    "fi": "ja on ei että miten mikä kuinka olet olen hyvin kyllä oletko mitä tai ovat sekä",
}


def other_language_of(texts: Iterable[str]) -> str | None:
    """One of `OTHERS` where more words tell of it than of Danish and of English; else None."""
    found = re.findall(r"[^\W\d_]+", " ".join(texts).casefold())
    known = set(f"{WORDS['da']} {WORDS['en']}".split()) - NORWEGIAN
    words = {name: set(text.split()) for name, text in OTHERS.items()}
    shared = {
        word
        for word in set().union(*words.values())
        if sum(word in each for each in words.values()) > 1
    }
    own = {name: each - shared - known for name, each in words.items()}
    counts = {name: sum(word in each for word in found) for name, each in own.items()}
    most = max(counts, key=lambda name: counts[name])
    told = {"da": set(DANISH.split()), "en": set(WORDS["en"].split())}
    others = max(sum(word in each for word in found) for each in told.values())
    return most if counts[most] > others else None


def language_of(texts: Iterable[str]) -> str:
    """ "da" or "en", by the small words that stand in one language alone; "da" where none does."""
    found = re.findall(r"[^\W\d_]+", " ".join(texts).casefold())
    only = {name: set(words.split()) for name, words in WORDS.items()}
    shared = only["da"] & only["en"]
    danish, english = (sum(word in only[name] - shared for word in found) for name in ("da", "en"))
    return "en" if english > danish else "da"

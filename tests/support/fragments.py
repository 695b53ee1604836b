"""What every fragment of the codebook that an instrument brings has in common."""

from evaluation.base.methods import methods
from evaluation.language.texts import LANGUAGES
from evaluation.project.codebook import Codebook, load_codebook


def fragment(name: str) -> Codebook:
    """The instrument's questions, with ids of its own and texts in both languages."""
    codebook = load_codebook(methods()[name].folder / "items.yml", name)
    assert all(id_.startswith(f"{name}_") for id_ in (*codebook.questions, *codebook.groups))
    for entry in (*codebook.questions.values(), *codebook.groups.values()):
        texts = [entry.label, entry.question, getattr(entry, "note", None)]
        texts += [option.label for option in getattr(entry, "options", ())]
        for text in filter(None, texts):
            assert all(text[language].strip() for language in LANGUAGES)
            # some single words are the same: case, vision
            assert text["da"] != text["en"] or len(text["da"].split()) == 1
    return codebook


def codes_of(column) -> set[str]:
    """The values that a `one_of` column of a table takes."""
    return set(column.checks[0].statistics["allowed_values"])

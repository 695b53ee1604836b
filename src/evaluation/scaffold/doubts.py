"""What a reader and the inference were not sure of, each with what to do where it is wrong."""

from evaluation.exchange.reading.export import Export
from evaluation.language.texts import texts
from evaluation.project.doubts import Doubt
from evaluation.scaffold.inference import Doubt as Assumed

# the remarks of readers that a person has to decide; the others only tell
OPEN = (
    *(
        "may_be_identity",
        "respondent_repeated",
        "may_be_untouched",
        "names_masked",
        "may_be_names",
        "may_be_options",
        "ranking_as_text",
        "may_be_missing",
        "rare_answers",
        "labels_withheld",
    ),
    *("marks_left_out", "number_or_code", "combined_codes", "may_be_moments", "options_alike"),
    *("other_language", "day_unclear", "number_unclear"),
)
# what is assumed of questions and that a person has to decide
ASSUMED = ("headline", "no_order", "sensitive", "background")


def doubts(export: Export, assumed: tuple[Assumed, ...], language: str) -> list[Doubt]:
    """The doubts about an export in the language of the report: those of who people are first."""
    words = texts(language)
    found = [
        Doubt(
            remark.place,
            remark.text(language),
            words(f"new.change.{remark.rule}", question=remark.place),
        )
        for rule in OPEN
        for remark in export.remarks
        if remark.rule == rule
    ]
    return found + [
        Doubt(
            each.question,
            words(f"new.doubts.{each.rule}", questions=each.named),
            words(f"new.change.{each.rule}", question=each.question),
        )
        for each in assumed
        if each.rule in ASSUMED
    ]

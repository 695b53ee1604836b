"""Writing a new evaluation folder from an export: whole, or not at all."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined

from evaluation.base.errors import InputError
from evaluation.base.markdown import escape
from evaluation.base.spreadsheets import write_csv
from evaluation.base.version import installed
from evaluation.base.whole_folders import check_nothing_there, made_whole
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.period import period
from evaluation.language.detection import other_language_of
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.codebook import Codebook, Question, write_codebook
from evaluation.project.doubts import FILE as DOUBTS
from evaluation.project.doubts import doubts_text
from evaluation.project.extension import add_extensions
from evaluation.project.rows import read_rows
from evaluation.project.stored_outputs import ATTRIBUTES, set_up_filter
from evaluation.scaffold import review
from evaluation.scaffold.chapters import packaged
from evaluation.scaffold.doubts import doubts
from evaluation.scaffold.exploring import exploring
from evaluation.scaffold.first_answers import chapters, with_front_page
from evaluation.scaffold.inference import Doubt, infer
from evaluation.scaffold.keys import keyed
from evaluation.scaffold.respondents import with_backgrounds
from evaluation.scaffold.rows import write_rows
from evaluation.scaffold.sensitivity import marked
from evaluation.scaffold.unnamed import read_unnamed
from evaluation.survey import open_answers
from evaluation.survey.asked import own_columns
from evaluation.survey.population import population_doubt


def create(
    target: Path,
    source: Path,
    language: str | None = None,
    key: str | None = None,
    readings: Mapping[str, str] | None = None,
) -> list[str]:
    """Make the evaluation folder `target` from the export at `source`; returns what was inferred
    and what is uncertain, as sentences that a screen has room for. REVIEW.md has them all.
    Questions without answers make a folder that waits for these, see `scaffold.wave`.

    language: of the report, "da" or "en" (default: that of the export); key: the column that
    identifies a respondent in every wave, see `scaffold.keys`; readings: what the author says of
    columns, see `exchange.reading.tables`. Raises InputError where the export or its key cannot be
    used, or `target` holds something already; nothing is written then.
    """
    target = target.resolve()
    check_nothing_there(target)
    export = read_unnamed(source, readings)
    if key is not None:
        export = keyed(export, key, source.name)
    chosen = language or export.language
    if chosen not in LANGUAGES:
        raise InputError(
            source.name,
            f"a report is in one of the languages {', '.join(LANGUAGES)}",
            f"name the one of the report: --language {LANGUAGES[0]}",
            value=export.language,
        )
    export = _with_language(export, chosen, source.name)
    codebook, assumed = infer(in_languages(export.codebook, (chosen,)), chosen)
    codebook, sensitive = marked(codebook)
    assumed += sensitive
    codebook, assumed = with_backgrounds(codebook, assumed)
    silent = unanswered(export)
    export = replace(export, codebook=codebook)
    open_ = doubts(export, assumed, chosen)
    waits = export.responses.empty
    rest = () if waits else tuple(Doubt("no_answers", question) for question in silent)
    rest += tuple(each for each in assumed if each.rule == "reordered")
    told = [*uncertain(rest, chosen), *review.remarks(export.remarks, chosen)]
    if key is not None:
        told.insert(0, texts(chosen)("new.inferred.key", column=key))
    if waits:
        told.insert(0, texts(chosen)("new.inferred.waits"))
    read, lines = inferred(export, chosen), review.questions(export, chosen)
    answered = {
        name: question for name, question in codebook.questions.items() if name not in silent
    }
    with made_whole(target) as folder:
        _write(folder, export, Codebook(codebook.groups, answered), chosen, key, read)
        if open_:
            written = doubts_text(open_, texts(chosen)("new.review.heading"))
            (folder / DOUBTS).write_text(written, "utf-8")
        # that is decided in evaluation.yml, and not among the doubts
        population = population_doubt(folder)
        undecided = [*([population[0]] if population else []), *open_]
        parts = (read, undecided, lines, told, chosen)
        (folder / review.FILE).write_text(review.page(*parts), "utf-8")
        # of the repository around it, which it has before the folder is there
        set_up_filter(folder)
    return review.screen(*parts)


def _with_language(export: Export, language: str, name: str) -> Export:
    """The export with a remark where its texts are in another language than the report."""
    parts = [*export.codebook.groups.values(), *export.codebook.questions.values()]
    labels = [option for part in parts for option in getattr(part, "options", ())]
    told = [text for part in (*parts, *labels) for text in part.label.values()]
    other = other_language_of(told)
    if other is None and export.language == language:
        return export
    found = other or export.language
    # what was assumed between Danish and English is of no use then
    kept = tuple(each for each in export.remarks if each.rule != "language_assumed")
    return replace(export, remarks=(*kept, Remark("other_language", name, found)))


def inferred(export: Export, language: str) -> str:
    """What a reader found, as a sentence in the language of the report."""
    words = texts(language)
    kinds = Counter(question.type for question in export.codebook.questions.values())
    parts = [
        words("new.inferred.kind", count=words.number(count), kind=words(f"new.kinds.{kind}"))
        for kind, count in sorted(kinds.items())
    ]
    return words(
        "new.inferred.read",
        format=export.format,
        respondents=words.number(len(export.responses)),
        questions=words.number(len(export.codebook.questions)),
        kinds=words.enumeration(parts),
    )


def uncertain(doubts: tuple[Doubt, ...], language: str) -> list[str]:
    """What was assumed of questions, a sentence for each kind of doubt."""
    return [
        texts(language)(
            f"new.doubts.{rule}",
            questions=", ".join(doubt.named for doubt in doubts if doubt.rule == rule),
        )
        for rule in dict.fromkeys(doubt.rule for doubt in doubts)
    ]


def in_languages(codebook: Codebook, languages: tuple[str, ...]) -> Codebook:
    """The texts of the file, which are in one language, as those of the report's languages."""

    def named(part: Any) -> Any:
        found: dict[str, Any] = {
            name: dict.fromkeys(languages, next(iter(text.values())))
            for name in ("label", "question", "note", "in_text")
            if (text := getattr(part, name, None))
        }
        if isinstance(part, Question):
            found["options"] = tuple(map(named, part.options))
        return replace(part, **found)

    return Codebook(
        {name: named(group) for name, group in codebook.groups.items()},
        {name: named(question) for name, question in codebook.questions.items()},
    )


def unanswered(export: Export) -> list[str]:
    """Ids of the questions to which there is no answer, and nothing to show."""
    given = (export.responses != "").any()
    return [
        question.id
        for question in export.codebook.questions.values()
        if not given[own_columns(export.responses, question)].any()
    ]


def _write(
    folder: Path,
    export: Export,
    shown: Codebook,
    language: str,
    key: str | None,
    read: str,
) -> None:
    """shown: the codebook with the questions that the chapters show."""
    words = texts(language)
    for part in ("data/raw", "notebooks", "tests"):
        (folder / part).mkdir(parents=True)
    write_codebook(export.codebook, folder / "data/raw/codebook.yml")
    write_rows(export, folder / "data/raw/survey.csv")
    rows = read_rows(folder / "data/raw/survey.csv", export.codebook, "data/raw/survey.csv")
    sheet = open_answers.sheet(rows, export.codebook)
    write_csv(sheet, folder / open_answers.FILE)
    made = chapters(shown, (language,))
    for file, content in with_front_page(shown, made, language).items():
        (folder / file).write_bytes(content)
    for source in resources.files("evaluation.scaffold").joinpath("notebooks").iterdir():
        nbformat.write(packaged(source, language), folder / "notebooks" / source.name)
    # a folder that waits for answers has none to choose by
    about = shown if shown.questions else export.codebook
    for file, notebook in exploring(about, language).items():
        nbformat.write(notebook, folder / file)
    fields = {
        "language": language,
        "key": key,
        "title": words("new.title", name=folder.name),
        "author": words("new.author"),
        "chapters": list(made),
        "format": export.format,
        "respondents": len(export.responses),
        "questions": len(export.codebook.questions),
        "period": period(export),
        "version": installed(),
        "inferred": escape(read),
    }
    templates = Environment(
        loader=PackageLoader("evaluation.scaffold"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for template, file in (
        ("evaluation.yml", "evaluation.yml"),
        ("_quarto.yml", "_quarto.yml"),
        ("profile.yml", f"_quarto-{language}.yml"),
        ("README.md", "README.md"),
        ("test_folder.py", "tests/test_folder.py"),
        ("gitignore", ".gitignore"),
        ("gitattributes", ATTRIBUTES),
    ):
        (folder / file).write_text(templates.get_template(template).render(fields), "utf-8")
    add_extensions(folder)

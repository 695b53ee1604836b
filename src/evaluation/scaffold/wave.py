"""One more wave for an evaluation folder: all its files, or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import nbformat
import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.spreadsheets import guarded, unguard
from evaluation.base.whole_changes import replace_all
from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.period import period
from evaluation.language.texts import texts
from evaluation.project.codebook import FILE as CODEBOOK_FILE
from evaluation.project.codebook import Codebook, load_codebook
from evaluation.project.config import FILE as CONFIG_FILE
from evaluation.project.config import Config
from evaluation.project.doubts import FILE as DOUBTS
from evaluation.project.doubts import Doubt as Undecided
from evaluation.project.doubts import doubts_text
from evaluation.project.folder import Folder
from evaluation.project.rows import columns_of, guarded_rows, read_rows
from evaluation.scaffold.chapters import packaged, with_figures
from evaluation.scaffold.doubts import doubts
from evaluation.scaffold.edits import (
    BOOK,
    Period,
    with_chapters,
    with_first_answers,
    with_questions,
    with_wave,
)
from evaluation.scaffold.first_answers import FIRST_WAVE, FRONT, answers, first_notebooks
from evaluation.scaffold.folder import in_languages, unanswered, uncertain
from evaluation.scaffold.inference import Doubt, infer
from evaluation.scaffold.keys import apart, keyed, known_again
from evaluation.scaffold.matching import (
    Matching,
    Note,
    extended,
    known_answers,
    match,
    translated,
)
from evaluation.scaffold.respondents import with_backgrounds
from evaluation.scaffold.rows import repeated, with_rows
from evaluation.scaffold.sensitivity import marked
from evaluation.scaffold.unnamed import read_unnamed
from evaluation.survey import open_answers, responses
from evaluation.survey.population import population_doubt

CHAPTER = "notebooks/85_waves.ipynb"


@dataclass(frozen=True)
class Added:
    """A wave that was added: its number, how many answered it and how many of them had answered
    before, the files that were written, and whether they are the first answers."""

    wave: int
    respondents: int
    known: int
    files: dict[str, bytes]
    first: bool


def add_wave(
    root: Path,
    source: Path,
    key: str | None = None,
    readings: Mapping[str, str] | None = None,
) -> list[str]:
    """Add the export at `source` as the next wave of the folder `root`; returns what was done and
    what is uncertain, as sentences in the first language of the report. In a folder that waits for
    answers they are the first wave.

    key: the column of the export that identifies the respondents, see `scaffold.keys`; without one
    nobody of this wave is taken for anybody of another; readings: what the author says of columns,
    see `exchange.reading.tables`. Raises InputError where the folder, the
    export or the key cannot be used, or the wave is there already; no file is changed then.
    """
    folder = Folder(root)
    config, known = folder.config(), folder.codebook()
    survey = folder.survey()
    before = _text(folder.read_survey(), folder.root / survey)
    first = before.empty
    # what a form asks is looked at as in a new folder: it may ask for names
    asked_before = None if first else known_answers(known)
    export = read_unnamed(source, readings, asked_before)
    if key is not None:
        if not first:
            _check_key(config, key)
        export = keyed(export, key, source.name)
    language = config.languages[0]
    drafted, assumed = infer(in_languages(export.codebook, config.languages), language)
    if config.min_cell > 1:
        drafted, sensitive = marked(drafted)
        assumed += sensitive
    drafted, assumed = with_backgrounds(drafted, assumed)
    matching = match(known, drafted, export.responses)
    codebook = extended(known, matching)
    rows = _rows(export, matching, codebook)
    _check_new(before, rows, matching, source.name)
    wave = FIRST_WAVE if first else int(before["wave"].astype(int).max()) + 1
    taken = set(before["respondent"])
    ids = known_again(rows["respondent"], taken) if key else rows["respondent"]
    ids = ids if key or first else apart(ids, wave, taken)
    rows = rows.assign(respondent=ids, wave=str(wave))
    # a filter of the codebook may keep a question from somebody who answered it
    responses.responses(_typed(rows, codebook), codebook, source.name)
    silent = unanswered(export)
    files = _files(folder, known, matching, rows, silent, key, period(export))
    fresh = {question.id: renamed.id for question, renamed in matching.new}
    told_of = fresh | ({each.asked.id: each.known.id for each in matching.same} if first else {})
    there = {(doubt.about, doubt.told) for doubt, _ in folder.doubts()}
    open_ = [
        doubt
        for doubt in _doubted(export, assumed, told_of, language)
        if (doubt.about, doubt.told) not in there
    ]
    if open_:
        file = folder.root / DOUBTS
        earlier = file.read_text("utf-8") if file.is_file() else ""
        written = doubts_text(open_, texts(language)("new.review.heading"), earlier)
        files[DOUBTS] = written.encode()

    def check(new: Path) -> None:
        if CODEBOOK_FILE in files:
            load_codebook(new / CODEBOOK_FILE, languages=config.languages)
        read_rows(new / survey, codebook, survey)

    replace_all(folder.root, files, check)
    added = Added(wave, len(rows), int(rows["respondent"].isin(taken).sum()), files, first)
    assumed += tuple(Doubt("no_answers", name) for name in silent)
    new = tuple(
        replace(each, question=fresh[each.question]) for each in assumed if each.question in fresh
    )
    told = _told(export, matching, known, new, added, config)
    if population := population_doubt(folder.root):
        words, (doubt, _) = texts(language), population
        told.append(f"{doubt.told} {words('new.review.change', change=doubt.change)}")
    if key not in (None, config.key) and not first:
        told.append(texts(language)("add_wave.key_renamed", before=config.key, after=key))
    return told


def _doubted(
    export: Export, assumed: tuple[Doubt, ...], fresh: dict[str, str], language: str
) -> list[Undecided]:
    """What is not sure of the questions and columns that this wave brings.

    fresh: id of a new question in the export -> in the folder.
    """
    read = [
        replace(doubt, about=fresh.get(doubt.about, doubt.about))
        for doubt in doubts(export, (), language)
        if doubt.about in fresh or doubt.about not in export.codebook.questions
    ]
    new = tuple(
        replace(each, question=fresh[each.question]) for each in assumed if each.question in fresh
    )
    return read + doubts(replace(export, remarks=()), new, language)


def _check_key(config: Config, key: str) -> None:
    if config.key is None:
        raise InputError(
            CONFIG_FILE,
            "the respondents of the earlier waves were not identified by a key",
            f"leave --key out; or, where the column respondent of {config.survey} does hold the"
            " key, write key with the name of its column",
            column="key",
            value=key,
        )


def _text(rows: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The checked rows as the text of the file."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return table.map(unguard).set_axis(rows.index, axis=0)


def _rows(export: Export, matching: Matching, codebook: Codebook) -> pd.DataFrame:
    """The rows of the export in the columns of the codebook, with the identity of the export."""
    answers = translated(matching, export.responses)
    rows = answers.assign(respondent=export.respondents.astype(str), wave="")
    return rows.reindex(columns=list(columns_of(codebook)), fill_value="")


def _check_new(before: pd.DataFrame, rows: pd.DataFrame, matching: Matching, name: str) -> None:
    if rows.empty:
        raise InputError(name, "a wave has respondents", "export the answers too")
    if not matching.same:
        raise InputError(
            name,
            "a further wave asks a question of the folder again",
            "choose the export of the same survey, or make a folder of its own by `evaluation new`",
        )
    wave = repeated(before, rows)
    if wave is not None:
        raise InputError(
            name,
            f"a further wave has other answers, but all those of wave {wave} are in this export",
            "choose the export of the next wave, without the answers of earlier ones",
        )


def _typed(rows: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The rows as `read_rows` gives them, for the checks that need no file."""
    numbers = {
        question.id: pd.to_numeric(rows[question.id].replace("", None))
        for question in codebook.questions.values()
        if question.type == "number" and question.was_asked
    }
    return rows.assign(wave=rows["wave"].astype(int), **numbers)


# files


def _files(
    folder: Folder,
    known: Codebook,
    matching: Matching,
    rows: pd.DataFrame,
    silent: list[str],
    key: str | None,
    days: Period | None,
) -> dict[str, bytes]:
    """Path in the folder -> new content."""
    codebook = extended(known, matching)
    root, config, survey = folder.root, folder.config(), folder.survey()
    wave, earlier = int(rows["wave"].iloc[0]), sorted(folder.read_survey()["wave"].unique())
    files = {survey: with_rows(root / survey, guarded_rows(rows, codebook))}
    if earlier:
        files[CONFIG_FILE] = with_wave(
            root / CONFIG_FILE, wave, list(map(int, earlier)), days
        ).encode()
    elif key is not None or days is not None:
        files[CONFIG_FILE] = with_first_answers(root / CONFIG_FILE, wave, key, days).encode()
    if matching.new or any(same.added for same in matching.same):
        files[CODEBOOK_FILE] = with_questions(root / CODEBOOK_FILE, known, matching).encode()
    if earlier:
        chapters = _chapters(root, config, matching, known, wave, silent)
    else:
        ids = {each.asked.id: each.known.id for each in matching.same}
        unasked = {*matching.dropped, *(ids.get(name, name) for name in silent)}
        chapters = first_notebooks(folder, config, codebook, unasked)
    if chapters and (root / BOOK).is_file():
        added = [file for file in chapters if file != FRONT]
        files[BOOK] = with_chapters(root / BOOK, added).encode()
        files |= chapters
    sheet = root / open_answers.FILE
    if sheet.is_file():
        written = guarded(open_answers.sheet(rows, codebook))
        files[open_answers.FILE] = with_rows(sheet, written)
    return files


def _chapters(
    root: Path, config: Config, matching: Matching, known: Codebook, wave: int, silent: list[str]
) -> dict[str, bytes]:
    """Chapters for new questions that somebody answered, and the one on the waves."""
    shown = {new.id: new for asked, new in matching.new if asked.id not in silent}
    groups = known.groups | {group.id: group for group in matching.groups}
    codebook = Codebook(groups, shown)
    taken = {f"notebooks/{path.name}" for path in (root / "notebooks").glob("*.ipynb")}
    parameter = wave if "wave" in config.parameters else None
    added = answers(codebook, config.languages, parameter, taken)
    made = {file: nbformat.writes(notebook).encode() for file, notebook in added.items()}
    if not (root / CHAPTER).exists():
        source = resources.files("evaluation.scaffold").joinpath("waves", "85_waves.ipynb")
        notebook = packaged(source, config.languages[0])
        again = [
            same.known
            for same in matching.same
            if same.known.headline and not same.known.background
        ]
        both = Codebook(known.groups, {question.id: question for question in again})
        made[CHAPTER] = nbformat.writes(with_figures(notebook, both)).encode()
    return made


# what is told


def _told(
    export: Export,
    matching: Matching,
    known: Codebook,
    new: tuple[Doubt, ...],
    added: Added,
    config: Config,
) -> list[str]:
    words = texts(config.languages[0])

    def say(key: str, **fields: object) -> str:
        return words(f"add_wave.{key}", **fields)

    read = {"format": export.format, "respondents": words.number(added.respondents)}
    if added.first:
        lines = [say("first", **read)]
    else:
        lines = [
            say("read", wave=words.number(added.wave), **read),
            say("known", known=words.number(added.known)) if added.known else say("nobody"),
        ]
    lines.append(say("same", count=words.number(len(matching.same))))
    if matching.new:
        ids = ", ".join(question.id for _, question in matching.new)
        lines.append(say("new", questions=ids))
        if len(config.languages) > 1:
            lines.append(say("untranslated", questions=ids))
    if matching.dropped:
        named = [f"{name} ({_label(known, name, words.language)})" for name in matching.dropped]
        lines.append(say("dropped", questions="; ".join(named)))
    lines += [_note(note, say) for note in matching.notes]
    lines += [remark.text(words.language) for remark in export.remarks]
    lines += uncertain(new, words.language)
    chapters = [file for file in added.files if file.endswith(".ipynb") and file != FRONT]
    if chapters:
        lines.append(say("chapters", files=", ".join(chapters)))
    return lines


def _note(note: Note, say: Callable[..., str]) -> str:
    return say(f"notes.{note.rule}", question=note.question, before=note.before, after=note.after)


def _label(codebook: Codebook, name: str, language: str) -> str:
    return codebook.questions[name].label[language]

"""What stands behind a number of the prose, beside its link to the ledger: the counts, the bounds,
what was asked and where it was printed.

The site shows it at the number. It stands there as attributes, which are text whatever they hold,
and which a PDF leaves out.
"""

from nbformat import NotebookNode

from evaluation.base.markdown import attribute
from evaluation.notebook import ledger
from evaluation.notebook.ledger import Entry
from evaluation.report.report import Report
from evaluation.report.sources import Sources

FACTS = "facts"
WAVE = "@"  # before the wave in the id of an indicator of an earlier one


def add(notebook: NotebookNode, report: Report, sources: Sources) -> None:
    """Put its note beside each linked number of an executed chapter.

    report: in the language of the chapter; sources: of the same evaluation.
    """
    notes = {
        ledger.anchor(entry.id): note(entry, report, sources)
        for entry in ledger.entries(notebook, report.texts)
        if not entry.place and not entry.output
    }
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for link, said in notes.items():
                cell.source = cell.source.replace(link, _with_attributes(link, said))


def note(entry: Entry, report: Report, sources: Sources) -> dict[str, str]:
    """What is known of a number, a sentence each: count, bounds, asked and source.

    entry: of the ledger. What is hidden, or not known, is left out.
    """
    said = {
        "count": _count(entry, report),
        "bounds": _bounds(entry, report),
        **_asked(entry, report),
        "source": sources.words(entry.file, entry.rows),
    }
    texts = report.texts
    return {
        name: texts(f"number_note.{name}", value=value) for name, value in said.items() if value
    }


def _with_attributes(link: str, said: dict[str, str]) -> str:
    more = "".join(f' data-{name}="{attribute(text)}"' for name, text in said.items())
    return f"{link[:-1]}{more}}}"


def _count(entry: Entry, report: Report) -> str:
    if entry.k is None or entry.n is None:
        return ""
    k, n = map(report.texts.number, (entry.k, entry.n))
    return report.texts("count_of_n", k=k, n=n)


def _bounds(entry: Entry, report: Report) -> str:
    """The bounds over all who could have answered, where some of them did not."""
    questions = _questions(entry, report)
    if entry.k is None or entry.n is None or len(set(questions.values())) != 1:
        return ""
    (question,) = set(questions.values())
    waves = {name.partition(WAVE)[2] for name in questions}
    if len(waves) > 1:
        return ""
    wave = next(iter(waves))
    about = report.at(int(wave)) if wave else report
    share = about.share(question, *(_code(name, question) for name in questions))
    if share.hidden or share.population is None or share.population == share.n:
        return ""
    # the number may be another that rests on the same answers, such as those who did not
    return str(share.bounds) if (share.k, share.n) == (entry.k, entry.n) else ""


def _code(name: str, question: str) -> str:
    """The option that an indicator counts."""
    return name.partition(WAVE)[0].removeprefix(f"{question}.")


def _asked(entry: Entry, report: Report) -> dict[str, str]:
    """The question behind a number and its answer, or the fact that it is."""
    questions = _questions(entry, report)
    different = tuple(dict.fromkeys(questions.values()))
    if not different:
        return {"about": _fact(entry, report)}
    (stem, *others) = report.wording(*different)
    if others:
        return {"several": report.texts.number_word(len(different))}
    if len(different) > 1:
        return {"asked": stem}
    asked = report.question(different[0])
    own = asked.question[report.language]
    labels = {option.code: option.label[report.language] for option in asked.options}
    answers = [labels[code] for name in questions if (code := _code(name, asked.id)) in labels]
    return {
        "asked": stem if own == stem else f"{stem} {own}",
        "answer": report.texts.enumeration(answers),
    }


def _fact(entry: Entry, report: Report) -> str:
    if len(entry.about) != 1 or not report.folder.has(FACTS):
        return ""
    facts = report.read(FACTS).set_index("id")
    (name,) = entry.about
    return str(facts.loc[name, report.language]) if name in facts.index else ""


def _questions(entry: Entry, report: Report) -> dict[str, str]:
    """Id of each indicator that a number is about -> its question."""
    found = {}
    for name in entry.about:
        question = name.partition(WAVE)[0].rpartition(".")[0]
        if question and question in report.codebook.questions:
            found[name] = question
    return found

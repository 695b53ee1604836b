"""The command `evaluation`: make evaluation folders, check, publish and export their data."""

import argparse
import os
import sys
from contextlib import AbstractContextManager
from functools import cache, partial
from pathlib import Path
from typing import Any

# what else a command needs it imports itself: most of it is slow to import, another command may
# need none of it, and Ctrl-C is understood from the beginning
from evaluation.base.errors import InputError, unobeyed, unusable
from evaluation.base.interruption import interruptible
from evaluation.base.scratch import scratch

INTERRUPTED = 130  # what a shell calls the end by Ctrl-C
UNUSABLE = 2  # input that cannot be used
READINGS = ("options", "number", "text", "identity", "technical", "weight")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 2 for input that cannot be used, 130 for Ctrl-C, and
    see `check`."""
    try:
        with interruptible():
            return _run(_parser().parse_args(arguments))
    except KeyboardInterrupt:
        print("evaluation: interrupted; what is published is a whole report", file=sys.stderr)
        return INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    try:
        with scratch():
            status: int = options.run(options) or 0
        sys.stdout.flush()
    except InputError as error:
        return _refuse(options, error)
    except BrokenPipeError:
        # who reads the output, such as `head`, has enough; nothing more is written at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        place = getattr(options, "folder", None) or "the working folder"
        return _refuse(options, unusable(error, place))
    return status


def _refuse(options: argparse.Namespace, error: InputError) -> int:
    from evaluation.disclosure.personal.telling import message

    print(f"evaluation: {message(error, _register(options))}", file=sys.stderr)
    return 2


def _root(options: argparse.Namespace) -> Path:
    """The evaluation folder that a command is about."""
    from evaluation.project.folder import find_root
    from evaluation.project.working import bring_to_end

    root = find_root(options.folder)
    bring_to_end(root, partial(_tell, options))
    return root


def _alone(options: argparse.Namespace, root: Path) -> AbstractContextManager[None]:
    """That no other command writes into the folder."""
    from evaluation.project.working import working_on

    return working_on(root, partial(_tell, options))


def _tell(options: argparse.Namespace, *lines: str) -> None:
    """Print what a command has to say, without what may name a person: nothing else here prints,
    besides `_refuse`, which masks an error too, and `main`, which says that it was interrupted."""
    # the words of masks are slow to read, and a command that succeeds in silence needs none
    from evaluation.disclosure.personal.telling import safe

    register = _register(options)
    for line in lines:
        print(unobeyed(safe(line, register)), flush=True)  # at once, also into a file


def _register(options: argparse.Namespace) -> tuple[str, ...]:
    """The names that may not be told, of the folder that a command is about."""
    return _names(getattr(options, "folder", None))


@cache
def _names(folder: Path | None) -> tuple[str, ...]:
    """The register of a folder; none where there is no folder, or no register that can be read."""
    from evaluation.project.folder import Folder, find_root

    try:
        return Folder(find_root(folder)).names()
    except (InputError, OSError):
        return ()


def _parser() -> argparse.ArgumentParser:
    from evaluation.base.version import installed
    from evaluation.language.texts import LANGUAGES
    from evaluation.publish.embedded.book import FORMATS
    from evaluation.publish.engines import ENGINES

    start = (
        "where to start: `evaluation new FOLDER --from EXPORT` makes a report of a survey, and"
        " FOLDER/notebooks/00_start.ipynb shows how to explore its answers in JupyterLab"
    )
    parser = argparse.ArgumentParser(prog="evaluation", description=__doc__, epilog=start)
    parser.add_argument("--version", action="version", version=f"evaluation {installed()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    report = _command(commands, "build", "execute the notebooks and publish the report")
    rendering = "what renders: Quarto where it is installed (auto), or one of the two"
    report.add_argument("--engine", choices=ENGINES, default="auto", help=rendering)
    beside = "in reports/partial, and leave what is published"
    report.add_argument("--to", choices=FORMATS, help=f"make the pages or the PDF alone, {beside}")
    report.add_argument("--chapter", metavar="FILE", help=f"execute this chapter alone, {beside}")
    report.set_defaults(run=_build)
    executed = _command(commands, "execute", "execute the notebooks, without publishing")
    executed.set_defaults(run=_execute)
    told = "see an edition while it is written: its pages follow what is saved"
    seen = _folder(commands.add_parser("preview", help=told, description=told))
    seen.add_argument("--language", choices=LANGUAGES, help="of the edition (default: the first)")
    previewing = (
        "the embedded renderer, which shows a change at once (auto), or Quarto's own preview"
    )
    seen.add_argument("--engine", choices=ENGINES, default="auto", help=previewing)
    seen.add_argument("--port", type=int, default=0, help="of this machine (default: a free one)")
    seen.set_defaults(run=_preview)
    told = "say how Quarto is used here (Quarto runs this at the root of a folder)"
    quarto = commands.add_parser("quarto", help=told, description=told)
    finishing = "finish the pages that Quarto has rendered for its preview of this folder"
    quarto.add_argument("--finish", type=Path, metavar="FOLDER", help=finishing)
    quarto.add_argument("--language", choices=LANGUAGES, help="of the edition that it previews")
    quarto.set_defaults(run=_quarto)
    told = "tell everything that is wrong with the data; status 1 with warnings, 2 with errors"
    _folder(commands.add_parser("check", help=told, description=told)).set_defaults(run=_check)
    told = "make an evaluation folder from a survey export"
    made = commands.add_parser("new", help=told, description=told)
    made.add_argument("folder", type=Path, help="the folder to make")
    _add_export(made)
    made.add_argument("--language", choices=LANGUAGES, help="of the report (default: the export's)")
    made.set_defaults(run=_new)
    told = "write the notebook that comes in without its results (git runs it, see .gitattributes)"
    commands.add_parser("strip", help=told, description=told).set_defaults(run=_strip)
    told = "let a folder that an earlier version made be one of this version"
    raised = _folder(commands.add_parser("upgrade", help=told, description=told))
    raised.set_defaults(run=_upgrade)
    told = "export the processed data for other programs: CSV, Parquet, SPSS and Excel"
    handed = commands.add_parser("export", help=told, description=told)
    handed.add_argument("folder", type=Path, help="the evaluation folder")
    handed.add_argument("target", type=Path, help="the folder to make")
    handed.set_defaults(run=_export)
    told = "prove a published report: its files, its sources, and that these make it again"
    _folder(commands.add_parser("verify", help=told, description=told)).set_defaults(run=_verify)
    told = "list what changed between two published reports, number by number"
    compared = commands.add_parser("compare", help=told, description=told)
    for name in ("old", "new"):
        report_of = f"the {name} report: a built evaluation folder, or a copy of its reports/site"
        compared.add_argument(name, type=Path, help=report_of)
    compared.add_argument("target", type=Path, help="the folder to make")
    compared.set_defaults(run=_compare)
    told = "add a method to an evaluation folder: its notebooks, and the tables to fill in"
    used = commands.add_parser("add", help=told, description=told)
    used.add_argument("method", help="the name of an installed method, such as resource_check")
    _folder(used).set_defaults(run=_add)
    told = "add a further wave to an evaluation folder from a survey export"
    added = commands.add_parser("add-wave", help=told, description=told)
    added.add_argument("folder", type=Path, help="the evaluation folder")
    _add_export(added)
    added.set_defaults(run=_add_wave)
    told = "add the codings of interviews from a REFI-QDA project to an evaluation folder"
    coded = commands.add_parser("add-codings", help=told, description=told)
    coded.add_argument("folder", type=Path, help="the evaluation folder")
    coded.add_argument(
        "--from", dest="project", type=Path, required=True, metavar="PROJECT", help="a .qdpx file"
    )
    coded.set_defaults(run=_add_codings)
    return parser


def _build(options: argparse.Namespace) -> None:
    from evaluation.publish.build import build, build_part
    from evaluation.publish.embedded.book import FORMATS

    root, overrides = _root(options), dict(options.parameters)
    say = partial(_tell, options)
    if options.to is None and options.chapter is None:
        build(root, overrides, options.engine, say)
    else:
        formats = (options.to,) if options.to else FORMATS
        build_part(
            root, overrides, options.engine, formats=formats, chapter=options.chapter, say=say
        )


def _execute(options: argparse.Namespace) -> None:
    from evaluation.publish.build import prepare

    prepare(_root(options), dict(options.parameters), partial(_tell, options))


def _preview(options: argparse.Namespace) -> None:
    from evaluation.project.config import load_config
    from evaluation.publish.preview import preview

    root = _root(options)
    language = options.language or load_config(root).languages[0]
    preview(root, language, options.engine, options.port, partial(_tell, options))


def _quarto(options: argparse.Namespace) -> None:
    if options.finish:
        from evaluation.publish.finished import finish_rendered

        finish_rendered(options.finish, options.language)
        return
    raise InputError(
        "_quarto.yml",
        "Quarto renders a staged copy of this project: the chapters executed and in one language; "
        "from the sources it would show both and no numbers",
        "run `evaluation build` for the report, or `evaluation preview` to see what you write",
    )


def _check(options: argparse.Namespace) -> int:
    # tables are slow to import, and the other commands may need none
    from evaluation.project.folder import Folder
    from evaluation.survey.check import check
    from evaluation.survey.check.problem import status
    from evaluation.survey.check.terminal import listed
    from evaluation.survey.proposals import proposals

    folder = Folder(_root(options))
    problems = check(folder)
    _tell(options, listed(problems))
    if status(problems) < UNUSABLE:  # what is wrong stands in the way of counting
        _tell(options, *(f"\n{line}" for line in proposals(folder)))
    return status(problems)


def _add_export(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--from",
        dest="export",
        type=Path,
        required=True,
        metavar="EXPORT",
        help="a file, or a folder with the files of one export",
    )
    command.add_argument(
        "--key",
        metavar="COLUMN",
        help="the column that identifies a respondent in every wave (default: nobody is matched)",
    )
    command.add_argument(
        "--read",
        dest="readings",
        action="append",
        default=[],
        type=_reading,
        metavar="COLUMN=READING",
        help="say what a column is: options, number, text, identity, technical or weight",
    )


def _new(options: argparse.Namespace) -> None:
    # readers and notebooks are slow to import, and the other commands may need none
    from evaluation.scaffold.folder import create

    readings = dict(options.readings)
    told = create(options.folder, options.export, options.language, options.key, readings)
    _tell(options, *(f"- {line}" for line in told))
    folder = options.folder
    _tell(options, f"made: {folder}; next: evaluation check {folder}, evaluation build {folder}")


def _strip(options: argparse.Namespace) -> None:
    from evaluation.project.stored_outputs import stripped

    text = stripped(sys.stdin.buffer.read().decode("utf-8", "replace"))
    sys.stdout.buffer.write(text.encode())


def _upgrade(options: argparse.Namespace) -> None:
    # notebooks are slow to import, and the other commands may need none
    from evaluation.scaffold.upgrade import upgrade

    root = _root(options)
    with _alone(options, root):
        files = upgrade(root)
    _tell(options, *(f"- {file}" for file in files))
    _tell(options, f"files changed: {len(files)} in {root}")


def _export(options: argparse.Namespace) -> None:
    # writers of SPSS and Excel files are slow to import, and the other commands may need none
    from evaluation.exchange.writing import write
    from evaluation.project.folder import Folder
    from evaluation.project.working import reading

    root = _root(options)
    with reading(root, partial(_tell, options)):
        write(Folder(root), options.target)
    _tell(options, f"made: {options.target}; data on individual respondents are confidential")


def _verify(options: argparse.Namespace) -> int:
    from evaluation.publish.verification import verify

    root = _root(options)
    found = verify(root, partial(_tell, options))
    _tell(options, *found)
    _tell(options, f"not proved: differences {len(found)}" if found else f"proved: {root}")
    return UNUSABLE if found else 0


def _compare(options: argparse.Namespace) -> None:
    # tables are slow to import, and the other commands may need none
    from evaluation.publish.comparison import compare

    _tell(options, *compare(options.old, options.new, options.target))
    _tell(options, f"made: {options.target}")


def _add(options: argparse.Namespace) -> None:
    # notebooks are slow to import, and the other commands may need none
    from evaluation.scaffold.method import add_method

    root = _root(options)
    with _alone(options, root):
        told = add_method(root, options.method)
    _tell(options, *(f"- {line}" for line in told))
    _tell(options, f"method added: {root}; next: evaluation check {root}, evaluation build {root}")


def _add_wave(options: argparse.Namespace) -> None:
    # readers are slow to import, and the other commands may need none
    from evaluation.scaffold.wave import add_wave

    root = _root(options)
    with _alone(options, root):
        told = add_wave(root, options.export, options.key, dict(options.readings))
    _tell(options, *(f"- {line}" for line in told))
    _tell(options, f"wave added: {root}; next: evaluation check {root}, evaluation build {root}")


def _add_codings(options: argparse.Namespace) -> None:
    # readers are slow to import, and the other commands may need none
    from evaluation.scaffold.codings import add_codings

    root = _root(options)
    with _alone(options, root):
        told = add_codings(root, options.project)
    _tell(options, *(f"- {line}" for line in told))
    _tell(options, f"codings added: {root}; next: evaluation build {root}")


def _command(commands: Any, name: str, told: str) -> argparse.ArgumentParser:
    command = _folder(commands.add_parser(name, help=told, description=told))
    command.add_argument(
        "-p",
        dest="parameters",
        action="append",
        default=[],
        type=_parameter,
        metavar="NAME=VALUE",
        help="set a parameter that evaluation.yml declares",
    )
    return command


def _folder(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="the evaluation folder (default: the one the working directory lies in)",
    )
    return command


def _reading(text: str) -> tuple[str, str]:
    """COLUMN=READING; a heading may hold the sign itself."""
    column, equals, reading = text.rpartition("=")
    if not equals or not column or reading not in READINGS:
        raise argparse.ArgumentTypeError(f"write COLUMN=READING, one of {', '.join(READINGS)}")
    return column, reading


def _parameter(text: str) -> tuple[str, object]:
    """NAME=VALUE, with the value read as YAML reads it: 0.9 is a number, da a word."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError("a parameter has the form NAME=VALUE")
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return name, YAML(typ="safe", pure=True).load(value)
    except (YAMLError, ValueError, RecursionError):
        raise argparse.ArgumentTypeError(
            f"the value of {name} is read as YAML: write a text with signs between quotation marks"
        ) from None


if __name__ == "__main__":
    raise SystemExit(main())

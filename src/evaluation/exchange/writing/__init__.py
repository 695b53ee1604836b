"""The processed data of an evaluation for other programs, and back.

An export is a folder with every processed table as CSV and as Parquet, described by
datapackage.json (a Frictionless data package), the codebook, and the response table for SPSS and
Excel. Its words are in the first language of the evaluation. The rows of respondents are
confidential: an export is handed on, never published.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.base.whole_folders import check_nothing_there, made_whole
from evaluation.base.yaml_files import read_yaml
from evaluation.exchange.writing import csv_files, descriptor, readme, sav, workbook
from evaluation.exchange.writing.variables import is_reconstructed, variables
from evaluation.language.texts import texts
from evaluation.project.citation import FILE as CITATION_FILE
from evaluation.project.codebook import FILE as CODEBOOK_FILE
from evaluation.project.codebook import Codebook
from evaluation.project.config import RESPONSES
from evaluation.project.folder import Folder

__all__ = ["read_csv", "read_parquet", "read_sav", "write"]

# formats that tell when a file was made tell this day where the evaluation has no edition
NO_DAY = date(1980, 1, 1)


def write(folder: Folder, target: Path) -> None:
    """Export the processed data of `folder` into the folder `target`, whole or not at all.

    The same data make the same bytes. Raises InputError where `target` holds something, where no
    notebook has written the responses yet, or where these do not fit the codebook.
    """
    target = target.resolve()
    check_nothing_there(target)
    codebook = folder.codebook()
    words = texts(folder.config().languages[0])
    citation = folder.citation() if (folder.root / CITATION_FILE).is_file() else None
    day = citation.released if citation else NO_DAY
    title = _title(folder, words.language)
    responses = folder.read(RESPONSES)
    described = variables(responses, codebook, words)
    tables = {name: folder.read(name) for name in folder.processed()}
    kind = "reconstructed" if is_reconstructed(responses) else "confidential"
    rows = words(f"exchange.rows.{kind}")
    with made_whole(target) as made:
        (made / descriptor.DATA).mkdir()
        resources = []
        for name, table in tables.items():
            file = _file(made, name, "csv")
            schema = csv_files.schema(table, name)
            csv_files.write(table, file, schema)
            table.to_parquet(_file(made, name, "parquet"), index=False)
            about = descriptor.table_title(name, words)
            if name == RESPONSES:
                about["description"] = rows
                schema = descriptor.of_responses(schema, described)
            else:
                schema = descriptor.titled(schema, name, words)
            resources.append(descriptor.resource(name, table, schema, file, about))
        package = descriptor.package(
            title, f"{words('exchange.package')} {rows}", citation, resources
        )
        text = json.dumps(package, ensure_ascii=False, indent=2)
        (made / descriptor.FILE).write_text(f"{text}\n", "utf-8")
        shutil.copyfile(folder.root / CODEBOOK_FILE, made / Path(CODEBOOK_FILE).name)
        sav.write(responses, described, codebook, made / f"{RESPONSES}.sav", rows, day)
        workbook.write(responses, described, made / f"{RESPONSES}.xlsx", words, day)
        (made / readme.FILE).write_text(readme.text(title, rows, package, words), "utf-8")


def read_csv(package: Path, name: str) -> pd.DataFrame:
    """The table `name` of the export in the folder `package`, from CSV, with its types.

    Raises InputError for a table that the export does not have and a file that does not fit.
    """
    file = package / descriptor.FILE
    try:
        described = json.loads(file.read_text("utf-8"))
        schemas = {each["name"]: each["schema"] for each in described["resources"]}
    except FileNotFoundError:
        raise InputError(file, "the file is missing", "name the folder of an export") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            file, "the file describes an export", "export the data again", value=str(error)
        ) from None
    if name not in schemas:
        known = ", ".join(schemas)
        raise InputError(file, "the export has the table", f"use one of {known}", value=name)
    return csv_files.read(_file(package, name, "csv"), schemas[name])


def read_parquet(package: Path, name: str) -> pd.DataFrame:
    """The table `name` of the export in the folder `package`, from Parquet.

    Raises InputError for a file that is missing or damaged.
    """
    file = _file(package, name, "parquet")
    try:
        return pd.read_parquet(file)
    except (OSError, ValueError) as error:
        raise InputError(
            file, "the file is a whole Parquet file", "export the data again", value=str(error)
        ) from None


def read_sav(file: Path, codebook: Codebook) -> pd.DataFrame:
    """The response table of an export from responses.sav, with the codes of its codebook.

    file: where responses.sav lies; codebook: that of the export, see `Folder.codebook`. SPSS keeps
    neither blanks at the end of a text nor an empty text, which is a missing one, nor more than
    32,767 bytes. Raises InputError for a file that is damaged or does not fit `codebook`.
    """
    return sav.read(file, codebook)


def _file(package: Path, name: str, suffix: str) -> Path:
    return package / descriptor.DATA / f"{name}.{suffix}"


def _title(folder: Folder, language: str) -> str:
    """The title of the report, or else the name of its folder."""
    for file in (f"_quarto-{language}.yml", "_quarto.yml"):
        path = folder.root / file
        if path.is_file():
            title = read_yaml(path, file).get("book", {}).get("title")
            if title:
                return str(title)
    return folder.root.name

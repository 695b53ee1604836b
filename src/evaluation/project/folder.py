"""The files of an evaluation folder: raw data in, processed data out.

Every file that is read or written through here is noted, so that a build knows which files a
notebook depends on, see `touched`. Processed tables are written twice, as Parquet for machines and
as CSV for people, and only whole: a reader never sees half a file.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.base.errors import InputError
from evaluation.base.plain_files import there
from evaluation.base.whole_files import written_whole
from evaluation.project.analyses import FILE as PLAN_FILE
from evaluation.project.analyses import Plan, load_plan
from evaluation.project.citation import FILE as CITATION_FILE
from evaluation.project.citation import Citation, load_citation
from evaluation.project.codebook import FILE as CODEBOOK_FILE
from evaluation.project.codebook import Codebook, Question, load_codebook
from evaluation.project.config import FILE as CONFIG_FILE
from evaluation.project.config import Config, load_config
from evaluation.project.doubts import FILE as DOUBTS_FILE
from evaluation.project.doubts import Doubt, read_doubts
from evaluation.project.items import FILE as ITEMS_FILE
from evaluation.project.items import brought, declared
from evaluation.project.own_schemas import beside, check_undescribed, load, own_tables
from evaluation.project.touched import note_read, note_written, within_library
from evaluation.project.working import bring_to_end

# slow to import: a build that finds nothing changed opens a folder, and no table or notebook
if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

    from evaluation.project.parts import Parts
    from evaluation.project.printed import Printed

# the figures that a report has published, from which answers are reconstructed
FIGURES = "data/raw/published_figures.csv"


def find_root(start: Path | str | None = None) -> Path:
    """The evaluation folder that `start` (default: the working directory) lies in.

    start: a file or folder, as a path or its name. Raises InputError where it lies in none.
    """
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file():
            return folder
    raise InputError(
        start / CONFIG_FILE,
        "an evaluation folder has a file evaluation.yml",
        "name the folder that holds it",
    )


def path_in_folder(file: Path) -> str:
    """A file of an evaluation folder by its path in it, as messages name it.

    file: an absolute path, or one from the working directory.
    """
    file = file.resolve()
    return file.relative_to(find_root(file.parent)).as_posix()


class Folder:
    """One evaluation folder. Nothing outside this class opens a file for a notebook."""

    def __init__(self, root: Path | str | None = None):
        self.root = find_root(root)
        # what is read here is never half of a change
        bring_to_end(self.root, lambda _: None)

    def config(self) -> Config:
        """What evaluation.yml says; raises InputError where it breaks a rule."""
        note_read(self.root / CONFIG_FILE)
        return load_config(self.root)

    def citation(self) -> Citation:
        """What CITATION.cff says; raises InputError where it breaks a rule."""
        note_read(self.root / CITATION_FILE)
        return load_citation(self.root)

    def codebook(self) -> Codebook:
        """The codebook with all its options; raises InputError where it breaks a rule."""
        path = note_read(self.root / CODEBOOK_FILE)
        return load_codebook(path, languages=self.config().languages)

    def published_codebook(self) -> Codebook:
        """The codebook as the report shows it: options are collapsed where counts are hidden."""
        codebook = self.codebook()
        return codebook if self.config().min_cell == 1 else codebook.collapsed()

    def plan(self) -> Plan | None:
        """The analysis plan, None where there is none; raises InputError where it breaks a rule."""
        path = note_read(self.root / PLAN_FILE)
        languages = self.config().languages
        return load_plan(path, self.codebook(), languages) if path.is_file() else None

    def items(self) -> dict[str, Question]:
        """The questions of the methods by id, those of data/raw/items.yml in their place."""
        path = note_read(self.root / ITEMS_FILE)
        return declared(path, self.config().languages) if path.is_file() else brought()

    def doubts(self) -> list[tuple[Doubt, int]]:
        """What nobody has decided since the folder was made, each with its line in the file."""
        return read_doubts(note_read(self.root / DOUBTS_FILE))

    def read_raw(self, name: str) -> "pd.DataFrame":
        """The checked table `name` of data/raw, described in `evaluation.project.raw_tables` or, a
        table of one's own, by the Table Schema beside it.

        name: of the file, without `.csv`. Its index is the line in the file; its columns are there
        in the languages of the report, and may be missing in another. Raises InputError, naming
        row and column, where a cell breaks a rule.
        """
        # pandera is slow to import and chapters never read raw tables
        from evaluation.project.raw_tables import read_raw_table

        path = self.raw_path(name)
        table = read_raw_table(path, name, self.config().languages, self.items())
        schema = load(path)
        for reference in schema.references(name) if schema else ():
            self.raw_path(reference.table)
        return table

    def has_raw(self, name: str) -> bool:
        """Whether data/raw has a file `name` with the ending .csv."""
        return self.raw_path(name).is_file()

    def printed(self, name: str) -> "dict[int, Printed]":
        """Line of the raw table `name` -> where its row was printed, and nothing else of the row;
        empty where the table does not say.

        Raises InputError for what is no file that can be read.
        """
        from evaluation.project.printed import printed

        with within_library():
            return printed(self.raw_path(name))

    def raw_path(self, name: str) -> Path:
        """Where the table `name` of data/raw lies, if there is one.

        What depends on it depends on the schema beside it too, also on there being none.
        """
        return self._raw(self.root / "data" / "raw" / f"{name}.csv")

    def own_tables(self) -> list[str]:
        """Names of the tables that the authors of the folder describe by a schema, sorted."""
        return own_tables(self.root / "data" / "raw")

    def names(self) -> tuple[str, ...]:
        """The names that may not be published, from data/raw/names.csv where there is one."""
        # one that is there and cannot be read is refused: who is in it would be told
        there_is_one = os.path.lexists(self.raw_path("names"))
        return tuple(self.read_raw("names")["name"]) if there_is_one else ()

    def survey(self) -> str:
        """The file with the rows of a survey; raises InputError where evaluation.yml names none."""
        name = self.config().survey
        if name is None:
            raise InputError(
                CONFIG_FILE, "survey names the file with the rows", "add it", column="survey"
            )
        return name

    def read_survey(self) -> "pd.DataFrame":
        """The rows of the survey that evaluation.yml names, checked against the codebook."""
        from evaluation.project.rows import read_rows

        name = self.survey()
        path = self._raw(self.root / name)
        check_undescribed(path, CODEBOOK_FILE)
        return read_rows(path, self.codebook(), name)

    def read(self, name: str) -> "pd.DataFrame":
        """The processed table `name`, a file of data/processed without its ending.

        Raises InputError where no earlier notebook has written it.
        """
        import pandas as pd

        note_read(self._processed_path(name))
        return pd.read_parquet(self._written(name))

    def parts(self, name: str) -> "Parts":
        """The processed table `name`, to take rows of it: who does so depends on no others.

        Raises InputError where no earlier notebook has written it.
        """
        from evaluation.project.parts import Parts

        return Parts(self._written(name))

    def has(self, name: str) -> bool:
        """Whether an earlier notebook has written the processed table `name`."""
        with within_library():
            return there(note_read(self._processed_path(name)))

    def processed(self) -> list[str]:
        """Names of the processed tables that there are, sorted."""
        return sorted(path.stem for path in (self.root / "data" / "processed").glob("*.parquet"))

    def executed(self, language: str, besides: str = "") -> list[tuple[str, "NotebookNode"]]:
        """(file, notebook) of the executed chapters in a language, by their paths in the folder.

        language: `da` or `en`. `besides` is a file to leave out: a chapter that read its own last
        copy would never be up to date. Raises InputError where none has been executed yet.
        """
        import nbformat

        folder = self.root / "reports" / "executed" / language
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.ipynb")}
        paths = {file: note_read(found[file]) for file in sorted(found) if file != besides}
        if not paths:
            raise InputError(
                folder.relative_to(self.root),
                "the ledger lists the numbers of executed chapters",
                "run `evaluation execute`",
            )
        return [(file, nbformat.read(path, as_version=4)) for file, path in paths.items()]

    def write(self, name: str, table: "pd.DataFrame") -> None:
        """Store `table` under data/processed as `name` with the endings .parquet and .csv.

        In the CSV no text is taken for a formula: see `spreadsheets`.
        """
        from evaluation.base.spreadsheets import write_csv

        folder = self.root / "data" / "processed"
        folder.mkdir(parents=True, exist_ok=True)
        stores: dict[str, Callable[[Path], None]] = {
            "parquet": lambda path: table.to_parquet(path, index=False),
            "csv": lambda path: write_csv(table, path),
        }
        for suffix, store in stores.items():
            target = note_written(folder / f"{name}.{suffix}")
            with written_whole(target) as partial:
                store(partial)

    def write_raw(self, name: str, table: "pd.DataFrame") -> None:
        """Store a raw `table` under `name` as it was checked, its line in the file as the column
        `row`."""
        self.write(name, table.rename_axis("row").reset_index())

    def _raw(self, path: Path) -> Path:
        for schema in beside(path):
            note_read(schema)
        return note_read(path)

    def _written(self, name: str) -> Path:
        path = self._processed_path(name)
        if not path.is_file():
            raise InputError(
                path.relative_to(self.root),
                "a chapter reads what the data notebooks have written",
                "run `evaluation execute`, or the notebooks named under pipeline in evaluation.yml",
            )
        return path

    def _processed_path(self, name: str) -> Path:
        return self.root / "data" / "processed" / f"{name}.parquet"

"""The rows of an export as a table of the folder, and tables with the rows of one more wave."""

import csv
import io
from pathlib import Path

import pandas as pd

from evaluation.base.frames import labelled
from evaluation.base.spreadsheets import guarded_lines, write_guarded
from evaluation.base.whole_files import written_whole
from evaluation.exchange.reading.export import Export
from evaluation.project.rows import KEY, columns_of, guarded_rows


def write_rows(export: Export, path: Path, wave: int = 1) -> None:
    """Write the answers of an export as the rows that `read_rows` reads with its codebook.

    Every respondent belongs to `wave`. No text is taken for a formula, and numbers are left as
    they are. The file is there whole or not at all.
    """
    columns = [name for name in columns_of(export.codebook) if name not in KEY]
    rows = export.responses[columns]
    rows.insert(0, "respondent", export.respondents)
    rows.insert(1, "wave", wave)
    with written_whole(path) as partial:
        write_guarded(guarded_rows(rows, export.codebook), partial)


def with_rows(path: Path, rows: pd.DataFrame) -> bytes:
    """The bytes of the table at `path` with further rows below those that it has.

    rows: text, guarded as `spreadsheets` does, with all columns of the file and perhaps others,
    in their order. What stands in the file is kept byte for byte where there are no other
    columns, else cell for cell.
    """
    content = path.read_bytes()
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    if reader.fieldnames == list(rows.columns):
        gap = b"" if content.endswith(b"\n") else b"\n"
        return content + gap + guarded_lines(rows, header=False).encode("utf-8")
    before = pd.DataFrame(list(reader), dtype=str).reindex(columns=rows.columns, fill_value="")
    return guarded_lines(pd.concat([before, rows])).encode("utf-8")


def repeated(before: pd.DataFrame, rows: pd.DataFrame) -> int | None:
    """The wave whose answers are all among `rows` already, if any.

    before: the rows of the earlier waves; rows: with the identity that the export gives, before
    it is told apart from those of other waves. All text. A wave is the same where each of its
    respondents is there with the same answers, or where the answers are the same line by line.
    """
    columns = [name for name in rows.columns if name in before and name not in KEY]
    if not columns:
        return None
    here = set(rows[["respondent", *columns]].itertuples(index=False, name=None))
    lines = rows[columns].to_numpy().tolist()
    for wave, part in labelled(before.groupby("wave")):
        # ids that were made for a wave end in those of its export
        plain = part["respondent"].str.replace(rf"^wave{wave}:+", "", regex=True)
        there = part[columns].assign(respondent=plain)[["respondent", *columns]]
        if set(there.itertuples(index=False, name=None)) <= here:
            return int(wave)
        if part[columns].to_numpy().tolist() == lines:
            return int(wave)
    return None

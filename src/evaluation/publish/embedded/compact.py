"""Small PDFs: the objects of a document packed together, with nothing else changed.

Typst writes every tag of a table and every link as an object of its own, which is most of a long
report's size. PDF/A and PDF/UA allow object streams (PDF 1.5); what a reader sees, the tags and
the metadata stay as they are.
"""

import io
from pathlib import Path

import pikepdf


def compact(document: bytes) -> bytes:
    """The same PDF with its objects in compressed streams; the same bytes for the same document."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as pdf:
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return packed.getvalue()


def compact_all(folder: Path) -> None:
    """Compact every PDF in a folder, whichever engine made it."""
    for path in sorted(folder.glob("*.pdf")):
        path.write_bytes(compact(path.read_bytes()))

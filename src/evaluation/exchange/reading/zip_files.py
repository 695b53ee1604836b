"""What is raised of a ZIP archive that is damaged, protected or packed in a rare way."""

import zipfile
import zlib

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(OSError, EOFError, KeyError, UnicodeDecodeError),
)

"""Pictures in the prose of a chapter: each has an alternative text, and only one with a label is a
numbered figure, on either rendering route and in every format.
"""

import re
from collections.abc import Callable
from pathlib import Path
from posixpath import dirname, join, normpath

from evaluation.base.errors import InputError
from evaluation.base.markdown import JOINER, attribute
from evaluation.base.plain_files import there
from evaluation.publish.embedded import pandoc

IMAGE = re.compile(
    r"!\[(?P<said>[^\]]*)\]\(\s*<?(?P<target>[^)>\s]+)>?[^)]*\)(?P<attributes>\{[^}]*\})?"
)
LABEL = re.compile(r"#(fig-[\w-]+)\s*")
ATTACHED = "attachment:"


def settled(text: str, refuse: Callable[..., InputError]) -> str:
    """The text of a cell or file with its pictures in a form that every renderer reads alike.

    What stands between the brackets is the alternative text, as in Jupyter, unless `fig-alt`
    gives one; of a picture with a label it is the caption. refuse: makes the error of a rule, a
    remedy and the value that was found.
    """

    def picture(match: re.Match[str]) -> str:
        said, given = match["said"].strip(), match["attributes"] or "{}"
        label = LABEL.search(given)
        inner = LABEL.sub("", given)[1:-1].strip()
        if "fig-alt=" not in inner:
            if not said:
                raise refuse(
                    "a picture has an alternative text, for those who cannot see it",
                    'write it between the brackets, or as {fig-alt="…"} behind the picture',
                    value=match.group(),
                )
            words = pandoc.plain(pandoc.parse(said, "a picture")).strip()
            inner = f'{inner} fig-alt="{attribute(words)}"'.strip()
        image = f"({match['target']}){{{inner}}}"
        if label:
            return f"::: {{#{label[1]}}}\n\n![]{image}\n\n{said}\n\n:::"
        # a picture that stands alone would be a figure with a caption, which Quarto numbers in the
        # PDF and nowhere else
        return f"![]{image}{JOINER}"

    return IMAGE.sub(picture, text)


def files(text: str) -> list[str]:
    """The files that a text shows as pictures, by their paths from it."""
    targets = (match["target"] for match in IMAGE.finditer(text))
    return [target for target in targets if not target.startswith(ATTACHED)]


def place(root: Path, file: str, name: str) -> str:
    """The path in the folder `root` of a picture that the chapter `file` shows.

    Raises InputError where there is no such file in the folder.
    """
    path = normpath(join(dirname(file), name))
    found = "://" not in name and there(root / path)
    if not found or not (root / path).resolve().is_relative_to(root.resolve()):
        raise InputError(
            file,
            "a picture in the text is a file of the folder, by its path from the chapter",
            "put the file into the folder, or correct the path",
            value=name,
        )
    return path

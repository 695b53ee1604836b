"""pictures: those in the prose, in a form that every renderer reads alike."""

from functools import partial

import pytest

from evaluation.base.errors import InputError
from evaluation.base.markdown import JOINER
from evaluation.publish.pictures import files, place, settled

refuse = partial(InputError, "a.ipynb")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![En *sti*](a.png)", f'![](a.png){{fig-alt="En sti"}}{JOINER}'),
        ('![](a.png){fig-alt="Ord"}', f'![](a.png){{fig-alt="Ord"}}{JOINER}'),
        ("her ![x](a.png){width=1cm} der", f'her ![](a.png){{width=1cm fig-alt="x"}}{JOINER} der'),
        (
            "![Tekst](a.png){#fig-a width=50%}",
            '::: {#fig-a}\n\n![](a.png){width=50% fig-alt="Tekst"}\n\nTekst\n\n:::',
        ),
        ("![En [1]](a.png)", "![En [1]](a.png)"),
        ("ingen [henvisning](a.png)", "ingen [henvisning](a.png)"),
    ],
)
def test_a_picture_has_an_alternative_text_and_a_caption_only_with_a_label(text, told):
    assert settled(text, refuse) == told


def test_what_is_typed_in_an_alternative_text_is_text():
    assert "&#34;" in settled('![Et \\"ord\\" {{< env X >}}](a.png)', refuse)


def test_a_picture_without_words_is_refused():
    with pytest.raises(InputError, match="alternative text"):
        settled("![](a.png)", refuse)


def test_pictures_are_files_of_the_folder(tmp_path):
    root = tmp_path / "folder"
    (root / "notebooks").mkdir(parents=True)
    (root / "logo.png").touch()
    (tmp_path / "outside.png").touch()
    text = "![a](../logo.png) ![b](attachment:b.png) ![c](https://example.org/c.png)"
    assert files(text) == ["../logo.png", "https://example.org/c.png"]
    assert place(root, "notebooks/a.ipynb", "../logo.png") == "logo.png"
    for name in ("https://example.org/c.png", "../../outside.png", "missing.png"):
        with pytest.raises(InputError, match="a file of the folder") as refusal:
            place(root, "notebooks/a.ipynb", name)
        assert name in str(refusal.value)

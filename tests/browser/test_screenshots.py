"""Pictures of the pages show them as they look, at every width in light and in dark."""

from matplotlib.image import imread

from .screenshots import LANGUAGES, PAGES, SCHEMES, WIDTHS, take


def test_every_page_of_the_set_is_there(site):
    for path in PAGES.values():
        assert all((site / language / path).is_file() for language in LANGUAGES), path


def test_pictures_are_taken_at_every_width_in_light_and_dark(browser, site, tmp_path):
    taken = take(browser, site, tmp_path, {"front": PAGES["front"]})
    assert len(taken) == len(LANGUAGES) * len(WIDTHS) * len(SCHEMES)
    for path in taken:
        _, _, width, scheme = path.stem.split("-")
        picture = imread(path)
        assert picture.shape[1] == int(width), path.name
        assert picture.shape[0] >= 900, path.name
        # the paper is most of a page
        assert (picture[:, :, :3].mean() > 0.5) == (scheme == "light"), path.name

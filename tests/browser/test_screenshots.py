"""Pictures of the pages, left in reports/screenshots for whoever wants to see how they look."""

from matplotlib.image import imread

from .screenshots import LANGUAGES, PAGES, SCHEMES, WIDTHS, take


def test_pictures_are_taken_at_every_width_in_light_and_dark(browser, site, repository):
    taken = take(browser, site, repository / "reports" / "screenshots")
    assert len(taken) == len(PAGES) * len(LANGUAGES) * len(WIDTHS) * len(SCHEMES)
    for path in taken:
        _, _, width, scheme = path.stem.split("-")
        picture = imread(path)
        assert picture.shape[1] == int(width), path.name
        assert picture.shape[0] >= 900, path.name
        # the paper is most of a page
        assert (picture[:, :, :3].mean() > 0.5) == (scheme == "light"), path.name

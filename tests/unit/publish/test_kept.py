"""publish.embedded.kept: what was made of the same is not made again."""

import pytest

from evaluation.publish.embedded.kept import Kept, digest


def test_a_result_is_made_once_and_read_in_a_later_rendering(tmp_path):
    made = []
    for _ in range(2):
        kept = Kept(tmp_path / "kept")
        value = kept.value(digest("page", "text"), lambda: made.append(1) or {"body": "æ"})
        assert value == {"body": "æ"}
    assert made == [1]


def test_what_a_rendering_did_not_ask_for_is_forgotten(tmp_path):
    first = Kept(tmp_path)
    first.get("old", lambda: b"old")
    first.get("both", lambda: b"both")
    second = Kept(tmp_path)
    second.get("both", lambda: pytest.fail("it is kept"))
    second.get("new", lambda: b"new")
    second.forget_others()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["both", "new"]


def test_nothing_is_kept_of_what_could_not_be_made(tmp_path):
    kept = Kept(tmp_path)
    with pytest.raises(ZeroDivisionError):
        kept.get("page", lambda: bytes(1 // 0))
    assert kept.get("page", lambda: b"made") == b"made"


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "bc"), ("ab", "c")), ((["a"], "b"), (["a", "b"],)), ((1,), ("1",)), ((None,), ("",))],
)
def test_what_differs_has_another_name(one, other):
    assert digest(*one) != digest(*other)
    assert digest(*one) == digest(*one)

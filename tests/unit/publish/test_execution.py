"""publish.execution: what is executed again."""

from conftest import copy_folder

from evaluation.publish.execution import work


def test_a_chapter_that_is_added_makes_the_ledger_old_and_no_other(tmp_path):
    folder = copy_folder(tmp_path / "evaluation")
    before = {job.file: job for job in work(folder, {"language": "da"}, print).chapters["da"]}
    book = folder / "_quarto.yml"
    chapter = "    - notebooks/44_capacity.ipynb\n"
    text = book.read_text("utf-8")
    assert chapter in text
    book.write_text(text.replace(chapter, f"{chapter}    - notebooks/45_more.ipynb\n"), "utf-8")
    (folder / "notebooks/45_more.ipynb").write_bytes(
        (folder / "notebooks/44_capacity.ipynb").read_bytes()
    )
    after = {job.file: job for job in work(folder, {"language": "da"}, print).chapters["da"]}
    changed = [file for file in before if before[file] != after[file]]
    assert changed == ["notebooks/93_number_ledger.ipynb"]
    assert "notebooks/45_more.ipynb" in after[changed[0]].chapters

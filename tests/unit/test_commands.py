"""cli: what a command takes and says, whatever stands in names and on its line."""

import os

import pytest
from refusals import refusal, tells

from evaluation.cli import main
from evaluation.exchange.reading.recognise import read_export

CONFIG = """\
languages: [en]
population: null
pipeline: [notebooks/10_clean.ipynb]
parameters: {language: {type: string, choices: [en]}}
"""


def test_a_name_that_a_terminal_would_obey_is_told_without_that(tmp_path, capsys):
    folder = tmp_path / "a\x1b[31mb\x1b]0;title\x07"
    folder.mkdir()
    (folder / "evaluation.yml").write_text(CONFIG, "utf-8")
    assert main(["upgrade", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "a [31mb ]0;title" in said and said.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "value", ["[x", "{a: b", "!!python/name:os.system", "\x1b[31m", "2026-13-45", "[" * 6_000]
)
def test_a_value_on_the_line_that_is_no_yaml_is_refused_in_words(value, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["build", "-p", f"wave={value}"])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "the value of wave is read as YAML" in said and "Traceback" not in said


def test_an_export_that_may_never_end_is_refused_before_it_is_opened(tmp_path):
    pipe = tmp_path / "answers.csv"
    os.mkfifo(pipe)
    tells(refusal(read_export, pipe), "answers.csv", "a file, or a folder with files", "save")

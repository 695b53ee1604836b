"""Commands that make and change folders, ended between their steps: all is there, or nothing."""

import os
import shutil
import subprocess
import sys

import pytest
from changes import COMMANDS, Scene, Trial, prepare
from kills import Plan

from evaluation.project.working import working_on

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("changes") / "prepared")


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_a_command_that_is_killed_between_two_files_changes_all_or_none(
    prepared, tmp_path, command
):
    trial = Trial(Scene(tmp_path, prepared), command)
    assert trial.after_an_end(Plan("SIGKILL", (trial.decides() + 3,))) == []


@pytest.mark.parametrize("what", ["SIGKILL", "SIGINT", "full"])
def test_a_command_that_is_ended_before_it_decides_changes_nothing(prepared, tmp_path, what):
    trial = Trial(Scene(tmp_path, prepared), COMMANDS[2])
    wrong = {at: trial.after_an_end(Plan(what, (at,))) for at in (1, trial.decides())}
    assert not any(wrong.values()), wrong


@pytest.mark.parametrize(
    ("command", "status"), [(("export", "mit", "ud"), 0), (("verify", "mit"), 2)]
)
def test_what_reads_a_folder_waits_for_who_writes_there(prepared, tmp_path, command, status):
    root = shutil.copytree(prepared / "mit", tmp_path / "mit")
    with working_on(root, pytest.fail):
        running = subprocess.Popen(
            [sys.executable, "-m", "evaluation.cli", *command],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        said = running.stdout.readline()
        assert said == f"process {os.getpid()} works on this folder; waiting until it is done\n"
        assert not (tmp_path / "ud").exists()
    running.communicate()
    assert running.returncode == status

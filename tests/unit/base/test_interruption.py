"""A command ends on Ctrl-C, wherever Python was when it came."""

import os
import signal
import subprocess
import sys

import pytest

from evaluation.base.interruption import check_interrupted, interruptible, not_cut_short

BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


class Asked:
    """Asks the process to end while it is deleted, where Python forgets what is raised."""

    def __init__(self, number):
        self.number = number

    def __del__(self):
        os.kill(os.getpid(), self.number)


@BOTH
def test_an_interruption_is_raised(number):
    with pytest.raises(KeyboardInterrupt), interruptible():
        os.kill(os.getpid(), number)


@BOTH
def test_one_that_python_loses_is_raised_later_and_nothing_is_printed(number, capfd):
    with pytest.raises(KeyboardInterrupt), interruptible():
        Asked(number)
        check_interrupted()
    assert capfd.readouterr().err == ""


@BOTH
def test_one_that_becomes_another_exception_is_itself_again(number):
    with pytest.raises(KeyboardInterrupt), interruptible():
        try:
            os.kill(os.getpid(), number)
        except KeyboardInterrupt:
            raise ImportError("what it imports failed") from None


def test_nothing_is_raised_where_nobody_asked_to_end():
    before = signal.getsignal(signal.SIGINT), sys.unraisablehook
    with pytest.raises(KeyboardInterrupt), interruptible():
        os.kill(os.getpid(), signal.SIGINT)
    # what comes after a command that was ended was not asked to end
    check_interrupted()
    with interruptible():
        check_interrupted()
    with pytest.raises(ZeroDivisionError), interruptible():
        raise ZeroDivisionError
    assert before == (signal.getsignal(signal.SIGINT), sys.unraisablehook)


@BOTH
def test_who_asks_again_while_it_is_cleaned_up_waits_for_it(number):
    done = []
    with pytest.raises(KeyboardInterrupt), interruptible():
        try:
            os.kill(os.getpid(), number)
        finally:
            with not_cut_short():
                os.kill(os.getpid(), number)
                done.append("cleaned up")
    assert done


@BOTH
def test_what_comes_while_something_is_done_whole_is_raised_after_it(number):
    done = []
    with pytest.raises(KeyboardInterrupt), interruptible():
        with not_cut_short(), not_cut_short():
            os.kill(os.getpid(), number)
            done.append("whole")
        done.append("more")
    assert done == ["whole"]


@pytest.mark.slow
def test_a_process_that_ignores_ctrl_c_goes_on_ignoring_it():
    code = (
        "import os, signal; from evaluation.base.interruption import interruptible\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "with interruptible(): os.kill(os.getpid(), signal.SIGINT)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Ctrl-C at any moment from the program's first line on: it ends with 130, and no trace is printed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.cli.undisturbed import interruptible

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="a process can't send Ctrl-C to itself alone")

IMPORTING = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
from rnn_tui.__main__ import start
sys.exit(start())
"""
"""The command, which is interrupted where a module is looked for."""
FORGETTING = """
import os, signal, sys
class Thing:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        list(range(3))
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            Thing()
sys.meta_path.insert(0, Finder())
{when}
from rnn_tui.__main__ import start
sys.exit(start())
"""
"""The command, which is interrupted where Python prints an exception, and goes on."""
WHEN = {
    "while it runs": {"name": "numpy", "when": ""},
    "at its exit": {"name": "", "when": "import atexit; atexit.register(lambda: Thing())"},
    "while threads end": {"name": "", "when": "import threading; threading._register_atexit(lambda: Thing())"},
}
NEVER = {"name": "", "when": ""}


def run(code, *arguments, ignoring=False):
    """The command in a process that may be interrupted, as a shell starts it, or that is to ignore it."""
    handler = signal.SIG_IGN if ignoring else signal.default_int_handler
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, handler),
    )


@posix
@pytest.mark.parametrize("name", ["rnn_tui.cli", "rnn_tui.cli.commands", "rnn_tui.cli.walk", "numpy", "numpy.linalg"])
def test_while_something_is_imported(name):
    done = run(IMPORTING.format(name=name), "walk")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@posix
def test_before_its_own_handler_stands():
    code = "import sys; sys.modules.pop('contextlib', None)\n" + IMPORTING.format(name="contextlib")
    done = run(code, "walk")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@posix
@pytest.mark.parametrize("when", WHEN)
def test_where_python_would_print_it_and_go_on(when):
    done = run(FORGETTING.format(**WHEN[when]), "walk")
    assert (done.returncode, done.stderr) == (130, "")


@posix
def test_what_was_printed_before_is_kept():
    whole = run(FORGETTING.format(**NEVER), "walk")
    cut = run(FORGETTING.format(**WHEN["at its exit"]), "walk")
    assert whole.returncode == 0
    assert cut.stdout == whole.stdout != ""


@posix
@pytest.mark.parametrize("when", WHEN)
def test_who_called_may_have_it_ignored(when):
    done = run(FORGETTING.format(**WHEN[when]), "walk", ignoring=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def mine():
    """A handler of somebody else's."""

    def handler(number, frame):
        raise AssertionError

    before = signal.signal(signal.SIGINT, handler)
    yield handler
    signal.signal(signal.SIGINT, before)


def test_work_that_keeps_what_it_has_is_interrupted_once(mine):
    with interruptible():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)  # and a second time says nothing new
    assert signal.getsignal(signal.SIGINT) is mine


def test_work_in_the_background_stays_deaf(mine):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with interruptible():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN

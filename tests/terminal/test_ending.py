"""The program ends by a signal, a closed window or a fault as by `q`: the terminal is as it was."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.screen import ALTERNATE_SCREEN

SIGNALS = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGALRM]


def opened(terminal, *arguments, **settings):
    screen = terminal(*arguments, columns=80, rows=24, **settings)
    screen.wait_for("word 1 of 3", "help")
    assert screen.is_taken
    return screen


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_gives_the_terminal_back(terminal, number):
    screen = opened(terminal)
    screen.program.process.send_signal(number)
    assert screen.program.wait() == 128 + number
    assert not screen.is_taken
    assert "Traceback" not in screen.text


@pytest.mark.parametrize("seed", range(6))
def test_a_signal_at_any_moment_leaves_no_terminal_behind(terminal, seed):
    # given a program that has just been started, perhaps with a dialog open, or playing
    generator = random.Random(seed)
    number = generator.choice(SIGNALS)
    screen = terminal(columns=80, rows=24)
    screen.program.read_until(lambda: False, timeout=generator.uniform(0.05, 0.9))
    screen.send(generator.choice(["", "e", "m", " ", "vV"]))
    screen.program.read_until(lambda: False, timeout=generator.choice([0, 0.05]))
    # when a signal comes
    screen.program.process.send_signal(number)
    # then it is over; before the program looks at signals at all, it has changed nothing
    assert screen.program.wait() in (128 + number, -number)
    assert not screen.is_taken


def test_keys_behind_the_one_that_quits_do_nothing(terminal):
    screen = opened(terminal)
    screen.send("qe?mc")
    assert screen.program.wait() == 0
    assert not screen.is_taken


def test_ctrl_c_ends_from_a_dialog_too(terminal):
    screen = opened(terminal)
    screen.send("e")
    screen.wait_for("Your words for")
    screen.send("\x03")
    assert screen.program.wait() == 130
    assert not screen.is_taken


def test_a_window_that_is_closed_leaves_no_process_behind(terminal):
    screen = opened(terminal)
    screen.program.hang_up()
    assert screen.program.process.wait(5) == 128 + signal.SIGHUP


def test_a_terminal_that_takes_nothing_more_doesnt_keep_the_program(terminal):
    # given a terminal whose window hangs: what is written to it is not read
    screen = opened(terminal)
    for _ in range(400):
        screen.send("right", "left")
    time.sleep(0.5)
    # when the program is to end
    screen.program.process.terminate()
    # then it does, and the line settings are the old ones
    assert screen.program.process.wait(8) == 128 + signal.SIGTERM
    assert screen.program.settings_now() == screen.program.settings


def test_a_signal_that_is_ignored_stays_ignored(terminal):
    # given a program that was started with nohup
    command = ("sh", "-c", f"trap '' HUP; exec {sys.executable} -m rnn_tui")
    screen = opened(terminal, command=command)
    screen.program.process.send_signal(signal.SIGHUP)
    screen.send("right")
    screen.wait_for("word 1 of 3 · 1 Multiply")


# Faults

FAULTY = """
import sys
from rnn_tui.cli import main
from rnn_tui.tui.panels.header import Header

drawn = Header.picture

def picture(self, *arguments):
    if self.app.size.width == 90:
        kept = ["a secret of the screen"] * 1000
        raise ZeroDivisionError("a number by nothing\\x1b[2J\\n" + "x" * 5000)
    return drawn(self, *arguments)

Header.picture = picture
sys.exit(main([]))
"""


def faulty(terminal, tmp_path, **settings):
    screen = opened(
        terminal, command=(sys.executable, "-c", FAULTY), XDG_STATE_HOME=str(tmp_path / "state"), **settings
    )
    screen.resize(90, 24)
    assert screen.program.wait() == 1
    assert not screen.is_taken
    return screen, " ".join(screen.program.text.rpartition("rnn-tui: ")[2].split())


def test_a_fault_in_a_panel_is_one_line_and_a_report(terminal, tmp_path):
    # given a panel that can't be drawn at one width, when the window gets it
    screen, said = faulty(terminal, tmp_path)
    # then the program is over, and says in one line what has gone wrong and where the report lies
    assert said.startswith("a fault inside the program, which is not yours: ZeroDivisionError: a number by nothing")
    assert "Traceback" not in screen.program.text
    (report,) = (tmp_path / "state").rglob("*.txt")
    assert said.endswith(f"a report is in {report}")
    assert len(said) < 600
    # and the report is for who mends it: the trace, without what any variable held
    written = report.read_text(encoding="utf-8")
    assert len(written) < 20_000
    assert "ZeroDivisionError" in written
    assert 'File "<string>", line ' in written
    assert ", in picture" in written
    assert "secret" not in written
    assert report.stat().st_mode & 0o077 == 0


def test_where_the_log_folder_cant_be_written_the_report_lies_elsewhere(terminal, tmp_path):
    (tmp_path / "state").write_text("a file in the way", encoding="utf-8")
    (tmp_path / "temp").mkdir()
    _, said = faulty(terminal, tmp_path, TMPDIR=str(tmp_path / "temp"))
    (report,) = (tmp_path / "temp").iterdir()
    assert said.endswith(f"a report is in {report}")


# Stopping


def state(screen):
    """The state of the process: S asleep, T stopped."""
    return Path(f"/proc/{screen.program.process.pid}/stat").read_text().rpartition(")")[2].split()[0]


def another_thread(screen):
    """A thread of the process that is not its first; a signal sent to its number is offered to it before the others."""
    first = screen.program.process.pid
    return next(number for number in map(int, os.listdir(f"/proc/{first}/task")) if number != first)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it is looked at in /proc")
class TestStopping:
    @pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP], ids=lambda number: number.name)
    def test_it_stops_and_draws_all_anew(self, terminal, number):
        screen = opened(terminal)
        before = list(screen.lines)
        # when it is stopped, then the terminal is given back, where it could be
        screen.program.process.send_signal(number)
        assert screen.program.read_until(lambda: state(screen) == "T", 5)
        screen.program.settle(0.05)
        assert screen.is_taken == (number == signal.SIGSTOP)
        # when a shell has written over the screen, and it goes on, then all of it is as it was
        screen.emulator.reset()
        screen.program.process.send_signal(signal.SIGCONT)
        assert screen.program.read_until(lambda: screen.lines == before, 5), screen.text
        screen.send("right")
        screen.wait_for("word 1 of 3 · 1 Multiply")
        screen.send("q")
        assert screen.program.wait() == 0
        assert not screen.is_taken

    def test_a_signal_that_strikes_another_thread_is_seen(self, terminal):
        # given a program that waits for a key
        screen = opened(terminal)
        screen.program.settle(0.3)
        before = list(screen.lines)
        # when the thread that reads gets the signal, not the one that waits
        screen.emulator.reset()
        os.kill(another_thread(screen), signal.SIGCONT)
        # then all is drawn anew
        assert screen.program.read_until(lambda: screen.lines == before, 5), screen.text
        # and so it is with a signal that ends
        screen.program.settle(0.3)
        os.kill(another_thread(screen), signal.SIGTERM)
        assert screen.program.wait() == 128 + signal.SIGTERM
        assert not screen.is_taken

    def test_a_window_that_was_resized_meanwhile_is_believed(self, terminal):
        screen = opened(terminal)
        screen.program.process.send_signal(signal.SIGTSTP)
        assert screen.program.read_until(lambda: state(screen) == "T", 5)
        screen.resize(120, 36)
        screen.program.process.send_signal(signal.SIGCONT)
        screen.wait_for("4 hidden units", "arithmetic")

    def test_ctrl_z_goes_back_to_the_shell_and_fg_comes_here(self, terminal):
        # given the program as a job of a shell
        screen = terminal(command=("bash", "--norc", "--noprofile", "-i"), columns=80, rows=24, PS1="shell$ ")
        screen.wait_for("shell$")
        screen.send(f"{sys.executable} -m rnn_tui\n")
        screen.wait_for("word 1 of 3", "help")
        # when it is stopped with its key, then the shell is there
        screen.send("\x1a")
        screen.wait_for("Stopped", "shell$")
        assert ALTERNATE_SCREEN not in screen.emulator.modes
        screen.send("stty -a | grep -o ' echo '; echo sum $((20 + 3))\n")
        screen.wait_for("sum 23", " echo ")
        # and fg brings back all of it
        screen.emulator.reset()
        screen.send("fg\n")
        screen.wait_for("word 1 of 3", "Memory", "help")
        screen.emulator.reset()
        screen.send("q")
        screen.wait_for("shell$")
        assert ALTERNATE_SCREEN not in screen.emulator.modes
        screen.send("echo code $?\n")
        screen.wait_for("code 0")

    def test_one_that_is_started_in_the_background_draws_when_it_comes_to_the_front(self, terminal):
        screen = terminal(command=("bash", "--norc", "--noprofile", "-i"), columns=80, rows=24, PS1="shell$ ")
        screen.wait_for("shell$")
        screen.send(f"{sys.executable} -m rnn_tui & wait; echo wai''ted\n")
        screen.wait_for("waited")
        screen.send("fg\n")
        screen.wait_for("word 1 of 3", "Memory", "help")
        screen.send("q")
        assert screen.program.read_until(lambda: ALTERNATE_SCREEN not in screen.emulator.modes)

    def test_without_a_shell_ctrl_z_doesnt_freeze_the_window(self, terminal):
        screen = opened(terminal)
        screen.send("\x1a")
        screen.program.settle(0.3)
        screen.send("right")
        screen.wait_for("word 1 of 3 · 1 Multiply", "help")


def test_other_signals_than_those_of_the_program_are_left_to_who_called(tmp_path):
    # given somebody else's handlers, when the program is opened and closed in the same process, then they are theirs
    from rnn_tui.tui.terminal.ending import Ending

    def mine(number, frame):
        raise AssertionError

    before = signal.signal(signal.SIGUSR1, mine)
    try:
        with Ending(lambda number: None):
            assert signal.getsignal(signal.SIGUSR1) is not mine
        assert signal.getsignal(signal.SIGUSR1) is mine
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_before_there_is_a_loop_a_signal_ends_at_once():
    from rnn_tui.tui.terminal.ending import Ending

    def killed():
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)

    with pytest.raises(SystemExit) as ended, Ending(lambda number: None):
        killed()
    assert ended.value.code == 143

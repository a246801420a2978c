"""The command line as a whole: exit codes, streams, and what must not be imported."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from rnn_tui import __version__
from rnn_tui.cli import main, models
from rnn_tui.cli.commands import COMMANDS
from rnn_tui.network.storage import save
from tests.builders import build


def complaint(capsys):
    """What was printed on stderr, which must be one line, with nothing on stdout."""
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("rnn-tui: ")
    assert streams.err.count("\n") == 1
    assert streams.err.endswith("\n")
    return streams.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["-m", "kickng-and-screaming"], 1, "did you mean “kicking-and-screaming”?"),
        (["trace", "-m", "nowhere.safetensors"], 1, "no such model file"),
        (["trace", "-s", ""], 2, "the sentence is empty; give it at least one word"),
        (["trace", "-s", "  \t "], 2, "the sentence is empty"),
        (["--at", "9:add"], 2, "the sentence has 3 words, so 1 to 3"),
        (["walk", "--at", "1:blend"], 2, "no phase is called “blend”"),
        (["walk", "--at", "first"], 2, "expected WORD:PHASE"),
        (["walk", "--unit", "5"], 2, "the model has 4 hidden units, so 1 to 4"),
        (["walk", "--unit", "two"], 2, "invalid int value"),
        (["--frobnicate"], 2, "unrecognized arguments: --frobnicate"),
        (["trace", "-s"], 2, "expected one argument"),
        (["wlak"], 2, "no command is called “wlak” (did you mean “walk”?)"),
        (["Kicking"], 2, "a sentence goes after -s, in quotation marks"),
        (["-s", "Kicking", "and", "screaming"], 2, "a sentence of several words goes in quotation marks"),
        (["-s", "dog", "trace"], 2, "trace comes first: rnn-tui trace …"),
        (["-m", "\x1b[31mred\x1b[0m"], 1, "no model is called “␛[31mred␛[0m”"),
    ],
)
def test_what_is_wrong_is_one_line_and_an_exit_code(capsys, arguments, code, says):
    assert main(arguments) == code
    assert says in complaint(capsys)


def test_a_file_that_is_no_model(capsys, tmp_path):
    path = tmp_path / "text.safetensors"
    path.write_text("this is no model")
    assert main(["trace", "-m", str(path)]) == 1
    assert "no safetensors file" in complaint(capsys)


def test_a_number_that_is_none(capsys, shelf_of):
    shelf_of(series=build(inputs="number"))
    assert main(["trace", "-m", "series", "-s", "1 two 3"]) == 2
    assert "“two” is no number" in complaint(capsys)


def test_a_large_file_is_opened_when_asked(capsys, shelf_of, monkeypatch):
    # given a limit that the file exceeds
    folder = shelf_of(small=build())
    monkeypatch.setattr("rnn_tui.network.storage.MAX_BYTES", 100)
    path = str(folder / "small.safetensors")
    # when it is opened, then it is refused with the option that lifts the limit, which does
    assert main(["trace", "-m", path, "-s", "dog"]) == 1
    assert "--allow-large" in complaint(capsys)
    assert main(["trace", "-m", path, "-s", "dog", "--allow-large"]) == 0


def test_a_model_without_examples_needs_a_sentence(capsys, shelf_of):
    shelf_of(bare=build(examples=()))
    assert main(["trace", "-m", "bare"]) == 2
    assert "brings no sentence of its own; give it one with -s" in complaint(capsys)
    assert main(["trace", "-m", "bare", "-s", "dog"]) == 0


def test_the_default_sentence_is_the_models_first_example(capsys, small):
    assert main(["trace", "-m", "small"]) == 0
    assert "word 1 of 5: the" in capsys.readouterr().out
    assert main(["trace"]) == 0
    assert "word 3 of 3: screaming" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--help"], ["models", "--help"], ["trace", "--help"], ["walk", "--help"]])
def test_help_has_an_example(capsys, arguments):
    assert main(arguments) == 0
    streams = capsys.readouterr()
    assert "examples:\n  rnn-tui" in streams.out
    assert streams.err == ""


def test_the_main_help_has_commands_and_exit_codes(capsys):
    main(["--help"])
    text = capsys.readouterr().out
    assert "exit codes: 0 done, 1 it could not be done, 2 the call is wrong" in text
    assert all(command in text for command in COMMANDS)


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"rnn-tui {__version__}\n"


def test_ctrl_c_is_quiet(capsys, monkeypatch):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "models", lambda: replace(models.COMMAND, run=interrupted))
    assert main(["models"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_nothing_heavy_is_imported_to_say_what_it_is(command, argument):
    # given a process that prints its modules at its end
    code = f"import sys; from rnn_tui.cli import main; main([{argument!r}]); print(*sys.modules, sep='\\n')"
    done = command(python=("-c", code), text=True)
    modules = set(done.stdout.splitlines())
    # then
    assert "rnn_tui.cli" in modules
    assert not {"numpy", "rich", "textual", "safetensors", "platformdirs", "json"} & modules


def test_walk_and_trace_need_no_textual(command):
    for name in ("walk", "trace", "models"):
        code = f"import sys; from rnn_tui.cli import main; main([{name!r}]); print(*sys.modules, sep='\\n')"
        modules = set(command(python=("-c", code), text=True).stdout.splitlines())
        assert "numpy" in modules
        assert "textual" not in modules


def test_the_command_as_a_process(command):
    done = command("trace", "-s", "dog", text=True)
    assert (done.returncode, done.stderr) == (0, "")
    wrong = command("trace", "-m", "nothing-like-it", text=True)
    assert wrong.returncode == 1
    assert wrong.stdout == ""
    assert wrong.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["walk", "trace", "models", "--help"])
def test_a_broken_pipe_is_silent(name):
    # given a reader that is gone before the first line comes
    code = f"import time; time.sleep(0.3); from rnn_tui.cli import main; raise SystemExit(main([{name!r}]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    complaint = process.stderr.read()
    # then
    assert process.wait(30) == 0
    assert complaint == b""


class Unread(io.StringIO):
    """A pipe that nobody reads any more, as Windows tells it."""

    def write(self, text):
        raise OSError(22, "Invalid argument")

    def fileno(self):
        return os.open(os.devnull, os.O_WRONLY)


@pytest.mark.parametrize(("platform", "code", "lines"), [("win32", 0, 0), ("linux", 1, 1)])
def test_a_broken_pipe_of_windows_is_silent_there(monkeypatch, capsys, small, platform, code, lines):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "stdout", Unread())

    assert main(["trace", "-m", "small", "-s", "dog"]) == code
    assert capsys.readouterr().err.count("\n") == lines


def test_a_full_disk_is_one_line(command):
    with open("/dev/full", "wb") as full:
        done = command("trace", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr == b"rnn-tui: it could not be done: No space left on device\n"


def test_streams_that_are_closed_are_no_traceback():
    # given a shell that closes the streams, when the command runs, then
    script = f"{sys.executable} -m rnn_tui trace >&- ; echo $?; {sys.executable} -m rnn_tui trace <&- 2>&- | head -n 1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.stdout == "0\nkicking-and-screaming · Elman tanh · 4 units\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("name", ["walk", "trace", "models", "--help"])
def test_every_terminal_gets_what_it_can_show(command, encoding, name):
    # given a terminal of this encoding and a sentence that it may lack
    sentence = ["-s", "screaming 日本 é"] if name in ("walk", "trace") else []
    done = command(name, *sentence, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    # then nothing fails, and a minus is still a minus
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    if name == "trace":
        assert ("−0.70" if encoding == "utf-8" else "-0.70") in text
        assert ("日本" in text) == (encoding == "utf-8")
        assert ("é" in text) == (encoding != "ascii")


def test_bytes_that_are_no_text(command, tmp_path):
    # given a sentence and a path that are not UTF-8
    done = command("trace", "-s", b"dog \xff\xfe")
    assert done.returncode == 0
    missing = command("trace", "-m", bytes(tmp_path) + b"/\xff.safetensors")
    assert missing.returncode == 1
    assert missing.stderr.startswith(b"rnn-tui: ")


def test_python_dash_m(command):
    assert command("--version", text=True).stdout == f"rnn-tui {__version__}\n"


def test_a_sentence_may_start_with_a_dash(capsys, shelf_of):
    shelf_of(series=build(inputs="number"))
    assert main(["trace", "-m", "series", "-s", "-1.5 2"]) == 0
    assert main(["trace", "-m", "series", "--sentence=-1.5"]) == 0
    assert "number 1 of 1: -1.5" in capsys.readouterr().out


def test_two_models_of_one_file(capsys, tmp_path):
    # given a model outside the shelf, when it is named by its path, then it is opened
    save(build(name="mine"), tmp_path / "other.safetensors")
    assert main(["trace", "-m", str(tmp_path / "other.safetensors"), "-s", "dog"]) == 0
    assert capsys.readouterr().out.startswith("mine · Elman tanh · 3 units\n")

"""The options of a scene: every command that takes one takes all of them."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys

import pytest

from rnn_tui.cli import main
from rnn_tui.cli.commands import COMMANDS, PLAIN
from rnn_tui.options.sentences import MOST_BYTES
from rnn_tui.scene import Position
from rnn_tui.scene_text import arguments_of
from tests.cli.test_main import complaint

TAKE_A_SCENE = {
    "trace": ["trace"],
    "walk": ["walk"],
    "lens": ["lens", "memory"],
    "export": ["export", "-o", "a.json"],
    "": [],
}
WHOLE = [
    *("-m", "kicking-and-screaming", "-s", "The dog barked", "--edit", "scale-memory 0.5", "--edit", "drop 1"),
    *("--at", "2:add", "--unit", "2", "--lens", "path", "--full", "--notation", "--arithmetic", "--hide", "--what-if"),
]


@pytest.mark.parametrize("name", TAKE_A_SCENE)
def test_the_whole_of_a_scene_is_taken(name):
    # given the parser of a command, when it reads all the options of a scene, then none is missing
    command = COMMANDS[name]() if name else PLAIN()
    words = [*TAKE_A_SCENE[name][1:], *WHOLE]
    read = command.parser().parse_args(words)
    assert (read.lens, read.full, read.what_if, read.hide, read.notation, read.arithmetic) == ("path", *[True] * 5)
    assert (read.at, read.unit, read.edit) == ("2:add", 2, ["scale-memory 0.5", "drop 1"])


@pytest.mark.parametrize("name", [name for name in TAKE_A_SCENE if name])
def test_the_whole_of_a_scene_runs(name, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*TAKE_A_SCENE[name], *WHOLE]) == 0
    assert capsys.readouterr().err == ""


def test_how_a_scene_is_shown_changes_no_trace(capsys):
    plain, shown = WHOLE[:8], WHOLE
    assert main(["trace", "--json", *plain]) == 0
    before = capsys.readouterr().out
    assert main(["trace", "--json", *shown]) == 0
    assert capsys.readouterr().out == before


def test_the_lens_of_a_scene_gives_way_to_the_one_that_is_named(capsys):
    assert main(["lens", "memory", "--lens", "path", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lens"] == "memory"


def test_a_scene_that_is_none_is_a_wrong_call_of_a_trace_too(capsys):
    assert main(["trace", "--unit", "9"]) == 2
    assert "the model has 4 hidden units" in complaint(capsys)


def test_a_comparison_takes_what_a_scene_has_and_it_does_not_show(capsys):
    assert (
        main(["compare", "-s", "dog", "-s", "cat", "--full", "--arithmetic", "--what-if", "--present", "--json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["format"] == 1


# --sentence-file


def words_of(capsys, *arguments):
    """The tokens of a trace."""
    assert main(["trace", "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)["tokens"]


@pytest.mark.parametrize(
    "content",
    [b"The dog barked", b"The dog barked\n", b"The dog\r\nbarked\r\n", b"\xef\xbb\xbfThe dog barked\n"],
    ids=["bare", "line end", "two lines", "byte order mark"],
)
def test_a_sentence_is_read_from_a_file(capsys, tmp_path, content):
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    assert words_of(capsys, "--sentence-file", str(path)) == ["the", "dog", "barked"]


def test_a_file_of_home_and_one_whose_name_begins_with_a_dash(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-x.txt").write_text("dog", encoding="utf-8")
    assert words_of(capsys, "--sentence-file", "~/-x.txt") == ["dog"]
    assert words_of(capsys, "--sentence-file=-x.txt") == ["dog"]


def given_stdin(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="ascii"))


def test_a_sentence_is_read_from_standard_input(capsys, monkeypatch):
    given_stdin(monkeypatch, "screaming dög\n".encode())
    assert main(["walk", "--sentence-file", "-"]) == 0
    assert "The sentence “screaming dög”: 2 words." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (None, 1, "text.txt: can't be read: No such file or directory"),
        (b"dog \xff", 1, "text.txt: byte 0xff is not UTF-8; save the text as UTF-8"),
        (b" " * (MOST_BYTES + 1), 1, "text.txt: is larger than 10 MB"),
        (b"", 2, "the sentence is empty"),
    ],
)
@pytest.mark.parametrize("command", [["trace"], ["walk"], ["lens", "path"], [], ["compare", "-s", "dog"]], ids=" ".join)
def test_a_file_that_holds_no_sentence_is_one_line(capsys, tmp_path, command, content, code, says):
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    assert main([*command, "--sentence-file", str(path)]) == code
    assert says in complaint(capsys)


def test_a_folder_and_a_path_that_is_none(capsys, tmp_path):
    assert main(["trace", "--sentence-file", str(tmp_path)]) == 1
    assert f"{tmp_path}: can't be read: Is a directory" in complaint(capsys)
    assert main(["trace", "--sentence-file", "a\0b"]) == 1
    assert "is no path of a file" in complaint(capsys)


@pytest.mark.parametrize("command", [["trace"], ["walk"], ["lens", "path"], []], ids=" ".join)
def test_a_sentence_and_a_file_are_a_wrong_call(capsys, command):
    assert main([*command, "-s", "dog", "--sentence-file", "-"]) == 2
    assert "argument --sentence-file: not allowed with argument -s/--sentence" in complaint(capsys)


def test_the_sides_of_a_comparison_are_read_in_their_order(capsys, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("dog", encoding="utf-8")
    for arguments, expected in (
        (["--sentence-file", str(path), "-s", "cat"], ["dog", "cat"]),
        (["-s", "cat", "--sentence-file", str(path)], ["cat", "dog"]),
    ):
        assert main(["compare", "--json", *arguments]) == 0
        written = json.loads(capsys.readouterr().out)
        assert [written[side]["tokens"] for side in ("a", "b")] == [[word] for word in expected]


def test_standard_input_is_read_once(capsys):
    assert main(["compare", "--sentence-file", "-", "--sentence-file", "-"]) == 2
    assert "standard input can be read once" in complaint(capsys)


def test_standard_input_that_is_closed_is_one_line():
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m rnn_tui trace --sentence-file - <&-"], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"rnn-tui: standard input: is closed, so there is no sentence in it\n"


def test_a_walk_through_a_piped_sentence_still_waits_for_enter_at_a_terminal():
    # given a terminal, and a sentence that comes through a pipe
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["COLUMNS"] = "80"
        script = f"echo dog | {sys.executable} -m rnn_tui walk --sentence-file -"
        os.execvp("sh", ["sh", "-c", script])
    # when it has read the sentence, then it takes the next step only on Enter, and ends with the input
    shown = b""
    while b"ends the walk." not in shown or not shown.endswith(b"\r\n"):
        shown += os.read(terminal, 4096)
    for key in (b"\n", b"\x04"):
        os.write(terminal, key)
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:  # it is closed
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert "The sentence “dog”: 1 word.".encode() in shown
    assert b"Multiply" in shown
    assert b"Squash:" not in shown


def test_the_command_of_a_scene_holds_the_sentence_and_not_the_file(tmp_path):
    from rnn_tui.cli.opening import open_scene

    path = tmp_path / "text.txt"
    path.write_text("-dog barked\n", encoding="utf-8")
    scene, trace = open_scene(PLAIN().parser().parse_args(["--sentence-file", str(path)]))
    assert scene.position == Position()
    assert "--sentence=-dog barked" in arguments_of(scene, trace.model.floors)

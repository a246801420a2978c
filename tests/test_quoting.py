"""Commands that are printed."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.quoting import command_line
from rnn_tui.text import printable

BASH = shutil.which("bash")


def read_by_bash(line):
    """What a shell makes of a line: its words, as bytes."""
    done = subprocess.run(
        [BASH, "-c", f"printf '%s\\0' {line}"], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    return done.stdout.split(b"\0")[:-1]


def test_plain_words_are_quoted_as_everywhere():
    words = ["rnn-tui", "-s", "it's a dog", "--edit", "set weight_hh[1,2] 0.25", "日本 é −1"]

    assert command_line(words) == shlex.join(words)


def test_what_a_terminal_obeys_stands_as_octal_bytes():
    assert command_line(["a\x1b[31mb", "two\nlines", "it's\\\t"]) == r"$'a\033[31mb' $'two\012lines' $'it\'s\\\011'"
    assert command_line(["no\u202ebidi", "caf\udce9"]) == r"$'no\342\200\256bidi' $'caf\351'"


@pytest.mark.skipif(BASH is None, reason="needs a bash to read it")
@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1))
@settings(deadline=None, max_examples=40)
def test_a_shell_reads_back_what_was_meant_and_a_terminal_obeys_nothing(words):
    line = command_line(words)

    assert printable(line) == line
    assert read_by_bash(line) == [word.encode() for word in words]


@pytest.mark.skipif(BASH is None, reason="needs a bash to read it")
def test_bytes_that_are_no_text_come_back_as_they_were():
    assert read_by_bash(command_line([b"dog \xff\xe9".decode("utf-8", "surrogateescape")])) == [b"dog \xff\xe9"]


def test_half_a_character_is_no_traceback():
    assert command_line(["\ud800"]) == r"$'\355\240\200'"


# Windows


def read_by_a_program_on_windows(line):
    """The words of a command line, as Microsoft's C runtime takes them (“Parsing C command-line arguments”)."""
    words, word, quoted, at = [], None, False, 0
    while at < len(line):
        run = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += run
        mark = at < len(line) and line[at] == '"'
        if run:
            word = (word or "") + "\\" * (run // 2 if mark else run)
            if mark and run % 2:
                word, at = word + '"', at + 1
        elif mark:
            word, quoted, at = word or "", not quoted, at + 1
        elif line[at] == " " and not quoted:
            words, word, at = words + ([] if word is None else [word]), None, at + 1
        else:
            word, at = (word or "") + line[at], at + 1
    return words + ([] if word is None else [word])


@pytest.fixture(scope="module")
def windows():
    """Tell the program that it runs on Windows."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "platform", "win32")
        yield


def test_words_on_windows_stand_in_quotation_marks_where_a_shell_would_read_signs(windows):
    words = [
        "rnn-tui",
        "-m",
        "C:\\my models\\a.safetensors",
        "--at",
        "4:add",
        "it's",
        "no,yes",
        "",
        "..\\a",
        "C:\\a b\\",
    ]

    assert command_line(words) == (
        'rnn-tui -m "C:\\my models\\a.safetensors" --at 4:add "it\'s" "no,yes" "" ..\\a "C:\\a b\\\\"'
    )
    # of which PowerShell would make two words, and the command prompt a pipe
    assert command_line(["--sentence=-1.5", "a|b", "two\nlines"]).count('"') == 6


@given(st.lists(st.text(st.one_of(st.sampled_from('"\\ a'), st.characters())), min_size=1))
@settings(deadline=None, max_examples=200)
def test_a_program_on_windows_reads_back_what_was_meant(windows, words):
    words = [printable(word) for word in words]

    assert read_by_a_program_on_windows(command_line(words)) == words

"""Commands that are printed."""

from __future__ import annotations

import shlex
import shutil
import subprocess

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

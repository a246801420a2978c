"""Damaged and hostile lesson files: each is told, or its faults are said with their lines."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from rnn_tui.network.storage import save
from tests.builders import build
from tests.hardening import lesson_files
from tests.hardening.cases import Fault
from tests.hardening.oracles import check, controls
from tests.hardening.running import call, call_apart

pytestmark = pytest.mark.hardening
KIND, TOTAL, CHUNK = "lesson", 800, 40
SECONDS = 8.0
"""Seconds of the processor: a lesson of two hundred scenes opens each of them, and prints what is there to see."""
APART = 0.02
LONGEST = 2_100
NAME = Path("lesson.md")
SAID = re.compile(r"lesson\.md:([1-9][0-9]*): .{5,}|lesson\.md: \d+ faults? more")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, with a model beside the lesson."""
    save(build(), tmp_path / "own.safetensors")
    monkeypatch.setenv("XDG_DATA_HOME", os.devnull)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_lesson_is_told_or_refused_with_its_lines(cases, folder):
    there = {*os.listdir(), NAME.name}

    def one(chance):
        content = lesson_files.hostile(chance)
        NAME.write_bytes(content)
        chance.choice((told, checked, checked))(chance, content)
        if left := set(os.listdir()) - there:
            raise Fault(f"leaves {sorted(left)}")

    cases.each(one)


def told(chance, content):
    """Tell it, with answers of any kind."""
    answers = chance.choice([b"", b"1\n" * 40, b"maybe\n2\n\xff\n", b"0.5\n" * 20, b"\n" * 100])
    apart = chance.random() < APART
    called = call_apart("lesson", NAME.name, "--plain", stdin=answers, folder=Path.cwd()) if apart else call(
        "lesson", NAME.name, "--plain", stdin=answers
    )  # fmt: skip
    ended = check(called, seconds=SECONDS, apart=apart)
    if ended.code == 0 and "That was the lesson." not in ended.text:
        raise Fault("ends with 0 before the end")


def checked(chance, content):
    """Check it; each line of stderr is a fault with a line that the file has."""
    ended = call("lesson", "--check", NAME.name)
    lines = ended.complaint.splitlines()
    if ended.code == 1 and lines and not lines[0].startswith("rnn-tui: "):
        check_faults(lines, content)
        ended = replace(ended, err=f"rnn-tui: {lines[0][:1000]}\n".encode())
    check(ended, seconds=SECONDS)
    if ended.code == 0 and "no faults" not in ended.text:
        raise Fault("ends with 0 and says nothing")


def check_faults(lines, content):
    """Raise Fault where a line names no line of the file, says nothing, or is longer than can be read."""
    count = len(re.split(rb"\r\n|\r|\n", content))
    for line in lines:
        match = SAID.fullmatch(line)
        if match is None:
            raise Fault(f"is no fault with its line: {line!r:.300}")
        if match[1] and int(match[1]) > count:
            raise Fault(f"names line {match[1]} of {count}")
        if len(line) > LONGEST or controls(line):
            raise Fault(f"a fault of {len(line)} characters, or with {controls(line)}")

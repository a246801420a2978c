"""The oracles see what they are there to see, and nothing in what is well."""

from __future__ import annotations

import random
import signal
import time
import warnings
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.cli import commands
from rnn_tui.cli.command import Command
from rnn_tui.network.errors import ModelFileError, UserError
from rnn_tui.network.storage import load, save
from rnn_tui.scene import Position, Reading
from tests.builders import build
from tests.hardening import model_files, model_parts, test_kills, test_lessons, test_model_files, texts
from tests.hardening.cases import Fault
from tests.hardening.model_files import Hostile
from tests.hardening.oracles import check, faults, json_of
from tests.hardening.reopening import check_printed, reopened
from tests.hardening.running import MIB, Ended, call, call_apart
from tests.hardening.walks import Walk

WELL = Ended(["trace"], 0, b"a line\n", b"")
REFUSED = Ended(["trace"], 1, b"", b"rnn-tui: x.safetensors: is cut short; copy it again\n")
TRACE = {"tokens": ["a"], "steps": [{"t": 0, "token": "a", "h": [0.5], "probs": [0.25, 0.75]}]}


@pytest.mark.parametrize("ended", [WELL, REFUSED])
def test_nothing_is_wrong_with_what_is_well(ended):
    assert faults(ended) == []
    assert check(ended) is ended


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (replace(WELL, code=3), "exit code 3"),
        (replace(WELL, code=None), "hangs"),
        (replace(WELL, escaped=KeyError("x")), "KeyError leaves main"),
        (replace(WELL, out=b"\x1b[2J"), "stdout has U+001B"),
        (replace(WELL, out=b"a\tb"), "U+0009"),
        (replace(WELL, out="\x9b1m".encode()), "U+009B"),
        (replace(WELL, out="\u202eabc".encode()), "U+202E"),
        (replace(WELL, out=b"\xff"), "U+DCFF"),
        (replace(REFUSED, err=REFUSED.err + b"\x07"), "stderr has U+0007"),
        (replace(REFUSED, err=b"Traceback (most recent call last):\n  x\nKeyError\n"), "has a traceback"),
        (replace(WELL, err=b"x.py:3: RuntimeWarning: overflow\n"), "a warning"),
        (replace(WELL, warned=("RuntimeWarning: overflow",)), "warns: RuntimeWarning"),
        (replace(REFUSED, err=REFUSED.err * 2), "2 lines on stderr"),
        (replace(REFUSED, err=b""), "0 lines on stderr"),
        (replace(REFUSED, err=b"rnn-tui: no\n"), "says nothing"),
        (replace(REFUSED, err=b"rnn-tui: " + b"x" * 2000), "has 2009 characters"),
        (replace(REFUSED, err=b"rnn-tui: a fault inside the program: KeyError\n"), "fault inside the program"),
        (replace(WELL, seconds=2.5), "2.5 s of the processor"),
        (replace(WELL, seconds=13.0, out=b"x" * 2_000_000), "13.0 s of the processor, more than 12"),
        (replace(WELL, grown=400.0), "400 MiB"),
    ],
)
def test_what_is_not_well_is_said(changed, said):
    found = faults(changed)

    assert any(said in fault for fault in found)
    with pytest.raises(Fault):
        check(changed)


def test_a_command_that_says_how_it_goes_may_have_more_lines():
    assert faults(replace(REFUSED, err=b"epoch 1\n" + REFUSED.err), talks=True) == []


def broken(run):
    """A command that does this and nothing else."""
    return lambda: Command("broken", "", "", "", lambda parser: None, run)


def raises(arguments):
    raise KeyError("nobody catches it")


def warns(arguments):
    warnings.warn("overflow", RuntimeWarning, stacklevel=1)
    return 0


def obeys(arguments):
    print("\x1b[2J")  # noqa: T201
    return 0


def wastes(arguments):
    np.ones(260 * MIB // 8).sum()
    return 0


def spins(arguments):
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    return 0


@pytest.mark.parametrize(
    ("does", "limits", "said"),
    [
        (raises, {}, "KeyError"),
        (warns, {}, "RuntimeWarning"),
        (obeys, {}, "U+001B"),
        (wastes, {}, "MiB, more than"),
        (spins, {"seconds": 0.1}, "s of the processor, more than"),
    ],
)
def test_what_a_command_does_is_seen(monkeypatch, tmp_path, does, limits, said):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setitem(commands.COMMANDS, "broken", broken(does))

    assert any(said in fault for fault in faults(call("broken"), **limits))


def test_a_call_has_its_streams_and_its_code():
    ended = call("trace", "--sentence-file", "-", stdin=b"the dog")
    assert (ended.code, ended.err) == (0, b"")
    assert "dog" in ended.text
    apart = call_apart("trace", "-m", "nosuch")
    assert apart.code == 1
    assert 20 < apart.grown < 300
    assert faults(apart, apart=True) == []


@pytest.mark.parametrize(
    "line",
    ["lesson.md:4: is wrong somehow", "lesson.md: is wrong somehow", "lesson.md:1: ", "lesson.md:1: wrong \u202e",
     f"lesson.md:1: {'x' * 3000}", "rnn-tui: lesson.md:1: is wrong"],
)  # fmt: skip
def test_a_fault_of_a_lesson_that_says_nothing_or_names_no_line_is_seen(line):
    test_lessons.check_faults(["lesson.md:3: is wrong somehow", "lesson.md: 3 faults more"], b"a\r\nb\rc")
    with pytest.raises(Fault):
        test_lessons.check_faults([line], b"a\r\nb\rc")


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": -Infinity}', "{", ""])
def test_json_with_what_is_no_number_is_none(text):
    with pytest.raises(Fault):
        json_of(text)


@pytest.mark.parametrize(
    "trace",
    [
        {**TRACE, "tokens": ["a", "b"]},
        {**TRACE, "steps": [{**TRACE["steps"][0], "h": [None]}]},
        {**TRACE, "steps": [{**TRACE["steps"][0], "probs": [0.5, 0.75]}]},
    ],
)
def test_a_trace_that_is_not_whole_is_seen(trace):
    test_model_files.check_whole(TRACE)
    with pytest.raises(Fault):
        test_model_files.check_whole(trace)


GROWN = {**TRACE["steps"][0], "h": [None]}
LARGE = {**TRACE["steps"][0], "h": [-3e37]}


@pytest.mark.parametrize(
    ("steps", "weight"),
    [([GROWN], 1e38), ([LARGE, GROWN], 2.0), ([LARGE, GROWN, TRACE["steps"][0], GROWN], 2.0)],
)
def test_null_stands_for_what_grows_beyond_all_bounds(steps, weight):
    trace, weights = {"tokens": ["a"] * len(steps), "steps": steps}, [np.full((1, 1), weight, np.float32)] * 9
    test_model_files.check_whole(trace, weights)
    steps[-1] = {**GROWN, "h": ["NaN"]}
    with pytest.raises(Fault):
        test_model_files.check_whole(trace, weights)


@pytest.mark.parametrize("steps", [[GROWN], [TRACE["steps"][0], GROWN]])
def test_null_stands_for_nothing_that_cant_grow(steps):
    with pytest.raises(Fault, match="no numbers"):
        test_model_files.check_whole({"tokens": ["a"] * len(steps), "steps": steps}, [np.ones((3, 2), np.float32)] * 9)


MUST_NOT, MAY = Hostile("cut", b"", refused=True), Hostile("changed", b"")


def test_a_file_that_opens_although_it_must_not_is_seen(tmp_path):
    path = tmp_path / "x.safetensors"
    path.write_bytes(b"")
    test_model_files.check_opened(replace(REFUSED, arguments=("walk",)), MUST_NOT, path)
    for ended in (replace(WELL, arguments=("walk",)), replace(REFUSED, arguments=("walk",), err=b"rnn-tui: no such\n")):
        with pytest.raises(Fault):
            test_model_files.check_opened(ended, MUST_NOT, path)
    with pytest.raises(Fault):
        test_model_files.check_opened(Ended(("walk",), 0, b"h is +NaN"), MAY, path)


def test_a_command_that_opens_another_scene_is_seen(monkeypatch):
    words = ["-s", "it's \x1b[2J “so”\n", "--at", "2:add"]
    assert check_printed(words) == words
    assert reopened(words).position == Position(1, 2)
    monkeypatch.setattr("tests.hardening.reopening.command_line", " ".join)
    with pytest.raises(Fault, match="printed command has"):
        check_printed(words)
    with pytest.raises(Fault, match="a shell takes"):
        check_printed(["-s", "two words"])


def reads_another_text(walk):
    """Let the program read another text, as an event does."""
    walk.left -= 1
    walk.app.first.show(walk.app.first.state.of(Reading("kicking-and-screaming", f"dog {walk.left}")))


@pytest.mark.parametrize(
    ("broken_part", "instead", "said"),
    [
        (None, None, None),
        ("tests.hardening.walks.controls", lambda text: ["U+001B"] if text else [], r"the screen has U\+001B"),
        ("tests.hardening.walks.cell_len", lambda row: 999, "a row of 999 cells"),
        ("rnn_tui.tui.screen.timeline.Timeline.can_undo", False, "undo leads elsewhere"),
        ("rnn_tui.tui.screen.screen.StateScreen.redo", lambda screen: None, "redo leads elsewhere"),
        ("rnn_tui.tui.screen.screen.StateScreen.reopening", lambda screen: ["-s", "dog"], "another scene"),
        ("rnn_tui.tui.walking.screen.WalkScreen.command", lambda screen: ["-m", "x"], "no model is called"),
        ("rnn_tui.tui.panels.panel.Panel.render_line", lambda *_: 1 / 0, "division by zero"),
    ],
)
async def test_what_a_walk_comes_upon_is_seen(monkeypatch, broken_part, instead, said):
    monkeypatch.setattr("tests.hardening.walks.Walk.act", reads_another_text)
    walk = Walk(random.Random(1), ["kicking-and-screaming"])
    walk.left = 10
    if broken_part is None:
        await walk.go()
        return
    monkeypatch.setattr(broken_part, instead)
    with pytest.raises((Fault, UserError, ZeroDivisionError), match=said):
        await walk.go()


async def test_a_walk_waits_for_the_screen_where_a_pause_of_textuals_ends_too_soon(monkeypatch):
    async def at_once(*_):
        """Return as on a busy machine, where a process that gets no time seems to have nothing to do."""

    monkeypatch.setattr("textual.pilot.wait_for_idle", at_once)
    monkeypatch.setattr("tests.hardening.walks.Walk.act", Walk.resize)
    monkeypatch.setattr("tests.hardening.walks.LOOKED_AT", 1)
    walk = Walk(random.Random(1), ["kicking-and-screaming"])
    walk.left = 60
    await walk.go()


@pytest.mark.parametrize(
    ("code", "said", "old", "content", "left"),
    [
        (9, "", None, None, set()),
        (1, "Traceback (most recent call last):", None, None, set()),
        (0, "", None, None, set()),
        (-15, "", b"old", None, set()),
        (-15, "", None, None, {".out.tmp"}),
    ],
)
def test_what_a_kill_leaves_is_seen(tmp_path, monkeypatch, code, said, old, content, left):
    monkeypatch.chdir(tmp_path)
    test_kills.check_left(signal.SIGTERM, -15, "", None, set())
    with pytest.raises(Fault):
        test_kills.check_left(signal.SIGTERM, code, said, old, left)


def test_a_half_file_after_a_kill_is_seen(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / test_kills.OUTPUT
    save(build(), path)
    test_kills.check_left(signal.SIGKILL, -9, "", None, set())
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelFileError):
        test_kills.check_left(signal.SIGKILL, -9, "", None, set())


def test_mutations_that_must_be_refused_are_no_whole_files_and_the_others_may_be(tmp_path):
    path = tmp_path / "x.safetensors"
    for content in model_parts.wholes():
        path.write_bytes(content)
        load(path)
        assert model_parts.Parts.of(content).joined()[8:].startswith(b"{")
    done = {}
    for number in range(600):
        file = model_files.hostile(random.Random(number))
        done.setdefault(file.done.split(" of ")[0], set()).add(file.refused)
    assert len(done) > 30


def test_texts_are_of_every_plane_and_none_is_longer_than_an_argument():
    seen = set()
    for number in range(3000):
        text = texts.argument(random.Random(number))
        assert "\0" not in text
        seen |= {ord(character) >> 16 for character in text}
    assert seen == set(range(17))

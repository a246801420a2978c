"""A training is watched in a real terminal: it goes on, is left, and leaves a whole file and no process behind."""

from __future__ import annotations

import signal
import sys

import pytest

from rnn_tui.network.runs import open_run
from rnn_tui.network.storage import load
from tests.cli.test_watching import DATA, runs, within

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
LONG = ("--epochs", "100000", "--patience", "100000")


@pytest.fixture
def watched(terminal, tmp_path, monkeypatch):
    """Train in a terminal: watched("--epochs", "3"); temporary folders lie in `tmp_path / "tmp"`."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "first.csv").write_text(DATA, encoding="utf-8")

    def start(*options):
        words = ["train", str(tmp_path / "first.csv"), "-o", str(tmp_path / "out.safetensors"), "--watch", *options]
        screen = terminal(*words, columns=80, rows=24, TMPDIR=str(tmp_path / "tmp"))
        screen.wait_for("q quit", timeout=60)
        return screen

    return start


def children(screen):
    """The processes that the program has started."""
    pid = screen.program.process.pid
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


@pytest.mark.parametrize(("key", "kept"), [("q", False), ("\x03", True)])
def test_left_while_it_trains_it_keeps_the_best_so_far(watched, tmp_path, key, kept):
    screen = watched(*LONG, *(["--keep-epochs"] if kept else []))
    (child,) = children(screen)
    screen.wait_for("best so far")
    screen.send(key)
    assert screen.program.wait(60) == 0
    assert not screen.is_taken
    assert within(lambda: not runs(child))
    assert "the best so far is kept" in screen.text
    model = load(tmp_path / "out.safetensors")
    assert model.provenance["interrupted"]
    assert "--watch" not in model.provenance["command"]
    assert (tmp_path / "out.run").exists() == kept
    if kept:
        assert open_run(tmp_path / "out.run").best == model.provenance["epoch"]
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_ended_by_a_signal_it_leaves_nothing(watched, tmp_path, number):
    screen = watched(*LONG)
    (child,) = children(screen)
    screen.program.process.send_signal(number)
    assert screen.program.wait(60) in (128 + number, -number)
    assert within(lambda: not runs(child))
    assert not (tmp_path / "out.safetensors").exists()
    assert within(lambda: list((tmp_path / "tmp").iterdir()) == [])


def test_over_it_stays_open_and_says_what_came_of_it(watched, tmp_path):
    screen = watched("--epochs", "4")
    screen.wait_for("it has ended after 4 epochs", timeout=60)
    assert (tmp_path / "out.safetensors").exists()
    screen.send("(")
    screen.wait_for("epoch 0 before training")
    screen.send("q")
    assert screen.program.wait(60) == 0
    assert "it opens with:" in screen.text


def test_one_that_diverges_ends_with_its_line(watched, tmp_path):
    screen = watched("--epochs", "4", "--learning-rate", "1e30")
    screen.wait_for("a smaller learning rate mends it", timeout=60)
    screen.send("q")
    assert screen.program.wait(60) == 1
    assert "rnn-tui: the loss is" in screen.text or "rnn-tui: the weights" in screen.text
    assert not (tmp_path / "out.safetensors").exists()

"""What docs/runs.md says of learning rates and clipping: each command is run, and what it says of it is so."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from rnn_tui.cli import main, training_progress
from rnn_tui.network.runs import open_run

PAGE = (Path(__file__).parents[2] / "docs" / "runs.md").read_text(encoding="utf-8")
(COMMAND,) = re.findall(r"^rnn-tui (train sun-or-rain\.csv .*)$", PAGE, re.MULTILINE)
TABLE = dict(re.findall(r"^\| `(--[^`]+)` \| (.+) \|$", PAGE.split("## Things to try")[1], re.MULTILINE))
MOST = 14
COUNTS = 0.85
"""The share of right answers of a network that counts: the last day alone is right on two rows in three."""


@contextmanager
def ctrl_c(*_, **__):
    """Somebody who looks on, and ends a training after some epochs: what comes later changes nothing of them."""

    def look(epoch):
        if epoch.number == MOST:
            raise KeyboardInterrupt

    yield look


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """Run the command with some options more: its exit code and its history."""
    folder = tmp_path_factory.mktemp("tried")

    @cache
    def trained(options=""):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(training_progress, "watching", ctrl_c)
            patch.chdir(folder)
            code = main([*COMMAND.split(), "--quiet", *options.split()])
        return code, open_run(folder / "mine.run").history

    return trained


def right(history):
    return [told.validation_accuracy for told in history]


def counting_from(history):
    return next(told.epoch for told in history if told.validation_accuracy > COUNTS)


def test_as_it_stands_it_learns_to_count(tried):
    code, history = tried()
    assert code == 0
    assert max(right(history)) > 0.97


def test_all_that_is_told_is_tried():
    assert list(TABLE) == [
        "--learning-rate 5",
        "--learning-rate 0.0001",
        "--learning-rate 500 --activation identity",
        "--clip 0.001",
        "--seed 2",
    ]


def test_too_large_a_step_finds_no_rule(tried):
    code, history = tried("--learning-rate 5")
    assert code == 0
    assert len({round(share, 4) for share in right(history)}) == 2
    assert max(right(history)) < 0.7


def test_too_small_a_step_hardly_moves_and_it_gives_up(tried):
    code, history = tried("--learning-rate 0.0001")
    assert code == 0
    assert max(right(history)) < 0.7
    assert len(history) <= MOST  # with epoch 0
    assert all(told.moved["rnn.weight_hh_l0"] < 0.02 for told in history[1:])


def test_what_diverges_is_said_in_one_line_that_the_page_shows(tried, capsys):
    code, history = tried("--learning-rate 500 --activation identity")
    said = capsys.readouterr().err.strip()
    assert code == 1
    assert said.startswith("rnn-tui: ")
    assert f"`{said.removeprefix('rnn-tui: ')}`" in TABLE["--learning-rate 500 --activation identity"]
    assert [told.epoch for told in history] == [0]


def test_with_every_gradient_cut_it_learns_as_well(tried):
    code, history = tried("--clip 0.001")
    assert code == 0
    assert all(told.clipped == 1 for told in history[1:])
    assert max(right(history)) > 0.97


def test_with_another_seed_it_counts_at_another_epoch(tried):
    said = re.search(r"from epoch (\d+) on, and not from (\d+)", TABLE["--seed 2"])
    assert [counting_from(tried(options)[1]) for options in ("--seed 2", "")] == [int(said[1]), int(said[2])]

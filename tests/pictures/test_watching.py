"""The line of a training that goes on, and the answers that an epoch has changed."""

from __future__ import annotations

import pytest

from rnn_tui.learning.watching.messages import Answered, EpochEnded
from rnn_tui.network.runs import Told
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of, width_of
from rnn_tui.pictures.watching import (
    FAILED,
    OVER,
    PAUSED,
    STOPS,
    TRAINS,
    ChangedView,
    Progress,
    changed_answers,
    duration,
    progress,
)


def line(view, width=120):
    row = progress(view, width, Palette())
    assert width_of(row) == width
    return text_of(row).rstrip()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.0312, "0.03 s"), (0.994, "0.99 s"), (1.04, "1.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (99.4, "99 s"),
     (200, "3 min 20 s"), (3599, "59 min 59 s"), (7500, "2 h 5 min")],
)  # fmt: skip
def test_a_time_is_said_in_words(seconds, said):
    assert duration(seconds) == said


def test_the_time_that_is_left_counts_epochs_as_long_as_they_last():
    assert (
        line(Progress(TRAINS, 10, 50, 0.5)) == " trains  epoch 11 of at most 50 · 0.50 s an epoch · at most 20 s left"
    )
    held = line(Progress(TRAINS, 10, 50, 0.5, pace=2.0, best=9))
    assert held == (
        " trains  epoch 11 of at most 50 · 2.0 s an epoch, held back · at most 80 s left · best so far: epoch 9"
    )
    assert "left" not in line(Progress(PAUSED, 10, 50, 0.5)), "while it is paused no time goes by"
    assert line(Progress(TRAINS, 0, 50)) == " trains  epoch 1 of at most 50"
    assert "all epochs are done" in line(Progress(TRAINS, 50, 50, 0.5))


def test_where_it_is_paused_the_last_batch_is_said():
    assert line(Progress(PAUSED, 4, 50, 0.5, step=(5, 3))) == " paused  after batch 3 of epoch 5 of at most 50"
    assert "batch" not in line(Progress(PAUSED, 5, 50, 0.5, step=(5, 3))), "that epoch is over"
    assert line(Progress(STOPS, 4, 50)) == " stops  it keeps the best so far"


@pytest.mark.parametrize("doing", [OVER, FAILED])
def test_what_it_has_ended_with_is_said_as_far_as_there_is_room(doing):
    said = "the loss is nan in epoch 3; a smaller learning rate mends it"
    assert line(Progress(doing, 2, 50, said=said)) == f" {doing}  {said}"
    narrow = line(Progress(doing, 2, 50, said=said), 40)
    assert narrow.startswith(f" {doing}  the loss")
    assert narrow.endswith("…")
    assert "\x1b" not in line(Progress(doing, 2, 50, said="\x1b[31m"))


def test_the_least_important_is_left_out_where_there_is_no_room():
    view = Progress(TRAINS, 10, 50, 0.5, best=9)
    for width in range(20, 110, 10):
        assert line(view)[:width].startswith(line(view, width)[: width - 1])


def answered(name, *, right=True):
    return Answered(f"text {name}", "", "Positive", "Positive" if right else "Negative")


@pytest.mark.parametrize("height", [3, 4, 6, 12])
@pytest.mark.parametrize(("gains", "losses"), [(0, 0), (8, 0), (0, 8), (8, 8), (1, 8), (8, 1)])
def test_there_is_room_for_answers_of_both_kinds(height, gains, losses):
    gained = tuple(answered(f"g{k}") for k in range(gains))
    lost = tuple(answered(f"l{k}", right=False) for k in range(losses))
    ended = EpochEnded(Told(7), (7,), gained, lost, gains + 100, losses + 100, 64)
    rows = [text_of(row) for row in changed_answers(ChangedView(7, ended), 70, height, Palette())]
    assert len(rows) == height
    assert all(len(row) == 70 for row in rows)
    assert f"in epoch 7: {gains + 100} more right, {losses + 100} no more of 64" in rows[0].replace(
        ", of 64 short texts", " of 64"
    )
    shown = [row for row in rows[1:-1] if "text" in row]
    assert len(shown) == min(height - 2, gains + losses)
    if gains and losses and height > 3:
        assert any("right now" in row and "Positive" in row for row in shown)
        assert any("no more" in row and "Positive, and now it says Negative" in row for row in shown)


def test_a_word_of_a_text_is_named_and_nothing_foreign_reaches_the_terminal():
    ended = EpochEnded(Told(1), (1,), (Answered("a \x1b[31m " + "very " * 40, "\x07w", "N", "N"),), (), 1, 0)
    rows = [text_of(row) for row in changed_answers(ChangedView(1, ended), 60, 4, Palette())]
    assert "␇w in “a ␛[31m" in rows[1]
    assert not any(ord(character) < 32 for row in rows for character in row)


def test_an_epoch_of_which_nothing_is_known_says_so():
    assert "nothing before training" in text_of(changed_answers(ChangedView(0), 60, 4, Palette())[0])
    assert "epoch 3 was not watched" in text_of(changed_answers(ChangedView(3), 60, 4, Palette())[0])

"""What one process tells the other arrives as it was sent."""

from __future__ import annotations

import io

import numpy as np
import pytest

from rnn_tui.learning.watching.messages import (
    AFTER,
    BEFORE,
    GRADIENT,
    MEAN,
    ROOT,
    Answered,
    Began,
    Done,
    EpochEnded,
    Failed,
    Said,
    Stepped,
    encoded,
    read,
)
from rnn_tui.network.runs import Told

TOLD = Told(3, 0.5, 0.4, 0.75, best=True, seconds=1.25, learning_rate=0.01, clipped=0.5, moved={"fc.bias": 0.25})
MESSAGES = [
    Said(("one", "“two” ␛")),
    Began(50),
    EpochEnded(TOLD, (0, 2, 3)),
    EpochEnded(Told(1), (0, 1), (Answered("a\nb", "", "yes", "yes"),), (Answered("ä", "w", "no", "yes"),), 7, 1),
    Done("wrote it;\nopen it", 12, interrupted=True),
    Failed("the loss is nan", 1),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_arrives(message):
    assert read(io.BytesIO(encoded(message))) == message


def test_messages_stand_behind_one_another_and_then_there_is_none():
    stream = io.BytesIO(b"".join(map(encoded, MESSAGES)))
    assert [read(stream) for _ in MESSAGES] == MESSAGES
    assert read(stream) is None


def test_a_message_that_is_cut_short_is_none():
    assert read(io.BytesIO(encoded(Said(("one",)))[:-4])) is None


def test_the_tensors_of_a_step_arrive_to_the_bit():
    rng = np.random.default_rng(0)
    tensors = {
        of: {name: rng.normal(size=shape).astype(np.float32) for name, shape in (("fc.bias", 2), ("w", (3, 4)))}
        for of in (BEFORE, AFTER, GRADIENT, MEAN, ROOT)
    }
    sent = Stepped(2, 5, 13, 32, float("inf"), 2.5, 1.0, 0.005, tensors)
    stream = io.BytesIO(encoded(sent) + encoded(Began(1)))
    for cut in (1, 8, 100):  # in its tensors, too
        assert read(io.BytesIO(encoded(sent)[:-cut])) is None
    came = read(stream)
    assert (came.epoch, came.number, came.t, came.texts, came.loss, came.norm) == (2, 5, 13, 32, float("inf"), 2.5)
    assert came.tensors.keys() == tensors.keys()
    for of, arrays in tensors.items():
        assert all(np.array_equal(came.tensors[of][name], array) for name, array in arrays.items())
    assert read(stream) == Began(1)

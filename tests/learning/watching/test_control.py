"""The training does what it is told: it waits, goes on, takes a batch, keeps a pace, and stops."""

from __future__ import annotations

import io
import os
import threading
import time

import pytest

from rnn_tui.learning.watching.control import Control, NobodyLooksOnError
from rnn_tui.learning.watching.messages import BATCH, GO_ON, PACE, PAUSE, STOP

SOON = 10


@pytest.fixture
def control():
    """A control whose other end stays open."""
    there, here = os.pipe()
    with open(there, "rb") as stream, open(here, "wb"):
        yield Control(stream)


def waiting(call):
    """A thread that calls; what it gave or raised is in the list, once it is there."""
    given = []

    def run():
        try:
            given.append(call())
        except BaseException as error:  # noqa: BLE001  # whatever it raised is looked at
            given.append(type(error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, given


def test_it_begins_paused_and_goes_on_when_it_is_told(control):
    thread, given = waiting(control.hold)
    assert control.busy
    assert not given
    control.obey(GO_ON)
    thread.join(SOON)
    assert given == [False]
    assert not control.busy


def test_a_batch_is_granted_once(control):
    control.obey(BATCH)
    control.obey(BATCH)
    assert [control.hold(), control.hold()] == [True, True]
    thread, given = waiting(control.hold)
    assert control.busy
    control.obey(GO_ON)
    thread.join(SOON)
    assert given == [False]


@pytest.mark.parametrize("before", [PAUSE, GO_ON])
def test_to_stop_is_to_be_interrupted(control, before):
    control.obey(before)
    control.obey(STOP)
    assert control.busy
    with pytest.raises(KeyboardInterrupt):
        control.hold()
    with pytest.raises(KeyboardInterrupt):
        control.keep_pace(time.perf_counter())


@pytest.mark.parametrize("word", [PAUSE, BATCH, STOP, f"{PACE} 0"])
def test_a_pace_is_kept_until_something_else_is_asked(control, word):
    control.obey(GO_ON)
    control.keep_pace(time.perf_counter())  # without a pace it waits for nothing
    control.obey(f"{PACE} 1000")
    thread, given = waiting(lambda: control.keep_pace(time.perf_counter()))
    assert not given
    control.obey(word)
    thread.join(SOON)
    assert given == [KeyboardInterrupt if word == STOP else None]


def test_a_pace_that_has_gone_by_is_kept(control):
    control.obey(GO_ON)
    control.obey(f"{PACE} 5")
    control.keep_pace(time.perf_counter() - 5)


def test_where_nobody_is_left_it_is_called_and_ends():
    left = threading.Event()
    control = Control(io.BytesIO(f"{GO_ON}\n".encode()), left.set)
    assert left.wait(SOON)
    assert control.busy
    with pytest.raises(NobodyLooksOnError):
        control.hold()


def test_who_leaves_after_it_was_told_to_stop_is_not_missed():
    left = threading.Event()
    control = Control(io.BytesIO(f"{STOP}\n".encode()), left.set)
    assert not left.wait(0.1)
    with pytest.raises(KeyboardInterrupt):
        control.hold()

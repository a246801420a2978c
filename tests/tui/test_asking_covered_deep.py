"""Deep networks: while a question is open nothing of its answer, nor of what comes after it, is on the screen."""

from __future__ import annotations

import pytest

from rnn_tui.network.storage import save
from rnn_tui.questions.opening import question_of, revealed
from tests.questions.deep import KINDS, network, text_of
from tests.tui.covering import seen
from tests.tui.covering_deep import GIVES, otherwise, questions_in
from tests.tui.drawn import walking
from tests.tui.test_asking_covered import TRIES, asked_of

SIZES = ((80, 24), (120, 36))
SAME = (*GIVES, "reading", "number")
"""Kinds that would be asked in other words, or whose answer follows from what they give."""


@pytest.mark.parametrize("name", list(KINDS))
async def test_nothing_covered_shows(name, tmp_path):
    path = tmp_path / "deep.safetensors"
    save(network(name), path)
    compared, floors = set(), network(name).floors
    for number, size in enumerate(SIZES):
        async with walking(str(path), text_of(name), size) as screen:
            trace = screen.computed.trace
            for floor in range(number, len(floors), 2):
                for kind, (scene, text) in questions_in(screen, floor, seed=floor).items():
                    assert asked_of(screen, scene, text, trace)
                    shown, question = await seen(screen), question_of(screen.state, trace)
                    others = (otherwise(trace, question, seed) for seed in range(TRIES))
                    if not any(asked_of(screen, scene, text, other) for other in others):
                        continue  # two are too close to call with any of these numbers
                    assert await seen(screen) == shown, (text, scene.position, size)
                    compared.add(kind)
                    screen.show(revealed(screen.state, screen.computed.trace))
                    told = await seen(screen)
                    assert asked_of(screen, scene, text, trace)
                    screen.show(revealed(screen.state, trace))
                    if question.target is not None and kind not in SAME:
                        assert told != await seen(screen), text  # what was covered did differ
    assert compared >= {"value", "sign", "direction", "next-phase", "reading"}
    assert compared & {"label", "number"}

"""While a question is open nothing of its answer is on the screen: with another answer every cell is the same."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.network.heads import Linear
from rnn_tui.network.layers import Layer
from rnn_tui.network.trace import run
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.opening import opened as opened_over
from rnn_tui.questions.opening import question_of, revealed
from rnn_tui.scene import Position
from tests.tui.covering import GIVES, otherwise, questions_over, resized, seen
from tests.tui.drawn import SHIPPED, texts_for, walking

TRIES = 4
SAME = (*GIVES, "reading")
"""Kinds whose answer is what it is: it follows from the numbers that the question gives, or from the words."""


def asked_of(screen, scene, text, trace):
    """Show a question over a trace; False where it can't be asked of it."""
    screen.computed = replace(screen.computed, trace=trace)
    try:
        asked = opened_over(text, scene, trace)
    except UserError:
        return False
    screen.show(asked)
    return True


@pytest.mark.parametrize("name", SHIPPED)
async def test_nothing_covered_shows(name):
    async with walking(name, texts_for(name)[0], (80, 24)) as screen:
        trace, compared = screen.computed.trace, set()
        questions = questions_over(screen)
        for size in ((80, 24), (120, 36)):
            await resized(screen, size)
            for kind, (scene, text) in questions.items():
                assert asked_of(screen, scene, text, trace)
                shown, question = await seen(screen), question_of(screen.state, trace)
                others = (otherwise(trace, question, seed) for seed in range(TRIES))
                if not any(asked_of(screen, scene, text, other) for other in others):
                    continue  # with none of these numbers it is a question: two are too close to call
                assert await seen(screen) == shown, (text, scene.position, size)
                compared.add(kind)
                if question.target is not None and kind not in SAME and size == (80, 24):
                    screen.show(revealed(screen.state, screen.computed.trace))
                    told = await seen(screen)
                    assert asked_of(screen, scene, text, trace)
                    screen.show(revealed(screen.state, trace))
                    assert told != await seen(screen), text  # what was covered did differ
        assert compared | {"word"} == questions.keys() | {"word"}  # whose words may be too close to call


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("name", ["kicking-and-screaming", "sentiment-attention"])
async def test_a_network_with_two_answers_exchanged_looks_the_same(name, size):
    async with walking(name, texts_for(name)[0], size) as screen:
        trace = screen.computed.trace
        model = trace.model
        first, second = (-trace.values["probs"][-1]).argsort(kind="stable")[:2]
        order = np.arange(model.output_size)
        order[[first, second]] = second, first
        exchanged = run(replace(model, fc=Linear(model.fc.weight[order], model.fc.bias[order])), trace.tokens)
        for phase in range(len(model.phases)):
            scene = screen.state.at(Position(len(trace) - 1 - (phase == len(model.phases) - 1), phase))
            assert asked_of(screen, scene, "label", trace)
            shown, answer = await seen(screen), question_of(screen.state, trace).answer
            assert asked_of(screen, scene, "label", exchanged)
            assert question_of(screen.state, exchanged).answer != answer
            assert await seen(screen) == shown, phase


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_weights_of_what_is_still_to_come_do_not_tell_either(size):
    async with walking("kicking-and-screaming", "Kicking and screaming", size) as screen:
        trace = screen.computed.trace
        model, row = trace.model, trace.model.vocabulary.words.index("screaming")
        weights = model.cell.weight_ih.copy()
        weights[:, row] *= -1  # read by the last word alone
        other = run(replace(model, layers=(Layer(replace(model.cell, weight_ih=weights)),)), trace.tokens)
        scene = screen.state.at(Position(2, 0))

        assert asked_of(screen, scene, "sign ih[1]", trace)
        shown, answer = await seen(screen), question_of(screen.state, trace).answer
        assert asked_of(screen, scene, "sign ih[1]", other)
        assert question_of(screen.state, other).answer != answer
        assert await seen(screen) == shown


async def test_every_kind_is_asked_of_some_shipped_model():
    found = set()
    for name in ("kicking-and-screaming", "sentiment", "recall-lstm", "el-nino"):
        async with walking(name, texts_for(name)[0], (80, 24)) as screen:
            found |= questions_over(screen).keys()
    assert found == set(KINDS)

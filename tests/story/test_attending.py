"""What is told of Look back, held against the trace."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.network.heads import Linear
from rnn_tui.story import plain, tell
from rnn_tui.text import number, percent
from tests.builders import build, scene_at, trace_of, wired


def told(trace, t, **scene):
    return [plain(line) for line in tell(trace, scene_at(trace, t, "attend", **scene))]


@pytest.fixture(scope="module")
def traces():
    """The shipped model over its own sentences."""
    model = shelf.load("sentiment-attention")
    return [trace_of(model, example.text) for example in model.examples]


def test_at_the_first_word_there_is_nothing_else_to_look_at(traces):
    lines = told(traces[0], 0, unit=2)

    word, h = traces[0].tokens[0].surface, traces[0].values["h"][0, 2]
    assert lines == [
        f"Look back. There is only “{word}” to look at yet: it gets all of the weight.",
        f"So the outputs read unit 3 as it is now: {number(h)}.",
    ]


def test_the_words_that_it_looks_at_most_are_those_with_the_largest_weights(traces):
    counted = 0
    for trace in traces:
        for t in range(1, len(trace)):
            weights, surfaces = trace[t]["attention"], [token.surface for token in trace.tokens[: t + 1]]
            first, second = np.argsort(-weights, kind="stable")[:2]
            line = told(trace, t)[0]
            if found := re.search(r"most at “(.+?)”(.*?) \((\S+)\), then at “(.+?)”(.*?) \((\S+)\)\.$", line):
                counted += 1
                assert found[1] == surfaces[first]
                assert found[4] == surfaces[second]
                assert (found[3], found[6]) == (percent(float(weights[first])), percent(float(weights[second])))
                assert (found[2] == " itself", found[5] == " itself") == (first == t, second == t)
    assert counted >= 20


def test_what_the_unit_counts_as_is_what_the_outputs_read_and_not_what_it_is_now(traces):
    for trace in traces:
        for t in range(1, len(trace)):
            counted, now = (number(float(trace[t][name][4])) for name in ("context", "h"))
            other = "" if counted == now else f", not the {now} that it is now"
            said = f"Mixed in these parts, unit 5 is {counted}: the outputs read that{other}."
            assert told(trace, t, unit=4)[1] == said


def looking(scores):
    """A network with one unit whose words have these scores; its state is what the word brings."""
    words = tuple("abcd"[: len(scores)])
    model = build(readout="attention", hidden=1, words=words, unknown=None)
    cell = wired([scores], weight_hh=[[0]], words=words, activation="identity").cell
    readout = type(model.readout)(np.ones((1, 1), np.float32), np.ones(1, np.float32))
    fc = Linear(np.ones((2, 1), np.float32), np.ones(2, np.float32))
    return trace_of(replace(model.with_cell(cell), readout=readout, fc=fc), " ".join(words))


def test_weights_that_are_nearly_alike_are_told_as_such():
    assert told(looking([0.0, 0.0]), 1)[0] == "Look back. After “b” it looks at both words nearly alike: 50% each."
    assert re.search(r"at all 3 words nearly alike: 3\d% to 3\d% each\.$", told(looking([0.0, 0.1, 0.05]), 2)[0])


def test_two_words_with_the_same_share_are_not_told_as_first_and_second():
    line = told(looking([2.0, 2.0, -1.0, -1.0]), 3)[0]

    assert line == "Look back. After “d” it looks most at “a” and “b” (48% each)."


def test_where_the_numbers_grew_beyond_all_bounds_this_is_said():
    (line,) = told(looking([np.inf, 1.0]), 1)

    assert "beyond all bounds" in line


def test_while_the_class_is_to_guess_it_is_asked_and_no_number_is_told(traces):
    lines = told(traces[0], 1, hidden=True, notation=True)

    assert lines[0] == "Look back. Which words does it look at most? Choose before you look."
    assert not any(re.search(r"\d", line) for line in lines)


def test_in_notation_the_equation_of_the_unit_follows(traces):
    assert told(traces[0], 1, unit=2, notation=True)[-1].startswith("context[3] = Σ attention[k]·h_k[3] = ")
    assert not any("context" in line for line in told(traces[0], 1, unit=2))

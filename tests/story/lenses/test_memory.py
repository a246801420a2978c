"""What the memory lens tells of a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.memory import Memory, memory
from rnn_tui.story import plain
from rnn_tui.story.lenses.memory import NOTATION, tell
from tests.builders import CELL_KINDS, READOUT_KINDS, build, scene_at, trace_of, wired


def told(measured, trace, t=0, **scene):
    return [plain(line) for line in tell(measured, trace, scene_at(trace, t, "read", **scene))]


@pytest.fixture(scope="module")
def film():
    """A shipped plain network and a sentence."""
    return trace_of(shelf.load("sentiment"), "this movie is not good at all")


def test_in_the_middle_it_tells_what_is_drawn_so_far(film):
    # given what was measured
    found = memory(film)
    first, now = found.influence[0], found.influence[:4, 3]
    # when it is told at the fourth word
    lines = told(found, film, t=3)
    # then its figures are the measured ones up to there
    assert (
        lines[0] == f"Without “this” the memory would be {first[0]:.2f} off; "
        f"after “not” still {first[3]:.2f}: {first[3] / first[0]:.0%}."
    )
    best = film.tokens[int(now.argmax())].surface
    most = max(now[k] / found.influence[k, k] for k in range(2))
    assert lines[1] == (
        f"So what? By now most is left of “{best}”, the last one ({now.max():.2f}). "
        f"Early words fade, to {most:.0%} at most: each step squashes, and mixes in a word."
    )
    # and nothing of the words to come
    changed = Memory(np.where(np.arange(len(film)) > 3, 9.0, found.influence))
    assert told(changed, film, t=3) == lines


def test_at_the_first_word_nothing_is_told_of_those_to_come(film):
    found = memory(film)

    assert told(found, film, t=0) == [
        f"Without “this” the memory would be {found.influence[0, 0]:.2f} off.",
        "So what? No word has come after it yet: step on, and see what is left of it.",
    ]
    assert told(found, film, t=6)[1].startswith("So what? At the end most is left of ")


def doubling(weight):
    """A trace of one unit that multiplies what it had by a weight, over "up mute up"."""
    model = wired([[1.0, 0.0]], weight_hh=[[weight]], activation="identity", words=("up", "mute"))
    return trace_of(model, "up mute up")


def test_where_influence_grows_it_says_so_and_not_that_it_fades():
    trace = doubling(2.0)
    lines = told(memory(trace), trace, t=2)

    assert lines[0] == "Without “up” the memory would be 1.00 off; after “up” it has grown to 4.00."
    assert lines[1] == (
        "So what? At the end most is left of “up”, the first one (4.00). "
        "What “up” left has grown on the way: not every early word fades."
    )


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        (0.25, "Early words vanish, to 6% at most: each step writes over them."),
        (0.5, "Early words fade, to 25% at most: each step squashes, and mixes in a word."),
        (1.0, "Not every early word fades: still there is 100% of “up”."),
    ],
)
def test_the_so_what_follows_from_how_much_is_left_of_the_early_words(weight, said):
    trace = doubling(weight)

    assert told(memory(trace), trace, t=2)[-1].endswith(f"). {said}")


def test_where_the_memory_is_cut_off_nothing_is_written_over():
    trace = doubling(0.0)

    assert told(memory(trace), trace, t=2) == [
        "Without “up” the memory would be 1.00 off; after “up” nothing of it is left.",
        "So what? At the end most is left of “up”, the last one (1.00). "
        "The memory is cut off: nothing is passed on from one word to the next.",
    ]


def test_of_a_word_that_moved_nothing_there_is_nothing_to_fade():
    model = wired([[1.0, 0.0]], words=("up", "mute"))
    trace = trace_of(model, "mute mute up")

    assert told(memory(trace), trace)[0] == "Without “mute” the memory would be 0.00 off: there is nothing to fade."
    assert told(memory(trace), trace, t=2)[-1].endswith(" The early words change nothing, so there is nothing to keep.")
    silent = trace_of(model, "mute mute mute")
    assert told(memory(silent), silent, t=2)[1].startswith("So what? At the end nothing of any word is left. ")


def gated(*rows):
    """A measured result on a GRU's trace of as many words."""
    trace = trace_of(build("gru", None), " ".join(["the", "dog", "and", "cat"][: len(rows)]))
    return Memory(np.array(rows, float)), trace


def test_what_gates_carried_along_is_named():
    carried = gated([0.2, 0.1, 0, 0], [0, 1.0, 0.9, 0.8], [0, 0, 0.3, 0.1], [0, 0, 0, 0.3])
    assert told(*carried, t=3)[-1] == "So what? At the end most is left of “dog” (0.80). The gates kept 80% of “dog”."

    let_go = gated([0.2, 0.1, 0, 0], [0, 1.0, 0.5, 0.4], [0, 0, 0.3, 0.3], [0, 0, 0, 0.3])
    assert told(*let_go, t=3)[-1].endswith(" Early words fade, to 40% at most: the gates let them go.")


def test_the_shipped_networks_tell_the_story_of_gates():
    # given the same characters read by the two networks that have to recall
    lines = {}
    for name in ("recall-elman", "recall-lstm"):
        trace = trace_of(shelf.load(name), "obcdfghjklmnpq")
        lines[name] = told(memory(trace), trace, t=13)[-1]
    # when it is told, then the one forgets and the other carries the vowel to the end
    assert "vanish" in lines["recall-elman"] or "fade" in lines["recall-elman"]
    assert "What “o” left has grown on the way" in lines["recall-lstm"]


def test_one_word_has_nothing_after_it():
    trace = trace_of(build(hidden=1), "dog")
    found = memory(trace)

    assert told(found, trace) == [
        f"Without “dog” the memory would be {found.influence[0, 0]:.2f} off; nothing came after it.",
        "So what? A memory begins to fade with the second word; type a longer sentence.",
    ]


def test_beyond_all_bounds_nothing_can_be_told_apart():
    trace = trace_of(build("elman", "identity", inputs="embedding", scale=1e4), "dog " * 100)
    lines = told(memory(trace), trace)

    assert lines[0].startswith("The numbers grew beyond all bounds")
    assert lines[1].startswith("So what?")
    assert len(lines) == 2


def test_notation_adds_the_definition_as_the_last_line(film):
    assert told(memory(film), film, t=3, notation=True)[-1] == NOTATION


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("text", ["dog", "the dog", "the dog and the cat slept not and the dog barked"])
def test_every_kind_is_told_in_short_lines_and_the_answer_is_not_needed(cell, activation, readout, text):
    trace = trace_of(build(cell, activation, readout), text)
    found = memory(trace)
    for t in range(len(trace)):
        lines = told(found, trace, t)
        assert told(found, trace, t, hidden=True) == lines
        assert not any(label in line for line in lines for label in trace.model.labels)
        assert max(map(len, lines)) <= (150 if readout in ("last", "each") else 195)
        assert [line.startswith("So what?") for line in lines].index(True) == len(lines) - 1
        assert 2 <= len(lines) <= 3

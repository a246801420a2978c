"""Every told sentence is borne out by its trace: all shipped models over their examples, and networks of every kind.

Each sentence has to match the pattern of a claim (`claims*.py`), which is computed anew from the trace.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import product

import numpy as np
import pytest

from rnn_tui.comparison import Comparison
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.export.walk_lines import facts
from rnn_tui.network.heads import Linear
from rnn_tui.network.trace import run
from rnn_tui.network.votes import units_by_vote
from rnn_tui.pictures.palette import TERMINAL
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.reading import index_of
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.shelf import load
from rnn_tui.story import answer, outline, plain, tell
from rnn_tui.story.comparing import tell_comparison
from rnn_tui.story.edits import consequence
from tests.builders import scene_at, trace_of, wired
from tests.pictures.views import view_of
from tests.story import (  # noqa: F401  # they register claims
    claims_attending,
    claims_bounds,
    claims_elman,
    claims_floors,
    claims_gates,
    claims_numbers,
    claims_pairs,
    claims_pooling,
    claims_shared,
)
from tests.story.claims import CLAIMS, At, equations_hold, sentences, verify
from tests.story.claims_floors import normal
from tests.story.claims_numbers import is_said
from tests.story.claims_pairs import Changed, Pair, says
from tests.story.number_networks import number_networks
from tests.story.odd_networks import odd_networks

SHIPPED = (
    "el-nino",
    "kicking-and-screaming",
    "names",
    "recall-elman",
    "recall-gru",
    "recall-lstm",
    "sentiment",
    "sentiment-attention",
    "sentiment-gru",
    "sentiment-lstm",
    "small-sums",
    "sunspots",
    "tagger",
)
DEEP = ("digits", "sentiment-deep", "tagger-two-way")
"""Those of several floors."""
DEFAULT, NEGATED = "Kicking and screaming", "this movie is not good"
OF_LABELS = tuple(name for name in SHIPPED if name != "el-nino")
"""Those whose answer is a label: claims about what changed, or sets two apart, are made of shares."""
WORDS = tuple(name for name in SHIPPED if name.startswith(("kicking", "sentiment", "tagger")))


@lru_cache
def shipped(name):
    return load(name)


def texts_of(model):
    own = [example.text for example in model.examples]
    return [*own, NEGATED, DEFAULT] if model.tokenizer.unit == "word" else own


@lru_cache
def traces_of(name):
    return [trace_of(shipped(name), text) for text in texts_of(shipped(name))]


def moments(trace, units, **fields):
    for t, phase, unit in product(range(len(trace)), trace.model.phases, units):
        yield At(trace, t, phase.name, unit, **fields)


def told(at, **fields):
    return tell(at.trace, scene_at(at.trace, at.t, at.phase, unit=at.unit, hidden=at.hidden, **fields))


def check(lines, at):
    """Check every sentence of some lines; return how many there were."""
    said = [sentence for line in lines for sentence in sentences(plain(line))]
    for sentence in said:
        verify(sentence, at)
    return len(said)


def of_covered(trace):
    """Tell the phases of the readout after the last word, while the answer is to guess; count the sentences."""
    covered = [At(trace, len(trace) - 1, phase.name, 0, hidden=True) for phase in trace.model.answering]
    return sum(check(told(at), at) for at in covered)


def of_shipped_models():
    """Tell every phase of every word of every example, for the units that count most and least; count the sentences."""
    number = 0
    for trace in (trace for name in SHIPPED for trace in traces_of(name)):
        best = units_by_vote(trace)
        for at in moments(trace, dict.fromkeys((best[0], best[1], best[-1]))):
            number += check(told(at), at)
        number += of_covered(trace)
    return number


def of_deep_models():
    """Tell three words of every floor of the first examples, for the first unit and the last; count the sentences."""
    number = 0
    for trace in (trace for name in DEEP for trace in traces_of(name)[:3]):
        for floor in trace.model.floors:
            seen = trace.on(floor.index)
            words = [t for t in range(len(trace)) if trace.order.has(t, floor.index)]
            for t, (n, phase) in product({words[0], words[len(words) // 2], words[-1]}, enumerate(floor.phases)):
                for unit, hidden in product({0, floor.hidden_size - 1}, {False, phase in seen.model.answering}):
                    at = At(seen, t, phase.name, unit, hidden=hidden)
                    position = Position(t, n, floor.index)
                    lines = tell(trace, Scene(Reading("", ""), position=position, unit=unit, hidden=hidden))
                    said = [sentence for line in lines for sentence in sentences(plain(line))]
                    for sentence in said:
                        verify(normal(sentence, at), at)
                    number += len(said)
    return number


def of_odd_networks():
    """Tell every moment of the odd networks; count the sentences."""
    number = 0
    for trace in (*odd_networks(), *number_networks()):
        for at in moments(trace, range(min(2, trace.model.hidden_size))):
            number += check(told(at), at)
        number += of_covered(trace)
    return number


EDITS = (
    ("scale-memory 0.5",),
    ("scale-memory 0.5", "scale-memory 0.5"),
    ("scale-memory 0.99",),
    ("scale-memory 0",),
    ("forget",),
    ("silence 1",),
    ("silence 1", "silence 1", "silence 1"),
    ("scale-memory 2", "silence 2"),
    ("scale-memory 0.5", "silence 1", "silence 2"),
    ("drop 1", "drop 1"),
    ("move 1 2",),
    ("set bias_ih[1] 0.004",),
    ("set fc.bias[1] 9",),
)


def changed_by(before, texts):
    edits = tuple(map(parse_edit, texts))
    return Changed(run(*apply_edits(before.model, before.tokens, edits)), before, edits, 0)


def what_ifs():
    for name in OF_LABELS:
        known = {"word": "good", "character": "e", "number": "100"}[shipped(name).tokenizer.unit]
        inserted = (f"insert 2 {known}",), (f"word 1 {known}",)
        elman = (("activation relu",), ("activation identity",)) if shipped(name).cell.kind == "elman" else ()
        for trace, texts in product(traces_of(name), (*EDITS, *inserted, *elman)):
            if len(trace) > 2:
                yield changed_by(trace, texts)
    grown = wired([[3e30]], weight_hh=[[1e30]], words=("up",), activation="identity", fc=[[1], [0]])
    yield changed_by(trace_of(grown, "up up up"), ("forget",))
    small = wired([[1.0]], words=("up",), activation="identity", fc=[[1], [0]])
    yield changed_by(trace_of(small, " ".join(["up"] * 60)), ("scale-memory 1e30",))
    yield changed_by(trace_of(small, "up"), ("set bias_ih[1] 0.005",))


def of_what_ifs():
    """Tell what every edit did to every answer; count the sentences."""
    number = 0
    for what_if in what_ifs():
        steps = range(len(what_if.trace)) if what_if.each else [0]
        for t, hidden in product(steps, (False, True)):
            at = replace(what_if, t=t, hidden=hidden)
            line = consequence(at.trace, at.before, at.edits, at.t, hidden=hidden)
            number += check([line], at)
    return number


def pairs():
    words = [name for name in SHIPPED if name.startswith("sentiment")]
    for a, b in product(words, words):
        yield Comparison(trace_of(shipped(a), NEGATED), trace_of(shipped(b), "this is not a good film"))
        yield Comparison(trace_of(shipped(a), NEGATED), trace_of(shipped(b), NEGATED))
    for name in OF_LABELS:
        first, second = traces_of(name)[:2]
        yield Comparison(first, second)
        yield Comparison(first, first)
        for texts in (("scale-memory 0.5",), ("set fc.bias[1] 3",), ("drop 1",)):
            yield Comparison(first, changed_by(first, texts).trace)
    yield Comparison(trace_of(shipped("sentiment"), NEGATED), trace_of(shipped("tagger"), NEGATED))
    yield Comparison(trace_of(shipped("recall-gru"), "angst"), trace_of(shipped("recall-lstm"), "angst"))
    yield Comparison(trace_of(shipped("sentiment"), "not good"), trace_of(shipped("sentiment"), "this is not good"))


def of_comparisons():
    """Tell every stage of every column of the pairs; count the sentences."""
    number = 0
    for pair in pairs():
        for column, stage, hidden in product(range(len(pair)), range(pair.stages), (False, True)):
            lines = tell_comparison(pair, Position(column, stage), hidden=hidden)
            number += check(lines, Pair(pair, column, stage, hidden))
            assert not hidden or "%" not in "".join(map(plain, lines))
    return number


def tie_with(network, before, after):
    """A comparison of a network that can't decide: two labels that know nothing of the hidden state."""
    model = replace(network, fc=Linear(0 * network.fc.weight, np.zeros(2)))
    return Comparison(trace_of(model, before), trace_of(network, after))


def test_two_that_are_undecided_are_told_so_in_english():
    model = wired([[0.9, -0.9]], words=("good", "bad"))
    one = tie_with(model, "good bad", "good bad")
    both = Comparison(one.a, one.a)
    for pair, said in (
        (one, "A is undecided (50%), B says "),
        (Comparison(one.b, one.a), ", B is undecided (50%)."),
        (both, "A and B are both undecided (50%)."),
    ):
        lines = tell_comparison(pair, Position(1, pair.stages - 1))
        assert said in plain(lines[0])
        check(lines, Pair(pair, 1, pair.stages - 1))


def test_a_side_without_an_answer_has_none():
    grown = wired([[3e38]], weight_hh=[[-2.0]], words=("up",), activation="identity", fc=[[1], [-1]])
    lost, kept = trace_of(grown, "up up up up"), trace_of(wired([[0.9]], words=("up",)), "up up up up")
    for pair, said in (
        (Comparison(lost, kept), "A has no answer, B "),
        (Comparison(lost, lost), "A and B both have no answer."),
    ):
        lines = tell_comparison(pair, Position(3, pair.stages - 1))
        assert said in plain(lines[0])
        verify(sentences(plain(lines[0]))[0], Pair(pair, 3, pair.stages - 1))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_place_in_the_story_is_the_place_in_the_panel(name):
    for trace in traces_of(name)[:2]:
        for t in range(len(trace)):
            told_places = re.findall(
                r"is at place (\d+) of the (\d+) in", " ".join(map(plain, told(At(trace, t, "read", 0))))
            )
            shown = re.findall(r"place (\d+) of (\d+)", " ".join(index_of(view_of(trace, t, "read"))))
            assert told_places == shown or trace.tokens[t].unknown
            assert bool(told_places) == (trace.model.embedding.kind == "one-hot")


def test_the_memory_is_the_same_numbers_wherever_it_is_told():
    for name in OF_LABELS:  # one that gives numbers tells at Read what it expected
        trace = traces_of(name)[0]
        lines = list(facts(trace, scene_at(trace, 2, "read"), heading=True))
        size, state = trace.model.hidden_size, trace.model.phases[trace.model.state_phase].name
        walked = list(facts(trace, scene_at(trace, 2, state), heading=True))
        (memory,) = (line for line in walked if line.startswith("The memory "))
        (left,) = (line for line in lines if line.startswith("All that is left"))
        assert re.search(rf"the memory(: | \(| after .*: ){size} numbers", left), left
        assert f" holds {size} numbers; the 8 largest" in memory or memory.count("+") + memory.count("−") <= size <= 8


def test_every_edit_makes_a_clause_after_with():
    model = shipped("sentiment")
    trace = trace_of(model, NEGATED)
    line = plain(consequence(changed_by(trace, ("scale-memory 0",)).trace, trace, (parse_edit("scale-memory 0"),), 0))
    assert line.startswith("With no memory, ")


def test_every_told_sentence_is_borne_out():
    numbers = [of_shipped_models(), of_deep_models(), of_odd_networks(), of_what_ifs(), of_comparisons()]
    least = (20_000, 1_000, 2_000, 1_500, 5_000)
    assert all(number >= enough for number, enough in zip(numbers, least, strict=True)), numbers
    others = claims_floors.__name__  # of networks with several floors, which `test_floors.py` checks likewise
    assert not [one.pattern.pattern for one in CLAIMS if not one.seen and one.check.__module__ != others]


def test_every_equation_in_notation_holds_as_shown():
    number = 0
    for trace in [*(trace for name in SHIPPED for trace in traces_of(name)[:4]), *odd_networks(), *number_networks()]:
        for at in moments(trace, units_by_vote(trace)[:3]):
            number += equations_hold(plain(told(at, notation=True)[-1]))
    assert number > 3000


@pytest.mark.parametrize("name", SHIPPED)
def test_the_answer_in_short_is_that_of_the_output_nodes(name):
    for trace in traces_of(name):
        for t in range(len(trace)):
            if name in OF_LABELS:
                assert says(plain(answer(trace, t)), trace.values["probs"][t], trace.model.labels)
            else:
                assert is_said(At(trace, t, "check", 0), plain(answer(trace, t)), t)
        assert plain(outline(trace)) == plain(tell(trace, scene_at(trace, 0, "read"))[0])


NOTATION = (
    *("weight_", "h_prev", "bias_", "logits", "softmax", "tanh", "spectral", "=", "σ", "·", "Σ"),
    *(" x ", " ih ", " hh ", " r ", " z ", " f ", " g ", "forget gate", "update gate", "input gate", "output gate"),
)


@pytest.mark.parametrize("name", SHIPPED)
def test_words_mode_has_no_notation(name):
    for trace in traces_of(name)[-2:]:
        spelt = {token.surface for token in trace.tokens} | set(trace.model.labels)
        for at in moments(trace, [0]):
            for line in told(at):
                text = "".join(span.text for span in line if span.role != "word")
                assert not [sign for sign in NOTATION if sign in text and sign.strip() not in spelt], text


@pytest.mark.parametrize("name", SHIPPED)
def test_no_story_is_longer_than_its_place(name):
    # given the rows that a story has at 80×24 and at 100×30, in words and with notation
    rows = {(78, False): 4, (78, True): 6, (98, False): 4, (98, True): 5}
    trained = traces_of(name)[0]
    others = [trace_of(shipped(name), text) for text in (NEGATED, DEFAULT)] if name in WORDS else []
    for trace in (trained, *others):
        for at in moments(trace, range(trace.model.hidden_size)):
            lines = told(at, notation=True)
            for (width, notation), most in rows.items():
                if width == 98 and at.unit % 4:
                    continue
                shown = lines if notation else lines[:-1]
                # when it is wrapped, then it is whole
                used = sum(len(wrapped(line, width, TERMINAL)) for line in shown)
                assert used <= most, (width, [plain(line) for line in shown])

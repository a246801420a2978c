"""The lens units, against plain runs and NumPy's own correlation."""

from __future__ import annotations

import json
import warnings
from itertools import product

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.learned import learned
from rnn_tui.lenses.progress import quiet
from rnn_tui.lenses.stepping import in_float64
from rnn_tui.lenses.tagged import sentences
from rnn_tui.lenses.units import to_json, units
from rnn_tui.network.changes import silenced
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired

SMALL_WORDS = ("<unk>", "the", "a", "i", "he", "she", "we", "was", "is", "were", "and", "never", ".", "happy", "bad")
SMALL_WORDS += ("dog", "slept", "waited", "music", "in", "at")
KINDS = list(product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS))


@pytest.fixture(scope="module")
def kicking():
    return units(trace_of(shelf.load("kicking-and-screaming")))


def correlation(x, y):
    """NumPy's, and 0 where one of them doesn't vary, as a relu that is never on."""
    return np.corrcoef(x, y)[0, 1] if np.ptp(x) and np.ptp(y) else 0.0


class StopError(Exception):
    pass


# The verb unit is the verb unit


def test_the_verb_unit_is_found_to_be_the_verb_unit(kicking):
    named = {unit.name: unit.correlation for unit in kicking.units}
    classes = [trait for trait in named["verb"] if trait.isupper()]
    assert max(classes, key=lambda trait: named["verb"][trait]) == "VERB"
    assert max(classes, key=lambda trait: named["noun"][trait]) == "NOUN"
    assert max(named, key=lambda name: named[name]["VERB"]) == "verb"
    assert max(named, key=lambda name: named[name]["NOUN"]) == "noun"
    assert named["verb"]["VERB"] > 0.7
    assert named["noun"]["NOUN"] > 0.7


def test_what_pushes_the_verb_unit_are_verbs(kicking):
    verb = kicking.of(0)
    assert {word for word, _ in verb.up} <= {
        word for sentence in sentences() for word, tag in zip(sentence.words, sentence.tags, strict=True)
        if tag == "VERB"
    }  # fmt: skip
    assert verb.down == ()  # no word takes from it


def test_a_sentiment_unit_goes_with_the_polarity():
    found = units(trace_of(shelf.load("sentiment"))).learned
    polarity = found.correlation[:, found.traits.index("polarity")]
    assert np.abs(polarity).max() > 0.5
    assert found.counts["polarity"] == len(sentences())


# Correlations, against one plain run a sentence


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_correlation_is_that_of_plain_runs(cell, activation):
    model = build(cell, activation, hidden=3, scale=0.5, words=SMALL_WORDS)
    found = learned(model, quiet)
    states, tags, places, ends, polarities = [], [], [], [], []
    for sentence in sentences():
        trace = run(in_float64(model), model.tokens_of(sentence.words))
        known = [t for t, token in enumerate(trace.tokens) if not token.unknown]
        states += list(trace.values["h"][known])
        tags += [sentence.tags[t] for t in known]
        places += known
        if len(known) * 2 >= len(trace):
            ends.append(trace.values["h"][-1])
            polarities.append(sentence.polarity)
    states = np.array(states)
    wanted = [tag for tag in dict.fromkeys(tags) if tags.count(tag) >= 5]
    assert {trait for trait in found.traits if trait.isupper()} == set(wanted)
    for unit in range(3):
        measured = found.of(unit)
        for tag in wanted:
            here = np.array([tag == other for other in tags], float)
            assert measured[tag] == pytest.approx(correlation(states[:, unit], here), abs=1e-10)
            assert found.counts[tag] == tags.count(tag)
        assert measured["place"] == pytest.approx(correlation(states[:, unit], places), abs=1e-10)
        expected = correlation(np.array(ends)[:, unit], polarities)
        assert measured["polarity"] == pytest.approx(expected, abs=1e-10)
    assert found.counts["place"] == len(states)
    assert found.counts["polarity"] == len(ends)


def test_punctuation_is_no_example_where_the_model_never_reads_it():
    found = units(trace_of(shelf.load("kicking-and-screaming")), only=[0])
    assert "PUNCT" not in found.learned.counts


def test_a_unit_that_never_moves_goes_with_nothing():
    # given a second unit that no word feeds
    weights = np.zeros((2, 8))
    weights[0] = np.arange(8) - 3
    found = learned(wired(weights, unknown="<unk>"), quiet)
    assert not found.correlation[1].any()
    assert found.correlation[0].any()


def test_what_is_learned_is_measured_once_a_model():
    model = build()
    first = learned(model, quiet)

    def measuring(_share):
        pytest.fail("measured again")

    assert learned(model, measuring) is first
    with pytest.raises(pytest.fail.Exception):
        learned(build(), measuring)


# Where the sentences mean nothing


@pytest.mark.parametrize("name", ["recall-elman", "sunspots"])
def test_without_words_there_is_no_correlation_and_a_note_says_why(name):
    found = units(trace_of(shelf.load(name)))
    assert all(not unit.correlation for unit in found.units)
    assert f"“{name}” reads " in found.note
    assert all(0 <= unit.silenced <= 1 for unit in found.units)


def test_with_words_of_another_world_there_is_no_correlation():
    found = units(trace_of(build(words=("<unk>", "blorf", "gronk")), "blorf gronk"))
    assert found.learned.traits == ()
    assert "too few" in found.note


def test_numbers_push_no_unit():
    assert units(trace_of(shelf.load("sunspots"))).of(0).up == ()


# Pushes, against one plain run a word


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("inputs", ["one-hot", "embedding"])
def test_pushes_are_the_words_that_move_the_unit_most(cell, activation, inputs):
    model = build(cell, activation, inputs=inputs)
    after = {
        word: run(in_float64(model), model.tokens_of([word])).values["h"][0]
        for word in model.vocabulary.words
        if word != model.vocabulary.unknown
    }
    for unit in units(trace_of(model)).units:
        order = sorted(after, key=lambda word: -after[word][unit.unit])
        up = [word for word in order if after[word][unit.unit] > 0]
        down = [word for word in reversed(order) if after[word][unit.unit] < 0]
        assert [word for word, _ in unit.up] == up
        assert [word for word, _ in unit.down] == down
        for word, value in unit.up + unit.down:
            assert value == pytest.approx(after[word][unit.unit], abs=1e-12)


def test_of_many_words_eight_are_kept_and_of_equal_ones_the_first():
    # given more words than one piece holds, all but three of which push the same
    words = tuple(f"w{n}" for n in range(5000))
    weights = np.full((1, 5000), 0.5)
    weights[0, [10, 4000, 4999]] = 0.7, 0.9, -0.2
    unit = units(trace_of(wired(weights, words=words), "w1")).of(0)
    assert [word for word, _ in unit.up] == ["w4000", "w10", "w0", "w1", "w2", "w3", "w4", "w5"]
    assert [word for word, _ in unit.down] == ["w4999"]


# Silenced, against a plain run of the changed model


@pytest.mark.parametrize(("kind", "readout", "inputs"), KINDS)
def test_silenced_is_the_run_of_the_silenced_model(kind, readout, inputs):
    trace = trace_of(build(*kind, readout, inputs, hidden=4, scale=0.5))
    t = 1 if readout == "each" else len(trace) - 1
    found = units(trace, t)
    for unit in found.units:
        plain = run(silenced(in_float64(trace.model), [unit.unit]), trace.tokens)
        assert unit.silenced == pytest.approx(plain.values["probs"][t, found.label], abs=1e-12)
    assert (found.label, found.probability) == pytest.approx(
        run(in_float64(trace.model), trace.tokens).prediction(t), abs=1e-12
    )


def test_more_units_than_are_silenced_side_by_side():
    trace = trace_of(build(hidden=70, scale=0.2))
    found = units(trace)
    plain = run(silenced(in_float64(trace.model), [69]), trace.tokens)
    assert found.of(69).silenced == pytest.approx(plain.probability(found.label), abs=1e-12)


def test_only_the_units_that_are_asked_for():
    trace = trace_of(build(hidden=4))
    every, some = units(trace), units(trace, only=[2, 0])
    assert [unit.unit for unit in some.units] == [2, 0]
    assert some.of(2).silenced == pytest.approx(every.of(2).silenced, abs=1e-15)
    assert some.of(1) is None
    assert some.learned is every.learned


# What is odd


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_an_overflow_is_no_crash_and_no_warning(activation):
    trace = trace_of(build(activation=activation, scale=1e20, hidden=2), "the dog " * 20)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = units(trace)
    assert len(found.units) == 2


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_one_unit_one_word_and_weights_of_zero(cell, activation):
    found = units(trace_of(build(cell, activation, hidden=1, scale=0.0), "dog"))
    (unit,) = found.units
    assert unit.silenced == pytest.approx(0.5)
    assert unit.up == unit.down == ()
    assert not any(unit.correlation.values())


def test_it_can_be_cancelled_at_every_part():
    trace = trace_of(build(hidden=2))
    heard = []
    units(trace, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1.0)

    def stop(share):
        if share > 0.3:
            raise StopError

    with pytest.raises(StopError):
        units(trace_of(build(hidden=2, seed=1)), progress=stop)


def test_json_has_plain_numbers():
    found = units(trace_of(shelf.load("kicking-and-screaming")), only=[0])
    read = json.loads(json.dumps(to_json(found)))
    (unit,) = read["units"]
    assert unit["name"] == "verb"
    assert unit["correlation"]["VERB"] == found.of(0).correlation["VERB"]
    assert unit["counts"]["VERB"] == found.of(0).counts["VERB"]
    assert unit["up"][0][0] == "kicking"
    assert unit["silenced"] == found.of(0).silenced
    assert read["label"] == 0

"""What is told of a unit."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.lanes import ONE_LANE
from rnn_tui.lenses.learned import Traits
from rnn_tui.lenses.units import Unit, Units, units
from rnn_tui.story.lenses.units import tell
from rnn_tui.story.spans import plain
from tests.builders import build, scene_at, trace_of
from tests.pictures.views import NASTY, model


@pytest.fixture(scope="module")
def kicking():
    return trace_of(shelf.load("kicking-and-screaming"))


def told(trace, unit=0, measured=None, **scene):
    measured = units(trace, only=[unit]) if measured is None else measured
    return [plain(line) for line in tell(measured, trace, scene_at(trace, 0, "read", unit=unit, **scene))]


def measured_of(r, *, trait="VERB", up=(), down=(), silenced=0.5, probability=0.8, note=None):
    learned = Traits((trait,), {trait: 7}, np.full((2, 1), r), (up,) * 2, (down,) * 2, note)
    unit = Unit(0, "unit 1", learned.of(0) if note is None else {}, learned.counts, up, down, silenced)
    return Units((unit,), 0, 0, probability, {ONE_LANE: learned})


def test_the_verb_unit(kicking):
    found = units(kicking, only=[0]).of(0)
    lines = told(kicking)
    assert lines[0] == f"Unit “verb” goes up with verbs: match +0.72 on {found.counts['VERB']} verbs."
    assert lines[1] == "Read alone, “kicking” +0.72 and “screaming” +0.72 push it up."
    assert lines[2] == "Held at 0: Negative 69% instead of 87%."
    assert lines[3].startswith("So what?")


@pytest.mark.parametrize(
    ("trait", "r", "said"),
    [
        ("VERB", -0.5, "Unit 1 goes down with verbs: match −0.50 on 7 verbs."),
        ("CCONJ", 0.1, "Unit 1 goes up with and, or, but, but hardly: match +0.10 on 7 such words."),
        ("polarity", 0.6, "Unit 1 ends high after positive sentences: match +0.60 on 7 tagged sentences."),
        ("polarity", -0.6, "Unit 1 ends high after negative sentences: match −0.60 on 7 tagged sentences."),
        ("place", 0.6, "Unit 1 goes up along the sentence, word by word: match +0.60 on 7 tagged words."),
        ("VERB", 0.0, "Unit 1 goes with no kind of word: it doesn't move on the tagged sentences."),
        ("VERB", np.nan, "Unit 1 goes with no kind of word: it doesn't move on the tagged sentences."),
    ],
)
def test_what_it_goes_with(trait, r, said):
    trace = trace_of(build())
    assert told(trace, measured=measured_of(r, trait=trait))[0] == said


@pytest.mark.parametrize(
    ("silenced", "said"),
    [
        (0.801, "Held at 0: Negative stays at 80%."),
        (0.6, "Held at 0: Negative 60% instead of 80%."),
        (0.4, "Held at 0: Negative 40% instead of 80%; the answer turns."),
        (np.nan, "The numbers grew beyond all bounds, so there is no answer to compare."),
    ],
)
def test_what_the_answer_is_without_it(silenced, said):
    trace = trace_of(build())
    assert said in told(trace, measured=measured_of(0.5, silenced=silenced))


def test_where_every_word_has_an_answer_it_says_which():
    trace = trace_of(shelf.load("tagger"), "The man saw a film")
    measured = units(trace, t=2, only=[5])
    assert " after “saw” " in told(trace, 5, measured)[-2]


def test_long_words_are_told_one_by_one():
    long = "unwahrscheinlich"
    lines = told(trace_of(build()), measured=measured_of(0.5, up=((long, 0.9), (long, 0.8)), down=((long, -0.5),)))
    assert lines[1] == f"Read alone, “{long}” +0.90 pushes it up; “{long}” −0.50 pushes it down."


def test_what_no_word_moves():
    assert told(trace_of(build()), measured=measured_of(0.5))[1] == "No word moves it at all."


@pytest.mark.parametrize("name", ["recall-elman", "sunspots"])
def test_without_tagged_words_the_note_is_told(name):
    trace = trace_of(shelf.load(name))
    lines = told(trace)
    reads = f"“{name}” reads {trace.model.tokenizer.unit}s, “sentiment” words."
    assert lines[0] == f"What a unit goes with is asked of words: {reads}"
    assert lines[-1].startswith("So what?")


def test_hidden_gives_no_answer_away(kicking):
    said = "\n".join(told(kicking, hidden=True, notation=True))
    assert "Negative" not in said
    assert "%" not in said


def test_notation_adds_the_definition(kicking):
    assert len(told(kicking, notation=True)) == len(told(kicking)) + 1
    assert "h[unit]" in told(kicking, notation=True)[-1]


@pytest.mark.parametrize("name", ["kicking-and-screaming", "sentiment", "tagger", "names", "recall-lstm", "sunspots"])
def test_lines_are_short_and_end_with_so_what(name):
    trace = trace_of(shelf.load(name))
    for unit in range(trace.model.hidden_size):
        lines = told(trace, unit)
        assert all(len(line) <= 112 for line in lines), lines
        assert lines[-1].startswith("So what?")
        assert 3 <= len(lines) <= 4


def test_foreign_text_is_printable():
    trace = trace_of(
        model(labels=(NASTY, "x"), unit_names=(NASTY, "n"), words=("kick", NASTY.split()[1], "and")), "kick"
    )
    assert all(line.isprintable() for line in told(trace))

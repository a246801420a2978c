"""The model in which a lens has more to say of the same words."""

from __future__ import annotations

import pytest

from rnn_tui import shelf
from rnn_tui.lenses import LENSES, offered
from rnn_tui.lenses.learned import knows_tagged_words
from rnn_tui.network.errors import InputError
from tests.builders import build

NAMES = ("kicking-and-screaming", "names", "recall-gru", "sentiment", "sentiment-attention", "sunspots", "tagger")


@pytest.mark.parametrize("name", NAMES)
def test_attention_is_offered_where_there_is_none_and_the_words_can_be_read(name):
    model = shelf.load(name)
    readable = model.tokenizer.kind == "words" and model.readout.kind != "attention"

    assert offered("attention", model) == ("sentiment-attention" if readable else None)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_lens_has_to_say_in_a_shipped_model_is_offered_nowhere_else(name):
    model = shelf.load(name)

    assert {offered(lens, model) for lens in LENSES if lens != "attention"} == {None}
    assert offered(None, model) is None
    assert offered("no lens", model) is None


@pytest.mark.parametrize(
    ("readout", "made"),
    [
        ("last", "from one hidden state"),
        ("each", "from one hidden state"),
        ("mean", "from the mean over all words"),
        ("max", "from the largest values over all words"),
    ],
)
def test_why_there_is_no_attention_is_true_of_each_readout(readout, made):
    with pytest.raises(InputError) as raised:
        LENSES["attention"].need.check(build(readout=readout))
    assert f"“small” has no attention: its answer is made {made}; the model sentiment-attention" in str(raised.value)


def test_units_of_a_model_that_knows_too_few_tagged_words_are_offered_another():
    # given a model that knows none of them, and one that knows a good many
    few = build(words=("<unk>", "blorf", "gronk"))
    assert not knows_tagged_words(few)
    assert knows_tagged_words(shelf.load("sentiment"))
    # when the units are looked at, then another is offered; of numbers none is
    assert offered("units", few) == "sentiment"
    assert offered("units", build(inputs="number")) is None


@pytest.mark.parametrize("lens", ["attention", "units"])
def test_what_is_offered_has_what_is_needed(lens):
    need = LENSES[lens].need

    assert need.met(shelf.load(need.instead))
    assert offered(lens, build(name=need.instead, words=("<unk>", "blorf"))) is None

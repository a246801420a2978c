"""The Python side: what it takes, what it prints, and what it says where something is wrong."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import rnn_tui
from rnn_tui import shelf
from rnn_tui.edits import DropWord, ScaleMemory, apply_edits
from rnn_tui.lenses.memory import memory
from rnn_tui.lenses.recency import recency
from rnn_tui.network.storage import save
from rnn_tui.network.trace import run
from tests.builders import READOUT_KINDS, build, wired

TEXT = "the dog barked and slept"
MODEL = build(inputs="embedding")
NUMBERS = build(inputs="number")


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of models of one's own, with one in it that is called mine."""
    monkeypatch.setenv("RNN_TUI_MODELS", str(tmp_path))
    save(MODEL, tmp_path / "mine.safetensors")
    return tmp_path


def h(trace):
    return trace.values["h"]


# What is taken


def test_a_network_is_given_by_itself_its_name_or_its_path(own):
    expected = h(run(MODEL, MODEL.tokenize(TEXT)))
    path = own / "mine.safetensors"
    for named in (MODEL, "mine", str(path), path):
        np.testing.assert_array_equal(h(rnn_tui.run(named, TEXT)), expected)


def test_a_path_is_a_path_though_it_is_a_word(own, monkeypatch):
    monkeypatch.chdir(own)
    with pytest.raises(rnn_tui.UserError, match="mine"):
        rnn_tui.load(Path("mine"))  # by this name the shelf has one, in this folder there is none
    assert rnn_tui.load(Path("mine.safetensors")).labels == MODEL.labels


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.split(), tuple(TEXT.split()), np.array(TEXT.split()), MODEL.tokenize(TEXT)]
)
def test_a_text_is_a_text_a_list_of_words_or_tokens(text):
    trace = rnn_tui.run(MODEL, text)
    assert trace.tokens == MODEL.tokenize(TEXT)
    np.testing.assert_array_equal(h(trace), h(run(MODEL, MODEL.tokenize(TEXT))))


@pytest.mark.parametrize("numbers", ["1.5 -2", [1.5, -2], ["1.5", "−2"], np.array([1.5, -2], np.float32)])
def test_a_network_that_reads_numbers_takes_a_list_of_them(numbers):
    assert [token.value for token in rnn_tui.run(NUMBERS, numbers).tokens] == [0.5, -1.25]  # (value − 0.5) / 2


def test_a_word_that_the_network_knows_is_one_however_it_is_spelled():
    model = build(words=("<unk>", "new york", "u.s."))
    assert [token.index for token in rnn_tui.run(model, ["New York", "U.S."]).tokens] == [1, 2]


def test_a_state_is_what_is_remembered_before_the_first_word():
    state = (np.full(3, 0.5, np.float32),)
    assert (rnn_tui.run(MODEL, TEXT, state)[0].h_prev == 0.5).all()


def test_edits_are_typed_or_made_one_or_several():
    model, tokens = apply_edits(MODEL, MODEL.tokenize(TEXT), [ScaleMemory(0.5), DropWord(1)])
    expected = h(run(model, tokens))
    for edits in (["scale-memory 0.5", "drop 2"], (ScaleMemory(0.5), "drop 2")):
        np.testing.assert_array_equal(h(rnn_tui.run(MODEL, TEXT, edits=edits)), expected)
    for edit in ("drop 2", DropWord(1)):
        assert rnn_tui.run(MODEL, TEXT, edits=edit).text == "the barked and slept"
    np.testing.assert_array_equal(rnn_tui.edited(MODEL, "scale-memory 0.5").cell.weight_hh, model.cell.weight_hh)


@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_the_answers_are_the_probabilities_by_label(readout):
    trace = rnn_tui.run(build(readout=readout), TEXT)
    assert [answer.word for answer in trace.answers] == TEXT.split()
    for answer, probs in zip(trace.answers, trace.values["probs"], strict=True):
        assert list(answer.probs.items()) == list(zip(("Negative", "Positive"), probs.tolist(), strict=True))
        assert answer.label == ("Negative", "Positive")[probs.argmax()]
        assert answer.probability == probs.max()
    assert trace.answers[-1] == trace.answer == rnn_tui.predict(trace.model, TEXT)


def test_numbers_beyond_all_bounds_are_no_answer():
    model = wired([[3e38]], weight_hh=[[3e38]], activation="identity", words=("a",))
    answer = rnn_tui.predict(model, "a a a a")
    assert answer.label is None
    assert repr(answer) == "<Prediction after “a”: no answer, the numbers grow beyond all bounds>"


# The shelf


def test_the_models_are_a_list_with_the_default_first():
    entries = rnn_tui.models()
    assert isinstance(entries, list)
    assert entries[0].name == "kicking-and-screaming"
    assert {entry.name for entry in entries} == set(shelf.paths())
    sentiment = next(entry for entry in entries if entry.name == "sentiment")
    assert (sentiment.cell, sentiment.hidden_size, sentiment.labels) == ("Elman tanh", 16, ("Negative", "Positive"))
    assert sentiment.error == ""
    assert sentiment.path == shelf.find("sentiment")
    assert rnn_tui.load(sentiment.name).title == sentiment.title


def test_a_file_that_cannot_be_used_is_in_the_list_and_says_why(own):
    (own / "broken.safetensors").write_bytes(b"nothing")
    by_name = {entry.name: entry for entry in rnn_tui.models()}
    assert by_name["mine"].error == ""
    assert "broken.safetensors" in by_name["broken"].error
    assert repr(by_name["broken"]) == f"<broken: can't be used, {by_name['broken'].error}>"


def test_of_an_imported_model_the_list_says_what_it_was_compared_with(own):
    said = {"against": "its own forward", "largest_difference": 3e-7}
    save(replace(MODEL, provenance={"verified": said}), own / "theirs.safetensors")
    entry = next(entry for entry in rnn_tui.models() if entry.name == "theirs")
    assert entry.figure == "verified against its own forward, 3e-7"
    assert repr(entry).endswith("2 labels; verified against its own forward, 3e-7>")


def test_an_edited_network_claims_nothing_of_the_one_before():
    known = {"data": "reviews", "figure": 0.9, "verified": {"against": "its own forward", "largest_difference": 3e-7}}
    once = rnn_tui.edited(replace(MODEL, provenance=known), "scale-memory 0.5")
    expected = {"edited_from": "small", "data": "reviews", "edits": ["scale-memory 0.5"], "figure": None}
    assert once.provenance == expected
    assert rnn_tui.edited(once, "forget").provenance == {**expected, "edits": ["scale-memory 0.5", "forget"]}
    assert rnn_tui.edited(MODEL) is MODEL


# Lenses


def test_a_lens_gives_its_fields_of_a_text_or_of_a_trace():
    trace = rnn_tui.run(MODEL, TEXT, edits="scale-memory 0.5")
    expected = memory(trace).influence
    np.testing.assert_allclose(rnn_tui.lens("memory", trace)["influence"], expected, rtol=1e-12)
    again = rnn_tui.lens("memory", MODEL, TEXT, edits="scale-memory 0.5")
    np.testing.assert_allclose(again["influence"], expected, rtol=1e-12)


def test_a_lens_sweeps_every_word_however_long_the_sentence():
    assert rnn_tui.lens("recency", MODEL, TEXT.split() * 7)["position_sweep"].shape == (35, 35)


def test_a_lens_asks_about_the_answer_of_a_word():
    trace = rnn_tui.run(build(readout="each"), TEXT)
    found = rnn_tui.lens("recency", trace, t=2)
    np.testing.assert_allclose(found["leave_one_out"], recency(trace, 2).leave_one_out, rtol=1e-12)
    assert rnn_tui.lens("recency", trace)["t"] == 4


# What is printed


def test_a_model_is_its_name_cell_sizes_and_labels():
    assert (
        repr(MODEL)
        == str(MODEL)
        == (
            "<Model small: Elman tanh, vocab_size 8, input_size 5, hidden_size 3, output_size 2, readout last; "
            "labels Negative, Positive>"
        )
    )
    assert repr(build("lstm", None, "each", "number", labels=tuple("abcdefgh"))) == (
        "<Model small: LSTM, reads numbers, input_size 1, hidden_size 3, output_size 8, readout each; "
        "labels a, b, c, d, e, f, … (8 in all)>"
    )


TALL = wired([[1, -1, 0], [0.5, 0, -2]], words=("good", "bad", "not"), weight_hh=[[0, 0], [0, 0]])
"""h is tanh of the word's column; two outputs: the sum of h, and minus that."""


def test_a_trace_is_its_text_its_steps_and_its_answer():
    # tanh 1 + tanh 0.5 = 1.2237; 1 / (1 + e^(−2 · 1.2237)) = 0.9204
    assert repr(rnn_tui.run(TALL, "Bad good")) == "<Trace of wired on “Bad good”: 2 words; Negative 92%, Positive 8%>"
    one = repr(rnn_tui.run(TALL, "awful"))
    assert one == "<Trace of wired on “awful”: 1 word; Negative 50%, Positive 50%; unknown: “awful”>"


def test_a_trace_with_an_answer_for_each_word_has_them_all():
    model = build(readout="each", labels=("A", "B"))
    trace = rnn_tui.run(model, "dog cat dog")
    said = " ".join("AB"[row.argmax()] for row in trace.values["probs"])
    assert repr(trace) == f"<Trace of small on “dog cat dog”: 3 words; an answer for each: {said}>"


def test_a_step_is_its_word_and_its_values():
    step = rnn_tui.run(TALL, "bad good")[1]
    assert repr(step) == "<Step t=1 “good”: h +0.76 +0.46; probs 0.92 0.08>"
    assert str(step).splitlines() == [
        "t=1 “good”",
        "  x               3  +1.00 0.00 0.00",
        "  h_prev          2  −0.76 0.00",
        "  ih              2  +1.00 +0.50",
        "  hh              2  0.00 0.00",
        "  pre_activation  2  +1.00 +0.50",
        "  h               2  +0.76 +0.46",
        "  logits          2  +1.22 −1.22",
        "  probs           2  0.92 0.08",
    ]


def test_long_values_are_told_in_short():
    lines = str(rnn_tui.run("names", "anna")[0]).splitlines()
    assert re.fullmatch(r"  h +32(  ?[+−]\d\.\d\d){4} …", next(line for line in lines if line.startswith("  h ")))
    probs = rnn_tui.run("names", "anna")[0].probs
    assert lines[-1].endswith(f"largest {probs.max():.2f} at [{probs.argmax()}]")
    assert str(rnn_tui.run("kicking-and-screaming", "screaming")[0]).splitlines()[1].endswith(", else 0")


@pytest.mark.parametrize("count", [1, 40, 4000])
def test_what_is_printed_is_short_however_long_the_text(count):
    for readout in READOUT_KINDS:
        trace = rnn_tui.run(build(readout=readout), " ".join(["dog unheard" * 9] * count))
        assert len(repr(trace)) < 300
        assert len(str(trace[-1])) < 1000


def test_nothing_that_is_printed_moves_the_terminal():
    trace = rnn_tui.run(build(words=("<unk>", "\x1b[2j")), ["\x1b[2J", "dog"])
    assert "\x1b" not in repr(trace) + repr(trace[0]) + str(trace[0]) + repr(trace.answers)


# What is wrong


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: rnn_tui.run(3, TEXT), "int is no model: give a Model, a name or a path; from_torch and from_keras"),
        (lambda: rnn_tui.load(3), "int is no name and no path of a model"),
        (lambda: rnn_tui.run("sentimant", TEXT), "no model is called “sentimant”; did you mean “sentiment”?"),
        (lambda: rnn_tui.run(MODEL, 3), "int is no text: give a text, or a list of words"),
        (lambda: rnn_tui.run(MODEL, b"dog"), "bytes is no text: give a text, or a list of words"),
        (lambda: rnn_tui.run(MODEL, []), "the sentence is empty; give it at least one word"),
        (lambda: rnn_tui.run(MODEL, ["dog", 3]), "word 2 of the list is int, and no word"),
        (lambda: rnn_tui.run(MODEL, ["the dog"]), "“the dog” in the list is 2 words to “small”; give one each"),
        (lambda: rnn_tui.run(MODEL, ["dog", ""]), "“” in the list is no words to “small”; give one each"),
        (lambda: rnn_tui.run(NUMBERS, ["dog"]), "“dog” is no number"),
        (lambda: rnn_tui.run(NUMBERS, [1, None]), "number 2 of the list is NoneType, and no number"),
        (lambda: rnn_tui.run("sentiment", MODEL.tokenize(TEXT)), "tokens of another model; tokenize(text) of “sentim"),
        (lambda: rnn_tui.run(MODEL, TEXT, (np.zeros(2),)), "the state of “small” is (h,), each of 3 numbers"),
        (lambda: rnn_tui.run(MODEL, TEXT, edits="drp 2"), "no edit is called “drp”, did you mean drop?"),
        (lambda: rnn_tui.run(MODEL, TEXT, edits=[2]), "int is no edit; one is typed as “drop 2”"),
        (lambda: rnn_tui.run(MODEL, TEXT, edits=2), "int is no edit; one is typed as “drop 2”"),
        (lambda: rnn_tui.edited(MODEL, "drop 2"), "“drop 2” is an edit of a text: give it to run(model, text, edits"),
        (lambda: rnn_tui.lens("memry", MODEL, TEXT), "no lens is called “memry”; there are memory, gradient"),
        (lambda: rnn_tui.lens("attention", MODEL, TEXT), "“small” has no attention"),
        (lambda: rnn_tui.lens("memory", MODEL), "a text is missing: lens(name, model, text), or lens(name, trace)"),
        (lambda: rnn_tui.lens("memory", rnn_tui.run(MODEL, TEXT), TEXT), "a Trace has its text and its edits"),
        (lambda: rnn_tui.lens("memory", MODEL, TEXT, t=0), "“small” has one answer, the one after the last word"),
        (lambda: rnn_tui.lens("recency", build(readout="each"), TEXT, t=5), "no timestep 5; this trace has 0 to 4"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(call, says):
    with pytest.raises(rnn_tui.UserError) as caught:
        call()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)

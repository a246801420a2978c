"""`rnn-tui import`: what it assumes is said, and --check compares it with the network's own answers."""

import json

import numpy as np
import pytest

from rnn_tui import load
from rnn_tui.cli import main

WORDS = "<OOV>\nyes\nno\n"
ARRAYS = {  # h counts: 2 more for yes, 4 less for no; the logit of many is h − 2
    "emb.weight": [[0], [1], [-2]],
    "rnn.weight_ih_l0": [[2]],
    "rnn.weight_hh_l0": [[1]],
    "fc.weight": [[0], [1]],
    "fc.bias": [0, -2],
}


def sigmoid(x):
    return float(1 / (1 + np.exp(-x)))


ANSWERS = {"yes": sigmoid(0), "yes yes": sigmoid(2), "yes no": sigmoid(-2), "yes yes no yes": sigmoid(0)}
"""Of the relu network, by hand: h is 2, 4, 0, 2."""


@pytest.fixture
def place(tmp_path):
    np.savez(tmp_path / "w.npz", **{name: np.array(rows, np.float32) for name, rows in ARRAYS.items()})
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    answers(tmp_path, [f"{text},{1 - p},{p}" for text, p in ANSWERS.items()])
    return tmp_path


def answers(place, rows, header="text,few,many"):
    (place / "answers.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def call(place, *more, check=True):
    arguments = ["import", str(place / "w.npz"), "--vocabulary", str(place / "words.txt"), "--labels", "few,many"]
    checking = ["--check", str(place / "answers.csv")] if check else []
    return main([*arguments, *checking, "-o", str(place / "out.safetensors"), *more])


def test_what_is_assumed_is_said(capsys, place):
    assert call(place, check=False) == 0
    first, second, _ = capsys.readouterr().out.splitlines()
    assert first == (
        "assumed, since weights don't tell: tanh, last state, nothing before the last layer, softmax "
        "(--readout, --head or --nonlinearity says otherwise; --check FILE compares it with the network's own answers)"
    )
    assert second == "unknown words read <OOV>"
    assert (
        load(str(place / "out.safetensors")).provenance["assumed"]
        == "tanh, last state, nothing before the last layer, softmax"
    )
    assert load(str(place / "out.safetensors")).provenance["verified"] == {
        "against": None,
        "reason": "assumed is tanh, last state, nothing before the last layer, softmax",
    }


def test_unknown_words_that_read_zeros_are_said(capsys, place):
    assert call(place, "--unknown", "", check=False) == 0
    assert capsys.readouterr().out.splitlines()[1] == "unknown words read as zeros: --unknown WORD names one for them"


def test_a_network_that_gives_the_same_answers_is_verified(capsys, place):
    assert call(place, "--nonlinearity", "relu") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("verified against answers.csv (4 texts), ")
    assert lines[0].endswith(": relu, last state, nothing before the last layer, softmax")
    verified = load(str(place / "out.safetensors")).provenance["verified"]
    assert verified["against"] == "answers.csv (4 texts)"
    assert 0 <= verified["largest_difference"] < 1e-6


def test_a_network_that_answers_otherwise_is_refused(capsys, place):
    # given answers of relu and the assumption of tanh
    assert call(place) == 1
    # then one line names the first text, how far it is off, and what fits
    streams = capsys.readouterr()
    assert streams.out == ""
    wrong = sigmoid(np.tanh(2) - 2)
    assert streams.err == (
        f"rnn-tui: {place / 'answers.csv'}: row 2: “yes”: few is 0.5 in the file, {1 - wrong:.6g} as imported, "
        f"{0.5 - wrong:.2g} apart; 4 of 4 texts more than 0.0001 apart; imported as tanh, last state, nothing before "
        "the last layer, softmax; with --nonlinearity relu all agree\n"
    )
    assert not (place / "out.safetensors").exists()


def test_the_first_text_that_differs_is_named(capsys, place):
    rows = [f"{text},{1 - p},{p}" for text, p in ANSWERS.items()]
    rows[2] = "yes zebra,0.4995,0.5005"
    answers(place, rows)
    assert call(place, "--nonlinearity", "relu") == 1
    error = capsys.readouterr().err
    assert "row 4: “yes zebra” (unknown to the vocabulary: zebra): few is 0.4995 in the file, 0.5 as" in error
    assert (
        "0.0005 apart; 1 of 4 texts more than 0.0001 apart; imported as relu, last state, nothing before the last "
        "layer, softmax; no other --readout, " in error
    )


def test_a_difference_within_the_tolerance_is_none(place):
    answers(place, ["yes,0.49995,0.50005"])
    assert call(place, "--nonlinearity", "relu") == 0


def test_of_two_labels_one_column_is_enough(place):
    answers(place, [f"{p},{text}" for text, p in ANSWERS.items()], header="many,review")
    assert call(place, "--nonlinearity", "relu") == 0


@pytest.mark.parametrize(
    ("header", "rows", "says"),
    [
        ("text,some", ["yes,1"], "row 1: no column is called “few”; expected text, few, many"),
        ("few,many", ["1,0"], "row 1: which column is the text isn't plain"),
        ("a,b,few,many", ["1,0,1,0"], "row 1: which column is the text isn't plain"),
        ("text,few,many", [], "has a header and no row under it; there is nothing to compare"),
        ("text,few,many", ["yes,a,0"], "row 2: “a” is no probability of few"),
        ("text,few,many", ["yes,2.5,-1"], "row 2: 2.5, -1 are no probabilities, whose sum is 1; give softmax(logits)"),
        ("text,few,many", ["yes,nan,0"], "row 2: nan, 0 are no probabilities"),
        ("text,few,many", [",1,0"], "row 2: "),
    ],
)
def test_a_table_that_can_not_be_used(capsys, place, header, rows, says):
    answers(place, rows, header)
    assert call(place) == 1
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


def test_a_checkpoint_is_no_model_and_the_import_is_named(capsys, place):
    assert main(["trace", "-m", str(place / "c.pt"), "-s", "yes"]) == 1
    assert capsys.readouterr().err == (
        f"rnn-tui: “{place / 'c.pt'}” is a file of weights, no model file; this makes one: rnn-tui import "
        f"{place / 'c.pt'} --vocabulary words.txt --labels no,yes -o c.safetensors\n"
    )


def test_a_model_file_is_not_read_as_weights(capsys, place):
    # given a model file of a relu net, which the weights in it wouldn't say
    assert call(place, "--nonlinearity", "relu") == 0
    made = (place / "out.safetensors").rename(place / "mine.safetensors")
    capsys.readouterr()
    arguments = ["--vocabulary", str(place / "words.txt"), "--labels", "few,many"]
    assert main(["import", str(made), *arguments, "-o", str(place / "out.safetensors")]) == 1
    assert capsys.readouterr().err == (
        f"rnn-tui: {made}: is a model file already, not weights alone; open it with rnn-tui -m {made}\n"
    )


def test_what_a_whole_model_says_is_printed(capsys, place):
    h5py = pytest.importorskip("h5py")
    named = {
        "emb/embeddings": "emb.weight",
        "rnn/kernel": "rnn.weight_ih_l0",
        "rnn/recurrent_kernel": "rnn.weight_hh_l0",
    }
    layers = [
        {"class_name": "Embedding", "config": {"name": "emb"}},
        {"class_name": "SimpleRNN", "config": {"name": "rnn", "activation": "relu"}},
        {"class_name": "Dense", "config": {"name": "fc", "units": 2, "activation": "softmax"}},
    ]
    with h5py.File(place / "w.h5", "w") as file:
        for name, array in named.items():
            file[name] = np.array(ARRAYS[array], np.float32)
        file["fc/kernel"], file["fc/bias"] = np.array([[0, 1]], np.float32), np.array([0, -2], np.float32)
        file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": layers}})
    arguments = ["--vocabulary", str(place / "words.txt"), "--labels", "few,many", "-o", str(place / "out.safetensors")]
    assert main(["import", str(place / "w.h5"), *arguments]) == 0
    assert capsys.readouterr().out.startswith(
        "as the file says: relu, last state, nothing before the last layer, softmax\nunknown words read <OOV>\n"
    )
    assert main(["import", str(place / "w.h5"), *arguments, "--check", str(place / "answers.csv")]) == 0
    assert "verified against answers.csv (4 texts), " in capsys.readouterr().out


def test_a_network_of_numbers_with_one_output_is_checked(capsys, place):
    # given h that adds up what it reads, and one output: its logit is h − 1
    arrays = {"rnn.weight_ih_l0": [[1]], "rnn.weight_hh_l0": [[1]], "fc.weight": [[1]], "fc.bias": [-1]}
    np.savez(place / "w.npz", **{name: np.array(rows, np.float32) for name, rows in arrays.items()})
    answers(place, [f"1 2,{sigmoid(2)}", f"0.5,{sigmoid(-0.5)}"], header="series,rise")
    more = ["--labels", "fall,rise", "--tokenizer", "numbers", "--nonlinearity", "relu"]
    out = ["-o", str(place / "out.safetensors"), "--check", str(place / "answers.csv")]
    assert main(["import", str(place / "w.npz"), *more, *out]) == 0
    assert (
        capsys.readouterr().out.splitlines()[0].endswith(": relu, last state, nothing before the last layer, sigmoid")
    )


H = {"yes": [2], "yes yes": [2, 4], "yes no": [2, -2], "no yes": [-4, -2], "yes yes no": [2, 4, 0]}
"""The hidden states of the network with the identity, by hand."""


def share(read):
    """The answers of a network whose last layer reads this of the hidden states."""
    return [f"{text},{1 - sigmoid(read(h) - 2)},{sigmoid(read(h) - 2)}" for text, h in H.items()]


FITTING = {
    # what its last layer reads: the options that say so, and what is assumed with fewer
    "the mean": (np.mean, ["--readout", "mean"]),
    "the largest": (np.max, ["--readout", "max"]),
    "relu": (lambda h: max(h[-1], 0), ["--head", "relu"]),
    "tanh of the mean": (lambda h: np.tanh(np.mean(h)), ["--readout", "mean", "--head", "tanh"]),
    "sigmoid of the largest": (lambda h: sigmoid(np.max(h)), ["--readout", "max", "--head", "sigmoid"]),
}


@pytest.mark.parametrize("name", FITTING)
def test_the_readout_and_the_head_that_fit_are_named(capsys, place, name):
    # given answers of a network that reads its states otherwise
    read, options = FITTING[name]
    answers(place, share(read))
    # when only its nonlinearity is said
    assert call(place, "--nonlinearity", "identity") == 1
    # then the rest is named
    error = capsys.readouterr().err
    assert "imported as identity, last state, nothing before the last layer, softmax; with " in error
    assert error.endswith(f"; with {' '.join(options)} all agree\n")
    # and with it all agree
    assert call(place, "--nonlinearity", "identity", *options) == 0
    verified = load(str(place / "out.safetensors"))
    assert verified.provenance["verified"]["largest_difference"] < 1e-6
    assert verified.readout.kind == (options[1] if options[0] == "--readout" else "last")
    assert [entry.activation for entry in verified.head] == (options[-1:] if "--head" in options else [])


def test_three_options_that_fit_are_named(capsys, place):
    answers(place, share(lambda h: np.tanh(np.mean(h))))
    assert call(place) == 1
    assert capsys.readouterr().err.endswith("; with --nonlinearity identity --readout mean --head tanh all agree\n")


def test_options_that_are_to_be_left_out_are_named(capsys, place):
    answers(place, share(lambda h: h[-1]))
    assert call(place, "--nonlinearity", "identity", "--head", "relu") == 1
    error = capsys.readouterr().err
    assert "imported as identity, last state, relu before the last layer, softmax; without --head all agree\n" in error
    answers(place, share(np.mean))
    assert call(place, "--nonlinearity", "identity", "--head", "relu,tanh") == 1
    error = capsys.readouterr().err
    assert "imported as identity, last state, relu and tanh before the last layer, softmax; with --read" in error
    assert error.endswith("with --readout mean and without --head all agree\n")


def test_where_nothing_fits_it_is_said_what_was_tried_and_what_to_look_at(capsys, place):
    answers(place, share(np.sum))
    assert call(place) == 1
    assert capsys.readouterr().err.endswith(
        "imported as tanh, last state, nothing before the last layer, softmax; no other --readout, --head or "
        "--nonlinearity that was tried agrees; are --vocabulary and --labels in the order that it was trained with? "
        "from_torch or from_keras, given the network itself, run and compare it\n"
    )


def test_with_attention_the_head_is_looked_for(capsys, place):
    # given attention whose scores are all 0, so that it is the mean
    arrays = ARRAYS | {"attention.weight": [[0]], "attention.bias": [0]}
    np.savez(place / "w.npz", **{name: np.array(rows, np.float32) for name, rows in arrays.items()})
    answers(place, share(lambda h: np.tanh(np.mean(h))))
    assert call(place, "--readout", "attention", "--nonlinearity", "identity") == 1
    error = capsys.readouterr().err
    assert "imported as identity, attention over the states, nothing before the last layer, softmax; with" in error
    assert error.endswith("; with --head tanh all agree\n")


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("elu", "“elu” is no function of a head; there are relu, tanh, sigmoid, identity"),
        ("", "“” is no function of a head; leave --head out for nothing"),
        ("none", "“none” is no function of a head; leave --head out for nothing"),
        ("16", "“16” asks for a layer of 16 units, which a head can't have yet"),
    ],
)
def test_a_head_that_there_is_none_of(capsys, place, head, says):
    assert call(place, "--head", head) == 2
    assert says in capsys.readouterr().err

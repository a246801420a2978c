"""`rnn-tui import`."""

import json
import shlex

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from rnn_tui import load, shelf
from rnn_tui.cli import main
from rnn_tui.network.trace import run
from tests.interop.networks import LABELS, TOLERANCE, recorded, states
from tests.network import record_keras

WORDS = ("<unk>", "dog", "cat", "barked", "slept", "the", "not")


@pytest.fixture
def place(tmp_path):
    """A folder with the weights of a GRU and its vocabulary; returns it, with a call of `import` on them."""
    state_dict, _ = recorded("gru", {"rnn": "memory"})
    save_file(state_dict, tmp_path / "weights.safetensors")
    (tmp_path / "words.txt").write_text("\n".join(WORDS), encoding="utf-8")
    return tmp_path


def call(place, *more, labels="x,y,z", weights="weights.safetensors", words="words.txt", out="out.safetensors"):
    arguments = ["import", str(place / weights), "--labels", labels, "-o", str(place / out), *more]
    return main([*arguments, "--vocabulary", str(place / words)] if words else arguments)


def complaint(capsys, place):
    """The one line on stderr; nothing else may be printed, and nothing may have been written."""
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("rnn-tui: ")
    assert streams.err.count("\n") == 1
    assert not (place / "out.safetensors").exists()
    assert not list(place.glob(".out*"))
    return streams.err


def test_weights_become_a_model_that_opens(capsys, place):
    # given weights and a vocabulary, when they are imported
    assert call(place) == 0
    # then lines say what was assumed, what was made and how to open it
    path = place / "out.safetensors"
    streams = capsys.readouterr()
    assert streams.err == ""
    assert streams.out == (
        "assumed, since weights don't tell: last state, nothing before the last layer, softmax "
        "(--readout or --head says otherwise; --check FILE compares it with the network's own answers)\n"
        "unknown words read <unk>\n"
        f"{path}: GRU, 5 hidden, 7 words, labels x, y, z; open it with: rnn-tui -m {path} -s 'dog cat barked'\n"
    )
    # and the model has PyTorch's hidden states
    model, results = load(str(path)), recorded("gru")[1]
    np.testing.assert_allclose(states(model, results["tokens"])["h"], results["h"], atol=TOLERANCE)
    assert (model.name, model.vocabulary.unknown, model.labels) == ("out", "<unk>", LABELS)
    assert model.provenance["source"] == "weights trained with PyTorch"
    assert shlex.split(model.provenance["command"])[:3] == ["rnn-tui", "import", str(place / "weights.safetensors")]
    # and the sentence of the line can be read
    command = shlex.split(streams.out.partition("open it with: ")[2])
    assert main(["trace", *command[1:], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tokens"] == ["dog", "cat", "barked"]


def test_everything_that_can_be_said_of_a_model(capsys, place):
    more = ["--readout", "each", "--unknown", "", "--unit-names", "a, b,c,d,e", "--name", "ours", "--title", "Our net"]
    more += ["--summary", "What it does", "--example", "the dog", "--example", "the cat", "--punctuation", "keep"]
    assert call(place, *more) == 0
    assert capsys.readouterr().out.endswith(f"open it with: rnn-tui -m {place / 'out.safetensors'}\n")
    model = load(str(place / "out.safetensors"))
    assert (model.name, model.title, model.summary) == ("ours", "Our net", "What it does")
    assert model.unit_names == ("a", "b", "c", "d", "e")
    assert [example.text for example in model.examples] == ["the dog", "the cat"]
    assert model.vocabulary.unknown is None
    assert model.readout.kind == "each"
    assert model.tokenizer.options() == {"kind": "words", "lowercase": True, "punctuation": "keep"}


@pytest.mark.parametrize(("name", "content"), [("tags.txt", "x\ny\nz\n"), ("tags.json", '{"y": 1, "x": 0, "z": 2}')])
def test_labels_from_a_file(place, name, content):
    (place / name).write_text(content, encoding="utf-8")
    assert call(place, labels=f"@{place / name}") == 0
    assert load(str(place / "out.safetensors")).labels == LABELS


def test_many_labels_are_not_all_printed(capsys, place):
    state_dict, _ = recorded("gru")
    state_dict["fc.weight"] = np.ones((5, 5), np.float32)
    del state_dict["fc.bias"]
    save_file(state_dict, place / "weights.safetensors")
    assert call(place, labels="1,2,3,4,@") == 0
    assert "labels 1, 2, 3, 4, … (5);" in capsys.readouterr().out


def test_a_network_that_reads_numbers(capsys, place):
    rng = np.random.default_rng(0)
    shapes = {"r.weight_ih": (4, 1), "r.weight_hh": (4, 4), "f.weight": (1, 4), "f.bias": (1,)}
    np.savez(place / "w.npz", **{name: rng.normal(size=shape) for name, shape in shapes.items()})
    more = ["--tokenizer", "numbers", "--mean", "50", "--scale", "2.5", "--nonlinearity", "relu"]
    assert call(place, *more, labels="fall, rise", weights="w.npz", words=None) == 0
    line = capsys.readouterr().out
    assert "Elman relu, 4 hidden, reads numbers, labels fall, rise (one output, read as the logit of rise);" in line
    assert line.endswith("-s '1 2 3'\n")
    model = load(str(place / "out.safetensors"))
    assert [token.value for token in model.tokenize("55 50")] == [2, 0]
    assert run(model, model.tokenize("55 50")).values["probs"].shape == (2, 2)


def test_characters(capsys, place):
    (place / "words.txt").write_text("<pad>\na\nb\n \nC\n1\nd", encoding="utf-8")
    assert call(place, "--tokenizer", "characters") == 0
    assert capsys.readouterr().out.endswith("-s 'ab '\n")
    assert load(str(place / "out.safetensors")).tokenizer.options() == {"kind": "characters", "lowercase": False}


def test_a_vocabulary_that_nobody_can_type(capsys, place):
    (place / "words.txt").write_text("\n".join(f"<{n}>" for n in range(5)) + "\n.\n\n", encoding="utf-8")
    assert call(place, "--punctuation", "drop") == 0
    assert capsys.readouterr().out.endswith("-s '…'\n")


def test_weights_of_keras(capsys, place):
    pytest.importorskip("h5py")
    (place / "rows.json").write_text(json.dumps({word: row for row, word in enumerate(WORDS[1:], 1)}), encoding="utf-8")
    path = record_keras.RECORDED / "keras-gru.weights.h5"
    assert call(place, weights=path, words="rows.json") == 0
    model = load(str(place / "out.safetensors"))
    assert model.vocabulary.words == ("<pad>", *WORDS[1:])
    assert model.provenance["source"] == "weights trained with Keras"


def test_a_name_that_looks_like_an_option(capsys, place, monkeypatch):
    monkeypatch.chdir(place)
    arguments = ["import", "weights.safetensors", "--vocabulary", "words.txt", "--labels", "x,y,z"]
    assert main([*arguments, "--output=-m.safetensors"]) == 0
    assert "open it with: rnn-tui -m ./-m.safetensors -s" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"labels": "x,y"}, "fc.weight (3, 5) has 3 outputs, but there are 2 labels (x, y)"),
        ({"labels": "x,x,y"}, "“x” is twice in the labels, at 1 and 2"),
        ({"weights": "none.npz"}, "none.npz: no such file"),
        ({"weights": "words.txt"}, "expected a .safetensors, .npz, .h5 or .keras file, or a checkpoint"),
        ({"words": "none.txt"}, "none.txt: no such file"),
        ({"words": "weights.safetensors"}, "is not UTF-8"),
        ({"labels": "@none.txt"}, "none.txt: no such file"),
        ({"out": "nowhere/out.safetensors"}, "can't be written"),
    ],
)
def test_what_does_not_fit_is_one_line_and_nothing_is_written(capsys, place, options, says):
    assert call(place, **options) == 1
    assert says in complaint(capsys, place)


@pytest.mark.parametrize(
    ("more", "options", "says"),
    [
        ([], {"out": "out.npz"}, "a model file's name ends in .safetensors"),
        ([], {"out": ".safetensors"}, "a model file's name ends in .safetensors"),
        ([], {"words": None}, "--vocabulary FILE is missing: the words in the order of the rows, one a line"),
        (["--tokenizer", "numbers"], {}, "--vocabulary: a network that reads numbers has none"),
        (["--scale", "2"], {}, "--mean, --scale and --features go with"),
        (["--tokenizer", "numbers", "--scale", "0"], {"words": None}, "--scale is one above 0"),
        (["--tokenizer", "numbers", "--mean", "nan"], {"words": None}, "--mean is a number"),
        (["--tokenizer", "characters", "--punctuation", "keep"], {}, "--punctuation goes with --tokenizer words"),
        (["--readout", "first"], {}, "invalid choice"),
    ],
)
def test_a_wrong_call(capsys, place, more, options, says):
    assert call(place, *more, **options) == 2
    assert says in complaint(capsys, place)


def test_help_has_an_example(capsys):
    assert main(["import", "--help"]) == 0
    text = capsys.readouterr().out
    assert "rnn-tui import weights.safetensors --vocabulary words.txt --labels Negative,Positive -o mine" in text
    assert 'safetensors.torch.save_file(model.state_dict(), "weights.safetensors")' in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=200),
    words=st.binary(max_size=60),
    ending=st.sampled_from([".safetensors", ".npz", ".weights.h5", ".pt", ""]),
)
def test_garbage_never_makes_a_traceback(capsys, place, content, words, ending):
    (place / f"garbage{ending}").write_bytes(content)
    (place / "garbage.txt").write_bytes(words)
    assert call(place, weights=f"garbage{ending}", words="garbage.txt") == 1
    complaint(capsys, place)


def test_a_model_that_came_with_the_program_and_the_weights_themselves_are_never_replaced(capsys, place):
    shipped = shelf.folders()[0] / "sentiment.safetensors"
    before, weights = shipped.read_bytes(), (place / "weights.safetensors").read_bytes()
    assert call(place, out=str(shipped)) == 1
    assert "the shipped models stay as they are" in capsys.readouterr().err
    assert call(place, out="weights.safetensors") == 1
    assert "would replace what is read" in capsys.readouterr().err
    assert (shipped.read_bytes(), (place / "weights.safetensors").read_bytes()) == (before, weights)

"""The model file: what is written is read again, and every fault is said in one line."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from rnn_tui.network import storage
from rnn_tui.network.errors import ModelFileError, UserError
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build


def written(folder, model=None, *, change=None, tensors=None, name="m.safetensors"):
    """A model file with its metadata or tensors changed on the way; returns its path."""
    model = model or build(inputs="embedding")
    fields = storage.to_json(model)
    if change:
        change(fields)
    arrays = dict(model.tensors())
    if tensors:
        tensors(arrays)
    path = folder / name
    save_file(arrays, path, metadata={"rnn_tui": json.dumps(fields)})
    return path


def refusal(path, **options):
    with pytest.raises(ModelFileError) as raised:
        storage.load(path, **options)
    message = str(raised.value)
    assert "\n" not in message
    assert str(path) in message
    return message


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
def test_what_is_saved_is_loaded_again(tmp_path, cell, activation, readout, inputs):
    fields = {"unit_names": ("x", "y", "z"), "title": "A title", "provenance": {"seed": 3}}
    model = build(cell, activation, readout, inputs, **fields)
    path = tmp_path / "saved.safetensors"

    storage.save(model, path)
    loaded = storage.load(path)

    assert storage.to_json(loaded) == storage.to_json(model)
    tokens = model.tokenize(model.examples[0].text)
    np.testing.assert_array_equal(run(loaded, tokens).values["probs"], run(model, tokens).values["probs"])
    assert storage.load_metadata(path)[1] == 3
    assert storage.load_metadata(path)[0].title == "A title"


def test_the_same_model_makes_the_same_bytes(tmp_path):
    storage.save(build(), tmp_path / "a.safetensors")
    storage.save(build(), tmp_path / "b.safetensors")

    assert (tmp_path / "a.safetensors").read_bytes() == (tmp_path / "b.safetensors").read_bytes()


def test_loaded_weights_cannot_be_changed(tmp_path):
    storage.save(build(), tmp_path / "m.safetensors")

    model = storage.load(tmp_path / "m.safetensors")

    with pytest.raises(ValueError, match="read-only"):
        model.cell.weight_hh[0, 0] = 1


TENSOR_FAULTS = {
    "missing": (lambda t: t.pop("rnn.bias_hh_l0"), "tensor rnn.bias_hh_l0 is missing; expected rnn.bias_hh_l0 (3,)"),
    "extra": (lambda t: t.update(more=np.zeros(2, np.float32)), "tensor more (2,) is not expected"),
    "second layer": (
        lambda t: t.update({"rnn.weight_ih_l1": np.zeros((3, 3), np.float32)}),
        "tensor rnn.weight_ih_l1 (3, 3) is not expected",
    ),
    "shape": (
        lambda t: t.update({"rnn.weight_hh_l0": np.zeros((3, 4), np.float32)}),
        "tensor rnn.weight_hh_l0 has shape (3, 4), expected (3, 3)",
    ),
    "dtype": (
        lambda t: t.update({"fc.bias": np.zeros(2, np.float64)}),
        "tensor fc.bias has dtype float64, expected float32",
    ),
    "vocabulary": (
        lambda t: t.update({"embedding.weight": np.zeros((5, 5), np.float32)}),
        "embedding.weight has shape (5, 5), expected (8, 5) (one row a word of the vocabulary)",
    ),
    "labels": (
        lambda t: t.update({"fc.weight": np.zeros((4, 3), np.float32)}),
        "fc.weight has shape (4, 3), expected (2, 3) (one row a label)",
    ),
    "nan": (
        lambda t: t.update({"fc.weight": np.array([[0, np.nan, 0], [0, 0, 0]], np.float32)}),
        "tensor fc.weight holds nan at [0, 1], expected finite numbers only",
    ),
    "infinity": (
        lambda t: t.update({"fc.bias": np.array([np.inf, 0], np.float32)}),
        "tensor fc.bias holds inf at [0]",
    ),
    "no input": (
        lambda t: t.update(
            {"embedding.weight": np.zeros((8, 0), np.float32), "rnn.weight_ih_l0": np.zeros((3, 0), np.float32)}
        ),
        "tensor embedding.weight has shape (8, 0), expected no size of 0",
    ),
    "no unit": (
        lambda t: t.update(
            {"fc.weight": np.zeros((2, 0), np.float32), "rnn.weight_ih_l0": np.zeros((0, 5), np.float32)}
            | {"rnn.weight_hh_l0": np.zeros((0, 0), np.float32)}
            | {f"rnn.{name}_l0": np.zeros(0, np.float32) for name in ("bias_ih", "bias_hh")}
        ),
        "tensor fc.weight has shape (2, 0), expected no size of 0",
    ),
    "flat": (lambda t: t.update({"fc.weight": np.zeros(6, np.float32)}), "expected"),
}


@pytest.mark.parametrize("fault", TENSOR_FAULTS)
def test_a_wrong_tensor_is_named_with_what_was_found_and_expected(tmp_path, fault):
    change, expected = TENSOR_FAULTS[fault]

    assert expected in refusal(written(tmp_path, tensors=change))


FIELD_FAULTS = {
    "newer": (lambda f: f.update(format=3), "format 3 is newer than this program reads (2)"),
    "no format": (lambda f: f.pop("format"), "has no field “format”"),
    "odd format": (lambda f: f.update(format="1"), 'format is "1", expected a number from 1 to 2'),
    "duplicate": (lambda f: f["vocabulary"].__setitem__(1, "dog"), "“dog” is twice in vocabulary"),
    "labels": (lambda f: f.update(labels=["one"]), "fc.bias has shape (2,), expected (1,) (one row a label)"),
    "label twice": (lambda f: f.update(labels=["a", "a"]), "“a” is twice in labels"),
    "unknown": (lambda f: f.update(unknown="zebra"), 'unknown is "zebra", expected a word of the vocabulary, or null'),
    "cell": (lambda f: f.update(cell="mamba"), 'cell is "mamba", expected one of elman, gru, lstm'),
    "activation": (lambda f: f.update(activation="sin"), "expected one of tanh, relu, identity"),
    "gru activation": (lambda f: f.update(cell="gru"), 'activation is "tanh", expected null for gru'),
    "readout": (lambda f: f.update(readout="first"), "expected one of last, each, attention"),
    "tokenizer": (lambda f: f.update(tokenizer={"kind": "bytes"}), "expected one of words, characters, numbers"),
    "option": (lambda f: f.update(tokenizer={"kind": "words", "colour": 1}), "expected no such option for words"),
    "punctuation": (lambda f: f["tokenizer"].update(punctuation="eat"), "expected one of keep, drop, spaces"),
    "lowercase": (lambda f: f["tokenizer"].update(lowercase=3), "expected true or false"),
    "units": (lambda f: f.update(unit_names=["a", "b"]), "unit_names has 2 names, expected 3, one a hidden unit"),
    "name": (lambda f: f.update(name=3), "name is 3, expected a text"),
    "examples": (lambda f: f.update(examples=[{"text": 1}]), 'expected {"text": …, "why": …}'),
    "examples list": (lambda f: f.update(examples="x"), "expected a list"),
    "example": (lambda f: f.update(examples=[3]), 'expected {"text": …, "why": …}'),
    "provenance": (lambda f: f.update(provenance=[1]), "provenance is [1], expected an object"),
    "long": (lambda f: f.update(labels="x" * 100), "…, expected a list of texts"),
}


@pytest.mark.parametrize("fault", FIELD_FAULTS)
def test_a_wrong_field_is_named_with_what_was_found_and_expected(tmp_path, fault):
    change, expected = FIELD_FAULTS[fault]

    assert expected in refusal(written(tmp_path, change=change))


NUMBER_FAULTS = {
    "scale": (lambda f: f["tokenizer"].update(scale=0), "tokenizer scale is 0, expected a number above 0"),
    "mean": (lambda f: f["tokenizer"].update(mean="x"), "expected a number"),
    "vocabulary": (lambda f: f.update(vocabulary=["a"]), "expected an empty list with the tokenizer numbers"),
}


@pytest.mark.parametrize("fault", NUMBER_FAULTS)
def test_a_number_model_has_faults_of_its_own(tmp_path, fault):
    change, expected = NUMBER_FAULTS[fault]

    assert expected in refusal(written(tmp_path, build(inputs="number"), change=change))


def test_characters_are_read_from_the_file(tmp_path):
    path = written(tmp_path, change=lambda f: f.update(tokenizer={"kind": "characters", "lowercase": True}))

    assert storage.load(path).tokenizer.options() == {"kind": "characters", "lowercase": True}


def test_what_may_be_left_out_is_filled_in(tmp_path):
    def bare(fields):
        for name in ("name", "title", "summary", "examples", "provenance", "unit_names", "unknown"):
            fields.pop(name)
        fields["tokenizer"] = {"kind": "words"}

    model = storage.load(written(tmp_path, change=bare, name="bare.safetensors"))

    assert (model.name, model.title, model.summary, model.examples) == ("bare", "bare", "", ())
    assert model.vocabulary.unknown is None


def test_files_that_are_no_model_files_are_told_apart(tmp_path):
    plain = tmp_path / "plain.safetensors"
    save_file({"x": np.zeros(2, np.float32)}, plain)
    assert "`rnn-tui import` makes one" in refusal(plain)
    for name, content in {"empty": b"", "text": b"hello world, this is no model", "zip": b"PK\x03\x04" * 20}.items():
        path = tmp_path / f"{name}.safetensors"
        path.write_bytes(content)
        assert "no safetensors file, or one that is cut short" in refusal(path)
    assert "is a folder" in refusal(tmp_path)
    assert "no such model file" in refusal(tmp_path / "none.safetensors")


def test_metadata_that_is_no_json_object_is_refused(tmp_path):
    path = tmp_path / "m.safetensors"
    for text, expected in {"{": "no JSON", "[1]": "is [1], expected an object", "[" * 100_000: "no JSON"}.items():
        save_file({"x": np.zeros(2, np.float32)}, path, metadata={"rnn_tui": text})
        assert expected in refusal(path)


def test_a_file_cut_short_anywhere_is_refused(tmp_path):
    whole = written(tmp_path).read_bytes()
    path = tmp_path / "cut.safetensors"

    for length in [*range(0, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert "cut short" in refusal(path)


def test_a_header_that_lies_about_its_length_is_refused(tmp_path):
    path = tmp_path / "lie.safetensors"
    path.write_bytes(struct.pack("<Q", 2**62) + b"{}")

    assert "cut short or damaged" in refusal(path)


def test_a_file_too_large_is_refused_unless_asked_for(tmp_path):
    path = written(tmp_path)

    assert "--allow-large" in refusal(path, max_bytes=100)
    assert storage.load(path, max_bytes=None).hidden_size == 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(field=st.sampled_from(sorted(storage.to_json(build()))), value=JSON)
def test_any_value_in_any_field_is_read_or_refused_in_one_line(tmp_path_factory, field, value):
    path = written(tmp_path_factory.mktemp("m"), change=lambda fields: fields.update({field: value}))

    assert len(complaint(path).splitlines()) <= 1


def complaint(path):
    """The refusal of a file that is refused, or nothing; any other exception is a fault of the program."""
    try:
        storage.load(path)
    except ModelFileError as error:
        return str(error)
    return ""


def test_a_line_break_in_a_word_or_a_name_does_not_break_the_line(tmp_path):
    word = written(tmp_path, change=lambda fields: fields.update(vocabulary=["a\nb"] * 8), name="word.safetensors")
    name = written(tmp_path, tensors=lambda arrays: arrays.update({"a\u2028b": np.zeros(1, np.float32)}))

    assert "“a b” is twice in vocabulary" in refusal(word)
    assert "tensor a␊b (1,) is not expected" in refusal(name)


def test_a_dtype_that_numpy_does_not_know_is_named(tmp_path):
    path = written(tmp_path)
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    as_written, changed = b'"fc.bias":{"dtype":"F32","shape":[2]', b'"fc.bias":{"dtype":"BF16","shape":[4]'
    header = content[8 : 8 + length].replace(as_written, changed)
    path.write_bytes(struct.pack("<Q", len(header)) + header + content[8 + length :])

    assert "tensor fc.bias has dtype BF16, expected float32" in refusal(path)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "m.safetensors"
    storage.save(build(seed=1), path)
    before = path.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(UserError, match="can't be written: No space left on device"):
        storage.save(build(seed=2), path)

    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["m.safetensors"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UserError, match="can't be written"):
        storage.save(build(), tmp_path / "none" / "m.safetensors")


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    path = written(tmp_path)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    assert "can't be read: Permission denied" in refusal(path)


def test_a_file_that_is_gone_between_two_looks_is_said(tmp_path, monkeypatch):
    path = written(tmp_path)

    def gone(*_, **__):
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr("os.open", gone)
    assert "no such model file" in refusal(path)

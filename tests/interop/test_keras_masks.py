"""Keras networks that skip timesteps: of words that is padding alone, of numbers it may be any number."""

from types import SimpleNamespace

import pytest

import rnn_tui
from rnn_tui.interop import from_file
from rnn_tui.network.errors import UserError
from tests.interop.networks import LABELS, WORDS
from tests.interop.test_keras_config import SIMPLE, layer
from tests.interop.test_keras_stacks import EMBEDDED, SLOTS, drawn, saved, simple

pytest.importorskip("h5py")
MASKING, OUT = layer("Masking", mask_value=0.0), layer("Dense", units=len(LABELS), activation="softmax")
SKIPS = "the Keras layer masking skips the timesteps that have its mask_value.*train it without Masking"
NUMBERS = {"tokenizer": "numbers"}


def network(path, layers, read, **more):
    weights = {f"simplernn/{slot}": array for slot, array in zip(SLOTS, simple(read, 3), strict=True)}
    return saved(
        path, layers, {**weights, **more, "dense/kernel": drawn(3, len(LABELS)), "dense/bias": drawn(len(LABELS))}
    )


def test_a_file_that_skips_numbers_is_refused_and_one_that_reads_all_opens(tmp_path):
    with pytest.raises(UserError, match=f"skips.h5: {SKIPS}"):
        from_file(network(tmp_path / "skips.h5", (MASKING, SIMPLE, OUT), 1), [], LABELS, **NUMBERS)
    model = from_file(network(tmp_path / "reads.h5", (SIMPLE, OUT), 1), [], LABELS, **NUMBERS)
    assert model.tokenizer.kind == "numbers"


def test_a_file_of_words_that_skips_padding_opens(tmp_path):
    embedding = layer("Embedding", input_dim=7, output_dim=4, mask_zero=True)
    path = network(tmp_path / "words.h5", (embedding, SIMPLE, OUT), 4, **{"embedding/embeddings": EMBEDDED})
    assert from_file(path, WORDS, LABELS).tokenizer.kind == "words"


def test_a_live_model_that_skips_numbers_is_refused():
    class Masking:
        name = "masking"

        def get_config(self):
            return {"name": "masking", "mask_value": 0.0}

    with pytest.raises(UserError, match=f"the Keras model: {SKIPS}"):
        rnn_tui.from_keras(SimpleNamespace(layers=[Masking()], weights=[]), [], LABELS, **NUMBERS)

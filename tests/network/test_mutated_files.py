"""A model file that nobody meant to write ends in one clear line, or opens whole."""

import time
import warnings

import pytest

from rnn_tui.network import storage
from rnn_tui.network.errors import InputError, ModelFileError
from rnn_tui.network.trace import run
from tests.network.mutating import mutated

COUNT = 300
LONGEST_LINE = 1000


def outcome(path):
    """The refusal of a file in one line, or "" where it opens whole: it reads a text, and can be saved again."""
    try:
        metadata, _ = storage.load_metadata(path)
        model = storage.load(path)
    except ModelFileError as error:
        return str(error)
    assert storage.to_json(model)["labels"] == list(metadata.labels)
    storage.save(model, path.with_name("again.safetensors"))
    assert storage.load(path.with_name("again.safetensors")).labels == model.labels
    try:
        run(model, model.tokenize("1 2 3"))
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("first", range(0, COUNT, 100))
def test_a_changed_file_is_refused_in_one_line_or_opens_whole(tmp_path, first):
    path = tmp_path / "m.safetensors"
    refused = 0
    for seed in range(first, first + 100):
        path.write_bytes(mutated(seed))
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            said = outcome(path)
        assert time.perf_counter() - start < 2, seed
        assert len(said.splitlines()) <= 1, seed
        assert len(said) < LONGEST_LINE, (seed, said[:200])
        refused += bool(said)
    assert 20 < refused < 100  # both ends are reached, or the changes have become too mild or too wild

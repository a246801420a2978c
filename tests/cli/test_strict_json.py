"""JSON of networks whose numbers grow beyond all bounds: no NaN, no infinity, whatever is asked for."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.export.strict import dumps
from rnn_tui.lenses import LENSES
from rnn_tui.network.storage import assemble, load_metadata, save
from tests.builders import CELL_KINDS, READOUT_KINDS, TEXTS, build

TEXT = TEXTS["one-hot"]
CALLS = {
    "trace": ["trace", "-s", TEXT],
    "compare": ["compare", "-s", TEXT, "-s", "the dog"],
    "compare an edit": ["compare", "-s", TEXT, "--edit", "scale-memory 0.5"],
    "evaluate": ["evaluate", "data.csv"],
    **{name: ["lens", name, "-s", TEXT] for name in LENSES},
}


def refuse(constant):
    raise AssertionError(f"the JSON holds {constant}")


def large(kind, readout, value, seed):
    """A model all of whose weights are `value` or its opposite."""
    made = build(*kind, readout, head=("relu",) if seed % 2 else (), seed=seed)
    rng = np.random.default_rng(seed)
    tensors = {
        name: rng.choice(np.array([value, -value], np.float32), array.shape) for name, array in made.tensors().items()
    }
    return made, tensors


def test_what_is_no_number_is_null_however_deep_it_lies():
    found = json.loads(dumps({"a": [1.5, float("nan"), (float("-inf"), np.float64("inf"))]}), parse_constant=refuse)
    assert found == {"a": [1.5, None, [None, None]]}


@pytest.mark.parametrize("value", [1e10, 1e30, 3.4e38])
@pytest.mark.parametrize("kind", CELL_KINDS, ids=lambda kind: "-".join(filter(None, kind)))
def test_json_is_strict_whatever_the_weights(kind, value, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text("text,label\nthe dog,Negative\ncat slept not,Positive\n")
    for seed, readout in enumerate(READOUT_KINDS):
        made, tensors = large(kind, readout, value, seed)
        save(made, tmp_path / "large.safetensors")
        save(assemble(load_metadata(tmp_path / "large.safetensors")[0], tensors), tmp_path / "large.safetensors")
        for words in CALLS.values():
            code = main([*words, "-m", "./large.safetensors", "--json"])
            said = capsys.readouterr()
            if code == 0:
                json.loads(said.out, parse_constant=refuse)
            else:  # such as a lens that has nothing for this network
                assert (code, said.out, said.err.count("\n")) == (1, "", 1)

"""Records PyTorch's gradients of deep networks: python -m tests.network.record_deep_gradients.

Writes recorded/gradients-deep.safetensors. For each of CASES, after its name and a slash: `parameter.NAME` (float32, of
which the float64 that was computed with is the same number), `inputs`, `targets`, `weights` and `lengths` as in
backprop.Batch, and, float64, `loss`, `logits` (n, nodes) where weights aren't 0, and `gradient.NAME`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rnn_tui.network.backprop import Batch
from tests.network import torch_networks
from tests.network.deep import case_of

RECORDED = Path(__file__).parent / "recorded" / "gradients-deep.safetensors"
CASES = {
    "two layers": case_of(["elman"] * 2, "→→", "last"),
    "three layers, attention, number": case_of(
        ["lstm"] * 3, "→→→", "attention", head=(3, "relu", 2, "tanh"), output="number"
    ),
    "two layers, mean": case_of(["gru"] * 2, "→→", "mean", head=(3, "sigmoid")),
    "four layers, each": case_of(["elman-relu"] * 4, "→→→→", "each", inputs="one-hot", labels=3),
    "both ways": case_of(["lstm"], "⇄", "last"),
    "both ways, max": case_of(["elman"], "⇄", "max", inputs="numbers", output="yes_no"),
    "both ways, added": case_of(["gru"], ["⇄+"], "last", output="number", labels=1, inputs="numbers"),
    "both ways, each, yes or no": case_of(["lstm"], ["⇄+"], "each", output="yes_no"),
    "both ways, attention": case_of(["elman-relu"], "⇄", "attention", head=("tanh",), labels=3),
    "two layers both ways": case_of(["elman"] * 2, "⇄⇄", "last", inputs="numbers", labels=3),
    "two layers both ways, each": case_of(["gru"] * 2, "⇄⇄", "each", labels=3),
    "two layers both ways, mean": case_of(["lstm"] * 2, "⇄⇄", "mean", head=(3, "relu"), output="yes_no"),
    "two layers both ways, last step": case_of(["lstm"] * 2, "⇄⇄", "last_step", inputs="one-hot"),
    "two layers both ways, added, max": case_of(["gru"] * 2, ["⇄+", "⇄+"], "max", output="number"),
    "two layers both ways, of one length": case_of(["gru"] * 2, ["⇄", "⇄+"], "last", lengths=(3, 3)),
    "layers of all kinds": case_of(
        ["gru", "lstm", "elman"], ["⇄", "→", "⇄+"], "last_step", head=("relu", 3, "identity"), hidden=(4, 3, 2)
    ),
}


def compute(name, seed=0):
    """The arrays of one case, by name."""
    case, rng = CASES[name], np.random.default_rng((seed, list(CASES).index(name)))
    parameters = case.parameters(rng, np.float32)
    batch = case.batch(rng)
    doubles = {name: array.astype(np.float64) for name, array in parameters.items()}
    loss, gradients, logits = torch_networks.loss_and_gradients(case.architecture, doubles, batch)
    arrays = {"inputs": batch.inputs, "targets": batch.targets, "weights": batch.weights, "lengths": batch.lengths}
    arrays |= {"loss": np.array(loss), "logits": logits}
    arrays |= {f"parameter.{name}": array for name, array in parameters.items()}
    return arrays | {f"gradient.{name}": array for name, array in gradients.items()}


def batch_of(arrays, dtype):
    """The recorded batch."""
    numbers = {name: arrays[name] for name in ("inputs", "targets", "weights")}
    numbers = {name: array.astype(dtype) if array.dtype.kind == "f" else array for name, array in numbers.items()}
    return Batch(**numbers, lengths=arrays["lengths"])


if __name__ == "__main__":
    from safetensors.numpy import save_file

    tensors = {f"{name}/{key}": array for name in CASES for key, array in compute(name).items()}
    save_file({name: np.array(array, order="C") for name, array in tensors.items()}, RECORDED)

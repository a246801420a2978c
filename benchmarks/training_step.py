"""One training step (forward, loss, gradients, clipping, Adam) against PyTorch with Adam, one thread each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.figures import Figure, in_us, interleaved, ratio
from benchmarks.torch_side import NO_TORCH, torch_with_one_thread

TARGETS = (("elman", 0.35), ("gru", 0.5), ("lstm", 1.0))
SIZES = (16, 32, 64)
DEEP = 2
"""The number of layers, both ways, of the rows that have no target."""
INPUT_SIZE, BATCH, TOKENS, VOCABULARY, LABELS = 16, 32, 30, 500, 2


def measure(*, quick: bool) -> list[Figure]:
    """Embedding of 500 words × 16, one layer, a linear layer on the last state; cross-entropy; both from one start.

    And two layers both ways, with a linear layer on the last states of both.
    """
    torch = torch_with_one_thread()
    if torch is None:
        return [Figure("training step", "", "", note=NO_TORCH)]
    rounds = 15 if quick else 80
    one = [_at(torch, cell, size, target, rounds) for cell, target in TARGETS for size in SIZES]
    return one + [_at(torch, cell, size, None, rounds, DEEP) for cell, _ in TARGETS for size in SIZES]


def _at(torch: Any, cell: str, hidden_size: int, target: float | None, rounds: int, deep: int = 0) -> Figure:
    """One row: one forward layer, or `deep` of them both ways."""
    from rnn_tui.network.backprop import Architecture
    from rnn_tui.network.layers import LayerKind
    from rnn_tui.network.training import initial_parameters

    kind = LayerKind(cell, "tanh" if cell == "elman" else None, bidirectional=bool(deep))
    architecture = Architecture((kind,) * max(deep, 1))
    parameters = initial_parameters(architecture, INPUT_SIZE, hidden_size, LABELS, seed=0, vocab_size=VOCABULARY)
    rng = np.random.default_rng(0)
    inputs, labels = rng.integers(VOCABULARY, size=(TOKENS, BATCH)), rng.integers(LABELS, size=BATCH)
    ours = our_step(architecture, parameters, inputs, labels)
    theirs = torch_step(torch, cell, parameters, inputs, labels)
    # The first losses are of the same parameters, the second ones of parameters that each side has moved.
    for _ in range(2):
        if not np.isclose(ours(), theirs(), atol=1e-4):
            raise RuntimeError("torch has another loss: nothing to compare")
    seconds, seconds_torch = interleaved((ours, theirs), rounds)
    return Figure(
        f"training step, {cell}{f' × {deep}, both ways' if deep else ''}, hidden {hidden_size}",
        in_us(seconds),
        in_us(seconds_torch),
        ratio(seconds, seconds_torch),
        target,
    )


def our_step(architecture: Any, parameters: dict[str, Any], inputs: Any, labels: Any) -> Callable[[], float]:
    """A function that takes one step and returns the loss before it."""
    from rnn_tui.network.backprop import Batch, loss_and_gradients
    from rnn_tui.network.training.optimizer import Adam, FlatParameters, clip_norm
    from rnn_tui.network.workspace import Workspace

    weights = np.zeros((TOKENS, BATCH), np.float32)
    weights[-1] = 1 / BATCH
    lengths = np.full(BATCH, TOKENS)
    targets = np.broadcast_to(labels, (TOKENS, BATCH))
    flat = FlatParameters(parameters)
    adam, room = Adam(flat.vector.size, flat.vector.dtype), Workspace(flat.vector.dtype)

    def step() -> float:
        batch = Batch(inputs, targets, weights, lengths)
        loss, _ = loss_and_gradients(architecture, flat.parameters, batch, flat.gradients, room)
        clip_norm(flat.gradient, 1.0)
        adam.step(flat.vector, flat.gradient, 1e-3)
        return loss

    return step


def torch_step(torch: Any, cell: str, parameters: dict[str, Any], inputs: Any, labels: Any) -> Callable[[], float]:
    """The same in PyTorch."""
    hidden_size = parameters["rnn.weight_hh_l0"].shape[1]
    layers = sum(name.startswith("rnn.weight_hh") and not name.endswith("reverse") for name in parameters)
    two_way = "rnn.weight_hh_l0_reverse" in parameters
    kind = {"elman": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell]
    module = torch.nn.ModuleDict(
        {
            "embedding": torch.nn.Embedding(VOCABULARY, INPUT_SIZE),
            "rnn": kind(INPUT_SIZE, hidden_size, layers, batch_first=True, bidirectional=two_way),
            "fc": torch.nn.Linear(hidden_size * (1 + two_way), LABELS),
        }
    )
    module.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in parameters.items()})
    x, y = torch.from_numpy(np.ascontiguousarray(inputs.T)), torch.from_numpy(labels)
    adam = torch.optim.Adam(module.parameters(), lr=1e-3)

    def step() -> float:
        adam.zero_grad()
        h, final = module["rnn"](module["embedding"](x))
        final = final[0] if cell == "lstm" else final
        read = torch.cat((final[-2], final[-1]), dim=1) if two_way else h[:, -1]
        loss = torch.nn.functional.cross_entropy(module["fc"](read), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        adam.step()
        return float(loss.detach())

    return step

"""The network forward over a sentence against torch.nn.RNN, and stacks against LSTM and GRU, one thread each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.figures import Figure, in_us, interleaved, ratio
from benchmarks.torch_side import NO_TORCH, torch_with_one_thread

SIZES = ((16, 0.5), (64, 0.5), (128, 0.5), (256, 0.5), (1024, 0.75))
"""Hidden sizes, and the share of torch's time that is the target."""
STACKS, STACK_SIZES, STACK_TARGET = ("lstm", "gru"), (16, 64, 128, 256), 0.75
"""The cells and the hidden sizes of two layers both ways, and the share of torch's time that is their target."""
LAYERS = 2
INPUT_SIZE, TOKENS = 16, 30


def measure(*, quick: bool) -> list[Figure]:
    """One sentence of 30 words, input 16, float32; torch in inference mode. Both give the same h (checked).

    One Elman layer; and two layers of LSTM and of GRU, both ways.
    """
    torch = torch_with_one_thread()
    if torch is None:
        return [Figure("forward", "", "", note=NO_TORCH)]
    rounds = 60 if quick else 400
    one = [_one_layer(torch, hidden_size, target, rounds) for hidden_size, target in SIZES]
    return one + [_stack(torch, cell, size, rounds) for cell in STACKS for size in STACK_SIZES]


def _one_layer(torch: Any, hidden_size: int, target: float, rounds: int) -> Figure:
    from rnn_tui.network.cells import Elman

    rnn = torch.nn.RNN(INPUT_SIZE, hidden_size, batch_first=True)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    parameters: dict[str, Any] = {name: np.array(getattr(rnn, f"{name}_l0").detach().numpy()) for name in names}
    cell, x = Elman(**parameters), _sentence()
    state = cell.zero_state()

    def ours() -> Any:
        return cell.unroll(x @ cell.weight_ih.T + cell.bias_ih, state)["h"]

    return _beside(torch, f"forward, hidden {hidden_size}, {TOKENS} tokens", (ours, rnn, x), target, rounds)


def _stack(torch: Any, cell: str, hidden_size: int, rounds: int) -> Figure:
    """One row of two layers both ways; every value of every step is kept, as the program keeps it."""
    from rnn_tui.network.layers import LayerKind, layer_of, record

    made = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell]
    rnn = made(INPUT_SIZE, hidden_size, LAYERS, batch_first=True, bidirectional=True)
    parameters = {f"rnn.{name}": np.array(value.detach().numpy()) for name, value in rnn.named_parameters()}
    layers = [layer_of(LayerKind(cell, None, bidirectional=True), parameters, index) for index in range(LAYERS)]
    x = _sentence()

    def ours() -> Any:
        return record(layers, lambda weight, bias: x @ weight.T + bias)[-1].output

    what = f"forward, {cell} × {LAYERS}, both ways, hidden {hidden_size}"
    return _beside(torch, what, (ours, rnn, x), STACK_TARGET, rounds)


def _sentence() -> Any:
    """The input, (tokens, input)."""
    return np.random.default_rng(0).standard_normal((TOKENS, INPUT_SIZE), dtype=np.float32)


def _beside(torch: Any, what: str, sides: tuple[Callable[[], Any], Any, Any], target: float, rounds: int) -> Figure:
    """The row of a function and of torch's module over the same input, once both give the same h."""
    ours, rnn, x = sides
    x_torch = torch.from_numpy(x[None])
    with torch.inference_mode():
        if not np.allclose(ours(), rnn(x_torch)[0][0].numpy(), atol=1e-5):
            raise RuntimeError("torch computes another h: nothing to compare")
        seconds, seconds_torch = interleaved((ours, lambda: rnn(x_torch)), rounds)
    return Figure(what, in_us(seconds), in_us(seconds_torch), ratio(seconds, seconds_torch), target)

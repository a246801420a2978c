"""The network forward over a sentence against torch.nn.RNN, one thread each."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.figures import Figure, in_us, interleaved, ratio
from benchmarks.torch_side import NO_TORCH, torch_with_one_thread

SIZES = ((16, 0.5), (64, 0.5), (128, 0.5), (256, 0.5), (1024, 0.75))
"""Hidden sizes, and the share of torch's time that is the target."""
INPUT_SIZE, TOKENS = 16, 30


def measure(*, quick: bool) -> list[Figure]:
    """One sentence of 30 words, input 16, float32; torch in inference mode. Both give the same h (checked)."""
    torch = torch_with_one_thread()
    if torch is None:
        return [Figure("forward", "", "", note=NO_TORCH)]
    return [_at(torch, hidden_size, target, 60 if quick else 400) for hidden_size, target in SIZES]


def _at(torch: Any, hidden_size: int, target: float, rounds: int) -> Figure:
    from rnn_tui.network.cells import Elman

    rnn = torch.nn.RNN(INPUT_SIZE, hidden_size, batch_first=True)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    parameters: dict[str, Any] = {name: np.array(getattr(rnn, f"{name}_l0").detach().numpy()) for name in names}
    cell = Elman(**parameters)
    x = np.random.default_rng(0).standard_normal((TOKENS, INPUT_SIZE), dtype=np.float32)
    x_torch, state = torch.from_numpy(x[None]), cell.zero_state()

    def ours() -> Any:
        return cell.unroll(x @ cell.weight_ih.T + cell.bias_ih, state)["h"]

    with torch.inference_mode():
        if not np.allclose(ours(), rnn(x_torch)[0][0].numpy(), atol=1e-5):
            raise RuntimeError("torch computes another h: nothing to compare")
        seconds, seconds_torch = interleaved((ours, lambda: rnn(x_torch)), rounds)
    return Figure(
        f"forward, hidden {hidden_size}, {TOKENS} tokens",
        in_us(seconds),
        in_us(seconds_torch),
        ratio(seconds, seconds_torch),
        target,
    )

"""The arithmetic of Read: from a token to the input vector x."""

from __future__ import annotations

import math

from rnn_tui.network.arithmetic.figures import as_shown, operand, sign_of, unsigned
from rnn_tui.network.arithmetic.parts import Formula, TokenRead
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.tokens import NumberTokenizer


def read(at: UnitAtStep) -> Formula:
    """The index of the one, the row of the embedding, or the scaled number."""
    if isinstance(at.model.tokenizer, NumberTokenizer):
        return _number(at, at.model.tokenizer)
    row = at.token.index
    if row is None:
        return Formula(TokenRead(), notation="x[j] = 0 for every j", numbers="x = 0 … 0", parts=(), result=None)
    return _one(at, row) if at.model.embedding.kind == "one-hot" else _row(at, row)


def _one(at: UnitAtStep, row: int) -> Formula:
    name, size = f"x[{row + 1}]", at.model.input_size
    before = "0 … 0 " if row > 0 else ""
    after = " 0 … 0" if row < size - 1 else ""
    return Formula(
        TokenRead(),
        notation=f"{name} = 1, x[j] = 0 for every other j",
        numbers=f"x = {before}1{after}",
        parts=((name, float(at.step.x[row])),),
        result=(name, float(at.step.x[row])),
    )


def _row(at: UnitAtStep, row: int) -> Formula:
    x = [float(value) for value in at.step.x]
    shown = ", ".join(map(unsigned, x[:4]))
    return Formula(
        TokenRead(),
        notation=f"x = embedding.weight[{row + 1}]",
        numbers=f"x = {shown}{', …' if len(x) > 4 else ''}",
        parts=tuple((f"x {j + 1}", value) for j, value in enumerate(x)),
        result=None,
    )


def _number(at: UnitAtStep, tokenizer: NumberTokenizer) -> Formula:
    x = float(at.step.x[0])
    scaled = at.token.value
    assert scaled is not None
    mean, scale = tokenizer.mean, tokenizer.scale
    value = scaled * scale + mean
    sign = sign_of(x, _scaled(*map(as_shown, (value, mean, scale))))
    return Formula(
        TokenRead(),
        notation="x = (value − mean) / scale",
        numbers=f"({unsigned(value)} − {operand(mean)}) / {operand(scale)} {sign} {unsigned(x)}",
        parts=(("value", value), ("mean", mean), ("scale", scale)),
        result=("x", x),
    )


def _scaled(value: float, mean: float, scale: float) -> float:
    return (value - mean) / scale if scale else math.nan

"""The arithmetic of Read: from a token to the input vector x."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rnn_tui.network.arithmetic.figures import as_shown, equated, operand, sign_of, unsigned
from rnn_tui.network.arithmetic.floors import taken_up
from rnn_tui.network.arithmetic.parts import Formula, TokenRead
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.text import LONGEST_WORD, clipped

MOST_FEATURES = 12
"""The most features that are followed."""


def parts_read(at: UnitAtStep) -> Iterator[Formula]:
    """The way to x: one, or where a timestep of several features is read one for each, the first of them."""
    tokenizer = at.model.tokenizer
    if at.model.reads_words and isinstance(tokenizer, NumberTokenizer) and tokenizer.features > 1:
        yield from (_number(at, tokenizer, feature) for feature in range(min(tokenizer.features, MOST_FEATURES)))
    else:
        yield read(at)


def read(at: UnitAtStep) -> Formula:
    """The index of the one, the row of the embedding, or the scaled number; of several features the first.

    In a lane above the lowest layer it is what the layer below hands up.
    """
    if not at.model.reads_words:
        return taken_up(at)
    if isinstance(at.model.tokenizer, NumberTokenizer):
        return _number(at, at.model.tokenizer, 0)
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


def _number(at: UnitAtStep, tokenizer: NumberTokenizer, feature: int) -> Formula:
    x = float(at.step.x[feature])
    mean, scale = tokenizer.scaling(feature)
    value = at.token.values[feature] * scale + mean
    sign = sign_of(x, _scaled(*map(as_shown, (value, mean, scale))))
    index = "" if tokenizer.features == 1 else f"[{clipped(tokenizer.feature_name(feature), LONGEST_WORD)}]"
    return Formula(
        TokenRead(feature),
        notation=f"x{index} = (value{index} − mean{index}) / scale{index}",
        numbers=equated(f"({unsigned(value)} − {operand(mean)}) / {operand(scale)}", sign, x),
        parts=(("value", value), ("mean", mean), ("scale", scale)),
        result=(f"x{index}", x),
    )


def _scaled(value: float, mean: float, scale: float) -> float:
    return (value - mean) / scale if scale else math.nan

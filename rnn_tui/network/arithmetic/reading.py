"""How a token became the input vector x."""

from __future__ import annotations

from rnn_tui.network.arithmetic.figures import operand, unsigned
from rnn_tui.network.arithmetic.parts import Formula
from rnn_tui.network.arithmetic.sums import Place, unknown_as
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.text import clipped


def read(place: Place) -> Formula:
    """The place of the one, the row of the embedding, or the scaled number."""
    if isinstance(place.model.tokenizer, NumberTokenizer):
        return _number(place, place.model.tokenizer)
    if place.token.index is None:
        return Formula(
            words=f"{unknown_as(place.model, place.token)}: x is {place.model.input_size} numbers, all 0",
            notation="x[j] = 0 for every j",
            numbers="x = 0 … 0",
            parts=(),
            result=None,
        )
    return _one(place, place.token.index) if place.model.embedding.kind == "one-hot" else _row(place, place.token.index)


def _said(place: Place, row: int) -> str:
    """Which word of the vocabulary is read."""
    words = place.model.vocabulary.words
    unit = place.model.tokenizer.unit
    said = f"“{clipped(words[row], 16)}” is {unit} {row + 1} of {len(words)}"
    return f"{unknown_as(place.model, place.token)}; {said}" if place.token.unknown else said


def _one(place: Place, row: int) -> Formula:
    name, size = f"x[{row + 1}]", place.model.input_size
    before = "0 … 0 " if row > 0 else ""
    after = " 0 … 0" if row < size - 1 else ""
    return Formula(
        words=f"{_said(place, row)}: x is {size} numbers, all 0 but number {row + 1}, which is 1",
        notation=f"{name} = 1, x[j] = 0 for every other j",
        numbers=f"x = {before}1{after}",
        parts=((name, float(place.step.x[row])),),
        result=(name, float(place.step.x[row])),
    )


def _row(place: Place, row: int) -> Formula:
    x = [float(value) for value in place.step.x]
    shown = ", ".join(map(unsigned, x[:4]))
    return Formula(
        words=f"{_said(place, row)}: row {row + 1} of the embedding, {len(x)} numbers, is x",
        notation=f"x = embedding.weight[{row + 1}]",
        numbers=f"x = {shown}{', …' if len(x) > 4 else ''}",
        parts=tuple((f"x {j + 1}", value) for j, value in enumerate(x)),
        result=None,
    )


def _number(place: Place, tokenizer: NumberTokenizer) -> Formula:
    x = float(place.step.x[0])
    scaled = place.token.value
    assert scaled is not None
    value = scaled * tokenizer.scale + tokenizer.mean
    return Formula(
        words="the number, less the mean, divided by the scale, is x",
        notation="x = (value − mean) / scale",
        numbers=f"({unsigned(value)} − {operand(tokenizer.mean)}) / {operand(tokenizer.scale)} = {unsigned(x)}",
        parts=(("value", value), ("mean", tokenizer.mean), ("scale", tokenizer.scale)),
        result=("x", x),
    )

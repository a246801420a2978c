"""The usual slips with a sum of products: each computed as somebody does who makes it, from the numbers shown."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rnn_tui.network.arithmetic.parts import Sum
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.phases import HeadProducts
from rnn_tui.questions.lane_slips import lower_for_top, other_memories, own_for_handed, slips_of_lanes
from rnn_tui.questions.numbers import SIGN
from rnn_tui.questions.place import Place
from rnn_tui.questions.quantity import OF_LABELS, Quantity, beside
from rnn_tui.questions.question import Slip
from rnn_tui.questions.sums import Products
from rnn_tui.rounding import as_shown
from rnn_tui.text import LONGEST_WORD, clipped, operand, quoted


def slips_of_sum(place: Place, asked: Quantity, products: Products) -> Iterator[Slip]:
    """The slips with a sum of products."""
    yield from _with_bias(products)
    yield from _alone(asked, products)
    yield from _of_other_lanes(place, asked, products)
    if _parameters(place, products.source) is not None:
        yield from _other_times(place, products)
        yield from _other_rows(place, asked, products)
        yield from _transposed(place, asked, products)
    yield from _with_signs(products)


def _with_bias(products: Products) -> Iterator[Slip]:
    if products.bias:
        yield Slip("bias", products.computed - products.bias, "The bias is missing.")
        yield Slip("sign", products.computed - 2 * products.bias, "The bias has to be added, not taken away.")


def _with_signs(products: Products) -> Iterator[Slip]:
    yield Slip("sign", -products.computed, SIGN)
    for k in products.counted:
        weight, value = float(products.weights[k]), float(products.values[k])
        said = f"The product {operand(weight)} × {operand(value)} has the wrong sign."
        yield Slip("sign", products.computed - 2 * weight * value, said)


def _alone(asked: Quantity, products: Products) -> Iterator[Slip]:
    """Numbers that are added in place of multiplied; a product that stands alone, where all of them are wanted."""
    bias = products.bias or 0.0
    if len(products.weights) == products.count == 1:
        both = float(products.weights[0] + products.values[0]) + bias
        yield Slip("product", both, f"The weight and the {products.met} have to be multiplied, not added.")
    elif products.count > 1:
        for k in products.counted:
            alone = float(products.weights[k] * products.values[k])
            own = ", as if it went element by element" if k == asked.index else ""
            said = f"That is one product alone{own}: every product of the row is added."
            for one in dict.fromkeys((alone + bias, alone)):
                yield Slip("elementwise", one, said)


def _of_other_lanes(place: Place, asked: Quantity, products: Products) -> Iterator[Slip]:
    """The sum in another lane, or with what another lane has in place of what was met."""
    yield from slips_of_lanes(place, asked)
    met = products.source.value_name
    if len(products.values) != len(products.weights) or not len(products.weights):
        return
    if met == "h_prev":
        memories = other_memories(place, products.t)
    elif met == "x":
        memories = own_for_handed(place, products.t)
    elif met == "h":
        memories = lower_for_top(place, products.t)
    else:
        return
    for memory in memories:
        if len(memory.values) == len(products.weights):
            yield Slip(memory.name, _total(products, _shown(memory.values)), memory.said)


def _other_rows(place: Place, asked: Quantity, products: Products) -> Iterator[Slip]:
    source, cell = products.source, place.model.cell
    weight, bias = _parameters(place, source) or (products.weights[:0], products.weights[:0])
    columns = slice(source.first, source.first + len(products.weights))
    size = len(weight) if asked.name in OF_LABELS else place.model.hidden_size
    first = _row(asked, source) - asked.index
    rows = {first + one: _row_name(place, asked, one) for one in beside(asked.index, size)}
    if asked.gate:
        of_unit = zip(cell.rows_of(asked.index), cell.gates, strict=True)
        rows |= {row: gate.called for row, gate in of_unit if gate.letter != asked.gate}
    for row, name in rows.items():
        total = float(_shown(weight[row, columns]) @ products.values) + as_shown(float(bias[row]))
        yield Slip("row", total, f"That is the row of {name}.")


def _row_name(place: Place, asked: Quantity, one: int) -> str:
    named = asked.name in OF_LABELS
    return quoted(clipped(place.model.labels[one], LONGEST_WORD)) if named else place.unit_name(one)


def _transposed(place: Place, asked: Quantity, products: Products) -> Iterator[Slip]:
    """The column in place of the row, in a square of weights."""
    source, size = products.source, len(products.weights)
    weight, _ = _parameters(place, source) or (products.weights[:0], None)
    rows = len(weight) if asked.name in OF_LABELS else place.model.hidden_size
    if size < 2 or rows != size or source.first:
        return
    first = _row(asked, source) - asked.index
    column = _shown(weight[first : first + size, asked.index])
    total = float(column @ products.values) + (products.bias or 0.0)
    yield Slip("column", total, "That takes the column of the weights, not the row.")


def _other_times(place: Place, products: Products) -> Iterator[Slip]:
    """What another timestep had in place of what was met."""
    source, step = products.source, place.trace[products.t]
    if source.value_name == "h_prev":
        said = f"That takes the memory after this {place.counted}, not before it."
        yield Slip("time", _total(products, _shown(step.h)), said)
        return
    for other in (products.t - 1, products.t + 1):
        if not 0 <= other < len(place.trace):
            continue
        if source.value_name != "x":
            # a hidden layer of the head reads the floor below, whose h is another than its own
            step = place.trace[other]
            values = _shown(step.x if isinstance(source.source, HeadProducts) else step[source.value_name])
            yield Slip("time", _total(products, values), f"That takes the {products.met} of {place.word(other)}.")
        elif place.model.floor.layer == 0 and place.model.embedding.kind == "one-hot":
            yield from _other_column(place, products, other)
        elif len(products.values) == place.model.input_size:
            values = _shown(place.trace[other].x)
            yield Slip("time", _total(products, values), f"That takes {_input_at(place, other)}.")


def _input_at(place: Place, t: int) -> str:
    """What is multiplied by the weights of the input at another timestep, in words."""
    below = place.model.floor.layer
    return f"what layer {below} hands up at {place.word(t)}" if below else f"the input of {place.word(t)}"


def _other_column(place: Place, products: Products, other: int) -> Iterator[Slip]:
    """The column of another word, where a word picks one."""
    source, column = products.source, place.trace.tokens[other].index
    if column is not None and column != source.first:
        weight = place.model.cell.weight_ih
        total = as_shown(float(weight[source.row, column])) + (products.bias or 0.0)
        yield Slip("column", total, f"That is the column of {place.word(other)}.")


def _total(products: Products, values: Array) -> float:
    return float(products.weights @ values) + (products.bias or 0.0)


def _parameters(place: Place, source: Sum) -> tuple[Array, Array] | None:
    """The weights of a sum and the bias that belongs to them; None where it is made of no parameters."""
    if isinstance(source.source, HeadProducts):
        linear = place.model.head[source.source.index].linear
        return None if linear is None else (linear.weight, linear.bias)
    name = source.parameter
    if name.startswith("fc."):
        return place.model.fc.weight, place.model.fc.bias
    cell = place.model.cell
    return (getattr(cell, name), getattr(cell, name.replace("weight", "bias"))) if name else None


def _row(asked: Quantity, source: Sum) -> int:
    """The row of the weights that a sum is made with."""
    return asked.index if isinstance(source.source, HeadProducts) else source.row


def _shown(values: Array) -> Array:
    return np.array([as_shown(float(value)) for value in values])

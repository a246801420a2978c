"""The head, which stands between the readout and the output nodes, and the output nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.activations import FUNCTIONS, Function
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.phases import HeadProducts, PhasePart, ResultTable, Squashed
from rnn_tui.network.phases import HEADS, HIDDEN_LAYER, Phase

CALLED: Mapping[str, str] = {"relu": "cut", "tanh": "limited", "sigmoid": "limited"}
"""The names in words of a unit's number after a function; what is passed on as it is keeps the name that it had."""


@dataclass(frozen=True, eq=False)
class Linear:
    """torch.nn.Linear: weight·x + bias. The output nodes are one (`fc`)."""

    weight: Array  # (output_size, input_size)
    bias: Array  # (output_size,)

    def __call__(self, x: Array) -> Array:
        """From (…, input_size) to (…, output_size)."""
        result: Array = x @ self.weight.T + self.bias
        return result


@dataclass(frozen=True)
class EntryKind:
    """An entry of a head in the words of the model file: a linear layer or none, then a function of every number."""

    linear: bool
    activation: str


@dataclass(frozen=True, eq=False)
class Entry:
    """An entry of a head: a linear layer or none, then a function of every number that comes out of it."""

    activation: str
    linear: Linear | None = None

    @property
    def kind(self) -> EntryKind:
        """The entry without its parameters."""
        return EntryKind(self.linear is not None, self.activation)

    @property
    def function(self) -> Function:
        """The function, with its slope."""
        return FUNCTIONS[self.activation]

    def sum(self, x: Array) -> Array:
        """The argument of the function: the linear layer's sums (…, n), or x itself."""
        return x if self.linear is None else self.linear(x)

    def __call__(self, x: Array) -> Array:
        """From x (…, m) to what is handed on (…, n); n is m where there is no linear layer."""
        return self.function.function(self.sum(x))

    def backward(self, d_y: Array, y: Array) -> Array:
        """From the derivative by its output y (…, n) to the derivative by its input (…, m)."""
        d_sum: Array = d_y * self.function.slope(y)
        d_x: Array = d_sum if self.linear is None else d_sum @ self.linear.weight
        return d_x


Head = tuple[Entry, ...]
_PREFIX, _SUM_PREFIX = "head.", "head_sum."


def made(kinds: Sequence[EntryKind], parameters: Mapping[str, Array]) -> Head:
    """A head of its kinds of entries, from the parameters of a network by their names in the model file."""
    return tuple(
        Entry(kind.activation, linear_of(parameters, value_name(index)) if kind.linear else None)
        for index, kind in enumerate(kinds)
    )


def linear_of(parameters: Mapping[str, Array], name: str) -> Linear:
    """The linear layer whose parameters are `name`.weight and `name`.bias."""
    return Linear(parameters[f"{name}.weight"], parameters[f"{name}.bias"])


def tensors(head: Head) -> dict[str, Array]:
    """The parameters of a head by their names in the model file: "head.0.weight"."""
    linears = ((value_name(index), entry.linear) for index, entry in enumerate(head) if entry.linear is not None)
    return {f"{name}.{of}": getattr(linear, of) for name, linear in linears for of in ("weight", "bias")}


def value_name(index: int) -> str:
    """The name of what entry `index` (from 0) gives, as in the model file: "head.0"."""
    return f"{_PREFIX}{index}"


def sum_name(index: int) -> str:
    """The name of the sums of the linear layer of entry `index` (from 0), before its function."""
    return f"{_SUM_PREFIX}{index}"


def is_sum_of_head(name: str) -> bool:
    """Tell whether the value with this name is the sums of a linear layer of a head."""
    return name.startswith(_SUM_PREFIX)


def is_of_head(name: str) -> bool:
    """Tell whether the value with this name is what an entry of a head gives."""
    return name.startswith(_PREFIX)


def entry_of(name: str) -> int:
    """The index (from 0) of the entry that gives the value with this name; the inverse of `value_name`."""
    return int(name.removeprefix(_PREFIX))


def called(head: Sequence[Entry], handed: str) -> str:
    """The name in words of a unit's number after a head, "cut" or "limited"; `handed` is the one that it had before."""
    return next((CALLED[entry.activation] for entry in reversed(head) if entry.activation in CALLED), handed)


def through(head: Head, x: Array) -> list[Array]:
    """The values that each entry gives for x (…, n), in order; the output nodes read the last, or x itself."""
    given: list[Array] = []
    for entry in head:
        given.append(entry(given[-1] if given else x))
    return given


def with_values(head: Head, values: dict[str, Array], x: Array) -> Array:
    """Add what each entry makes of x (…, n) to `values`, and the sums of linear layers, by name; return the last."""
    for index, entry in enumerate(head):
        total = entry.sum(x)
        if entry.linear is not None and entry.activation != "identity":
            values[sum_name(index)] = total
        x = values[value_name(index)] = entry.function.function(total)
    return x


def backward(head: Head, d_read: Array, given: Sequence[Array]) -> Array:
    """From the derivative by what the output nodes read to that by what came into the head; `given` as by `through`."""
    for entry, y in zip(reversed(head), reversed(given), strict=True):
        d_read = entry.backward(d_read, y)
    return d_read


def outputs(head: Head, fc: Linear, x: Array) -> Array:
    """The logits (…, output_size) of what is handed on, x (…, hidden_size)."""
    given = through(head, x)
    return fc(given[-1] if given else x)


def phase_of(head: Head, reads: str, entries: range) -> tuple[Phase, ...]:
    """The phase of some entries of a head, of which the first gets the value `reads`; none where there are none.

    Only the first can have a linear layer: all numbers that the phase shows are of the same units.
    """
    if not entries:
        return ()
    parts: list[PhasePart] = []
    written, of, read = [], reads, reads
    for index in entries:
        entry = head[index]
        of, read = read, value_name(index)
        if entry.linear is not None:
            of = read if entry.activation == "identity" else sum_name(index)
            parts.append(HeadProducts(index, of))
            written.append(f"{of} = {read}.weight·{reads} + {read}.bias")
        if of != read:
            parts.append(Squashed(read, entry.activation, Value(of)))
            written.append(f"{read} = {entry.function.shown.format(of)}")
    first, last = head[entries.start], head[entries.stop - 1]
    phase = replace(
        HEADS[last.activation] if first.linear is None else HIDDEN_LAYER,
        notation="; ".join(written),
        shows=tuple(part.name for part in parts if isinstance(part, Squashed | HeadProducts)),
        parts=tuple(parts),
        table=ResultTable(read, last.function.bounds is not None, of=of if of != read else None),
    )
    return (phase,)

"""The phases of one timestep: what it does, as a list, so that a new cell needs no new widget.

A phase says of itself what it shows, which parts its arithmetic has, and which kind of table its values stand in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rnn_tui.network.cells.expressions import Applied, Expression, Value, symbols
from rnn_tui.network.cells.gates import Gate


class InputProducts(NamedTuple):
    """ih: weight_ih·x + bias_ih of the unit, product by product; of one gate's rows where the cell has gates."""

    gate: Gate | None = None


class MemoryProducts(NamedTuple):
    """hh: weight_hh·h_prev + bias_hh of the unit, product by product; of one gate's rows where the cell has gates."""

    gate: Gate | None = None


class Combined(NamedTuple):
    """A few numbers put together by `expression`; `name` is the value that comes out, "" where it has no name.

    `gate` is the gate whose sum it is, None where it is no gate's.
    """

    name: str
    expression: Expression
    gate: Gate | None = None

    @property
    def key(self) -> str:
        """The part's identity among those of its cell: its name, or "sum_n" for the sum of a gate."""
        return self.name or (f"sum_{self.gate.letter}" if self.gate else symbols(self.expression))


class Squashed(NamedTuple):
    """A point on a curve: `function` of `of`; `name` is the value that comes out, "" where it has no name."""

    name: str
    function: str
    of: Expression
    gate: Gate | None = None

    @property
    def expression(self) -> Expression:
        """The function of the expression."""
        return Applied(self.function, self.of)

    @property
    def key(self) -> str:
        """The part's identity among those of its cell: its name, or the function as it is written, "tanh(c)"."""
        return self.name or symbols(self.expression)


class ScoreOf(NamedTuple):
    """The score of the word that is read now: how much attention it asks for."""


class AttentionShare(NamedTuple):
    """The share of the attention that the word gets among all words so far: the softmax of the scores."""


class ContextOf(NamedTuple):
    """The unit's values at all words so far, weighed by attention."""


class MeanOf(NamedTuple):
    """The mean of the unit's values at all words so far."""


class LargestOf(NamedTuple):
    """The largest of the unit's values at all words so far."""


class Met(NamedTuple):
    """The unit where two lanes meet: that of one of them, or the sum of both."""


@dataclass(frozen=True)
class HeadProducts:
    """The sum of a linear layer of the head, product by product: entry `index` (from 0), whose value is `name`."""

    index: int
    name: str


PhasePart = (
    InputProducts
    | MemoryProducts
    | Combined
    | Squashed
    | ScoreOf
    | AttentionShare
    | ContextOf
    | MeanOf
    | LargestOf
    | Met
    | HeadProducts
)
"""One part of a phase's arithmetic."""


class ProductsTable(NamedTuple):
    """A table of the input's products, weight_ih·x + bias_ih, with the weights; with gates a column for each.

    `drawn` is the gate whose weights are drawn.
    """

    drawn: Gate | None = None


class MemoryTable(NamedTuple):
    """A table of input plus memory plus bias, ih + hh = `total`, with the weights of the memory."""

    total: str


class GatesTable(NamedTuple):
    """A table of how far each gate is open, with the weights with which one of them, `drawn`, reads the memory."""

    gates: tuple[Gate, ...]
    drawn: Gate


class ResultTable(NamedTuple):
    """A value that comes out of a function, and the gate that it passes and what it comes `of`, if any.

    That is a value that another table shows, by its name, or an expression that none does.
    """

    value: str
    bounded: bool
    gate: Gate | None = None
    of: str | Expression | None = None


class BlendTable(NamedTuple):
    """Old and new mixed by a gate into `value`; `kept` is the part of the old that is in it."""

    old: str
    gate: Gate
    kept: Expression
    value: str


class PartsTable(NamedTuple):
    """A table of a sum: what is `kept` of the old plus what is `new`, together `value`."""

    kept: Expression
    new: Expression
    value: str


class PoolTable(NamedTuple):
    """A table of what each unit was at the words so far, and of what comes of it: weighed, averaged or the largest.

    `counted` says what a word's share is a share of, the longest text first; () where that goes without saying.
    """

    counted: tuple[str, ...] = ()


class VotesTable(NamedTuple):
    """A table of what each hidden unit adds to the output that leads."""


PhaseTable = ProductsTable | MemoryTable | GatesTable | ResultTable | BlendTable | PartsTable | PoolTable | VotesTable


@dataclass(frozen=True)
class Phase:
    """One operation inside a timestep.

    `words` and `notation` say what it does, `words` with {} for what a token is called (`words_for` fills it in);
    `shows` names the values of a Step that it brings to light, in the order
    in which they are computed. `operation` is its number in the article's three operations, or None. `parts` are its
    arithmetic, in order; `table` is the kind of table in which its values stand, a row a hidden unit, None where it
    has another picture. `width` is how wide its panel wants to be beside the others (`roomy` on a wide screen), as a
    share of the sum of their widths.
    """

    name: str
    title: str
    words: str
    notation: str
    shows: tuple[str, ...]
    operation: int | None = None
    parts: tuple[PhasePart, ...] = ()
    table: PhaseTable | None = None
    width: int = 24
    roomy: int | None = None

    @property
    def heading(self) -> str:
        """The title with the operation's number in front: "2 Add"."""
        return self.title if self.operation is None else f"{self.operation} {self.title}"

    def words_for(self, unit: str) -> str:
        """Say what it does in a model whose tokens are called so: "read the character"."""
        return self.words.format(unit)


MULTIPLY = Phase(
    "multiply",
    "Multiply",
    "multiply the input by the weights",
    "ih = weight_ih·x + bias_ih",
    ("ih",),
    operation=1,
    parts=(InputProducts(),),
    table=ProductsTable(),
    width=28,
)
"""The phase Multiply of a cell without gates."""


def multiply_gates(gates: tuple[Gate, ...], drawn: Gate) -> Phase:
    """Make the phase Multiply of a cell with gates; the weights of one of them are drawn."""
    return Phase(
        MULTIPLY.name,
        MULTIPLY.title,
        MULTIPLY.words,
        MULTIPLY.notation,
        MULTIPLY.shows,
        MULTIPLY.operation,
        parts=tuple(InputProducts(gate) for gate in gates),
        table=ProductsTable(drawn),
        width=38,
        roomy=42,  # then there are heat cells beside a figure a gate
    )


def opening(gate: Gate) -> tuple[PhasePart, ...]:
    """Return the parts that open a gate: the products of the memory, the sum of input and memory, and its squashing."""
    total = Value("ih", gate.letter) + Value("hh", gate.letter)
    return (MemoryProducts(gate), Combined("", total, gate), Squashed(gate.letter, gate.function, total, gate))

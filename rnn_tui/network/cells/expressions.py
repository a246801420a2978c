"""Equations of one hidden unit as objects: they can be computed, and written with names or with numbers.

A cell says `(1 - z) * n + z * h_prev`, with z, n and h_prev as `Value`s; whoever shows the equation asks for its value
or for its text. Nothing here trains or traces: that is `Cell.step`, which every equation is tested against.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import numpy as np

from rnn_tui.network.cells.activations import FUNCTIONS

Looked = Callable[["Value"], Any]
"""Gives the number, or the array of numbers, that a value stands for."""

Written = Callable[["Value", bool], str]
"""Gives the text of a value; the flag says that it stands alone in brackets, so that a sign needs none of its own."""


class Expression(ABC):
    """A part of an equation; nothing in it changes."""

    __slots__ = ()

    @abstractmethod
    def evaluate(self, look: Looked) -> Any:
        """The number, or the array, that comes out; `look` gives those of the values."""

    @abstractmethod
    def text(self, write: Written, times: str) -> str:
        """The expression as text; `times` is the sign between factors."""

    @abstractmethod
    def values(self) -> tuple[Value, ...]:
        """The values in it, each once, in the order in which they come."""

    def __add__(self, other: Expression) -> Expression:
        return Plus(self, other)

    def __mul__(self, other: Expression) -> Expression:
        return Times(self, other)

    def __rsub__(self, one: int) -> Expression:
        if one != 1:
            raise ValueError(f"an equation of a cell takes a value from 1, not from {one}")
        return Rest(self)


class Value(Expression):
    """A number of the unit by its name in a Step; `gate` is the letter of its block where it has one for each gate."""

    __slots__ = ("gate", "name")

    def __init__(self, name: str, gate: str = "") -> None:
        self.name = name
        self.gate = gate

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and (self.name, self.gate) == (other.name, other.gate)

    def __hash__(self) -> int:
        return hash((self.name, self.gate))

    @property
    def symbol(self) -> str:
        """The name in equations: "h_prev", "ih_n"."""
        return f"{self.name}_{self.gate}" if self.gate else self.name

    def evaluate(self, look: Looked) -> Any:
        """The number itself."""
        return look(self)

    def text(self, write: Written, times: str) -> str:
        """Its own text."""
        return write(self, False)

    def values(self) -> tuple[Value, ...]:
        """Itself."""
        return (self,)


class Plus(Expression):
    """left + right."""

    __slots__ = ("left", "right")

    def __init__(self, left: Expression, right: Expression) -> None:
        self.left = left
        self.right = right

    def evaluate(self, look: Looked) -> Any:
        """The sum."""
        return self.left.evaluate(look) + self.right.evaluate(look)

    def text(self, write: Written, times: str) -> str:
        """The two with a plus between them."""
        return f"{self.left.text(write, times)} + {self.right.text(write, times)}"

    def values(self) -> tuple[Value, ...]:
        """Those of both."""
        return _each_once(self.left, self.right)


class Times(Expression):
    """left · right."""

    __slots__ = ("left", "right")

    def __init__(self, left: Expression, right: Expression) -> None:
        self.left = left
        self.right = right

    def evaluate(self, look: Looked) -> Any:
        """The product."""
        return self.left.evaluate(look) * self.right.evaluate(look)

    def text(self, write: Written, times: str) -> str:
        """The two with the sign between them; a sum in brackets."""
        factors = (
            f"({factor.text(write, times)})" if isinstance(factor, Plus) else factor.text(write, times)
            for factor in (self.left, self.right)
        )
        return times.join(factors)

    def values(self) -> tuple[Value, ...]:
        """Those of both."""
        return _each_once(self.left, self.right)


class Rest(Expression):
    """1 − of."""

    __slots__ = ("of",)

    def __init__(self, of: Expression) -> None:
        self.of = of

    def evaluate(self, look: Looked) -> Any:
        """Return the rest of 1."""
        return 1 - self.of.evaluate(look)

    def text(self, write: Written, times: str) -> str:
        """In brackets, so that it can be a factor."""
        return f"(1 − {self.of.text(write, times)})"

    def values(self) -> tuple[Value, ...]:
        """Those of what is taken away."""
        return self.of.values()


class Applied(Expression):
    """A function of FUNCTIONS, of an expression."""

    __slots__ = ("function", "of")

    def __init__(self, function: str, of: Expression) -> None:
        self.function = function
        self.of = of

    def evaluate(self, look: Looked) -> Any:
        """The function's value."""
        value, function = self.of.evaluate(look), FUNCTIONS[self.function]
        return function.function(value) if isinstance(value, np.ndarray) else function.at(value)

    def text(self, write: Written, times: str) -> str:
        """The function with what it is of in brackets."""
        of = write(self.of, True) if isinstance(self.of, Value) else self.of.text(write, times)
        return FUNCTIONS[self.function].shown.format(of)

    def values(self) -> tuple[Value, ...]:
        """Those of what it is of."""
        return self.of.values()


def symbols(expression: Expression) -> str:
    """An expression in the names of its values alone: "f·c_prev + i·g"."""
    return expression.text(lambda value, _: value.symbol, "·")


def _each_once(*expressions: Expression) -> tuple[Value, ...]:
    """The values of some expressions, each name once."""
    return tuple({value.symbol: value for one in expressions for value in one.values()}.values())

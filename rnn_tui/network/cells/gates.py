"""A gate: one block of rows of a cell's weights, and what the numbers that it makes are called."""

from __future__ import annotations

from typing import NamedTuple


class Gate(NamedTuple):
    """One of the blocks of hidden_size rows that weight_ih, weight_hh and the biases are stacked from.

    `letter` names its values in equations ("f"), `name` says in one word what it does ("keep"), `title` is what it is
    called on the screen ("forget gate"). A gate runs from 0, shut, to 1, open; a `signed` one is a new value, −1 to 1.
    """

    letter: str
    name: str
    title: str
    signed: bool = False

    @property
    def called(self) -> str:
        """The gate in words: "the keep gate", "the new value"."""
        return f"the {self.name} {'value' if self.signed else 'gate'}"

    @property
    def function(self) -> str:
        """The name of the function that squashes its sum."""
        return "tanh" if self.signed else "sigmoid"

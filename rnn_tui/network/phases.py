"""What one timestep does, said as a list of phases, so that a new cell needs no new widget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phase:
    """One operation inside a timestep.

    `words` and `notation` say what it does; `shows` names the values of a Step that it brings to light, in the order
    in which they are computed. `operation` is its number in the article's three operations, or None.
    """

    name: str
    title: str
    words: str
    notation: str
    shows: tuple[str, ...]
    operation: int | None = None

    @property
    def heading(self) -> str:
        """The title with the operation's number in front: "2 Add"."""
        return self.title if self.operation is None else f"{self.operation} {self.title}"


READ = Phase("read", "Read", "read the word", "x", ("x",))
MULTIPLY = Phase(
    "multiply", "Multiply", "multiply the input by the weights", "ih = weight_ih·x + bias_ih", ("ih",), operation=1
)
CHECK = Phase(
    "check",
    "Check",
    "check the output nodes",
    "probs = softmax(fc.weight·h + fc.bias)",
    ("logits", "probs"),
    operation=3,
)

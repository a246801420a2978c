"""Edits of the network: each makes another model, which shares every array that stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class ScaleMemory:
    """weight_hh times `factor`, which is 0 or above."""

    factor: float

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"scale-memory {shortest(self.factor)}"

    def changed(self, model: Model) -> Model:
        """The model with a louder or weaker memory; raises InputError where a weight would get too large."""
        from rnn_tui.network.changes import scaled_memory

        return scaled_memory(model, self.factor)


@dataclass(frozen=True)
class Forget:
    """weight_hh and bias_hh become 0: the network without its memory."""

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return "forget"

    def changed(self, model: Model) -> Model:
        """The model without memory."""
        from rnn_tui.network.changes import without_memory

        return without_memory(model)


@dataclass(frozen=True)
class Activation:
    """Another squashing function: tanh, relu or identity (Elman only)."""

    name: str

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"activation {self.name}"

    def changed(self, model: Model) -> Model:
        """The model with that function; raises InputError where it can't have it."""
        from rnn_tui.network.changes import with_activation

        return with_activation(model, self.name)


@dataclass(frozen=True)
class Silence:
    """A hidden unit is held at 0 at every step."""

    unit: int

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"silence {self.unit + 1}"

    def changed(self, model: Model) -> Model:
        """The model with that unit held at 0; raises InputError where there is no such unit."""
        from rnn_tui.network.changes import silenced

        return silenced(model, [self.unit])


@dataclass(frozen=True)
class SetParameter:
    """One number of a parameter, by its short name."""

    name: str
    index: tuple[int, ...]
    value: float

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"set {self.name}[{','.join(str(place + 1) for place in self.index)}] {shortest(self.value)}"

    def changed(self, model: Model) -> Model:
        """The model with that number; raises InputError where there is no such place."""
        from rnn_tui.network.changes import with_parameter

        return with_parameter(model, self.name, self.index, self.value)


WeightEdit = ScaleMemory | Forget | Activation | Silence | SetParameter


def shortest(value: float) -> str:
    """The shortest text that gives the same number: "0.5", "2"."""
    return repr(float(value)).removesuffix(".0")

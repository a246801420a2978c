"""The lane of a stack that an edit acts on: a layer and a direction, as they stand at the end of the edit's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.parts import index, shown
from rnn_tui.network.errors import InputError

if TYPE_CHECKING:
    from rnn_tui.network.floors import Floor
    from rnn_tui.network.model import Model

_TYPED = re.compile(r"(.*?)(?:\s+layer(?:\s+(\S+))?)?(\s+backward)?\s*", re.S)


@dataclass(frozen=True)
class Lane:
    """The lane of a layer (from 0) that reads forward, or backward."""

    layer: int = 0
    backward: bool = False

    @property
    def text(self) -> str:
        """The end of an edit's text: " layer 2 backward", or nothing for the lowest forward lane."""
        return f"{f' layer {self.layer + 1}' if self.layer else ''}{' backward' if self.backward else ''}"

    def seen(self, model: Model, edit: str) -> Model:
        """The model as it is seen on the floor of this lane; raises InputError, which quotes the edit, without one."""
        for floor in model.floors:
            if (floor.layer, floor.backward) == (self.layer, self.backward):
                return model.on(floor.index)
        layers = len(model.layers)
        if self.layer >= layers:
            among = f"1 to {layers}" if layers > 1 else "only 1"
            raise InputError(f"“{shown(edit)}”: there is no layer {self.layer + 1}; the model has {among}")
        raise InputError(f"“{shown(edit)}”: layer {self.layer + 1} of the model reads forward alone")

    def told(self, model: Model) -> str:
        """The lane in words, as it stands at the end: " in layer 2, backward"; nothing where there is only one."""
        layer = f" in layer {self.layer + 1}" if len(model.layers) > 1 else ""
        backward = f"{',' if layer else ' in the lane that reads'} backward" if self.backward else ""
        return layer + backward


GROUND = Lane()
"""The lowest layer, forward."""


def lane_of(floor: Floor) -> Lane | None:
    """The lane of a floor; None where it is none."""
    return None if floor.layer is None else Lane(floor.layer, floor.backward)


def split(text: str) -> tuple[str, Lane]:
    """A text without the lane at its end, and the lane; raises ValueError where a layer is no number from 1 on."""
    typed = _TYPED.fullmatch(text)
    assert typed is not None  # it takes any text
    rest, layer, backward = typed.groups()
    if layer is None and re.search(r"\slayer(\s+backward)?\s*$", text):
        raise ValueError("a layer is missing")
    return rest, Lane(0 if layer is None else index(layer), backward is not None)

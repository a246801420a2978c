"""The sizes of a network and the parts of a scene that the plan of the screen depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rnn_tui.lenses import has_figures
from rnn_tui.network.model import Model
from rnn_tui.network.phases import Phase
from rnn_tui.pictures.amounts import rows_of
from rnn_tui.scene import Scene


@dataclass(frozen=True)
class Sizes:
    """The sizes of the network and the parts of the scene that the plan depends on."""

    hidden_size: int
    labels: int  # the rows of the answer
    phases: Sequence[Phase]
    current: int
    arithmetic: bool = False
    curve: bool = False  # the ribbon has a third row, for number models
    states: Sequence[str] = ("h",)  # what the cell carries: a memory strip each
    lens: bool = False
    full: bool = False  # the lens has the whole screen
    what_if: bool = False
    under: bool = False  # the ribbon has a row of bars under its words
    notation: bool = False  # the story has its equation, too
    answers: bool = True  # the strip's last row has the answer after each word
    low: bool = False  # there is room for units alone
    question: int = 0  # the rows of the question that is open, in place of the story
    large: bool = False  # that question has the whole screen
    presenting: bool = False  # the phase at work has the whole screen
    apart: bool = False  # no state of the floor's own: where two lanes have met the strips are those of both
    lanes: int = 1  # those of the top layer
    floors: Sequence[Sizes] = ()  # the same of each floor, where there are several
    lines: int = 0  # the lines of the building of several floors above the words, where there is room for it
    compact: int = 0  # those of the building with both lanes of a layer in one line
    building: bool = False  # there is
    airy: bool = False  # there is room for blank lines on every lane, so that nothing jumps from floor to floor

    @classmethod
    def of(cls, model: Model, scene: Scene) -> Sizes:
        """The sizes of a network on the floor of the scene's position, and what the scene asks for."""
        sizes = cls._on(model.on(scene.position.floor), scene)
        if len(model.floors) == 1:
            return sizes
        floors = tuple(cls._on(model.on(floor.index), scene) for floor in model.floors)
        lanes = sum(floor.layer is not None for floor in model.floors)
        above = lanes < len(floors)
        return replace(sizes, floors=floors, lines=lanes + above, compact=len(model.layers) + above)

    @classmethod
    def _on(cls, model: Model, scene: Scene) -> Sizes:
        """The sizes of the floor on which a network is seen."""
        return cls(
            hidden_size=model.hidden_size,
            labels=rows_of(model),
            phases=model.phases,
            current=min(scene.position.phase, len(model.phases) - 1),
            arithmetic=scene.arithmetic,
            curve=model.tokenizer.kind == "numbers",
            states=model.cell.state_names,
            lens=scene.lens is not None,
            full=scene.full and scene.lens is not None and not scene.arithmetic,
            what_if=scene.what_if,
            under=has_figures(scene.lens),
            notation=scene.notation,
            presenting=scene.presents,
            answers=model.answers_each,
            apart=model.floor.layer is None and not model.answers_each,
            lanes=len(model.layers[-1].cells),
        )

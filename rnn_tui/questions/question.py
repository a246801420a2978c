"""A question: a scene in which the answer is not to be seen, and the answer, computed from the trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rnn_tui.scene import Position, Scene
from rnn_tui.scene_text import arguments_of

if TYPE_CHECKING:
    from rnn_tui.network.floors import Floor


SLIPS = {
    "bias": "the bias forgotten, or taken away",
    "column": "another column of the weights",
    "direction": "a number of the lane that reads the other way, or of the neighbour on the other side",
    "elementwise": "one product alone in place of the whole row",
    "gate": "a gate left out, or mixed up with another",
    "layer": "a number of another layer",
    "part": "a part left out",
    "product": "added in place of multiplied",
    "row": "the number of another row",
    "share": "a division left out, or one too many",
    "sign": "the sign the wrong way round",
    "squash": "the squash left out, or another one",
    "time": "a number of another word, or from before it for after it",
}
"""What each name of a slip means, in a few words."""


@dataclass(frozen=True)
class Slip:
    """A usual mistake: its name (in SLIPS), the number that it leads to, and what is said of it, a whole sentence."""

    name: str
    value: float
    said: str


@dataclass(frozen=True)
class Question:
    """A question that is open over a scene.

    `text` is its text form, which `asking.question_at` reads. `scene` is what is seen while it is asked, with nothing
    of the answer in it; `reveals` is the position at which the answer is to be seen. `why` is the arithmetic with its
    numbers. `target` is a path into what `rnn-tui trace --json` prints for the scene, None where the answer is no
    traced value. `answer` is one of `choices`, or a number that is right within `tolerance`; a `share` of 1 may be
    given in per cent, too, and an `amount` is a number in a unit of its own. `slips` are the usual mistakes that lead
    to another number. `uncovers` is True where the answer is made of what `Scene.hidden` covers, `of_phases` where the
    names of the phases to come are. `pictured` is what the scene shows, where the answer is that of another run: "the
    network with its memory". `counted` is what the network reads one by one: word, character or number.
    """

    kind: str
    level: int
    text: str
    scene: Scene
    reveals: Position
    ask: str
    answer: str | float
    why: str
    target: str | None
    floors: tuple[Floor, ...] = field(repr=False, compare=False)
    choices: tuple[str, ...] = ()
    tolerance: float | None = None
    slips: tuple[Slip, ...] = ()
    share: bool = False
    amount: bool = False
    uncovers: bool = False
    of_phases: bool = False
    pictured: str = ""
    counted: str = "word"

    @property
    def command(self) -> list[str]:
        """The arguments of `rnn-tui` that open the scene."""
        return arguments_of(self.scene, self.floors)

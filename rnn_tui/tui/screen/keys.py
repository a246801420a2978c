"""A key is one object: its binding, footer hint, help line, group, palette entry and line in the docs come from it.

The records here are named tuples, which are made four times as quickly as data classes: start-up time is a feature.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from textual.binding import Binding
from textual.screen import ModalScreen, Screen

from rnn_tui.network.position import Position
from rnn_tui.scene import Showing
from rnn_tui.tui.screen.arrangement import Regions

ASKING = "asking"
"""The mode in which a question is open whose answer isn't shown yet."""
COUNTING = "counting"
"""The part of that mode in which hands are counted, and no number is typed."""
ALSO_ASKING = frozenset(
    ("notation", "picture", "help", "quit", "copy", "harder", "easier", "end-practice", "save-result", "last-card",
     "add-stop")
)  # fmt: skip
"""The keys, by name, that work in that mode beside those of the mode itself: they show nothing of the answer."""

BRIEFLY = {"overview": "back"}
"""The words of the footer that are no key's own hint, in fewer words, where the footer is narrow."""

S = TypeVar("S", bound=Showing)
C = TypeVar("C")


class Group(StrEnum):
    """The headings under which help and docs list the keys."""

    WALK = "Walk"
    LOOK = "Look"
    CHANGE = "Change"
    COMPARE = "Compare"
    TEACH = "Teach"
    MORE = "More"


class Walk(Protocol):
    """An order of positions: that of a recording (`network.order.Order`), or of two in lockstep."""

    @property
    def last(self) -> Position:
        """The last position."""
        ...

    def moved(self, position: Position, by: int) -> Position:
        """`by` phases on, or back."""
        ...

    def word_moved(self, position: Position, by: int) -> Position:
        """One word on or back, in the same phase."""
        ...

    def has(self, t: int, floor: int) -> bool:
        """Tell whether a floor is walked through at a timestep."""
        ...

    def at_word(self, t: int, position: Position) -> Position:
        """The position at another timestep."""
        ...


class Extent(Protocol):
    """The extent of something that was computed, as far as one can walk through it."""

    @property
    def order(self) -> Walk:
        """The order in which it is walked through."""
        ...

    def __len__(self) -> int:
        """The number of words."""
        ...


class Shown(NamedTuple, Generic[S, C]):
    """The start of every key, click and answer: the state, what was computed for it, and the plan of the panels."""

    state: S
    computed: C
    plan: Regions


class Told(NamedTuple):
    """Something to say in one line for some seconds, and the state that is shown with it, if it is another."""

    said: str
    state: Showing | None = None
    seconds: float = 8
    title: str = ""
    in_place: bool = False  # of what was said before


class Ask(NamedTuple, Generic[S, C]):
    """Open a dialog; what it gives back, unless that is None, becomes the next state, or another outcome.

    `dialog` and `answer` may raise UserError, which is said in one line.
    """

    dialog: Callable[[Shown[S, C]], ModalScreen[Any]]
    answer: Callable[[Shown[S, C], Any], Outcome]
    can: Callable[[Shown[S, C]], bool] = lambda _: True


Outcome = Showing | Told | Ask[Any, Any] | Screen[Any] | None
"""The outcome of a key: the next state, a line to say, a dialog, a screen over this one, or nothing."""


class Change(NamedTuple, Generic[S, C]):
    """A pure function from what is shown to the next state; a change that gives the same state can't be made now.

    Many changes in a row that merge are one step for undo. After one that `grows` the bars grow to their new values.
    """

    make: Callable[[Shown[S, C]], S]
    merges: bool = False
    grows: bool = False


class Do(NamedTuple):
    """Something that the screen itself does: play, undo, save a picture; `can` says whether it can now."""

    does: Callable[[Any], Awaitable[None] | None]
    can: Callable[[Any], bool] = lambda _: True


class Open(NamedTuple, Generic[S, C]):
    """An outcome that takes modules which are imported only when the key is pressed."""

    outcome: Callable[[Shown[S, C]], Outcome]
    can: Callable[[Shown[S, C]], bool] = lambda _: True


Act = Change[Any, Any] | Ask[Any, Any] | Open[Any, Any] | Do


class Key(NamedTuple):
    """A key and what it does.

    `id` is its name in the settings file, `keys` are Textual's names of the keys that it is bound to (none: it stands
    in the command palette alone), `sign` is how they are printed, `help` is the whole sentence. The footer has `hint`
    (none: it isn't in the footer), and leaves out what has the highest `priority` number first. Where one entry of the
    footer stands for two keys, `pair` is the other key's id and `signs` what is printed for both. A key with a `mode`
    does something only while the screen is in that mode.
    """

    id: str
    keys: str
    sign: str
    help: str
    act: Act
    group: Group
    hint: str = ""
    priority: int = 0
    pair: str = ""
    signs: str = ""
    mode: str = ""
    also: str = ""  # other signs, in help and docs alone
    brief: str = ""  # the hint in fewer words, where the footer is narrow
    listed: bool = True  # in help, palette and docs

    @property
    def binding(self) -> Binding:
        """The Textual binding, under the key's own name."""
        return Binding(self.keys, f"press('{self.id}')", self.help, show=False, id=self.id)

    def works(self, *, asking: bool) -> bool:
        """Tell whether it can do anything while a question is open, or while none is."""
        of_question = self.mode in (ASKING, COUNTING)
        return of_question or self.id in ALSO_ASKING if asking else not of_question

    def meets(self, other: Key) -> bool:
        """Tell whether there is a moment in which both can do something, so that they can't have the same sign."""
        return any(self.works(asking=asking) and other.works(asking=asking) for asking in (False, True))

    @property
    def printed(self) -> str:
        """The signs of all keys that it is bound to, as help and docs print them."""
        return " ".join(filter(None, (self.sign, self.also)))


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """The Textual bindings of all keys that have any."""
    return [key.binding for key in keys if key.keys]


def by_group(keys: Sequence[Key]) -> dict[Group, list[Key]]:
    """The keys that are listed, under their headings, in the order of the groups."""
    listed = [key for key in keys if key.listed]
    return {group: found for group in Group if (found := [key for key in listed if key.group is group])}

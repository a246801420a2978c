"""Undo and redo: a list of states and an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")


@dataclass(frozen=True)
class Timeline(Generic[State]):
    """States that were shown, the current one at `index`."""

    states: tuple[State, ...]
    index: int = 0

    @property
    def current(self) -> State:
        """The state that is on the screen."""
        return self.states[self.index]

    @property
    def can_undo(self) -> bool:
        """True where there is a state before this one."""
        return self.index > 0

    @property
    def can_redo(self) -> bool:
        """True where there is a state after this one."""
        return self.index < len(self.states) - 1

    def replaced(self, state: State) -> Timeline[State]:
        """The current state changed in place, which undo does not count."""
        return Timeline((*self.states[: self.index], state, *self.states[self.index + 1 :]), self.index)

    def pushed(self, state: State) -> Timeline[State]:
        """A new state after the current one; what could have been redone is gone."""
        return Timeline((*self.states[: self.index + 1], state), self.index + 1)

    def undone(self) -> Timeline[State]:
        """One state back, or the same at the first."""
        return Timeline(self.states, max(0, self.index - 1))

    def redone(self) -> Timeline[State]:
        """One state forward, or the same at the last."""
        return Timeline(self.states, min(len(self.states) - 1, self.index + 1))

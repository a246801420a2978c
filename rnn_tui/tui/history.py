"""Undo and redo: a list of scenes and an index."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.scene import Scene


@dataclass(frozen=True)
class History:
    """Scenes that were asked for, the current one at `index`. Moving about inside a sentence replaces it."""

    scenes: tuple[Scene, ...]
    index: int = 0

    @property
    def current(self) -> Scene:
        """The scene that is on the screen."""
        return self.scenes[self.index]

    @property
    def can_undo(self) -> bool:
        """Whether there is a scene before this one."""
        return self.index > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a scene after this one."""
        return self.index < len(self.scenes) - 1

    def replaced(self, scene: Scene) -> History:
        """The current scene changed in place: a move, which undo does not count."""
        return History((*self.scenes[: self.index], scene, *self.scenes[self.index + 1 :]), self.index)

    def pushed(self, scene: Scene) -> History:
        """A new scene after the current one; what could have been redone is gone."""
        return History((*self.scenes[: self.index + 1], scene), self.index + 1)

    def undone(self) -> History:
        """One scene back, or the same at the first."""
        return History(self.scenes, max(0, self.index - 1))

    def redone(self) -> History:
        """One scene forward, or the same at the last."""
        return History(self.scenes, min(len(self.scenes) - 1, self.index + 1))

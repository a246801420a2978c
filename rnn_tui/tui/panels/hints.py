"""The footer's entry for a key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hint:
    """One entry of the footer: the sign, what the key does, the key's name, and whether it can be used now.

    The higher the `priority` number, the sooner it is left out. Where there is little room, `brief` is said instead.
    """

    sign: str
    does: str
    key: str
    able: bool
    priority: int = 0
    brief: str = ""

    @property
    def shortest(self) -> str:
        """The fewest words for what the key does."""
        return self.brief or self.does

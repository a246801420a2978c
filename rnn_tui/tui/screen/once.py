"""A screen that gives its answer once."""

from __future__ import annotations

from functools import partial
from typing import Generic, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Answer = TypeVar("Answer")
SOON = 0.02


class AnsweringOnce(Generic[Answer]):
    """Mixed into a screen, which then closes once, with its first answer, and is itself what is closed.

    Two keys that arrive together both reach the screen that the first of them closes, or the second opens something
    over it before it closes: Textual closes whatever is topmost, and with the last screen the program. (A screen itself
    this can't be: Textual takes styles from the first of the bases that is one.)
    """

    answered = False

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer, and close without one what is over it; does nothing where it has been given."""
        screen = cast(Screen[Answer], self)
        stack = screen.app.screen_stack
        if self.answered or screen not in stack:
            return AwaitComplete()
        above = stack[stack.index(screen) + 1 :]
        if not all(each.is_mounted for each in (screen, *above)):  # what they look for when they are isn't there
            screen.set_timer(SOON, partial(self._dismiss_now, result))
            return AwaitComplete()
        self.answered = True
        for each in reversed(above):
            each.dismiss()
        closing: AwaitComplete = super().dismiss(result)  # type: ignore[misc]  # the screen's
        return closing

    def _dismiss_now(self, result: Answer | None) -> None:
        self.dismiss(result)  # whose own result is not to be waited for in here

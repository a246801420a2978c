"""The dialog that every dialog is, and the list in it."""

from __future__ import annotations

from typing import TypeVar

from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import OptionList

from rnn_tui.tui.screen.once import AnsweringOnce

Answer = TypeVar("Answer")


class Dialog(AnsweringOnce[Answer], ModalScreen[Answer]):
    """Asks for one thing, and gives it back once."""


class Choosing(OptionList):
    """A list to pick from, in a window of any height.

    Textual lays no line out where there is no room for one, and then can't tell where a page ends. What is clicked on
    it looks up by its number, perhaps in another list than the one that was painted.
    """

    def on_click(self, event: Click) -> None:
        """Take no click on what is no longer there."""
        if event.style.meta.get("option", -1) >= self.option_count:
            event.prevent_default()

    def action_page_up(self) -> None:
        """A page up, or one line where none can be seen."""
        if self.scrollable_content_region.area:
            super().action_page_up()  # type: ignore[no-untyped-call]
        else:
            self.action_cursor_up()

    def action_page_down(self) -> None:
        """A page down, or one line where none can be seen."""
        if self.scrollable_content_region.area:
            super().action_page_down()  # type: ignore[no-untyped-call]
        else:
            self.action_cursor_down()

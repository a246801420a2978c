"""Textual's command palette, which runs a command once."""

from __future__ import annotations

import inspect

from textual import on, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.command import CommandInput, CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.message import Message
from textual.widgets import Input, OptionList

from rnn_tui.tui.dialogs.dialog import Choosing
from rnn_tui.tui.dialogs.sentence import SentenceInput
from rnn_tui.tui.screen.once import AnsweringOnce

MOST_SOUGHT = 200
"""The characters that may be sought: no command's name is that long, and each key looks at all of them."""


class _Sought(CommandInput, SentenceInput):
    """What is sought, with nothing in it that a terminal obeys; to the style sheet it is the first of its bases."""

    def cut(self, pasted: str) -> str:
        """The beginning alone, of which nothing need be said."""
        return pasted[:MOST_SOUGHT]

    def validate_value(self, value: str) -> str:
        """White space becomes spaces, all else that is not shown becomes what stands for it."""
        return super().validate_value(value[:MOST_SOUGHT])[:MOST_SOUGHT]


class _Commands(CommandList, Choosing):
    """The list of commands, in a window of any height; to the style sheet it is the first of its bases."""


class Palette(AnsweringOnce[None], CommandPalette):
    """Runs the command that is picked; a second key that has come together with the first one does nothing."""

    def compose(self) -> ComposeResult:
        """Textual's own widgets, but for the input and the list."""
        for widget in super().compose():
            if isinstance(widget, CommandInput):
                yield _Sought(placeholder=widget.placeholder, select_on_focus=False)
            else:
                yield _Commands() if isinstance(widget, CommandList) else widget

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; the search for commands, which would miss the list that shows them, ends before."""
        self.workers.cancel_node(self)
        return super().dismiss(result)

    def search(self, sought: str) -> None:
        """Look for commands, in the background."""
        self._gather_commands(sought)

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        """Search as Textual does; a search that is still on its way while the palette closes finds no list to fill."""
        try:
            await inspect.unwrap(CommandPalette._gather_commands)(self, search_value)
        except NoMatches:
            if self.is_current and not self.answered:
                raise

    @on(Input.Changed)
    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _ignore_once_answered(self, message: Message) -> None:
        if self.answered:
            message.stop()
            message.prevent_default()  # which is what Textual's own class does

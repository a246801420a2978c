"""A number typed over another one; tab goes on to the next of those that can be typed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from rnn_tui.tui.dialogs.dialog import Dialog
from rnn_tui.tui.dialogs.sentence import SentenceInput


class Over(NamedTuple):
    """A number that can be typed over: what it is, a note, the number as it is shown, and what is wrong with a text."""

    title: str
    note: str
    shown: str
    fault: Callable[[str], str]


class TypeOverScreen(Dialog[tuple[int, str] | None]):
    """Gives back which of the numbers was typed over, from 0, and the text; None where all stays as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("tab", "next", "The next number", show=False, priority=True),
    ]

    def __init__(self, numbers: Sequence[Over], first: int) -> None:
        super().__init__()
        self.numbers = numbers
        self.index = first

    @property
    def over(self) -> Over:
        """The number that is typed over."""
        return self.numbers[self.index]

    def compose(self) -> ComposeResult:
        """The number, and its note."""
        with Vertical(id="sentence"):
            field = SentenceInput(self.over.shown, id="text", select_on_focus=True)
            field.border_subtitle = f"enter: hold it{' · tab: another value' * (len(self.numbers) > 1)} · esc: back"
            yield field
            yield Static(id="notes")

    def on_mount(self) -> None:
        """Say what is typed over."""
        self._say(self.over.note)

    def action_next(self) -> None:
        """Go on to the next number, with nothing typed over it."""
        self.index = (self.index + 1) % len(self.numbers)
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = self.over.shown
        field.action_select_all()
        self._say(self.over.note)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wrong while one types."""
        self._say(self._fault(event.value) or self.over.note)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give it back, if it can be held; what was not typed over stays as it is."""
        if event.value == self.over.shown:
            self.dismiss(None)
        elif fault := self.over.fault(event.value):
            self._say(fault)
            self.app.bell()
        else:
            self.dismiss((self.index, event.value))

    def _fault(self, text: str) -> str:
        """What is wrong with what has been typed so far: nothing yet where a number may only have begun."""
        return "" if text.strip() in ("", "-", "−", ".", "-.", "−.") else self.over.fault(text)

    def _say(self, said: str) -> None:
        self.query_one(Input).border_title = Content(self.over.title)
        self.query_one("#notes", Static).update(Content(said), layout=True)

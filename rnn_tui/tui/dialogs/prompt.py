"""One line to type, with what is wrong with it below while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from rnn_tui.tui.dialogs.dialog import Dialog
from rnn_tui.tui.dialogs.sentence import SentenceInput


class PromptScreen(Dialog[str | None]):
    """Gives back what was typed, or None. `fault` says what is wrong with a text, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, title: str, note: str, proposed: str, fault: Callable[[str], str]) -> None:
        super().__init__()
        self.asked = title
        self.note = note
        self.proposed = proposed
        self.fault = fault

    def compose(self) -> ComposeResult:
        """The input and its note."""
        with Vertical(id="sentence"):
            field = SentenceInput(self.proposed, id="text", select_on_focus=True)
            field.border_title = Content(self.asked)
            field.border_subtitle = "enter: do it · esc: back"
            yield field
            yield Static(Content(self.note), id="notes")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wrong while one types."""
        fault = self.fault(event.value) if event.value else ""
        self.query_one("#notes", Static).update(Content(fault or self.note), layout=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do it, if it can be done."""
        if not event.value or self.fault(event.value):
            self.app.bell()
            return
        self.dismiss(event.value)

"""The learner's own sentence: one input at the top, with what the model will make of it below."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.story import plain, unknown_line
from rnn_tui.text import printable

MOST_NOTES = 3


class SentenceInput(Input):
    """An input whose text has nothing in it that a terminal obeys, wherever it came from."""

    def validate_value(self, value: str) -> str:
        """White space becomes spaces, all else that is not shown becomes what stands for it."""
        return printable(re.sub(r"\s", " ", value))


class SentenceScreen(ModalScreen[str | None]):
    """Gives back the text, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, model: Model, text: str) -> None:
        super().__init__()
        self.model = model
        self.text = text

    def compose(self) -> ComposeResult:
        """The input and its notes."""
        with Vertical(id="sentence"):
            field = SentenceInput(self.text, id="text", select_on_focus=True)
            field.border_title = Content(f"Your {self.model.tokenizer.unit}s for {printable(self.model.name)}")
            field.border_subtitle = "enter: read it · esc: back"
            yield field
            yield Static(id="notes")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which words are unknown while one types."""
        self.query_one("#notes", Static).update(Content("\n".join(self.notes(event.value))), layout=True)

    def notes(self, text: str) -> list[str]:
        """Notes on what the model will make of the text, a line each."""
        try:
            tokens = self.model.tokenize(text)
        except UserError as error:
            return [printable(str(error))]
        unknown = list({token.text: token for token in tokens if token.unknown}.values())
        lines = [line for token in unknown[:MOST_NOTES] if (line := unknown_line(self.model, token))]
        notes = [plain(line) for line in lines]
        if len(unknown) > MOST_NOTES:
            notes.append(f"… and {len(unknown) - MOST_NOTES} more unknown")
        unit = self.model.tokenizer.unit
        return notes or [f"{len(tokens)} {unit}{'s' if len(tokens) != 1 else ''}, all of them known"]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read it, if it can be read."""
        try:
            self.model.tokenize(event.value)
        except UserError:
            self.app.bell()
            return
        self.dismiss(event.value)

"""The learner's own sentence: one input at the top, with what the model will make of it below."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from rnn_tui import shelf
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.scene import Reading
from rnn_tui.story import plain, unknown_line
from rnn_tui.text import printable
from rnn_tui.tui.dialogs.dialog import Dialog

MOST_NOTES = 3
MOST_PASTED = 10_000
"""The characters that a paste may have: of more than that, looking at them anew at every key would be felt."""


class SentenceInput(Input):
    """An input whose text has nothing in it that a terminal obeys, wherever it came from."""

    async def _on_key(self, event: Key) -> None:
        """Obey a key of the field's own at once, as letters are typed: Textual sends it through the program first.

        On that way a letter that is typed after it would overtake it.
        """
        bound = () if event.is_printable else self._bindings.key_to_bindings.get(event.key, ())
        if not bound:
            await super()._on_key(event)
            return
        event.prevent_default()
        event.stop()
        await self.run_action(bound[0].action)

    async def on_paste(self, event: Paste) -> None:
        """Take all lines, with a space between them; Textual's own input takes the first alone."""
        event.prevent_default()
        event.stop()
        self.replace(self.cut(_in_one_line(event.text)), *sorted(self.selection))

    def cut(self, pasted: str) -> str:
        """As much of what is pasted as is taken, and a word on it where that is not all."""
        if len(pasted) > MOST_PASTED:
            cut = f"only the first {MOST_PASTED:,} characters of it are here; --sentence-file reads longer texts"
            self.notify(cut, markup=False, severity="warning")
        return pasted[:MOST_PASTED]

    def validate_value(self, value: str) -> str:
        """White space becomes spaces, all else that is not shown becomes what stands for it."""
        return printable(re.sub(r"\s", " ", value))


def _in_one_line(text: str) -> str:
    """All lines of a text that hold anything, with a space between them."""
    lines = text.splitlines()
    return text if lines == [text] else " ".join(filter(None, map(str.strip, lines)))


def reading_of(answer: str | Reading, reading: Reading) -> Reading:
    """The reading that an answer of the dialog asks for: another text for the same network, or another model."""
    return answer if isinstance(answer, Reading) else reading.of_text(answer)


class SentenceScreen(Dialog[str | Reading | None]):
    """Gives back the text, or a reading of it by a model that knows its words, or None.

    Where the model's texts begin with a start mark, typing replaces what is behind it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("tab", "read_there", "In the model that knows the words", show=False, priority=True),
    ]

    def __init__(self, model: Model, text: str) -> None:
        super().__init__()
        self.model = model
        self.text = text
        self.offered: shelf.Knowing | None = None

    def compose(self) -> ComposeResult:
        """The input and its notes."""
        with Vertical(id="sentence"):
            field = SentenceInput(self.text, id="text", select_on_focus=False)
            field.border_title = Content(f"Your {self.model.tokenizer.unit}s for {printable(self.model.name)}")
            field.border_subtitle = "enter: read it · esc: back"
            yield field
            yield Static(id="notes")

    def on_mount(self) -> None:
        """Choose what typing replaces: the text, but for its start mark."""
        field = self.query_one(SentenceInput)
        field.selection = Selection(len(self._mark(field.value)), len(field.value))

    def _mark(self, text: str) -> str:
        """The start mark that a text begins with, or nothing."""
        from rnn_tui.network.generation import writing_of

        writing = writing_of(self.model)
        mark = (writing and writing.start) or ""
        return mark if text.startswith(mark) else ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which words are unknown while one types, and which model knows them."""
        self.offered = shelf.that_knows(event.value, self.model)
        notes = [*self.notes(event.value), *([offer(self.offered, self.model)] if self.offered else [])]
        self.query_one("#notes", Static).update(Content("\n".join(notes)), layout=True)

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

    def action_read_there(self) -> None:
        """Read the text in the model that is offered."""
        if self.offered:
            self.dismiss(Reading(self.offered.name, self.query_one(SentenceInput).value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read it, if it can be read."""
        try:
            self.model.tokenize(event.value)
        except UserError:
            self.app.bell()
            return
        self.dismiss(event.value)


def offer(other: shelf.Knowing, model: Model) -> str:
    """The line that offers a model which knows the words of a text."""
    unit = model.tokenizer.unit
    if other.known < other.of:
        knows = f"{other.known} of these {other.of} {unit}s"
    else:
        knows = f"all of these {unit}s" if other.of > 1 else f"this {unit}"
    return f"{printable(other.name)} knows {knows}: tab reads {'them' if other.of > 1 else 'it'} there"

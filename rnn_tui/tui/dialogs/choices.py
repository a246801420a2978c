"""A few things of which one is picked, each with why one might want it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rnn_tui.text import printable
from rnn_tui.tui.dialogs.dialog import Choosing, Dialog

Value = TypeVar("Value")


@dataclass(frozen=True)
class Choice(Generic[Value]):
    """One thing that can be picked, and what picking it gives back."""

    title: str
    why: str
    value: Value


class ChoicesScreen(Dialog[Value | None], Generic[Value]):
    """Gives back the value of the choice that was picked, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, title: str, choices: Sequence[Choice[Value]]) -> None:
        super().__init__()
        self.asked = title
        self.choices = choices

    def compose(self) -> ComposeResult:
        """The choices."""
        with Vertical(id="sentence"):
            options = (
                Option(Content.assemble((printable(choice.title), "bold"), f"  {printable(choice.why)}"))
                for choice in self.choices
            )
            listed = Choosing(*options, id="sentences")
            listed.border_title = self.asked
            listed.border_subtitle = "enter: open · esc: back"
            yield listed

    def on_mount(self) -> None:
        """Start at the first choice."""
        listed = self.query_one(OptionList)
        listed.focus()
        listed.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back what was picked."""
        self.dismiss(self.choices[event.option_index].value)

"""All keys, and in three sentences what one sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rnn_tui.tui.keys import KEYS, Key

INTRODUCTION = (
    "An RNN reads a sentence one word at a time. For each word it does the same three things with the same weights: "
    "1 it multiplies the word by its weights, 2 it adds what it remembers of the words before, "
    "3 its output nodes say what it thinks so far; after the last word that is the answer.\n\n"
    "One row is one hidden unit, across the whole screen. Orange, to the right, is positive; "
    "blue, to the left, is negative.\n"
)


class HelpScreen(ModalScreen[None]):
    """Closed by any of the usual keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "dismiss(None)", "Back")]

    def __init__(self, keys: Sequence[Key] = KEYS, introduction: str = INTRODUCTION) -> None:
        super().__init__()
        self.listed = keys
        self.introduction = introduction

    def compose(self) -> ComposeResult:
        """The introduction and the keys."""
        with VerticalScroll(id="help") as box:
            box.border_title = "rnn-tui: help"
            box.border_subtitle = "esc: back"
            yield Static(Content(self.introduction))
            lines = [Content.assemble((f"{self._keys(key.keys):<22}", "bold $accent"), key.help) for key in self.listed]
            lines.append(Content.assemble((f"{'1 … 9':<22}", "bold $accent"), "To a word"))
            lines.append(Content.assemble((f"{'ctrl+p':<22}", "bold $accent"), "Command palette: all commands, themes"))
            lines.append(Content.assemble((f"{'mouse':<22}", "bold $accent"), "Click a word, a unit, a panel, a key"))
            yield Static(Content("\n").join(lines))

    @staticmethod
    def _keys(keys: str) -> str:
        names = {"right": "→", "left": "←", "up": "↑", "down": "↓", "plus": "+", "minus": "−", "question_mark": "?"}
        names |= {"left_square_bracket": "[", "right_square_bracket": "]"}
        shown = [names.get(key, key) for key in keys.split(",") if key != "equals_sign"]
        return " ".join(shown)

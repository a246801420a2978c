"""What to compare a scene with: the same without its edits, in another model, another sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rnn_tui.network.model import Model
from rnn_tui.scene import Position, Scene
from rnn_tui.text import printable, quoted
from rnn_tui.tui.screens.models import ModelsScreen


class BesideScreen(ModalScreen[str | Scene | None]):
    """Gives back the scene to compare with, or that one asks for a "model" or a "sentence", or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, scene: Scene, model: Model) -> None:
        super().__init__()
        self.choices: list[tuple[str, str, str | Scene]] = []
        if scene.edits:
            before = replace(scene, edits=(), position=Position())
            self.choices.append(("Without the changes", "the same network and the same words as they were", before))
        self.choices += [
            ("Another model", "the same words in another network", "model"),
            ("Another sentence", "type one", "sentence"),
        ]
        for example in model.examples:
            if example.text != scene.text:
                other = replace(scene, text=example.text, edits=(), position=Position())
                self.choices.append((quoted(example.text), example.why, other))

    def compose(self) -> ComposeResult:
        """The choices."""
        with Vertical(id="sentence"):
            options = (
                Option(Content.assemble((printable(title), "bold"), f"  {printable(why)}"))
                for title, why, _ in self.choices
            )
            listed = OptionList(*options, id="sentences")
            listed.border_title = "Compare with"
            listed.border_subtitle = "enter: open · esc: back"
            yield listed

    def on_mount(self) -> None:
        """Start at the first choice."""
        listed = self.query_one(OptionList)
        listed.focus()
        listed.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back what was picked."""
        self.dismiss(self.choices[event.option_index][2])


class OtherModels(ModelsScreen):
    """The shelf, where a model that is picked without a sentence of its own reads the same words."""

    def __init__(self, current: str, text: str) -> None:
        super().__init__(current)
        self.text = text

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the model on the same words, or on the sentence that was picked."""
        if event.option_list.id == "models":
            event.prevent_default()  # which would open its own first sentence
            self.dismiss((self.listed[event.option_index].name, self.text))

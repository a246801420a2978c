"""The shelf: every model under the name that one types, and its curated sentences with why each is interesting."""

from __future__ import annotations

from typing import ClassVar
from unicodedata import normalize

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rnn_tui import shelf
from rnn_tui.pictures.rows import shared
from rnn_tui.scene import DEFAULT_TEXT, Reading
from rnn_tui.text import printable
from rnn_tui.tui.dialogs.dialog import Choosing, Dialog

LONGEST_NAME = 24


class _Sentence(Option):
    """A curated sentence and its model: another model may be under the cursor before its choice is looked at."""

    def __init__(self, reading: Reading, why: str) -> None:
        below = f"\n  {printable(why)}" if why else ""
        super().__init__(Content.assemble((f"“{printable(reading.text)}”", "bold"), below))
        self.reading = reading


class ModelsScreen(Dialog[Reading | None]):
    """Gives back a model with a text to read, or None.

    With a `text` that is read now, a model that is picked without a sentence of its own reads that. Where the answer is
    `covered` until the class has guessed, the sentences stand without their whys, which often tell it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("right", "app.focus_next", "To its sentences", show=False),
        Binding("left", "app.focus_previous", "To the models", show=False),
    ]

    def __init__(self, current: str, text: str | None = None, *, covered: bool = False) -> None:
        super().__init__()
        self.current = current
        self.text = text
        self.covered = covered
        listing = list(shelf.listing())
        self.listed = [entry for entry in listing if isinstance(entry, shelf.Listed)]
        self.broken = [entry for entry in listing if isinstance(entry, shelf.BrokenModelError)]
        self.widest = min(LONGEST_NAME, shared([printable(entry.name) for entry in listing]))

    def compose(self) -> ComposeResult:
        """The models, and below them the sentences of the one that is picked."""
        with Vertical(id="shelf"):
            good = (Option(self._model(entry)) for entry in self.listed)
            bad = (Option(self._unusable(entry), disabled=True) for entry in self.broken)
            models = Choosing(*good, *bad, id="models")
            models.border_title = "Models"
            models.border_subtitle = "enter: open · tab: its sentences · esc: back"
            yield models
            yield Static(id="summary")
            sentences = Choosing(id="sentences")
            sentences.border_title = "Its sentences" if self.covered else "Its sentences, and why"
            sentences.border_subtitle = "enter: open"
            yield sentences

    def on_mount(self) -> None:
        """Start at the model that is open."""
        names = [entry.name for entry in self.listed]
        models = self.query_one("#models", OptionList)
        models.highlighted = names.index(self.current) if self.current in names else 0
        models.focus()

    def _model(self, entry: shelf.Listed) -> Content:
        """One line: the name that one types, the title where it says more, and the figure in words."""
        from rnn_tui.learning.figures import figure_in_words

        title = entry.metadata.title
        said = [
            *([title] if letters(title) != letters(entry.name) else []),
            figure_in_words(entry.metadata, rules=False),
        ]
        name = f"{printable(entry.name):<{self.widest}}"
        return Content.assemble((name, "bold"), "  " + printable(" · ".join(filter(None, said))))

    def _unusable(self, entry: shelf.BrokenModelError) -> Content:
        """One line for a file that can't be chosen: its name, and why."""
        return Content(f"{printable(entry.name):<{self.widest}}  broken: {printable(entry.why)}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the summary and the sentences of the model under the cursor."""
        if event.option_list.id != "models":
            return
        entry = self.listed[event.option_index]
        metadata = entry.metadata
        self.query_one("#summary", Static).update(Content(printable(f"{metadata.summary} {facts(entry)}".strip())))
        sentences = self.query_one("#sentences", OptionList)
        sentences.clear_options()
        sentences.add_options(
            _Sentence(Reading(entry.name, example.text), "" if self.covered else example.why)
            for example in metadata.examples
        )
        sentences.highlighted = 0 if metadata.examples else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the model with the text that is read now or its first sentence, or with the one that was picked."""
        if isinstance(event.option, _Sentence):
            self.dismiss(event.option.reading)
            return
        entry = self.listed[event.option_index]
        examples = entry.metadata.examples
        first = examples[0].text if examples else DEFAULT_TEXT
        self.dismiss(Reading(entry.name, first if self.text is None else self.text))


def facts(entry: shelf.Listed) -> str:
    """The network and the size of its file: "Elman tanh, 16 units, 328 kB."."""
    units = f"{entry.hidden_size} unit{'s' if entry.hidden_size != 1 else ''}"
    return f"{entry.metadata.title_of_layers}, {units}, {entry.size / 1000:.0f} kB."


def letters(name: str) -> str:
    """The letters and digits of a name, by which two spellings of it are the same; accents make no other letter."""
    return "".join(filter(str.isalnum, normalize("NFD", name.casefold())))

"""The smallest Textual app to compare with: header, text, footer; every key changes the text. It imports NumPy, too."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from textual.app import App
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Footer, Header, Static


class Smallest(App[None]):
    """Counts keys."""

    BINDINGS = [("q", "quit", "quit")]  # noqa: RUF012  # as Textual's own tutorial writes it
    keys = 0

    def compose(self) -> Iterable[Widget]:
        """Header, text, footer."""
        yield Header()
        yield Static(f"smallest with numpy {np.__version__}", id="text")
        yield Footer()

    def on_key(self, event: Key) -> None:
        """Show something new."""
        self.keys += 1
        self.query_one("#text", Static).update(f"key {self.keys}: {event.key}")


if __name__ == "__main__":
    Smallest().run()

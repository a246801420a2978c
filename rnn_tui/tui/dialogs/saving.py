"""A file to save: its name, and with the name its kind; what takes long shows how far it is, and can be stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState, get_current_worker

from rnn_tui.network.errors import UserError
from rnn_tui.text import printable
from rnn_tui.tui.dialogs.dialog import Dialog
from rnn_tui.tui.dialogs.sentence import SentenceInput

SAID_AGAIN = 0.1
"""The seconds between two sayings of how far it is."""
STOPPED = "stopped; nothing is written"


class Stop(Exception):  # noqa: N818  # no error: it was asked for
    """The file is no longer wanted."""


class Kind(NamedTuple):
    """A kind of file: its suffix with the dot, what it holds, a name that is free, and what writes it.

    `write` takes the file and what is told how much is done, from 0 to 1. It may raise UserError, and what it is told
    may raise `Stop`.
    """

    suffix: str
    title: str
    proposed: str
    write: Callable[[Path, Callable[[float], None]], None]


class SavingScreen(Dialog[Path | None]):
    """Gives back the file that was written, or None. Nothing that is there is written over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Stop, or back"),
        Binding("tab,down", "turn(1)", "The next kind", show=False, priority=True),
        Binding("shift+tab,up", "turn(-1)", "The kind before", show=False, priority=True),
    ]

    def __init__(self, kinds: Sequence[Kind]) -> None:
        super().__init__()
        self.kinds = kinds
        self._worker: Worker[Path | UserError | None] | None = None
        self._stopping = False

    def compose(self) -> ComposeResult:
        """The name, and what is said of it."""
        others = " · tab: another kind" if len(self.kinds) > 1 else ""
        with Vertical(id="sentence"):
            field = SentenceInput(self.kinds[0].proposed, id="text", select_on_focus=False)
            field.border_title = Content("Save as")
            field.border_subtitle = f"enter: save{others} · esc: back"
            yield field
            yield Static(id="notes")

    @property
    def kind(self) -> Kind | None:
        """The kind that the name asks for; None where it asks for none that is here."""
        suffix = os.path.splitext(self.query_one(Input).value.strip())[1].lower()
        return next((kind for kind in self.kinds if kind.suffix == suffix), None)

    def action_turn(self, by: int) -> None:
        """Go on to another kind: the name that was typed with its suffix, or the one that is proposed for it."""
        if self._worker is not None:
            return
        field, before = self.query_one(Input), self.kind
        index = -1 if before is None else self.kinds.index(before)
        after = self.kinds[(index + by) % len(self.kinds)]
        typed = before is not None and field.value.strip() != before.proposed
        field.value = os.path.splitext(field.value.strip())[0] + after.suffix if typed else after.proposed
        field.cursor_position = len(field.value)

    def action_back(self) -> None:
        """Stop what is being written, or close."""
        if self._worker is None:
            self.dismiss(None)
        else:
            self._stopping = True  # what is past its last look at this is written whole, and said so
            self._say("stopping …")

    def on_input_changed(self) -> None:
        """Say what the kind holds, and which others there are, or what is wrong."""
        self._say(self._fault() or self._note())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file, in a thread, so that the screen stays live."""
        kind, fault = self.kind, self._fault()
        if self._worker is not None:
            return
        if kind is None or fault:
            self._say(fault)
            self.app.bell()
            return
        self.query_one(Input).disabled = True
        self._say("writing …")
        path = Path(os.path.expanduser(event.value.strip()))
        self._worker = self.run_worker(partial(self._write, kind, path), name="saving", thread=True)
        self.set_focus(None)

    def _write(self, kind: Kind, path: Path) -> Path | UserError | None:
        """In the thread: write; gives the file, what was wrong, or None where it was stopped."""
        worker, app = get_current_worker(), self.app
        due = time.monotonic() + SAID_AGAIN

        def progress(share: float) -> None:
            nonlocal due
            if self._stopping or worker.is_cancelled:
                raise Stop
            if time.monotonic() >= due:
                due = time.monotonic() + SAID_AGAIN
                app.call_from_thread(self._tell, worker, f"writing … {share:.0%} · esc stops")

        try:
            kind.write(path, progress)
            return Path(os.path.abspath(path))
        except Stop:
            return None
        except UserError as error:
            return error

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Give the file back when it is written, or say what was wrong."""
        if event.worker is not self._worker or event.state is not WorkerState.SUCCESS:
            return
        found: Path | UserError | None = event.worker.result
        if isinstance(found, Path):
            self.dismiss(found)
        else:
            self._ended(STOPPED if found is None else printable(str(found)))

    def _tell(self, worker: Worker[Any], said: str) -> None:
        if worker is self._worker and not self._stopping:
            self._say(said)

    def _ended(self, said: str) -> None:
        """Say why nothing was written; another name can be given."""
        self._worker, self._stopping = None, False
        field = self.query_one(Input)
        field.disabled = False
        field.focus()
        self._say(said)

    def _fault(self) -> str:
        """The fault of the name that has been typed so far; nothing where a file can be written under it."""
        name = self.query_one(Input).value.strip()
        if self.kind is None:
            return f"the name ends in one of {' '.join(kind.suffix for kind in self.kinds)}"
        if os.path.splitext(os.path.basename(name))[0] in ("", self.kind.suffix):
            return "give a name before the suffix"
        if os.path.lexists(os.path.expanduser(name)):
            return "there is such a file already, and nothing is overwritten; give another name"
        return ""

    def _note(self) -> Content:
        """The kind's title, and all kinds with this one lit."""
        kind = self.kind
        title = "" if kind is None else kind.title
        if len(self.kinds) == 1:
            return Content(title)
        listed = [(f"{each.suffix} ", "bold" if each is kind else "dim") for each in self.kinds]
        return Content.assemble(f"{title}\n", *listed)

    def _say(self, said: str | Content) -> None:
        self.query_one("#notes", Static).update(Content(said) if isinstance(said, str) else said, layout=True)

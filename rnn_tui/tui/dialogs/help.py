"""All keys in their groups, and in three sentences what one sees."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rnn_tui.tui.screen.keys import Group, Key, by_group

OTHERS = (
    (Group.WALK, "1 … 9", "To a word"),
    (Group.MORE, "ctrl+p", "Command palette: all commands, themes"),
    (Group.MORE, "mouse", "Click a word, a unit, a panel, a key"),
)
"""Lines that are no key of a screen's own, by the group that they are listed in."""


class HelpScreen(ModalScreen[None]):
    """Closed by any of the usual keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "dismiss(None)", "Back")]

    def __init__(self, keys: Sequence[Key], introduction: str, modes: Collection[str] = ()) -> None:
        super().__init__()
        self.listed = keys
        self.introduction = introduction
        self.modes = modes

    def compose(self) -> ComposeResult:
        """The introduction and the keys."""
        with VerticalScroll(id="help") as box:
            box.border_title = "rnn-tui: help"
            box.border_subtitle = "esc: back"
            yield Static(Content(self.introduction))
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        """A heading a group, and under it a line a key."""
        for group, keys in by_group(self.listed).items():
            yield Content("")
            yield Content.styled(group, "bold underline")
            for key in keys:
                yield _line(key.printed, key.help)
            yield from (_line(sign, does) for other, sign, does in OTHERS if other is group)


def _line(sign: str, does: str) -> Content:
    return Content.assemble((f"{sign:<22}", "bold $accent"), does)

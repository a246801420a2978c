"""All keys in their groups, and in three sentences what one sees."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from rnn_tui.tui.dialogs.dialog import Dialog
from rnn_tui.tui.screen.keys import Group, Key, by_group

OTHERS = (
    (Group.WALK, "1 … 9", "To a word"),
    (Group.MORE, "ctrl+p", "Command palette: all commands, themes"),
    (Group.MORE, "ctrl+z", "Back to the shell, where fg comes here again"),
    (Group.MORE, "ctrl+c", "Quit from anywhere"),
    (Group.MORE, "mouse", "Click a word, a unit, a panel, a key"),
)
"""Lines that are no key of a screen's own, by the group that they are listed in."""
MARGIN = 8
"""The lines of the screen that the frame, its padding and the ends of the screen take."""


class HelpScreen(Dialog[None]):
    """The keys that can be used now in their groups, closed by any of the usual keys.

    Where not all of them fit, one group is open and the others are folded away under their headings. A key of a mode is
    there in that mode alone.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss(None)", "Back"),
        Binding("tab,right", "unfold(1)", "The next group", show=False, priority=True),
        Binding("shift+tab,left", "unfold(-1)", "The group before", show=False, priority=True),
    ]

    def __init__(self, keys: Sequence[Key], introduction: str, modes: Collection[str] = ()) -> None:
        super().__init__()
        self.listed = [key for key in keys if not key.mode or key.mode in modes]
        self.introduction = introduction
        self.unfolded = 0
        self.folding = False

    def compose(self) -> ComposeResult:
        """The introduction and the keys."""
        with VerticalScroll(id="help") as box:
            box.border_title = "rnn-tui: help"
            yield Static(Content(self.introduction))
            yield Static(id="keys")

    def on_mount(self) -> None:
        """Show the keys."""
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Fold and unfold what fits."""
        self._show()

    def action_unfold(self, by: int) -> None:
        """Open the next group, or the one before, where not all are open."""
        if self.folding:
            self.unfolded = (self.unfolded + by) % len(self._groups())
            self._show()
            self.call_after_refresh(self.query_one("#keys").scroll_visible, top=True, animate=False)

    def _show(self) -> None:
        groups = self._groups()
        width = min(self.app.size.width, 84) - 6
        told = -(-len(self.introduction) // max(1, width)) + self.introduction.count("\n")
        self.folding = told + sum(len(lines) + 2 for lines in groups.values()) > self.app.size.height - MARGIN
        self.query_one("#keys", Static).update(Content("\n").join(self._lines(groups)), layout=True)
        box = self.query_one("#help")
        box.border_subtitle = "→ ←: next group · esc: back" if self.folding else "esc: back"

    def _groups(self) -> Mapping[Group, list[Content]]:
        """A line a key, under the group that it is listed in."""
        return {
            group: [
                *(_line(key.printed, key.help) for key in keys),
                *(_line(sign, does) for other, sign, does in OTHERS if other is group),
            ]
            for group, keys in by_group(self.listed).items()
        }

    def _lines(self, groups: Mapping[Group, list[Content]]) -> Iterator[Content]:
        """A heading a group and under it its keys; folded, all headings in a line and the keys of one of them."""
        if not self.folding:
            for group, lines in groups.items():
                yield from (Content(""), Content.styled(group, "bold underline"), *lines)
            return
        open_one = list(groups)[self.unfolded]
        styled = (Content.styled(f" {group} ", "bold reverse" if group is open_one else "bold") for group in groups)
        yield from (Content(""), Content("  ").join(styled), Content(""), *groups[open_one])


def _line(sign: str, does: str) -> Content:
    return Content.assemble((f"{sign:<22}", "bold $accent"), does)

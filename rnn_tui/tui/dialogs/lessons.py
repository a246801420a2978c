"""The lessons: the course in its order, and those in the folder where the program was started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rnn_tui.lessons import course
from rnn_tui.lessons.faults import LessonError
from rnn_tui.lessons.front import Front
from rnn_tui.lessons.reading import front_of
from rnn_tui.network.errors import UserError
from rnn_tui.text import printable
from rnn_tui.tui.dialogs.dialog import Choosing, Dialog

MOST_OWN = 50
"""The most files of the folder that are looked into."""
BEGINS = b"---"


class _Listed(Option):
    """A lesson that can be opened."""

    def __init__(self, said: Content, path: Path) -> None:
        super().__init__(said)
        self.path = path


class LessonsScreen(Dialog[Path | None]):
    """Gives back the file of the lesson that was picked, or None; starts at the one that is open now."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, current: Path | None = None) -> None:
        super().__init__()
        self.current = current

    def compose(self) -> ComposeResult:
        """The course, then the folder's own."""
        with Vertical(id="shelf"):
            listed = Choosing(*self._options(), id="lessons")
            listed.border_title = "Lessons"
            listed.border_subtitle = "enter: open · esc: back"
            yield listed

    def on_mount(self) -> None:
        """Start at the lesson that is open, or at the first."""
        listed = self.query_one(OptionList)
        listed.focus()
        paths = [option.path if isinstance(option, _Listed) else None for option in listed.options]
        at = paths.index(self.current) if self.current in paths and self.current is not None else 0
        listed.highlighted = at if paths else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back what was picked."""
        if isinstance(event.option, _Listed):
            self.dismiss(event.option.path)

    def _options(self) -> Iterator[Option]:
        """An entry for each lesson; of a file nothing but its front matter is read until it is picked."""
        for number, path in enumerate(course.paths(), start=1):
            yield _option(path, str(number))
        for path in own():
            yield _option(path, path.name)


def _option(path: Path, name: str) -> Option:
    """The entry of a lesson under a name; where its front matter has a fault, that, and it can't be picked."""
    try:
        front = front_of(path)
    except LessonError as fault:
        said = f"{path.name}  line {fault.faults[0].line}: {fault.faults[0].said}"
        return Option(Content(printable(said)), disabled=True)
    except UserError as error:
        return Option(Content(printable(str(error))), disabled=True)
    return _Listed(_said(f"{name}  {front.title}", front), path)


def _said(title: str, front: Front) -> Content:
    """A lesson in two lines: its title and minutes, and for whom it is."""
    minutes = f"{front.minutes} minute{'s' if front.minutes != 1 else ''}"
    told = " · ".join(filter(None, (minutes, front.audience)))
    return Content.assemble((printable(title), "bold"), f"\n   {printable(told)}")


def own() -> list[Path]:
    """The files of the working folder that begin as a lesson does."""
    try:
        found = sorted(path for path in Path().glob("*.md"))[:MOST_OWN]
    except OSError:
        return []
    return [path for path in found if _begins(path)]


def _begins(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(BEGINS) + 3).lstrip(b"\xef\xbb\xbf").startswith(BEGINS)
    except OSError:
        return False

"""The screen that every screen is: it shows states and takes keys, plays, goes back, slides, helps and saves."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rnn_tui.lenses import has_slide
from rnn_tui.tui.screen.acting import ActingScreen
from rnn_tui.tui.screen.keys import C, Change, S, Shown, Told

if TYPE_CHECKING:
    from rnn_tui.tui.dialogs.saving import Kind


class StateScreen(ActingScreen[S, C]):
    """Does what every screen can do; the keys in `shared` call it.

    A concrete screen says its state, what is computed for it, its plan, its panels and their views, and its keys.
    """

    introduction: ClassVar[str] = ""

    # What a concrete screen says

    @abstractmethod
    def closed(self, shown: Shown[S, C]) -> S | None:
        """The state with the topmost thing closed that is open; None where nothing is."""

    @abstractmethod
    def command(self) -> list[str]:
        """The words after `rnn-tui` that open what is on the screen."""

    @abstractmethod
    def picture_name(self) -> str:
        """The name of a picture of what is on the screen, without a suffix."""

    def brought_back(self, state: S) -> S:
        """The state of undo or redo with all that isn't to change back with it."""
        return state

    # What every screen does

    def play_on(self) -> None:
        """Take the next step while it plays; at the end, pause."""
        step = self.key("next").act
        assert isinstance(step, Change)
        if self.able("next"):
            self.show(step.make(self.shown), grows=True)
        if not self.able("next"):
            self.player.stop()
            self.draw()

    def toggle_play(self) -> None:
        """Play, or pause."""
        if self.player.playing:
            self.player.stop()
        else:
            self.player.start()
        self.draw()

    def change_speed(self, by: int) -> None:
        """Play faster (1) or slower (−1)."""
        self.player.change_speed(by)
        seconds = self.player.seconds
        self.tell(Told(f"{seconds:g} second{'s' if seconds != 1 else ''} a phase", seconds=1))

    def undo(self) -> None:
        """The state before."""
        back = self.timeline.undone()
        self.show(self.brought_back(back.current), timeline=back)

    def redo(self) -> None:
        """Forward again."""
        forward = self.timeline.redone()
        self.show(self.brought_back(forward.current), timeline=forward)

    def slide(self) -> None:
        """Slide the current word through its sentence, and see what becomes of the answer."""
        self.player.stop()
        subjects = self.subjects(self.state, self.computed)
        self.measuring.sweep(subjects, partial(self.slider.start, max(len(trace) for _, trace in subjects)))

    @property
    def can_slide(self) -> bool:
        """True where there is a word to slide, and a lens that shows it."""
        subjects = self.subjects(self.state, self.computed)
        return has_slide(self.state.lens) and any(len(trace) > 1 for _, trace in subjects)

    def back(self) -> None:
        """Stop what is being measured or slides, or close what is open."""
        if self.measuring.measuring:
            self.measuring.stop()
            self.draw()
        elif self.slider.at is not None:
            self.slider.stop()
            self.draw()
        else:
            self._take(self.closed(self.shown))

    @property
    def can_go_back(self) -> bool:
        """True where there is anything to stop or to close."""
        goes_on = self.measuring.measuring or self.slider.at is not None
        return goes_on or self.closed(self.shown) not in (None, self.state)

    def introduced(self) -> str:
        """Say in a few sentences what one sees, as the help begins with."""
        return self.introduction

    def show_help(self) -> None:
        """All keys."""
        from rnn_tui.tui.dialogs.help import HelpScreen

        listed = [key for key in self.bound() if key.listed and key.keys and key.works(asking=self.state.asking)]
        self.app.push_screen(HelpScreen(listed, self.introduced(), self.modes()))

    def savable(self) -> list[Kind]:
        """The kinds of files that can be made of what is on the screen, the picture of the screen itself first."""
        from rnn_tui.export import EXPORTS
        from rnn_tui.export.picture import free_name, write_svg
        from rnn_tui.tui.dialogs.saving import Kind

        name = self.picture_name()
        drawn = self.app.export_screenshot(title=name)  # now: a dialog will stand over it
        export = EXPORTS[".svg"]
        proposed = free_name(name, export.suffix)
        return [Kind(export.suffix, export.title, proposed, lambda path, _: write_svg(drawn, path))]

    def save(self) -> None:
        """Ask for a file's name and kind, write it, and say where it is."""
        from rnn_tui.tui.dialogs.saving import SavingScreen

        self.player.stop()
        self.app.push_screen(SavingScreen(self.savable()), self._saved)

    def _saved(self, path: Path | None) -> None:
        if path is not None:
            self.tell(Told(f"saved {path}", seconds=5))

    def copy_command(self) -> None:
        """Copy the command that opens what is on the screen, and show it."""
        from rnn_tui.quoting import command_line

        command = command_line(["rnn-tui", *self.reopening()])
        self.app.copy_to_clipboard(command)
        self.tell(Told(command, title="Copied", seconds=10))

    def reopening(self) -> list[str]:
        """The words after `rnn-tui` that open what is on the screen, although the settings ask for notation."""
        words_alone = self.settings.notation and not self.state.notation
        return [*self.command(), *(["--no-notation"] if words_alone else [])]

    def quit(self) -> None:
        """Close the program."""
        self.app.exit()

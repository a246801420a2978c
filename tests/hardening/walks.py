"""Random walks through the program: keys, mouse, resizes, pastes, model switches, comparisons, as chance has it."""

from __future__ import annotations

import contextlib
import string
import time
from random import Random

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.worker import WorkerCancelled

from rnn_tui.scene import Reading, Scene
from rnn_tui.scene_text import arguments_of
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.comparing.screen import CompareScreen
from rnn_tui.tui.lesson.screen import LessonScreen
from rnn_tui.tui.practising.screen import PracticeScreen
from rnn_tui.tui.walking.screen import WalkScreen
from tests.hardening import texts
from tests.hardening.cases import Fault
from tests.hardening.oracles import controls
from tests.hardening.reopening import as_opened, check_printed, reopened
from tests.tui.conftest import Clock
from tests.tui.screens import drawn_size, strips

EVENTS = 200
MOST_ESCAPES = 12
ARRIVAL_SECONDS = 10.0
LOOKED_AT = 10
"""After so many batches of events the screen is read."""
MOVES = ("right", "left", "pagedown", "pageup", "up", "down", "home", "end", "w", "b", *"123456789")
LOOKS = (
    "v", "V", "z", "t", "p", "enter", "escape", "U", "[", "]", "l", "space", "+", "-", "question_mark", "i", "r",
)  # fmt: skip
CHANGES = (
    "x",
    "comma",
    "full_stop",
    "f",
    "a",
    "o",
    "d",
    "{",
    "}",
    "j",
    "k",
    "tab",
    "delete",
    "0",
    "u",
    "u",
    "ctrl+r",
    "g",
    "G",
)
OPENS = ("e", "m", "c", "S", "n", "y", "s", "E", "ctrl+p")
ODD = (
    "shift+tab", "backspace", "f1", "f12", "ctrl+a", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+e", "ctrl+backslash", "ctrl+z",
    "alt+x", "ctrl+left", "shift+right", "insert", "ctrl+at", "ctrl+underscore", "menu", "f25", "unknown",
)  # fmt: skip
IN_A_ROW = (
    ("m", "enter"), ("m", "enter", "enter"), ("m", "down", "enter"), ("m", "tab", "down", "enter"), ("m", "pageup",
    "escape"),
    ("m", "end", "enter"), ("m", "pagedown", "pagedown", "enter"), ("m", "m", "enter"), ("c", "enter"), ("c",
    "enter", "enter"),
    ("c", "end", "enter"), ("c", "down", "enter", "end", "enter"), ("c", "down", "down", "down", "enter"), ("e",
    "enter"),
    ("e", "x", "enter", "enter"), ("e", "escape", "escape"), ("x", "f", "o", "u", "u"), ("x", "comma", "comma",
    "V", "u"),
    ("u", "u", "u", "ctrl+r"), ("ctrl+p", "enter"), ("ctrl+p", "down", "enter", "escape"), ("question_mark",
    "pagedown", "escape"),
    ("c", "enter", "v", "l"), ("v", "V", "l"), ("S", "tab", "S"), ("n", "s", "enter"),
    ("p", "1", "a", "2", "enter", "right"), ("p", "p", "backspace", "pagedown"), ("p", "p", "p", "5", "escape"),
    ("E", "1", "enter", "enter", "escape", "escape"), ("E", "down", "up"),
    ("s", "enter"), ("s", "tab", "enter", "escape"),
    ("s", "shift+tab", "enter", "escape", "escape"), ("s", "tab", "tab", "tab", "enter", "right", "escape"),
)  # fmt: skip


class Walked(RnnApp):
    """The program, which stays open whatever asks it to close."""

    asked_to_close = 0

    def exit(self, result=None, return_code=0, message=None):
        """Count, and stay."""
        self.asked_to_close += 1


class Walk:
    """A walk of so many events through one program."""

    def __init__(self, chance: Random, names: list[str]) -> None:
        self.chance = chance
        self.names = names
        self.clock = Clock()
        self.left = EVENTS
        self.size = self.any_size()
        self.app = Walked(WalkScreen(self.beginning(), Traces(), self.clock))
        self.app.animation_level = "none" if chance.random() < 0.9 else "full"
        self.pilot = None

    def any_size(self) -> tuple[int, int]:
        """A size of the terminal: any, or one of those that terminals have."""
        usual = ((80, 24), (120, 36), (160, 48), (60, 18), (100, 30))
        return (
            self.chance.choice(usual)
            if self.chance.random() < 0.6
            else (self.chance.randint(1, 250), self.chance.randint(1, 80))
        )

    def beginning(self) -> Scene:
        """A scene to begin with: any model on a text of its own, or on one that it can read."""
        from rnn_tui import shelf

        name = self.chance.choice(self.names)
        model = shelf.load(name)
        text = self.chance.choice(model.examples).text if model.examples else "the dog"
        return Scene(Reading(name, text))

    async def go(self) -> None:
        """Walk, look, and come back; raises Fault where something isn't as it must be, or what the program raises."""
        async with self.app.run_test(size=self.size, notifications=True) as self.pilot:
            await self.pilot.pause()
            beginning = self.app.first.state
            batch = 0
            while self.left > 0:
                self.act()
                batch += 1
                await self.pilot.pause(0 if batch % LOOKED_AT else None)
                if batch % LOOKED_AT == 0:
                    await self.look()
            await self.settle()
            await self.look()
            await self.check_reopening()
            await self.check_undo(beginning)

    async def settle(self) -> None:
        """Let all that goes on by itself come to its end."""
        self.app.topmost.player.stop()
        with contextlib.suppress(WorkerCancelled):
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    # What happens

    def act(self) -> None:
        """Let some events happen in one breath."""
        chance = self.chance.random()
        if chance < 0.62:
            self.press(*(self.any_key() for _ in range(self.chance.choice([1, 1, 2, 3, 6, 12]))))
        elif chance < 0.74:
            self.press(*self.chance.choice(IN_A_ROW))
        elif chance < 0.84:
            self.point()
        elif chance < 0.91:
            self.resize()
        elif chance < 0.96:
            self.paste()
        else:
            self.left -= 1
            self.clock.tick()

    def any_key(self) -> str:
        """A key, the more likely the more of the program it moves through."""
        kinds = (MOVES, MOVES, LOOKS, CHANGES, OPENS, ODD, tuple(string.ascii_letters + string.digits + "é猫\u0301"))
        return self.chance.choice(self.chance.choice(kinds))

    def press(self, *keys: str) -> None:
        """Press keys, as they are read from a terminal: all of them before the first is dealt with."""
        for key in keys:
            self.left -= 1
            name = NAMES.get(key, key)
            printed = key if len(key) == 1 else CHARACTERS.get(key)
            self.app.post_message(events.Key(name, printed))

    def point(self) -> None:
        """Click, press, move or scroll anywhere, also outside."""
        chance = self.chance
        width, height = self.app.size
        x, y = chance.randint(0, max(0, width - 1)), chance.randint(0, max(0, height - 1))
        if chance.random() < 0.05:
            x, y = chance.choice([(-1, -1), (width, height), (9999, 9999), (0, height), (width, 0)])
        button = chance.choice([1, 1, 1, 2, 3])
        click = (events.MouseDown, events.MouseUp)
        kinds = chance.choice([
            click, click, click, click * 2, click * 3, (events.MouseDown,), (events.MouseUp,), (events.MouseMove,),
            (events.MouseScrollDown,), (events.MouseScrollUp,), (events.MouseDown, events.MouseMove, events.MouseUp),
        ])  # fmt: skip
        for kind in kinds:
            self.left -= 1
            keys = {name: chance.random() < 0.05 for name in ("shift", "meta", "ctrl")}
            self.app.post_message(kind(None, x, y, 0, 0, button, **keys, screen_x=x, screen_y=y))

    def resize(self) -> None:
        """Give the terminal another size, sometimes one after the other."""
        for _ in range(self.chance.choice([1, 1, 1, 2, 5])):
            self.left -= 1
            size = Size(*self.any_size())
            self.app.post_message(events.Resize(size, size))

    def paste(self) -> None:
        """Paste a text, mostly into the dialog for one."""
        if self.chance.random() < 0.7:
            self.press("e")
        self.left -= 1
        text = texts.text(self.chance)
        self.app.post_message(events.Paste(text if self.chance.random() < 0.95 else texts.huge(self.chance)[:200_000]))
        if self.chance.random() < 0.7:
            self.press("enter")

    # What must be so

    async def look(self) -> None:
        """Raise Fault where the screen is no screen, or something on it would be obeyed by a terminal."""
        await self.arrive()
        width, height = self.app.size
        rows = ["".join(segment.text for segment in strip if not segment.control) for strip in strips(self.app)]
        if found := controls("".join(rows)):
            row = next(row for row in rows if controls(row))
            raise Fault(f"the screen has {', '.join(found)} on {self.app.screen}: {row.strip()!r:.200}")
        if len(rows) > height:
            raise Fault(f"{len(rows)} rows on a screen of {height}")
        if wide := [row for row in rows if cell_len(row) > width]:
            raise Fault(f"a row of {cell_len(wide[0])} cells on a screen of {width}: {wide[0]!r:.200}")

    async def arrive(self) -> None:
        """Let the screen take the terminal's size, which a pause of Textual's doesn't wait for on a busy machine.

        It ends where this process does little, as it also does while others have the cores.
        """
        until = time.monotonic() + ARRIVAL_SECONDS
        while drawn_size(self.app) != self.app.size and time.monotonic() < until:
            await self.pilot.pause(0.01)

    async def check_reopening(self) -> None:
        """Raise Fault where the printed command opens another scene than the one that is shown."""
        screen = self.app.topmost
        back = reopened(check_printed(screen.reopening()))
        if isinstance(screen, CompareScreen):
            same = back == screen.fitted(screen.state, screen.computed) or back.to_arguments(
                screen.computed
            ) == screen.state.to_arguments(screen.computed)
        elif isinstance(screen, PracticeScreen):  # whose question is opened in the walk
            floors = screen.computed.model.floors
            same = arguments_of(back, floors) == arguments_of(screen.state, floors)
        else:
            same = back == as_opened(screen.state)  # votes and answers are not part of a command
        if not same:
            raise Fault("the printed command opens another scene", f"  shown {screen.state!r}", f"  opened {back!r}")

    async def check_undo(self, beginning: Scene) -> None:
        """Raise Fault where undo doesn't lead back to the beginning, or redo forward again."""
        await self.pilot.resize_terminal(120, 36)  # in a window that is too small no key but one does anything
        for _ in range(MOST_ESCAPES):
            if len(self.app.screen_stack) > 1:
                out = "escape"  # closes a question in a lesson, too, which W leaves: a class is not to hit that
                if isinstance(self.app.screen, LessonScreen) and not self.app.screen.state.asking:
                    out = "W"
                await self.pilot.press(out)
                await self.settle()
        if len(self.app.screen_stack) > 1:
            raise Fault(f"no key leads out of {self.app.screen_stack}")
        first = self.app.first
        end = first.state
        steps = 0
        while first.timeline.can_undo:
            first.undo()
            steps += 1
        if first.state.readings != beginning.readings:
            raise Fault("undo leads elsewhere", f"  from {beginning!r}", f"  to {first.state!r}")
        for _ in range(steps):
            first.redo()
        if first.state.readings != end.readings:
            raise Fault("redo leads elsewhere", f"  from {end!r}", f"  to {first.state!r}")
        await self.settle()
        await self.look()


CHARACTERS = {"space": " ", "comma": ",", "full_stop": ".", "question_mark": "?", "enter": "\r", "tab": "\t"}
NAMES = {
    "[": "left_square_bracket", "]": "right_square_bracket", "{": "left_curly_bracket", "}": "right_curly_bracket",
    "+": "plus", "-": "minus",
}  # fmt: skip

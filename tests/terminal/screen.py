"""A terminal as a person sees it: a pseudo-terminal, and an emulator that draws what the program writes to it."""

from __future__ import annotations

import sys

import pyte

from benchmarks.pseudo_terminal import PseudoTerminal

KEYS = {
    "right": "\x1b[C",
    "left": "\x1b[D",
    "page_down": "\x1b[6~",
    "page_up": "\x1b[5~",
    "end": "\x1b[F",
    "enter": "\r",
}
PLAIN = {"TEXTUAL_ANIMATIONS": "none"}


ALTERNATE_SCREEN, CURSOR = 1049, 25
TAKEN = {1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2026, 2048, ALTERNATE_SCREEN}
"""What a program on a whole screen turns on, and turns off again: mouse, focus, paste, frames, sizes, the screen."""


class Emulator(pyte.Screen):
    """pyte's screen, which leaves some of what xterm does to others.

    `modes` are the private modes that are on (1049 the alternate screen, 25 the cursor, 1000 and on the mouse).
    """

    def __init__(self, columns, rows):
        self.modes = {25}
        super().__init__(columns, rows)

    def set_mode(self, *modes, **kinds):
        """Keep private modes."""
        if kinds.get("private"):
            self.modes.update(modes)
        super().set_mode(*modes, **kinds)

    def reset_mode(self, *modes, **kinds):
        """Keep private modes."""
        if kinds.get("private"):
            self.modes.difference_update(modes)
        super().reset_mode(*modes, **kinds)

    def report_device_status(self, *arguments, **kinds):
        """Answer nothing: a query is no drawing."""

    def report_device_attributes(self, *arguments, **kinds):
        """Answer nothing."""


class Terminal:
    """Runs a command (`rnn-tui` unless told otherwise) in a terminal of this size and reads its screen."""

    def __init__(
        self, *arguments, command=(sys.executable, "-m", "rnn_tui"), columns=120, rows=36, drawn=None, **environment
    ):
        """Start it; `drawn` is the size of the window where the terminal tells another one."""
        self.emulator = Emulator(*(drawn or (columns, rows)))
        self._stream = pyte.ByteStream(self.emulator)
        self.program = PseudoTerminal(
            [*command, *arguments],
            columns=columns,
            rows=rows,
            environment={**PLAIN, **environment},
            on_output=self._draw,
        )

    @property
    def lines(self):
        """The screen, line by line."""
        return self.emulator.display

    @property
    def text(self):
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def colours(self):
        """Every colour on the screen, as pyte names it."""
        cells = [cell for row in self.emulator.buffer.values() for cell in row.values()]
        return {cell.fg for cell in cells} | {cell.bg for cell in cells}

    def send(self, *keys):
        """Press keys, by name or as they are."""
        for key in keys:
            self.program.send(KEYS.get(key, key))

    def wait_for(self, *texts, timeout=20):
        """Read until all these texts are on the screen at once; fails with the screen where they don't come."""
        came = self.program.read_until(lambda: all(text in self.text for text in texts), timeout)
        assert came, f"waited for {texts}, but the screen is\n{self.text}"

    @property
    def is_taken(self):
        """True while the program has the terminal: its modes, or settings that are not those of the start."""
        changed = self.program.settings_now() != self.program.settings
        return bool(self.emulator.modes & TAKEN) or CURSOR not in self.emulator.modes or changed

    def resize(self, columns, rows):
        """Drag the corner of the window."""
        self.emulator.resize(rows, columns)
        self.program.resize(columns, rows)

    def _draw(self, piece):
        # pyte takes xterm's key modes (CSI > … m, CSI > … u) for colours and drawing: they are neither.
        self._stream.feed(piece.replace(b"\x1b[>", b"\x1b[?").replace(b"\x1b[<u", b""))

"""Shorter output for the same picture: of a style only what differs from the one before is said.

Textual writes every piece of a line with its whole style before it and a reset behind it, which is four fifths of what
goes to the terminal. The text and all other control sequences go through as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

SGR = re.compile(r"\x1b\[([0-9;]*)m")
"""Select graphic rendition (ECMA-48, 8.3.117): the control sequence of a style, with its parameters."""
MOVES = re.compile(r"(?:\x1b\[\d+;\d+H)*")
"""What can be written in any style, since it draws nothing: moves of the cursor."""
EXTENDED = {"2": 5, "5": 3}
"""The parameters of a colour that 38, 48 or 58 begins, as many as there are with that one: RGB, or one of a table."""


class ShortStyles:
    """Makes what is written shorter; knows the style that the terminal is left with, as parameters in their order."""

    def __init__(self) -> None:
        self._now = ""

    def __call__(self, text: str) -> str:
        """The text with shorter control sequences; it leaves the terminal with the style that the text would."""
        parts = SGR.split(text)
        if len(parts) == 1:
            return text
        written = []
        now = wanted = self._now
        for at, part in enumerate(parts):
            if at % 2:
                wanted = "" if part == "0" else _joined(wanted, part) if wanted else part
            elif part:
                if wanted != now and not MOVES.fullmatch(part):
                    written.append(_change(now, wanted))
                    now = wanted
                written.append(part)
        written.append(_change(now, wanted))
        self._now = wanted
        return "".join(written)


class Style(NamedTuple):
    """The style that a terminal draws with: the parameters of both colours and, in their order, all others."""

    foreground: str
    background: str
    others: tuple[str, ...]

    @property
    def parameters(self) -> str:
        """The parameters that make this style of none."""
        return ";".join(filter(None, [*self.others, self.foreground, self.background]))


def style_of(parameters: str) -> Style:
    """The style after a control sequence with these parameters."""
    foreground, background = "", ""
    others: tuple[str, ...] = ()
    rest = parameters.split(";")
    while rest:
        count = EXTENDED.get(rest[1], 1) if rest[0] in ("38", "48", "58") and len(rest) > 1 else 1
        first, said, rest = rest[0], ";".join(rest[:count]), rest[count:]
        if first in ("", "0"):
            foreground, background, others = "", "", ()
        elif len(first) == 2 and first[0] in "39":
            foreground = "" if first == "39" else said
        elif (len(first) == 2 and first[0] == "4") or (len(first) == 3 and first.startswith("10")):
            background = "" if first == "49" else said
        else:  # the last one counts where two say the opposite
            others = (*(each for each in others if each != said), said)
    return Style(foreground, background, others)


def _joined(before: str, then: str) -> str:
    """The parameters of two control sequences in one, without what the second takes back."""
    return style_of(f"{before};{then}").parameters


@lru_cache(maxsize=4096)
def _change(before: str, after: str) -> str:
    """The shortest control sequence from one style to another; a reset wherever anything is taken away."""
    old, new = style_of(before), style_of(after)
    if old == new:
        return ""
    taken = new.others[: len(old.others)] != old.others
    if taken or (old.foreground and not new.foreground) or (old.background and not new.background):
        return f"\x1b[{';'.join(filter(None, ['0', new.parameters]))}m"
    added = Style(
        new.foreground if new.foreground != old.foreground else "",
        new.background if new.background != old.background else "",
        new.others[len(old.others) :],
    )
    return f"\x1b[{added.parameters}m"

"""What goes to the terminal is shorter, and draws the same."""

import random

import pyte
import pytest

from rnn_tui.tui.terminal.styles import ShortStyles
from tests.terminal.screen import Emulator
from tests.tui.screens import segments

SIZE = COLUMNS, ROWS = 40, 6
STYLES = [
    *("1", "2", "1;38;2;1;2;3", "4;48;2;9;8;7", "38;2;1;2;3;48;2;9;8;7", "38;5;17;48;5;3", "31;42", "97;104", "39;49"),
    "7",
]
RED, BLUE = "38;2;255;0;0", "38;2;0;0;255"


@pytest.mark.parametrize(
    ("written", "shorter"),
    [
        (f"\x1b[{RED};40ma\x1b[0m\x1b[{BLUE};40mb\x1b[0m", f"\x1b[{RED};40ma\x1b[{BLUE}mb\x1b[0m"),
        (f"\x1b[{RED}ma\x1b[0m\x1b[2;3H\x1b[{RED}mb\x1b[0m", f"\x1b[{RED}ma\x1b[2;3Hb\x1b[0m"),
        ("\x1b[31ma\x1b[0m\x1b[1;31mb\x1b[0m", "\x1b[31ma\x1b[1mb\x1b[0m"),
        ("\x1b[1;31ma\x1b[0m\x1b[31mb\x1b[0m", "\x1b[1;31ma\x1b[0;31mb\x1b[0m"),
        ("\x1b[31;42ma\x1b[0m\x1b[31mb\x1b[0m", "\x1b[31;42ma\x1b[0;31mb\x1b[0m"),
        ("\x1b[31ma\x1b[0mb\x1b[31mc\x1b[0m", "\x1b[31ma\x1b[0mb\x1b[31mc\x1b[0m"),
        ("\x1b[31ma\x1b[0m\x1b[2J", "\x1b[31ma\x1b[0m\x1b[2J"),
        ("\x1b[31m\x1b[0m", ""),
        ("\x1b[?2026h\x1b[>4;1m", "\x1b[?2026h\x1b[>4;1m"),
    ],
)
def test_of_a_style_only_what_differs_is_said(written, shorter):
    assert ShortStyles()(written) == shorter


def test_a_style_that_is_left_goes_on_in_what_is_written_next():
    shortened = ShortStyles()

    assert shortened("\x1b[1;31ma") == "\x1b[1;31ma"
    assert shortened("b") == "b"
    assert shortened("\x1b[0mc") == "\x1b[0mc"


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_written_the_screen_is_the_same(seed):
    rng = random.Random(seed)
    whole, short = Emulator(*SIZE), Emulator(*SIZE)
    shortened = ShortStyles()
    for _ in range(30):
        written = "".join(_piece(rng) for _ in range(rng.randrange(1, 20)))
        pyte.Stream(whole).feed(written)
        pyte.Stream(short).feed(shortened(written))

        assert _cells(short) == _cells(whole)


def test_of_a_real_screen_a_part_is_saved_and_it_looks_the_same(terminal_output):
    whole, short = Emulator(120, 36), Emulator(120, 36)
    shorter = ShortStyles()(terminal_output)
    pyte.Stream(whole).feed(terminal_output)
    pyte.Stream(short).feed(shorter)

    assert _cells(short) == _cells(whole)
    assert len(shorter) < 0.85 * len(terminal_output)


@pytest.fixture
async def terminal_output(opened):
    """What Textual writes for a whole screen."""
    async with opened() as pilot:
        await pilot.press("right", "right")
        await pilot.pause()
        return segments(pilot.app)


def _piece(rng):
    """A style with text, as Textual writes it, or something else that a program writes."""
    text = "".join(rng.choice("ab █é") for _ in range(rng.randrange(4)))
    kinds = [
        f"\x1b[{rng.choice(STYLES)}m{text}\x1b[0m",
        f"\x1b[{rng.choice(STYLES)}m{text}",
        f"\x1b[{rng.randrange(1, ROWS + 1)};{rng.randrange(1, COLUMNS + 1)}H",
        text,
        rng.choice(["\x1b[m", "\x1b[0;1;31m", "\x1b[22m", "\x1b[24;27m", "\x1b[39m", "\x1b[2J", "\x1b[K", "\r\n"]),
    ]
    return rng.choices(kinds, [6, 1, 2, 1, 1])[0]


def _cells(screen):
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]

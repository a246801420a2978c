"""The sequences that are keys, mouse or focus to Textual, as against those that it would type out."""

from __future__ import annotations

import pytest

from rnn_tui.tui.terminal.sequences import is_for_the_program

KEYS = [
    *(f"\x1b[{letter}" for letter in "ABCDFHZ"),
    *(f"\x1b[1;5{letter}" for letter in "ABCDFH"),
    *(f"\x1bO{letter}" for letter in "ABCDPQRS"),
    *(f"\x1b[{number}~" for number in (1, 2, 3, 4, 5, 6, 11, 15, 17, 24)),
    "\x1b[3;5~",
    "\x1b[[A",
    "\x1b[27u",
    "\x1b[13;2u",
    "\x1b[I",
    "\x1b[O",
    "\x1b[<0;1;1M",
    "\x1b[<35;200;60m",
    "\x1b[?2026;2$y",
]


@pytest.mark.parametrize("sequence", KEYS, ids=repr)
def test_keys_mouse_and_focus_are_for_the_program(sequence):
    assert is_for_the_program(sequence)


OTHERS = [
    "\x1b[?61;4;22c",  # DA1
    "\x1b[?1;2c",
    "\x1b[>41;390;0c",  # DA2
    "\x1b[24;80R",  # where the cursor is
    "\x1b[?24;80;1R",
    "\x1b[0n",
    "\x1b[?2048;2$y",  # DECRQM
    "\x1b[?1016;1$y",
    "\x1b[4;2$y",
    "\x1b[?0u",  # the flags of kitty's protocol
    "\x1b[?1;0;256S",  # XTSMGRAPHICS
    "\x1b[8;24;80t",
    "\x1b[48;0;0;0;0t",  # a size in the input, by which Textual divides
    "\x1b[48;24;80;480;800t",
    "\x1b[2;1;1;112;112;1;0x",
    "\x1b[32;97;10M",  # rxvt's mouse
    "\x1b[<-1;-1;-1M",
    "\x1b[<0;99999999999;1M",
    "\x1b[99~",  # which Textual takes for "c"
    "\x1b[113;5~",
    "\x1b[27;5;99~",
    "\x1b[5;6H",
    "\x1b[99999999999u",  # no such character: Textual ends the program
    "\x1b[1114112u",
    "\x1b[55296u",
    "\x1b[97;5:3u",
    "\x1b[97:65;2u",
    "\x1b[97;;27u",
    "\x1b[0;;99999999u",
    "\x1b[" + "9" * 5000 + "u",
    "\x1b[<" + "9" * 5000 + ";1;1M",
    "\x1b[ q",
    "\x1b[!p",
]


@pytest.mark.parametrize("sequence", OTHERS, ids=lambda sequence: repr(sequence[:16]))
def test_replies_and_what_nobody_knows_are_not(sequence):
    assert not is_for_the_program(sequence)

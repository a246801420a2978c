"""The bytes that arrive from a terminal, cut into texts, key sequences and pastes; what means nothing is dropped."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator

from rnn_tui.text import REPLACEMENT

ESCAPE = b"\x1b"
STRING_STARTS = b"]P_^X"
"""After an escape: OSC, DCS, APC, PM and SOS, which all go on until a terminator. Replies alone are sent as such."""
SEQUENCE_STARTS = b"[O"
"""After an escape: CSI and SS3, which keys, mouse and replies are sent as."""
STRING_END = rb"[\x00-\x1f]"
SEQUENCE = rb"\x1b(?:\[(?:\[[A-E]|[ -?]+[@-~]|[@-Z\\-~])|O[0-9;]*[@-~])"
"""A whole CSI or SS3; the Linux console's first function keys have a second bracket."""
BEGUN = rb"\x1b(?:\[\[?|O)[ -?]*"
"""One that goes on. (Patterns are compiled where they are first used: start-up time is a feature.)"""
X10_MOUSE = b"\x1b[M"
X10_LENGTH = 6
PASTE_STARTS, PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
MOST_PASTED = 1 << 20
"""The bytes of a paste that are kept; no text that long can be read, and memory is not the terminal's to fill."""
ABANDONED_AFTER = 0.2
"""Seconds of silence after which one key alone is a key, and not what goes on with a sequence, string or paste."""


class Pasted(str):
    """A text that was pasted."""

    __slots__ = ()


class Arrivals:
    """Takes bytes as they arrive, in pieces of any size, and gives what they mean.

    What it gives is text, one whole sequence that begins with an escape, or something Pasted. Dropped are bytes that
    are no UTF-8, strings (replies to OSC and DCS queries), X10 mouse reports, which may hold any byte, and sequences
    that are broken off. A string, a sequence or a paste that never ends is given up at the next single key after a
    silence.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._in_string = False
        self._pasted: bytearray | None = None

    @property
    def waiting(self) -> bool:
        """True where an escape waits for what comes after it: alone, it is the key."""
        return self._held == ESCAPE

    def feed(self, piece: bytes, waited: float) -> Iterator[str]:
        """All that has become whole with `piece`, which came `waited` seconds after the piece before."""
        if waited > ABANDONED_AFTER and _is_one_key(piece):
            yield from self._abandon()
        self._held += piece
        while self._held:
            found: str | None
            if self._pasted is not None:
                found = self._paste()
            elif self._in_string:
                found = self._skip_string()
            elif self._held.startswith(ESCAPE):
                found = self._sequence()
            else:
                found = self._text()
            if found is None:
                return
            if found or isinstance(found, Pasted):
                yield found

    def tick(self) -> Iterator[str]:
        """The escape key, where an escape has waited long enough."""
        if self.waiting:
            self._held.clear()
            yield ESCAPE.decode()

    def _abandon(self) -> Iterator[Pasted]:
        """Give up what never ends; what has been pasted so far counts."""
        if self._pasted is not None:
            yield Pasted(_as_text(self._pasted + self._held))
        self._held.clear()
        self._in_string, self._pasted = False, None

    def _take(self, length: int) -> bytes:
        taken = bytes(self._held[:length])
        del self._held[:length]
        return taken

    # Each of these takes what it can from what is held, and gives None where more must come.

    def _text(self) -> str:
        """Text up to the next escape."""
        end = self._held.find(ESCAPE)
        final = end >= 0
        return self._decode(self._take(end if final else len(self._held)), final=final).replace(REPLACEMENT, "")

    def _sequence(self) -> str | None:
        """A sequence from its escape to its end; nothing where it is none."""
        if len(self._held) == 1:
            return None
        second = self._held[1:2]
        if second in STRING_STARTS:
            self._in_string = True
            self._take(2)
            return ""
        if second in SEQUENCE_STARTS:
            return self._key_sequence()
        if second == ESCAPE:  # the key, and then whatever the next one begins
            return self._take(1).decode()
        if second >= b"\x80":  # alt and a letter beyond ASCII is the letter
            self._take(1)
            return ""
        return self._take(2).decode()

    def _key_sequence(self) -> str | None:
        held = self._held
        if held.startswith(X10_MOUSE):
            if len(held) < X10_LENGTH:
                return None
            self._take(X10_LENGTH)
            return ""
        whole = re.match(SEQUENCE, held)
        if whole is None:
            begun = re.match(BEGUN, held)
            if begun is None or begun.end() == len(held):
                return None
            self._take(begun.end())  # it is broken off by another one, or by a byte that is in none
            return ""
        sequence = self._take(whole.end())
        if sequence == PASTE_STARTS:
            self._pasted = bytearray()
        return "" if sequence in (PASTE_STARTS, PASTE_ENDS) else sequence.decode()

    def _skip_string(self) -> str | None:
        """Nothing: a string is skipped to its end, a bell or an escape and a backslash, or to a byte that breaks it."""
        end = re.search(STRING_END, self._held)
        if end is None:
            self._held.clear()
            return None
        self._take(end.start())
        if self._held == ESCAPE:
            return None
        self._in_string = False
        if self._held.startswith(b"\x07"):
            self._take(1)
        elif self._held.startswith(b"\x1b\\"):
            self._take(2)
        return ""

    def _paste(self) -> Pasted | None:
        """The pasted text, once its end has come."""
        assert self._pasted is not None
        end = self._held.find(PASTE_ENDS)
        kept = len(self._held) - len(PASTE_ENDS) + 1  # the end may have begun
        taken = self._take(end if end >= 0 else max(0, kept))
        self._pasted += taken[: max(0, MOST_PASTED - len(self._pasted))]
        if end < 0:
            return None
        self._take(len(PASTE_ENDS))
        text, self._pasted = _as_text(self._pasted), None
        return Pasted(text)


def _as_text(pasted: bytes | bytearray) -> str:
    return pasted.decode("utf-8", "replace").replace("\x00", "")


def _is_one_key(piece: bytes) -> bool:
    """True for what one key sends: a character, or something that begins with an escape."""
    return piece.startswith(ESCAPE) or len(piece.decode("utf-8", "replace")) == 1

"""A line of the story: pieces of text, each with the role that it plays."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rnn_tui.rounding import ABOUT, EQUAL, sign_of
from rnn_tui.text import LONGEST_WORD, MINUS, clipped, in_words, quoted


@dataclass(frozen=True)
class Span:
    """A piece of a line. Roles: plain, strong, muted, positive, negative, word."""

    text: str
    role: str = "plain"


Line = tuple[Span, ...]


def line(*pieces: Span | str) -> Line:
    """A line of spans; a bare text is plain."""
    spans = (Span(piece) if isinstance(piece, str) else piece for piece in pieces)
    return tuple(span for span in spans if span.text)


def plain(line: Line) -> str:
    """The text of a line."""
    return "".join(span.text for span in line)


def strong(text: str) -> Span:
    """Make the span that a line is about."""
    return Span(text, "strong")


def signed(value: float) -> Span:
    """A number with its sign; what rounds to zero is muted."""
    text = in_words(value)
    return Span(text, _role(text))


def result(value: float, from_shown: float) -> Span:
    """A number that comes out of others: "≈ +0.54" where those, as they are shown, don't give it, else "+0.54".

    `from_shown` is what somebody gets who computes with the shown numbers (`rounding.as_shown`).
    """
    text = in_words(value)
    return Span(f"{_about(value, from_shown)}{text}", _role(text))


def size(value: float, from_shown: float) -> str:
    """The size of a number that comes out of others: "0.54", or "≈ 0.54" where the shown ones don't give it."""
    return f"{_about(value, from_shown)}{in_words(abs(value)).removeprefix('+')}"


def _about(value: float, from_shown: float) -> str:
    """Return "≈ " where the shown numbers don't give the value."""
    exact = math.isnan(value) or sign_of(value, from_shown) == EQUAL
    return "" if exact else f"{ABOUT} "


def _role(text: str) -> str:
    if text.startswith("+"):
        return "positive"
    return "negative" if text.startswith(MINUS) else "muted"


def word(*texts: str, separator: str = " ") -> Span:
    """One or more words of the user's, in quotation marks: of more than three only the last two, after "…"."""
    shown = [clipped(text, LONGEST_WORD) for text in (texts if len(texts) <= 3 else texts[-2:])]
    joined = separator.join(shown)
    return Span(quoted(joined if len(texts) <= 3 else f"…{separator or ' '}{joined}"), "word")


def words_after(*texts: str, separator: str = " ") -> Span:
    """One or more words that come after another, in quotation marks: of more than three the first two, before "…"."""
    shown = [clipped(text, LONGEST_WORD) for text in (texts if len(texts) <= 3 else texts[:2])]
    joined = separator.join(shown)
    return Span(quoted(joined if len(texts) <= 3 else f"{joined}{separator or ' '}…"), "word")


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]

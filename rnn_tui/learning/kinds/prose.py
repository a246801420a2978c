"""Prose: a text a line, of which a network learns what comes next."""

from __future__ import annotations

from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Found, Source, first


def _shows(source: Source) -> int | None:
    return first(source.filled, fits=True)


def _read(source: Source) -> Found:
    return Found(tuple(Sample(row.number, row.text.strip()) for row in source.filled), "a text a line")


PROSE = Kind("a text a line", "next", _shows, _read)

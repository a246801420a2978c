"""A forward of one step told from one of sequences, which may make more of them than of their steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnn_tui.interop.answers import PROBABILITIES, Reading
from rnn_tui.interop.forward import Input, Way, read_answers
from rnn_tui.network.model import Model


def by_sequences(read: Sequence[tuple[Way, Reading]], rows: Input, model: Model) -> bool:
    """True where the forward makes more of a sequence than of its steps alone, so that it is no step itself.

    `read` has its answers to whole sequences, the first of which is `rows`. What a forward of one step takes for a
    batch decides: another axis it may well mix, as a softmax over it does.
    """
    apart = [(way, reading, _apart(way, reading, rows, model)) for way, reading in read if not way.stepwise]
    if any(way.as_batch and each for way, _, each in apart):
        return False
    return any(not reading.every or not each for _, reading, each in apart)


def _apart(way: Way, reading: Reading, rows: Input, model: Model) -> bool:
    """True where the steps of a sequence are answered as if each came alone, as in a batch."""
    try:
        answers = [way.call(rows[step : step + 1]) for step in range(len(rows))]
    except Exception:  # noqa: BLE001  # of the module that was handed in: anything
        return False
    alone = read_answers(way.said, answers, [1] * len(rows), model)
    same = (one for one in alone if one.every and one.scale == reading.scale)
    return any(np.allclose(np.concatenate(one.probs), reading.probs[0], atol=PROBABILITIES) for one in same)

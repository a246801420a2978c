"""The story of a what-if: what was changed, and what that did to the answer."""

from __future__ import annotations

import numpy as np

from rnn_tui.edits import Edit, origins
from rnn_tui.network.trace import Trace
from rnn_tui.story.answers import label
from rnn_tui.story.spans import Line, Span, line, strong
from rnn_tui.text import percent

MOST_TOLD = 2
SAME = 0.0005  # of a probability: less is not worth a sentence


def consequence(trace: Trace, before: Trace, edits: tuple[Edit, ...], t: int, *, hidden: bool = False) -> Line:
    """Tell what the edits did to the answer, such as "With half the memory, Negative falls from 81% to 64%".

    The answer is the one after the last word; where every word has its own, the one at timestep `t`. The labels of
    both traces are the same, since no edit changes them.
    """
    told = [edit.told(trace.model) for edit in edits[:MOST_TOLD]] if len(edits) <= MOST_TOLD else []
    changes = strong(f"With {' and '.join(told)}" if told else f"With {len(edits)} changes")
    if hidden:
        return line(changes, ": what will the answer be now?")
    now_at, then_at = _answered(trace, before, edits, t)
    now = trace.values["probs"][now_at]
    if not np.isfinite(now).all():
        return line(changes, ", there is no answer: the numbers grow beyond all bounds.")
    if then_at is None:
        return line(changes, f", the answer for the new {trace.model.tokenizer.unit} is {_said(trace, now_at)}.")
    then = before.values["probs"][then_at]
    if not np.isfinite(then).all():
        return line(changes, f", the answer is {_said(trace, now_at)}; before there was none.")
    return line(changes, *_moved(trace, before, now_at, then_at))


def _moved(trace: Trace, before: Trace, now_at: int, then_at: int) -> tuple[str | Span, ...]:
    """Tell how the answer moved from one trace to the other."""
    now, then = trace.values["probs"][now_at], before.values["probs"][then_at]
    led = int(then.argmax())
    if int(now.argmax()) != led:
        return (", ", strong(f"the answer turns from {_said(before, then_at)} to {_said(trace, now_at)}"), ".")
    change = float(now[led] - then[led])
    name, was, is_now = label(trace, led), percent(float(then[led])), percent(float(now[led]))
    if abs(change) < SAME:
        return (f", the answer stays {name} {was}.",)
    if was == is_now:
        return (f", the answer hardly moves: {name} {100 * then[led]:.2f}% → {100 * now[led]:.2f}%.",)
    return (f", {name} {'rises' if change > 0 else 'falls'} from {was} to {is_now}.",)


def _said(trace: Trace, t: int) -> str:
    """The most probable label after timestep t and its share: "Negative 81%"."""
    probs = trace.values["probs"][t]
    return f"{label(trace, int(probs.argmax()))} {percent(float(probs.max()))}"


def _answered(trace: Trace, before: Trace, edits: tuple[Edit, ...], t: int) -> tuple[int, int | None]:
    """The timestep whose answer is told, and which one it was before; None where it reads a new word."""
    if trace.model.readout.kind != "each":
        return -1, -1
    return t, origins(len(before), edits)[t]

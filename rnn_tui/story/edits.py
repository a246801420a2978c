"""The story of a what-if: what was changed, and what that did to the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from rnn_tui.edits import Edit, origins
from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.story.answers import UNDECIDED, answer, in_unit, label, tied, undecided
from rnn_tui.story.spans import Line, Span, line, plain, strong
from rnn_tui.text import percent

MOST_TOLD = 2
SAME = 0.0005  # of a probability: less is not worth a sentence


def consequence(trace: Trace, before: Trace, edits: tuple[Edit, ...], t: int, *, hidden: bool = False) -> Line:
    """Tell what the edits did to the answer, such as "With half the memory, Negative goes down from 81% to 64%".

    The answer is the one after the last word; where every word has its own, the one at timestep `t`. The labels of
    both traces are the same, since no edit changes them.
    """
    told = changes(trace.model, edits)
    changed = strong(f"With {' and '.join(told)}" if len(told) <= MOST_TOLD else f"With {len(edits)} changes")
    if hidden:
        return line(changed, ": what will the answer be now?")
    now_at, then_at = _answered(trace, before, edits, t)
    answer_name = trace.model.output.answer
    now = trace.values[answer_name][now_at]
    if not np.isfinite(now).all():
        return line(changed, ", there is no answer: the numbers grow beyond all bounds.")
    if then_at is None:
        return line(changed, f", the answer for the new {trace.model.tokenizer.unit} is {_said(trace, now_at)}.")
    then = before.values[answer_name][then_at]
    if not np.isfinite(then).all():
        return line(changed, f", the answer is {_said(trace, now_at)}; before there was none.")
    return line(changed, *_moved(trace, before, now_at, then_at))


def changes(model: Model, edits: Sequence[Edit]) -> list[str]:
    """The edits in a few words each; one that is made more than once is told once, and counted."""
    counted = Counter(edit.told(model) for edit in edits)
    return [told if times == 1 else f"{told} ({_times(times)})" for told, times in counted.items()]


def _times(times: int) -> str:
    return "twice" if times == 2 else f"{times} times"


def _moved(trace: Trace, before: Trace, now_at: int, then_at: int) -> tuple[str | Span, ...]:
    """Tell how the answer moved from one trace to the other."""
    now, then = trace.values[trace.model.output.answer][now_at], before.values[before.model.output.answer][then_at]
    if trace.model.output.is_number:
        return _moved_numbers(trace, now, then)
    led = int(then.argmax())
    if tied(now) and tied(then):
        return (f", the answer stays {_said(trace, now_at)}.",)
    if int(now.argmax()) != led or tied(now) or tied(then):
        return (", ", strong(f"the answer turns from {_said(before, then_at)} to {_said(trace, now_at)}"), ".")
    change = float(now[led] - then[led])
    name, was, is_now = label(trace, led), percent(float(then[led])), percent(float(now[led]))
    if was != is_now:
        return (f", {name} goes {'up' if change > 0 else 'down'} from {was} to {is_now}.",)
    if abs(change) < SAME:
        return (f", the answer stays {name} {was}.",)
    return (f", the answer hardly moves: {name} {100 * then[led]:.2f}% → {100 * now[led]:.2f}%.",)


def _moved_numbers(trace: Trace, now: Array, then: Array) -> tuple[str | Span, ...]:
    """Tell how the number that moved most, by its spread, went from one trace to the other."""
    spread = np.array(getattr(trace.model.output, "std", 1.0))
    moved = int(np.abs((now - then) / spread).argmax())
    was, is_now, name = in_unit(trace, float(then[moved])), in_unit(trace, float(now[moved])), label(trace, moved)
    if was == is_now:
        return (f", {name} stays at {was}.",)
    return (f", {name} goes {'up' if now[moved] > then[moved] else 'down'} from {was} to {is_now}.",)


def _said(trace: Trace, t: int) -> str:
    """The most probable label after timestep t and its share: "Negative 81%"; where two share it, "undecided (50%)"."""
    if undecided(trace, t):
        return f"{UNDECIDED} ({percent(float(trace.values['probs'][t].max()))})"
    return plain(answer(trace, t))


def _answered(trace: Trace, before: Trace, edits: tuple[Edit, ...], t: int) -> tuple[int, int | None]:
    """The timestep whose answer is told, and which one it was before; None where it reads a new word."""
    if trace.model.readout.kind != "each":
        return -1, -1
    return t, origins(len(before), edits)[t]

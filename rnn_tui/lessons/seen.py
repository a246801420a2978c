"""Answers that a stop shows before it asks for them: in its scene, through its lens, or in its prose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rnn_tui.lenses import follows_phases
from rnn_tui.lessons.lesson import Prose, QuestionPart
from rnn_tui.lessons.prose import blocks
from rnn_tui.network.errors import UserError
from rnn_tui.scene import Position, Scene
from rnn_tui.traced import parts_of

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace
    from rnn_tui.questions.question import Question

WORD, RECENCY = "word", "recency"
"""The question that compares runs without each word, and the lens that draws them."""
_ANSWERS = ("probs", "logits", "outputs")


def shown_already(question: Question, scene: Scene, trace: Trace) -> str:
    """Say what in a stop's scene shows the answer of a question, with the way to mend it; "" where nothing does."""
    if scene.hidden:  # of what that doesn't cover a question can't be asked at all
        return ""
    ask_earlier = "ask it earlier, or cover the answer with --hide"
    order = trace.order
    revealed = order.index(question.reveals)
    if question.target is not None and revealed <= order.index(scene.position):
        return f"the scene shows the answer already; {ask_earlier}"
    if scene.lens is None or follows_phases(scene.lens):
        return ""
    through = order.index(_last_of_word(scene.position, trace))  # a lens knows all of the word
    draws_it = question.kind == WORD and scene.lens == RECENCY and scene.position.t == len(trace) - 1
    if draws_it or (question.target is not None and revealed <= through):
        return f"the lens “{scene.lens}” shows the answer already; give the question a scene without it"
    return ""


def _last_of_word(position: Position, trace: Trace) -> Position:
    """The last position at a position's word, of all floors that are walked through together with its own."""
    order = trace.order
    passing = next(one for one in order.passings if any(floor.index == position.floor for floor in one.floors))
    floor = passing.floors[-1]
    return Position(position.t, len(floor.phases) - 1, floor.index)


def told_already(question: Question, own: QuestionPart, before: Iterable[Prose], trace: Trace) -> str:
    """Say which placeholder tells the answer: of the prose before it, or of its own words; "" where none does."""
    texts = [*before, *(Prose(own.line, text) for text in (own.ask or "", *own.choices))]
    for path in (path for text in texts for path in _placeholders(text)):
        if _tells(path, question, trace):
            return f"{{{path}}} tells the answer before it is asked for; write it after the question"
    return ""


def _placeholders(prose: Prose) -> list[str]:
    """What stands between the braces of a text, without a sign for per cent."""
    found: list[str] = []
    blocks(prose, lambda path, _: found.append(path.partition(":")[0].rstrip()) or "")  # type: ignore[func-returns-value]
    return found


def _tells(path: str, question: Question, trace: Trace) -> bool:
    """Tell whether a path leads to the answer of a question, or, where that is a label, to what makes it."""
    if question.target is None:
        return False
    try:
        given, asked = _whole(path, trace), _whole(question.target, trace)
    except UserError:  # it leads nowhere, which is a fault of its own
        return False
    last = len(trace) - 1
    of_answer = [("prediction",), *(("steps", last, name) for name in _ANSWERS)]
    if any(asked[: len(begin)] == begin for begin in of_answer):
        return any(given[: len(begin)] == begin for begin in of_answer)
    return given == asked


def _size(parts: list[str | int], trace: Trace) -> int:
    """How many numbers there are in the value of a lane that a path names."""
    layer = trace.layers[int(parts[3])]
    lane = layer.backward if parts[4] == "backward" else layer.forward
    values = None if lane is None else lane.values.get(str(parts[5]).removesuffix("_prev"))
    return 1 if values is None else max(1, values.shape[1])


def _whole(path: str, trace: Trace) -> tuple[str | int, ...]:
    """The parts of a path, in which no index counts from the end."""
    parts = parts_of(path)
    if parts[0] == "steps" and len(parts) > 1 and isinstance(parts[1], int):
        parts[1] %= len(trace)
        name, index = parts[2] if len(parts) > 2 else "", parts[-1]
        if len(parts) == 4 and isinstance(index, int) and name in trace.values:
            parts[3] = index % max(1, len(trace.values[str(name)][parts[1]]))
        elif len(parts) == 7 and name == "layers":
            parts[3] = int(parts[3]) % len(trace.layers)
            parts[6] = int(parts[6]) % _size(parts, trace)
    return tuple(parts)

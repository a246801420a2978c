"""A question opened over a scene, answered, revealed and closed: pure functions from one scene to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar
from weakref import WeakKeyDictionary

from rnn_tui.network.trace import Trace
from rnn_tui.questions.asking import possible, question_at
from rnn_tui.questions.question import Question
from rnn_tui.scene import Asked, Scene


def opened(text: str, scene: Scene, trace: Trace, *, ask: str = "", names: tuple[str, ...] = ()) -> Scene:
    """The scene with a question open over it, by its text form; raises UserError where it can't be asked there.

    `ask` are other words for it, `names` other names of its choices. Nothing else is open then: a lens, the arithmetic
    or a what-if might show what is covered.
    """
    before = replace(scene, asked=None)
    question = question_at(text, before, trace, names=names)
    hidden = scene.hidden or question.uncovers  # of what the question isn't about nothing more is covered than was
    seen = replace(question.scene.without_arithmetic(), hidden=hidden, lens=None, full=False, what_if=False)
    return replace(seen, notation=scene.notation, asked=asked_of(question, before, ask, names))


def asked_of(question: Question, before: Scene, ask: str = "", names: tuple[str, ...] = ()) -> Asked:
    """The record of a question that is opened over a scene, in other words and with other names where there are any."""
    return Asked(
        question.text, before=before, ask=ask, choices=names, of_phases=question.of_phases, uncovers=question.uncovers
    )


def question_of(scene: Scene, trace: Trace) -> Question:
    """The question that is open over a scene; raises UserError where it can't be asked there."""
    asked = scene.asked
    assert asked is not None
    question = _question(asked.question, _before(scene), trace, asked.choices)
    return replace(question, ask=asked.ask) if asked.ask else question


def revealed(scene: Scene, trace: Trace) -> Scene:
    """The scene where the panels show the answer of its question.

    What the answer is made of stays covered where it was, unless the question is about that.
    """
    assert scene.asked is not None
    question = question_of(scene, trace)
    hidden = _before(scene).hidden and not question.uncovers
    asked = replace(scene.asked, revealed=True, before=_before(scene))
    return replace(scene, position=question.reveals, hidden=hidden, asked=asked)


def closed(scene: Scene) -> Scene:
    """The scene without its question: where it was asked while nothing is revealed, else where the answer stands."""
    if not scene.asking:
        return replace(scene, asked=None)
    return _before(scene)


def _before(scene: Scene) -> Scene:
    """The scene over which the question was asked, with equations where the question has them now."""
    asked = scene.asked
    before = scene if asked is None or asked.before is None else asked.before
    return replace(before, asked=None, notation=scene.notation)


def askable(scene: Scene, trace: Trace) -> tuple[str, ...]:
    """The text forms of what can be asked over a scene, the most natural first; found once, as some take long."""
    return _found(_ASKABLE, trace, scene, lambda: possible(scene, trace))


def _question(text: str, scene: Scene, trace: Trace, names: tuple[str, ...] = ()) -> Question:
    return _found(_QUESTIONS, trace, (text, scene, names), lambda: question_at(text, scene, trace, names=names))


MOST_KNOWN = 8
"""The answers that are kept of a trace; a question is asked for at every draw."""
Found = TypeVar("Found")
_ASKABLE: WeakKeyDictionary[Trace, dict[Hashable, tuple[str, ...]]] = WeakKeyDictionary()
_QUESTIONS: WeakKeyDictionary[Trace, dict[Hashable, Question]] = WeakKeyDictionary()  # which hold no trace


def _found(
    known: WeakKeyDictionary[Trace, dict[Hashable, Found]], trace: Trace, asked: Hashable, make: Callable[[], Found]
) -> Found:
    """What was found out of a trace before, as long as somebody else holds the trace; made where nothing was."""
    of_trace = known.setdefault(trace, {})
    if asked not in of_trace:
        of_trace[asked] = make()
        while len(of_trace) > MOST_KNOWN:
            del of_trace[next(iter(of_trace))]
    return of_trace[asked]

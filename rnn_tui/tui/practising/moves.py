"""Moves of a practice, and its question as it is drawn: pure functions of what is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.asking import Asking
from rnn_tui.questions.marking import mark
from rnn_tui.questions.opening import question_of, revealed
from rnn_tui.scene import Scene
from rnn_tui.shelf import expanded
from rnn_tui.text import printable
from rnn_tui.tui.practising.state import LEVELS, Practising, level_in_words, summary
from rnn_tui.tui.screen.keys import Ask, Outcome, Shown, Told
from rnn_tui.tui.walking import asking
from rnn_tui.tui.walking.computed import Computed

Practised = Shown[Practising, Computed]
CHOOSING = ("a number key chooses · enter marks it · a shows the answer", "a number chooses · enter marks it")
TYPING = ("type a number · enter marks it · a shows the answer", "type a number · enter marks it")
NOTHING_YET = "no answer yet – a shows it"
GOING_ON = ("enter: the next question · ↑↓ level · esc: the score", "enter: the next question")
LAST = ("that was the last · esc: the score",)
AT_THE_END = ("enter goes on · o saves the result · esc leaves", "enter goes on · esc leaves")
PROPOSED = "practice.txt"
ENDED = ("o saves the result · esc leaves",)


def digit(shown: Practised, figure: int) -> Practising:
    """A digit of the number that is typed; where there are choices, that one in place of another, from 1."""
    state = asking.digit(_afresh(shown), figure)
    return shown.state if state.asked == _afresh(shown).state.asked else cast(Practising, state)


def _afresh(shown: Practised) -> Shown[Scene, Computed]:
    """What is shown with no choice chosen."""
    state = shown.state
    assert state.asked is not None
    return Shown(replace(state, asked=replace(state.asked, votes=((),))), shown.computed, shown.plan)


def answer(shown: Practised) -> Outcome:
    """Mark what is given, and show the right answer; say so where nothing is given, or what is no answer.

    From the score it leads back to the question.
    """
    state, trace = shown.state, shown.computed.trace
    if state.over:
        return replace(state, over=False)
    assert state.asked is not None
    question = question_of(state, trace)
    (*_, show) = state.asked.votes
    given = question.choices[show[-1]] if show else state.asked.given
    if not given:
        return Told(NOTHING_YET)
    if not (marked := mark(question, given)).read:
        return Told(marked.said)
    return replace(cast(Practising, revealed(state, trace)), practice=state.practice.answered(question, given, marked))


def give_up(shown: Practised) -> Practising:
    """Show the answer without one of one's own, which counts as not right."""
    state, trace = shown.state, shown.computed.trace
    practice = state.practice.shown(question_of(state, trace))
    return replace(cast(Practising, revealed(state, trace)), practice=practice)


def levels_beside(levels: tuple[int, int], by: int) -> tuple[int, int]:
    """The next harder (1) or easier (−1) levels; all of them stand before the easiest."""
    at = LEVELS.index(levels) if levels in LEVELS else 0
    return LEVELS[max(0, min(at + by, len(LEVELS) - 1))]


def drawn(state: Practising, trace: Trace, height: int) -> Asking:
    """The question of a practice with the score so far, or the score alone."""
    practice = state.practice
    number = len(practice.attempts) + state.asking
    if state.over:
        title = f"Practice, {level_in_words(state.levels)}"
        return Asking(summary(practice), title=title, foot=AT_THE_END if state.left or state.asking else ENDED)
    question = question_of(state, trace)
    assert state.asked is not None
    found = asking.drawn(state, trace, height)
    said = [f"Question {number}", f"level {question.level}", *([practice.score] if practice.attempts else [])]
    asks = CHOOSING if question.choices else TYPING
    foot: tuple[str, ...] = asks if state.asking else GOING_ON if state.left else LAST
    chosen = state.asked.votes[-1][-1] if state.asked.votes[-1] else None
    return replace(found, title=" · ".join(said), counts=(), chosen=chosen, foot=foot, roomy=False)


def save() -> Outcome:
    """Ask for a file, and write the result of the practice into it."""
    from rnn_tui.tui.dialogs.prompt import PromptScreen

    return Ask(
        lambda shown: PromptScreen("Save the result as", ".txt or .json; nothing is overwritten", PROPOSED, _fault),
        _saved,
    )


def _fault(text: str) -> str:
    try:
        _path(text)
    except UserError as error:
        return printable(str(error))
    return ""


def _path(text: str) -> Path:
    """The file of a name that was typed; raises UserError where there is one already, or it can't be written."""
    from rnn_tui.export.practice import check_suffix

    path = expanded(Path(text.strip()))
    check_suffix(path)
    if path.exists():
        raise UserError(f"{path}: there is such a file already; give another name")
    return path


def _saved(shown: Practised, text: str) -> Told:
    from rnn_tui.export.practice import write

    path = _path(text)
    write(shown.state.practice, path)
    return Told(f"saved {printable(str(path))}")

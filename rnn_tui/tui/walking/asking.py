"""A question open over the walk: what its keys do, and what is drawn of it. All are pure functions of what is shown."""

from __future__ import annotations

from dataclasses import replace

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.asking import MOST_KEYS, Asking, Revealed
from rnn_tui.questions.marking import answer_in_words, mark, tolerance_in_words
from rnn_tui.questions.opening import askable, closed, opened, question_of
from rnn_tui.questions.opening import revealed as revealed_scene
from rnn_tui.questions.question import Question
from rnn_tui.scene import Asked, Scene
from rnn_tui.text import MINUS
from rnn_tui.tui.screen.keys import Outcome, Shown, Told
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]
MOST_HANDS = 999
LONGEST_NUMBER = 12
ROOMY = 34
"""From so many rows of the screen on the bars of a class are thick."""
NOTHING_TO_ASK = "nothing is left to guess here: go back with ←, or to the first word with home"
COUNTING = (
    "a number key counts a hand · backspace takes one back · a: second vote · enter or PageDown reveals",
    "a number key counts a hand · a: second vote · enter or PageDown reveals",
    "number: a hand · a: second vote · PageDown reveals",
)
COUNTING_AGAIN = (
    "second vote: a number key counts a hand · backspace takes one back · enter or PageDown reveals",
    "second vote: a number key counts a hand · PageDown reveals",
)
TYPING = ("type a number · backspace · enter or PageDown reveals", "type a number · PageDown reveals")
GOING_ON = (
    "→ or PageDown goes on · enter: where the numbers come from · p: another question",
    "→ or PageDown goes on · p: another question",
)


def ask(shown: Walk) -> Outcome:
    """Open the most natural question of this position; what `--hide` covers is uncovered instead."""
    scene, trace = shown.state, shown.computed.trace
    if scene.hidden:
        return replace(scene, hidden=False, asked=None)
    forms = askable(replace(scene, asked=None), trace)
    return opened(forms[0], scene, trace) if forms else Told(NOTHING_TO_ASK)


def another(shown: Walk, _: int) -> Scene:
    """The next of the questions that can be asked here; after the last one the first again."""
    scene, trace = shown.state, shown.computed.trace
    before = closed(scene)
    forms = askable(before, trace)
    if not scene.asked or not forms:
        return scene
    at = forms.index(scene.asked.question) if scene.asked.question in forms else -1
    following = forms[(at + 1) % len(forms)]
    return scene if following == scene.asked.question else opened(following, before, trace)


def close(shown: Walk, _: int) -> Scene:
    """Back to where the question was asked, with nothing shown."""
    return closed(shown.state)


def reveal(shown: Walk, _: int) -> Scene:
    """To where the panels show the answer."""
    return revealed_scene(shown.state, shown.computed.trace)


def digit(shown: Walk, figure: int) -> Scene:
    """A digit of the number that is typed; where there are a few choices, one more hand for that one, from 1."""
    question = question_of(shown.state, shown.computed.trace)
    if is_typed(question):
        return character(shown, str(figure))
    if not 1 <= figure <= len(question.choices):
        return shown.state
    *earlier, show = _asked(shown).votes
    return _voted(shown, (*earlier, (*show, figure - 1))) if len(show) < MOST_HANDS else shown.state


def character(shown: Walk, typed: str) -> Scene:
    """A character of the number that is typed, where it can stand there."""
    asked = _asked(shown)
    if not is_typed(question_of(shown.state, shown.computed.trace)) or len(asked.given) >= LONGEST_NUMBER:
        return shown.state
    if typed == MINUS:  # it goes to the front, however much is typed already
        given = asked.given.removeprefix(MINUS) if asked.given.startswith(MINUS) else MINUS + asked.given
    elif (typed == "." and "." in asked.given) or asked.given.endswith("%"):
        return shown.state
    else:
        given = asked.given + typed
    return replace(shown.state, asked=replace(asked, given=given))


def take_back(shown: Walk, _: int) -> Scene:
    """The last hand or the last character taken back; of a second vote without a hand, the vote."""
    asked = _asked(shown)
    if asked.given:
        return replace(shown.state, asked=replace(asked, given=asked.given[:-1]))
    *earlier, show = asked.votes
    if show:
        return _voted(shown, (*earlier, show[:-1]))
    return _voted(shown, tuple(earlier)) if earlier else shown.state


def vote_again(shown: Walk, _: int) -> Scene:
    """A second show of hands, after the class has talked about the first."""
    votes = _asked(shown).votes
    return _voted(shown, (*votes, ())) if len(votes) == 1 and votes[0] else shown.state


def counts_hands(shown: Walk) -> bool:
    """Tell whether hands are counted for the open question, and no number is typed."""
    return not is_typed(question_of(shown.state, shown.computed.trace))


def is_typed(question: Question) -> bool:
    """Tell whether the answer is typed: a number, or the number of one of many choices."""
    return not 0 < len(question.choices) <= MOST_KEYS


def _asked(shown: Walk) -> Asked:
    asked = shown.state.asked
    assert asked is not None
    return asked


def _voted(shown: Walk, votes: tuple[tuple[int, ...], ...]) -> Scene:
    return replace(shown.state, asked=replace(_asked(shown), votes=votes))


# What is drawn


def drawn(scene: Scene, trace: Trace, height: int) -> Asking:
    """The question that is open over a scene, as it is drawn on a screen of so many rows."""
    assert scene.asked is not None
    question, asked = question_of(scene, trace), scene.asked
    typed = is_typed(question)
    counts = tuple(tuple(show.count(choice) for choice in range(len(question.choices))) for show in asked.votes)
    found = _revealed(question, asked, counts, trace) if asked.revealed else None
    foot = TYPING if typed else COUNTING if len(asked.votes) == 1 else COUNTING_AGAIN
    return Asking(
        ask=question.ask,
        title=f"Answer: {found.said}" if found else "What do you think?",
        choices=question.choices,
        counts=() if typed else counts,
        typed=typed,
        wanted="number of your choice" if question.choices else _wanted(question),
        given=asked.given,
        foot=(GOING_ON[1:] if scene.arithmetic else GOING_ON) if found else foot,
        revealed=found,
        roomy=height >= ROOMY,
        large=scene.presenting and not scene.arithmetic,
    )


def _wanted(question: Question) -> str:
    """What is typed, and how near it has to come: "your number, to within 0.02"."""
    return f"your number, {tolerance_in_words(question)}"


def _revealed(question: Question, asked: Asked, counts: tuple[tuple[int, ...], ...], trace: Trace) -> Revealed:
    right = question.choices.index(str(question.answer)) if question.choices else None
    shares: tuple[float, ...] = ()
    if question.target == "prediction.label":
        probs, labels = trace.values["probs"][question.reveals.t], trace.model.labels
        shares = tuple(float(probs[labels.index(choice)]) for choice in question.choices)
    pictured = f" The picture above is of {question.pictured}." if question.pictured else ""
    why = f"{question.why}{pictured}"
    return Revealed(answer_in_words(question), why, _marked(question, asked, counts), right, shares)


def _marked(question: Question, asked: Asked, counts: tuple[tuple[int, ...], ...]) -> str:
    """Say how right those were who answered: one with a slip by its name, a class with its count."""
    if asked.given:
        return mark(question, asked.given).said
    voted = [show for show in counts if any(show)]
    if not voted:
        return ""
    if all(sum(show) == 1 for show in voted):
        return mark(question, question.choices[voted[-1].index(1)]).said
    right = question.choices.index(str(question.answer))
    said = [f"{show[right]} of {sum(show)}" for show in voted]
    if len(said) == 1:
        return f"{said[0]} had it right."
    return f"{said[0]} had it right in the first vote, {said[1]} in the second."

"""From the text form of a question to the question, and what can be asked at a position."""

from __future__ import annotations

from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.questions.question import Question
from rnn_tui.scene import Scene
from rnn_tui.text import LONGEST_CITED, cited, clipped


def question_at(
    text: str,
    scene: Scene,
    trace: Trace,
    others: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
) -> Question:
    """The question that a text such as "direction h[3]" means at the position of a scene.

    Units and words count from 1; what is asked is the next to come at the position. `others` are models that may be
    asked about beside the scene's own; `names` name the choices of a kind that lets them be named. Raises UserError, in
    one line, where the text is no question, or where it can't be asked here.
    """
    words = text.split()
    name, arguments = (words[0] if words else ""), words[1:]
    kind = KINDS.get(name)
    if kind is None:
        raise UserError(f"{_unknown(name)} (the kinds are: {' · '.join(forms())})")
    if names and not kind.named:
        renamed = " and ".join(f"“{one.name}”" for one in KINDS.values() if one.named)
        raise UserError(f"“{kind.name}” has its own answers; only those of {renamed} can be named")
    try:
        return kind.make(Place(scene, trace, tuple(arguments), others, names))
    except CannotAskError as error:
        raise UserError(f"“{clipped(text.strip(), LONGEST_CITED)}” can't be asked here: {error}") from error


def possible(scene: Scene, trace: Trace) -> tuple[str, ...]:
    """The text forms of what can be asked at the position of a scene, the most natural first."""
    place = Place(scene, trace)
    suggested = [one for kind in KINDS.values() for one in kind.suggest(place)]
    return tuple(text for _, text in sorted(suggested, key=lambda one: one[0]) if _can_be_asked(text, scene, trace))


def forms() -> tuple[str, ...]:
    """An example of each kind, as it is written."""
    return tuple(kind.form for kind in KINDS.values())


COUNTING = (
    "Words and units count from 1, as in h[3]. A path, such as steps[0].h[0], counts them from 0, as `trace --json` "
    "does."
)


def listing() -> tuple[str, ...]:
    """A line for each kind: an example of how it is written, and what it asks; last, how they count."""
    width = max(map(len, forms()))
    return (*(f"{kind.form:{width}}  {kind.summary}" for kind in KINDS.values()), "", COUNTING)


def _can_be_asked(text: str, scene: Scene, trace: Trace) -> bool:
    try:
        question_at(text, scene, trace)
    except UserError:
        return False
    return True


def _unknown(name: str) -> str:
    from difflib import get_close_matches  # only an error needs it

    if not name:
        return "a question begins with its kind"
    nearest = get_close_matches(name.lower()[:LONGEST_CITED], KINDS, n=1, cutoff=0.6)
    return f"no question is called {cited(name)}{f', did you mean {nearest[0]}?' if nearest else ''}"

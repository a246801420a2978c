"""Every key of the comparison, in one list: those of every screen, and its own."""

from __future__ import annotations

from rnn_tui.comparison import Comparison
from rnn_tui.pair import Pair
from rnn_tui.scene import Position, Reading
from rnn_tui.tui.comparing import moves
from rnn_tui.tui.comparing.moves import Compared
from rnn_tui.tui.screen.keys import Ask, Do, Group, Key
from rnn_tui.tui.screen.shared import BACK, ENDING, LENS, SLIDE, WALKING, change, floor_key, reading_keys, unit_keys


def _with_reading(shown: Compared, reading: Reading) -> Pair:
    """Another reading on the side in focus, from its start."""
    return shown.state.with_reading(reading).at(Position())


def _sentence(shown: Compared) -> Ask[Pair, Comparison]:
    """Ask for another sentence on the side in focus."""
    from rnn_tui.tui.dialogs.sentence import SentenceScreen, reading_of

    return Ask(
        lambda shown: SentenceScreen(shown.computed.traces[shown.state.focus].model, shown.state.reading.text),
        lambda shown, answer: _with_reading(shown, reading_of(answer, shown.state.reading)),
    )


def _model(shown: Compared) -> Ask[Pair, Comparison]:
    """Ask for another model on the side in focus; where no sentence of its own is picked, it reads the same words."""
    from rnn_tui.tui.dialogs.models import ModelsScreen

    return Ask(
        lambda shown: ModelsScreen(shown.state.reading.model, shown.state.reading.text, covered=shown.state.covered),
        _with_reading,
    )


KEYS: tuple[Key, ...] = (
    *WALKING,
    Key(
        "parting", "j", "j", "To where the two part, and where they part again", change(moves.parting), Group.COMPARE,
        "parting", brief="part",
    ),
    *unit_keys(moves.unit),
    floor_key(moves.next_floor),
    Key(
        "other-side", "tab", "tab", "The other side: what e, m and c mean", change(moves.other_side), Group.COMPARE,
        "other side", 1, brief="side",
    ),
    Key("swap-sides", "S", "S", "Swap the sides", change(moves.swapped), Group.COMPARE, "swap", 3),
    BACK._replace(help="Stop the measuring, close the lens, or back to one scene"),
    Key(
        "one-scene", "c", "c", "Back to one scene: the side in focus", Do(lambda screen: screen.leave()),
        Group.COMPARE, "one alone", 2, brief="alone",
    ),
    *reading_keys(_sentence, _model),
    LENS,
    SLIDE,
    *ENDING,
)  # fmt: skip
WITH_LENS = {"lens": 0, "parting": 3, "sentence": 3}
"""The priorities in the footer while a lens is open, by the names of keys."""


def hint_of(key: Key, pair: Pair, *, playing: bool) -> tuple[str, int]:
    """The footer's words for a key of the comparison, and how soon it leaves the key out."""
    lens = pair.lens is not None
    other = {
        "play": "pause" if playing else "",
        "overview": "close" if lens else "",
        "predict": "reveal" if pair.hidden else "",
    }
    priority = WITH_LENS.get(key.id, key.priority) if lens else key.priority
    if key.id == "predict" and pair.hidden:
        priority = 1  # who has guessed looks for the key that shows it
    return other.get(key.id) or key.hint, priority

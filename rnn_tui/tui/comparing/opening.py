"""The way from the walk to a comparison: with the same without its edits, another model, another sentence."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from rnn_tui.pair import Pair
from rnn_tui.scene import Reading, Scene
from rnn_tui.text import quoted
from rnn_tui.tui.comparing.screen import CompareScreen
from rnn_tui.tui.dialogs.choices import Choice, ChoicesScreen
from rnn_tui.tui.dialogs.models import ModelsScreen
from rnn_tui.tui.dialogs.sentence import SentenceScreen, reading_of
from rnn_tui.tui.screen.keys import Ask, Outcome, Shown
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]


class Wanted(Enum):
    """The thing that is asked for next."""

    MODEL = auto()
    SENTENCE = auto()


def outcome(shown: Walk) -> Ask[Scene, Computed]:
    """Ask what the scene is to be compared with, and open both in lockstep."""
    return Ask(lambda shown: ChoicesScreen("Compare with", choices(shown)), _chosen)


def choices(shown: Walk) -> list[Choice[Reading | Wanted]]:
    """The choices: the original, another model, another sentence, the model's own sentences.

    While the answer is covered those stand without their whys, which often tell it.
    """
    reading = shown.state.reading
    before: list[Choice[Reading | Wanted]] = []
    if reading.edits:
        said = "the same network and the same words as they were"
        before.append(Choice("Without the changes", said, reading.unedited))
    found: list[Choice[Reading | Wanted]] = [
        *before,
        Choice("Another model", "the same words in another network", Wanted.MODEL),
        Choice("Another sentence", "type one", Wanted.SENTENCE),
    ]
    for example in shown.computed.model.examples:
        if example.text != reading.text:
            other = replace(reading.unedited, text=example.text)
            found.append(Choice(quoted(example.text), "" if shown.state.covered else example.why, other))
    return found


def _chosen(shown: Walk, chosen: Reading | Wanted) -> Outcome:
    if isinstance(chosen, Reading):
        return compared(shown, chosen)
    if chosen is Wanted.MODEL:
        return Ask(
            lambda shown: ModelsScreen(shown.state.model, shown.state.text, covered=shown.state.covered), compared
        )
    return Ask(
        lambda shown: SentenceScreen(shown.computed.model, shown.state.text),
        lambda shown, answer: compared(shown, reading_of(answer, shown.state.reading)),
    )


def compared(shown: Walk, other: Reading) -> CompareScreen:
    """The scene as A and another reading as B, where A is; raises UserError where B can't be computed."""
    scene = shown.state
    unit = scene.unit if other.model == scene.model else None
    pair = Pair(
        scene.reading, other, units=(scene.unit, unit),
        notation=scene.notation, hidden=scene.hidden, lens=scene.lens,
    )  # fmt: skip
    screen = CompareScreen(pair, shown.computed.traces)
    return screen.at_position_of(0, scene.position)

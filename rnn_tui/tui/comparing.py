"""What a comparison asks others for: what to compare with, another sentence or model of a side, help, a picture."""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rnn_tui.comparison import Comparison
from rnn_tui.edits import without_words
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.pair import Pair
from rnn_tui.scene import Position, Scene
from rnn_tui.text import printable
from rnn_tui.tui import opening

if TYPE_CHECKING:
    from rnn_tui.tui.screens.compare import CompareScreen
    from rnn_tui.tui.screens.stage import Stage


def ask_for_comparison(screen: Stage) -> None:
    """Ask what the scene is to be compared with, and open both side by side."""
    from rnn_tui.tui.screens.beside import BesideScreen

    screen.player.stop()
    screen.app.push_screen(BesideScreen(screen.scene, screen.trace.model), partial(_compare_with, screen))


def _compare_with(screen: Stage, asked: str | Scene | None) -> None:
    scene = screen.scene
    if isinstance(asked, Scene):
        open_beside(screen, asked)
    elif asked == "sentence":
        from rnn_tui.tui.screens.sentence import SentenceScreen

        screen.app.push_screen(
            SentenceScreen(screen.trace.model, scene.text),
            lambda text: None if text is None else open_beside(screen, with_text(scene, text)),
        )
    elif asked == "model":
        from rnn_tui.tui.screens.beside import OtherModels

        screen.app.push_screen(
            OtherModels(scene.model, scene.text),
            lambda picked: None if picked is None else open_beside(screen, with_model(scene, *picked)),
        )


def with_text(scene: Scene, text: str) -> Scene:
    """The scene with another sentence; what was changed in its words is gone with them."""
    return replace(scene, text=text, edits=without_words(scene.edits), position=Position())


def with_model(scene: Scene, model: str, text: str) -> Scene:
    """The scene in another network; what was changed in the first is not changed there."""
    return replace(scene, model=model, text=text, edits=(), position=Position(), unit=0)


def open_beside(screen: Stage, other: Scene) -> None:
    """Open the scene on a screen as A and another one as B, or say in one line why that can't be."""
    try:
        trace = opening.trace_of(other)
    except UserError as error:
        complain(screen, error)
        return
    show_beside(screen, other, trace)


def show_beside(screen: Stage, other: Scene, trace: Trace) -> None:
    """The scene on a screen as A, another one with its trace as B, at the place where A is."""
    comparison, here = Comparison(screen.trace, trace), screen.scene
    beside = replace(other, lens=here.lens, notation=here.notation, hidden=here.hidden)
    open_pair(screen, Pair((here, beside), comparison.place_of(0, here.position)), comparison)


def open_pair(screen: Stage, pair: Pair, comparison: Comparison) -> None:
    """Put a pair on the screen; when it is closed, the scene in focus is shown on the screen below."""
    from rnn_tui.tui.screens.compare import CompareScreen

    clock = getattr(screen.app, "clock", None)  # tests have one of their own
    screen.app.push_screen(CompareScreen(pair, comparison, clock), partial(_one_scene, screen))


async def _one_scene(screen: Stage, scene: Scene | None) -> None:
    """Show the scene that a comparison ended with: as a move where it is the one that was there."""
    if scene is None:
        return
    there = screen.scene
    if (scene.model, scene.text, scene.edits) == (there.model, there.text, there.edits):
        screen.move(scene)
    else:
        await opening.travel(screen, screen.history.pushed(scene))


def ask_for_sentence(screen: CompareScreen) -> None:
    """Another sentence on the side in focus."""
    from rnn_tui.tui.screens.sentence import SentenceScreen

    def open_text(text: str | None) -> None:
        if text is not None:
            _change(screen, with_text(screen.scene, text))

    model = screen.comparison.traces[screen.pair.focus].model
    screen.app.push_screen(SentenceScreen(model, screen.scene.text), open_text)


def ask_for_model(screen: CompareScreen) -> None:
    """Another model on the side in focus; where no sentence of its own is picked, it reads the same words."""
    from rnn_tui.tui.screens.beside import OtherModels

    def open_model(picked: tuple[str, str] | None) -> None:
        if picked is not None:
            _change(screen, with_model(screen.scene, *picked))

    screen.app.push_screen(OtherModels(screen.scene.model, screen.scene.text), open_model)


def _change(screen: CompareScreen, scene: Scene) -> None:
    """Put another scene on the side in focus, or say why that can't be."""
    try:
        trace = opening.trace_of(scene)
    except UserError as error:
        complain(screen, error)
        return
    focus, scenes, traces = screen.pair.focus, list(screen.pair.scenes), list(screen.comparison.traces)
    scenes[focus], traces[focus] = scene, trace
    screen.show_pair(Pair((scenes[0], scenes[1]), focus=focus), Comparison(*traces))


def show_help(screen: CompareScreen) -> None:
    """All keys."""
    from rnn_tui.tui.screens.help import HelpScreen

    screen.app.push_screen(HelpScreen(screen.keys, COMPARING))


def save_picture(screen: CompareScreen) -> None:
    """Save what is on the screen as an SVG file in the current folder, and say where."""
    names = "-".join(dict.fromkeys(trace.model.name for trace in screen.comparison.traces))
    opening.save_screenshot(screen, f"rnn-tui-compare-{names}-{screen.pair.place.t + 1}")


def copy_command(screen: CompareScreen) -> None:
    """Copy the command that opens what is on the screen, and show it."""
    opening.copy(screen, ["compare", *shlex.split(screen.pair.to_text(screen.comparison))])


def complain(screen: Stage | CompareScreen, error: UserError) -> None:
    """Say in one line why something can't be shown."""
    screen.notify(printable(str(error)), severity="error", markup=False, timeout=8)


COMPARING = (
    "Two networks, two sentences, or one network with and without a change, in lockstep: A above or at the left, "
    "B below or at the right. Words that are the same stand in the same column; ┄ is a word that this side doesn't "
    "have: it waits, and keeps what it remembers.\n\n"
    "◆ is where the two part. Between them stands A − B: what A remembers less what B remembers, where both have the "
    "same hidden units, and the difference in probability. Answers in colour are not the same.\n"
)

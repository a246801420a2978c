"""What the main screen asks others for: another sentence, another model, a trace for a scene, a picture."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace, run
from rnn_tui.scene import Position, Scene
from rnn_tui.text import printable
from rnn_tui.tui.history import History

if TYPE_CHECKING:
    from rnn_tui.tui.screens.main import MainScreen


@lru_cache(maxsize=4)
def model_of(name: str) -> Model:
    """A model by name or path, kept while it is in use; raises UserError."""
    return shelf.load(name, max_bytes=None)


@lru_cache(maxsize=8)
def _trace(name: str, text: str) -> Trace:
    model = model_of(name)
    return run(model, model.tokenize(text))


def trace_of(scene: Scene) -> Trace:
    """The trace of a scene, computed once; raises UserError."""
    return _trace(scene.model, scene.text)


def ask_for_sentence(screen: MainScreen) -> None:
    """Open the input at the top; what is typed becomes the next scene."""
    from rnn_tui.tui.screens.sentence import SentenceScreen

    asked = SentenceScreen(screen.trace.model, screen.scene.text)
    screen.app.push_screen(asked, partial(_open_text, screen))


async def _open_text(screen: MainScreen, text: str | None) -> None:
    if text is not None:
        await _open(screen, replace(screen.scene, text=text, position=Position()))


def ask_for_model(screen: MainScreen) -> None:
    """Open the shelf; a model or one of its sentences becomes the next scene."""
    from rnn_tui.tui.screens.models import ModelsScreen

    screen.app.push_screen(ModelsScreen(screen.scene.model), partial(_open_model, screen))


async def _open_model(screen: MainScreen, picked: tuple[str, str] | None) -> None:
    if picked is not None:
        name, text = picked
        await _open(screen, Scene(name, text, notation=screen.scene.notation, hidden=screen.scene.hidden))


async def _open(screen: MainScreen, scene: Scene) -> None:
    await travel(screen, screen.history.pushed(scene))


async def travel(screen: MainScreen, history: History) -> None:
    """Show the current scene of a history, or say in one line why it can't be shown and stay where we are."""
    try:
        trace = trace_of(history.current)
    except UserError as error:
        screen.notify(printable(str(error)), severity="error", markup=False, timeout=8)
        return
    await screen.show_trace(history, trace)


def show_help(screen: MainScreen) -> None:
    """All keys."""
    from rnn_tui.tui.screens.help import HelpScreen

    screen.app.push_screen(HelpScreen())


def save_picture(screen: MainScreen) -> None:
    """Save what is on the screen as an SVG file in the current folder, and say where."""
    from rnn_tui.export.picture import save_svg

    position = screen.scene.position
    phase = screen.trace.model.phases[position.phase].name
    name = f"rnn-tui-{screen.trace.model.name}-{position.t + 1}-{phase}"
    try:
        path = save_svg(screen.app.export_screenshot(title=name), name)
    except UserError as error:
        screen.notify(str(error), severity="error", markup=False)
    else:
        screen.notify(f"saved {path}", markup=False)

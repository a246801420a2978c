"""What the main screen asks others for: another sentence, another model, a trace for a scene, a picture."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from rnn_tui import shelf
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace, run
from rnn_tui.scene import Position, Scene
from rnn_tui.text import printable
from rnn_tui.tui.history import History

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen

    from rnn_tui.edits import Edit
    from rnn_tui.tui.screens.stage import Stage


@lru_cache(maxsize=4)
def model_of(name: str) -> Model:
    """A model by name or path, kept while it is in use; raises UserError."""
    return shelf.load(name, max_bytes=None)


@lru_cache(maxsize=8)
def _trace(name: str, text: str, edits: tuple[Edit, ...]) -> Trace:
    model = model_of(name)
    tokens = model.tokenize(text)
    if not edits:
        return run(model, tokens)
    from rnn_tui.edits import apply_edits  # only where something is edited: start-up time is a feature

    return run(*apply_edits(model, tokens, edits))


def trace_of(scene: Scene) -> Trace:
    """The trace of a scene, computed once; raises UserError."""
    return _trace(scene.model, scene.text, scene.edits)


def before_of(scene: Scene) -> tuple[Trace, tuple[int | None, ...]]:
    """The trace without the scene's edits, and which of its words each word was."""
    from rnn_tui.edits import origins

    trace = _trace(scene.model, scene.text, ())
    return trace, origins(len(trace), scene.edits)


def ask_for_sentence(screen: Stage) -> None:
    """Open the input at the top; what is typed becomes the next scene."""
    from rnn_tui.tui.screens.sentence import SentenceScreen

    asked = SentenceScreen(screen.trace.model, screen.scene.text)
    screen.app.push_screen(asked, partial(_open_text, screen))


async def _open_text(screen: Stage, text: str | None) -> None:
    if text is not None:
        from rnn_tui.edits import without_words

        edits = without_words(screen.scene.edits)
        await _open(screen, replace(screen.scene, text=text, position=Position(), edits=edits))


def ask_for_model(screen: Stage) -> None:
    """Open the shelf; a model or one of its sentences becomes the next scene."""
    from rnn_tui.tui.screens.models import ModelsScreen

    screen.app.push_screen(ModelsScreen(screen.scene.model), partial(_open_model, screen))


async def _open_model(screen: Stage, picked: tuple[str, str] | None) -> None:
    if picked is not None:
        name, text = picked
        await _open(screen, replace(screen.scene, model=name, text=text, position=Position(), unit=0, edits=()))


async def _open(screen: Stage, scene: Scene) -> None:
    await travel(screen, screen.history.pushed(scene))


async def travel(screen: Stage, history: History) -> bool:
    """Show the current scene of a history, or say in one line why it can't be shown and stay where we are."""
    try:
        trace = trace_of(history.current)
    except UserError as error:
        screen.notify(printable(str(error)), severity="error", markup=False, timeout=8)
        return False
    here, there = screen.scene, history.current
    if (here.model, here.text) == (there.model, there.text) and screen.has_panels_for(trace):
        screen.retrace(history, trace)
    else:
        await screen.show_trace(history, trace)
    return True


def show_help(screen: Stage) -> None:
    """All keys."""
    from rnn_tui.tui.screens.help import HelpScreen

    screen.app.push_screen(HelpScreen())


def save_picture(screen: Stage) -> None:
    """Save what is on the screen as an SVG file in the current folder, and say where."""
    position = screen.scene.position
    phase = screen.trace.model.phases[position.phase].name
    save_screenshot(screen, f"rnn-tui-{screen.trace.model.name}-{position.t + 1}-{phase}")


def save_screenshot(screen: Screen[Any], name: str) -> None:
    """Save a screen as NAME.svg, and say where, or why not."""
    from rnn_tui.export.picture import save_svg

    try:
        path = save_svg(screen.app.export_screenshot(title=name), name)
    except UserError as error:
        screen.notify(str(error), severity="error", markup=False)
    else:
        screen.notify(f"saved {path}", markup=False)


def copy_command(screen: Stage) -> None:
    """Copy the command that opens what is on the screen, and show it."""
    import shlex

    copy(screen, shlex.split(screen.scene.to_text(screen.trace.model.phases)))


def copy(screen: Screen[Any], words: Iterable[str]) -> None:
    """Copy the command `rnn-tui` with some words, and show it."""
    from rnn_tui.quoting import command_line

    command = command_line(["rnn-tui", *words])
    screen.app.copy_to_clipboard(command)
    screen.notify(command, title="Copied", markup=False, timeout=10)

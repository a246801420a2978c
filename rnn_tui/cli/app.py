"""Plain `rnn-tui`: open the program in the terminal."""

from __future__ import annotations

import gc
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rnn_tui import __version__
from rnn_tui.cli.command import PROGRAM, Command, Parser
from rnn_tui.cli.commands import COMMANDS, listing, refusal
from rnn_tui.cli.console import can_draw, is_terminal, no_drawing, say
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import open_scene
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_scene_arguments
from rnn_tui.scene import Showing

if TYPE_CHECKING:
    from rnn_tui.settings import Settings

DESCRIPTION = "See how a recurrent network reads a sentence, word by word and operation by operation."
EXAMPLES = """\
examples:
  rnn-tui                               the article's own sentence
  rnn-tui -s "The dog barked"           your own sentence
  rnn-tui -m kicking-and-screaming      one of the models that `rnn-tui models` lists
  rnn-tui --at 3:add                    start at the third word, where it adds
  rnn-tui --edit "scale-memory 0.5"     what if it remembered half as much?
  rnn-tui walk                          the same in plain lines
  rnn-tui trace --json > trace.json     every number
  rnn-tui lens memory                   how long each word is remembered

keys: → next, ← back, space play, ? help, q quit

exit codes: 0 done, 1 it could not be done, 2 the call is wrong, 128 + N ended by signal N (130 by ctrl+c)
"""


def add_arguments(parser: Parser) -> None:
    """Add the options of plain `rnn-tui`."""
    parser.usage = f"{PROGRAM} [options]\n       {PROGRAM} {{{','.join(COMMANDS)}}} [options]"
    parser.listing = listing
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("command", nargs="?", metavar="COMMAND", help="one of the commands above")
    add_scene_arguments(parser)
    add_screen_arguments(parser)


def add_screen_arguments(parser: Parser) -> None:
    """Add the options of a command that opens the program."""
    screen = parser.add_argument_group("the program")
    screen.add_argument("--settings", metavar="FILE", type=Path, help="a TOML file of settings in place of your own")
    screen.add_argument("--theme", metavar="NAME", help="the colours, such as textual-light")
    screen.add_argument("--keys", metavar="FILE", type=Path, help='a TOML file of your own keys: next = "N,right"')
    screen.add_argument(
        "--print-scene", action="store_true", help="on quit, print the command that opens what was there"
    )


WELCOME = ("lessons", "New here?", "lists the lessons")
"""The key, and the words around it, that stand in the footer at the first start of all, and never again."""
S = TypeVar("S", bound=Showing)


def with_settings(shown: S, arguments: Namespace) -> tuple[S, Settings]:
    """The scene or pair with what was set, and the settings; what the command line says goes before the settings file.

    Raises UserError where the settings file, or a file of keys, can't be read or holds anything else.
    """
    from rnn_tui.settings import read_settings

    settings = read_settings(arguments.settings).with_options(theme=arguments.theme, keys=arguments.keys)
    asked = settings.notation if arguments.notation is None else arguments.notation
    return replace(shown, notation=asked), settings


def run(arguments: Namespace) -> int:
    """Open the scene; raises UserError where there is no terminal to draw on."""
    if arguments.command is not None:
        raise CallError(f"{refusal(arguments.command)}; `{PROGRAM} --help` says how")
    gc.disable()  # until the first frame is there: what is loaded for it stays, and looking at it takes a twentieth
    scene, trace = open_scene(arguments)
    if not (is_terminal() and can_draw()):
        raise UserError(
            f"{no_drawing()}; `rnn-tui walk` goes the same way in plain lines, `rnn-tui trace` prints all of it"
        )
    from rnn_tui.remembered import LESSONS_OFFERED, first_time
    from rnn_tui.traces import Traces
    from rnn_tui.tui import app
    from rnn_tui.tui.walking.screen import WalkScreen

    scene, settings = with_settings(scene, arguments)
    traces = Traces()
    traces.keep(scene.reading, trace)
    walk = WalkScreen(scene, traces)
    walk.welcome = WELCOME if first_time(LESSONS_OFFERED) else None
    left = app.run(walk, settings=settings)
    if arguments.print_scene:
        from rnn_tui.cli.reopening import command

        say(command(left.reopening(), arguments))
    return 0


COMMAND = Command("", "open the program", DESCRIPTION, EXAMPLES, add_arguments, run)

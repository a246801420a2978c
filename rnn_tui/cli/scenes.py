"""The options that name a scene on a command line, and the scene that they name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from rnn_tui import lenses
from rnn_tui.network.errors import UserError
from rnn_tui.scene import Reading, Scene, parse_position

if TYPE_CHECKING:
    from rnn_tui.edits import Edit
    from rnn_tui.network.trace import Trace


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options that name a scene."""
    parser.add_argument("-m", "--model", metavar="MODEL", help="a model's name, or the path of a model file")
    parser.add_argument("-s", "--sentence", metavar="TEXT", help="the sentence that the network reads")
    add_edit_argument(parser)
    parser.add_argument("--at", metavar="WORD:PHASE", help="where to start, such as 3:add (words count from 1)")
    parser.add_argument("--unit", type=int, default=1, metavar="N", help="the hidden unit to pick, from 1")
    parser.add_argument("--notation", action="store_true", help="show equations beside the words")
    parser.add_argument("--arithmetic", action="store_true", help="open the arithmetic of the picked unit")
    parser.add_argument("--hide", action="store_true", help="cover the answer until the class has guessed")


def add_edit_argument(parser: ArgumentParser) -> None:
    """Add the option that changes the network or the words."""
    parser.add_argument(
        "--edit",
        metavar="EDIT",
        action="append",
        help="a what-if, as often as you like, in order: 'scale-memory 0.5', 'drop 2'; --edit help lists all forms",
    )


def edits_of(arguments: Namespace) -> tuple[Edit, ...]:
    """The edits that a command line asks for; raises UserError where one is none."""
    if not arguments.edit:
        return ()
    from rnn_tui.edits import parse_edit  # only where something is edited: start-up time is a feature

    return tuple(parse_edit(text) for text in arguments.edit)


def add_lens_arguments(parser: ArgumentParser) -> None:
    """Add the options that open a lens on the screen."""
    parser.add_argument("--lens", choices=lenses.NAMES, metavar="NAME", help=f"open a lens: {', '.join(lenses.NAMES)}")
    parser.add_argument("--full", action="store_true", help="give the lens the whole screen")
    parser.add_argument("--what-if", action="store_true", help="open the panel of what-ifs")


def add_panel_arguments(parser: ArgumentParser) -> None:
    """Add the options that say what is picked in the arithmetic and in the panel of what-ifs."""
    parser.add_argument("--scroll", type=int, default=0, metavar="N", help="the arithmetic without its first N lines")
    parser.add_argument("--weight", type=int, metavar="N", help="the weight to pick in the arithmetic, from 1")
    parser.add_argument("--chosen", type=int, metavar="N", help="the edit to choose in the panel of what-ifs, from 1")
    temperature = "how boldly the network writes on (0.8); 0 is the most probable, 1 as it was learned"
    parser.add_argument("--temperature", type=float, default=Scene.temperature, metavar="X", help=temperature)


def _index(number: int | None) -> int | None:
    """A number that counts from 1 as an index from 0."""
    return None if number is None else max(0, number - 1)


def from_arguments(arguments: Namespace, model: str, text: str, trace: Trace) -> Scene:
    """The scene that a command line asks for; raises UserError where it lies outside the sentence or the network."""
    hidden_size = trace.model.hidden_size
    if not 1 <= arguments.unit <= hidden_size:
        raise UserError(f"--unit {arguments.unit}: the model has {hidden_size} hidden units, so 1 to {hidden_size}")
    return Scene(
        Reading(model, text, edits_of(arguments)),
        position=parse_position(arguments.at, trace),
        unit=arguments.unit - 1,
        notation=arguments.notation,
        arithmetic=arguments.arithmetic,
        hidden=arguments.hide,
        lens=getattr(arguments, "lens", None),  # not every command has a screen
        full=getattr(arguments, "full", False),
        what_if=getattr(arguments, "what_if", False),
        scroll=max(0, getattr(arguments, "scroll", 0)),
        weight=_index(getattr(arguments, "weight", None)),
        chosen=_index(getattr(arguments, "chosen", None)) or 0,
        temperature=getattr(arguments, "temperature", Scene.temperature),
    )

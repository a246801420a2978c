"""The options that name a scene on a command line, and the scene that they name."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from typing import TYPE_CHECKING, Any, Protocol

from rnn_tui.lenses import LENSES
from rnn_tui.network.errors import UserError
from rnn_tui.options.sentences import SentenceFile
from rnn_tui.options.types import FINAL, epoch, integer, not_negative, whole
from rnn_tui.scene import Reading, Scene
from rnn_tui.scene_text import parse_position

if TYPE_CHECKING:
    from rnn_tui.edits import Edit
    from rnn_tui.network.trace import Trace


class ArgumentContainer(Protocol):
    """A parser, or a group of its options."""

    def add_argument(self, *names: str, **options: Any) -> Any:
        """Add an option."""
        ...


def add_scene_arguments(parser: ArgumentParser, note: str = "") -> None:
    """Add the options that name a scene; every command that takes a scene takes all of them.

    `note` is printed with them in the help: which of them make no difference to this command.
    """
    scene = parser.add_argument_group("the scene", note or None)
    scene.add_argument("-m", "--model", metavar="MODEL", help="a model's name, or the path of a model file")
    add_epoch_argument(scene)
    sentence = scene.add_mutually_exclusive_group()
    sentence.add_argument("-s", "--sentence", metavar="TEXT", help="the sentence that the network reads")
    add_sentence_file(sentence)
    add_edit_argument(scene)
    scene.add_argument("--at", metavar="WORD:PHASE", help="where to start, such as 3:add (words count from 1)")
    add_lane_arguments(scene)
    scene.add_argument(
        "--unit",
        type=integer,
        metavar="N",
        help="the hidden unit to pick, from 1 (the one that counts most for the answer)",
    )
    add_lens_argument(scene)
    scene.add_argument("--full", action="store_true", help="give the lens the whole screen")
    add_notation_argument(scene)
    scene.add_argument("--arithmetic", action="store_true", help="open the arithmetic of the picked unit")
    scene.add_argument("--hide", action="store_true", help="cover the answer until the class has guessed")
    scene.add_argument(
        "--ask",
        metavar="QUESTION",
        help="open a question before its answer is shown: 'direction h[3]'; --ask help lists all forms",
    )
    scene.add_argument("--what-if", action="store_true", help="open the panel of what-ifs")
    scene.add_argument("--present", action="store_true", help="show the phase at work as large as the terminal allows")
    scene.add_argument("--over-epochs", action="store_true", help="of a training: every word across the epochs")
    _add_picked_arguments(scene)
    add_allow_large(scene)


def _add_picked_arguments(parser: ArgumentContainer) -> None:
    """Add the options that say what is picked in the arithmetic and in the panel of what-ifs."""
    count = {"type": whole(1), "metavar": "N"}
    parser.add_argument("--scroll", **count, help="leave out the first N lines of the arithmetic")
    parser.add_argument("--weight", **count, help="the weight to pick in the arithmetic, from 1")
    parser.add_argument("--chosen", **count, help="the edit to choose in the panel of what-ifs, from 1")
    temperature = f"how boldly the network writes on ({Scene.temperature:g}); 0 is the most probable, 1 as it learned"
    parser.add_argument("--temperature", type=not_negative, default=Scene.temperature, metavar="X", help=temperature)


def add_lane_arguments(parser: ArgumentContainer) -> None:
    """Add the options that name a lane of a network."""
    parser.add_argument("--layer", type=integer, metavar="N", help="the layer to start in, from 1 at the bottom (1)")
    directions = ("forward", "backward")
    parser.add_argument(
        "--direction", choices=directions, help="the lane of that layer: forward, or backward from the last word"
    )


def add_epoch_argument(parser: ArgumentContainer, action: str = "store") -> None:
    """Add the option that asks for the weights after an epoch of the training."""
    does = f"after epoch N of its training (0: before), where `train --keep-epochs` kept it; or {FINAL}, as in its file"
    parser.add_argument("--epoch", type=epoch, action=action, metavar="N", help=does)


def add_sentence_file(parser: ArgumentContainer, action: str = "store") -> None:
    """Add the option that reads the sentence from a file."""
    parser.add_argument(
        "--sentence-file",
        metavar="FILE",
        dest="sentence",
        type=SentenceFile,
        action=action,
        help="the same from a text file in UTF-8; - is standard input",
    )


def add_edit_argument(parser: ArgumentContainer) -> None:
    """Add the option that changes the network or the words."""
    parser.add_argument(
        "--edit",
        metavar="EDIT",
        action="append",
        help="a what-if, as often as you like, in order: 'scale-memory 0.5', 'drop 2'; --edit help lists all forms",
    )


def add_lens_argument(parser: ArgumentContainer) -> None:
    """Add the option that opens a lens."""
    parser.add_argument("--lens", choices=tuple(LENSES), metavar="NAME", help=f"open a lens: {', '.join(LENSES)}")


def add_notation_argument(parser: ArgumentContainer) -> None:
    """Add the option that shows equations, and the one that shows none although the settings ask for them."""
    does = "show equations beside the words, or none"
    parser.add_argument("--notation", action=BooleanOptionalAction, help=does)


def add_allow_large(parser: ArgumentContainer) -> None:
    """Add the option that lifts the limit of a model file's size."""
    parser.add_argument("--allow-large", action="store_true", help="open a model file of any size")


def edits_of(arguments: Namespace) -> tuple[Edit, ...]:
    """The edits that a command line asks for; raises UserError where one is none."""
    if not arguments.edit:
        return ()
    from rnn_tui.edits import parse_edit  # only where something is edited: start-up time is a feature

    return tuple(parse_edit(text) for text in arguments.edit)


def from_arguments(arguments: Namespace, model: str, text: str, trace: Trace) -> Scene:
    """The scene that a command line asks for; raises UserError where it lies outside the sentence or the network."""
    position = parse_position(arguments.at, trace, arguments.layer, arguments.direction)
    hidden_size = trace.on(position.floor).model.hidden_size
    if arguments.unit is not None and not 1 <= arguments.unit <= hidden_size:
        raise UserError(f"--unit {arguments.unit}: the model has {hidden_size} hidden units, so 1 to {hidden_size}")
    scene = Scene(
        Reading(model, text, edits_of(arguments), arguments.epoch),
        position=position,
        unit=None if arguments.unit is None else arguments.unit - 1,
        notation=bool(arguments.notation),
        arithmetic=arguments.arithmetic,
        hidden=arguments.hide,
        lens=arguments.lens,
        full=arguments.full,
        what_if=arguments.what_if,
        presenting=arguments.present,
        over_epochs=arguments.over_epochs,
        scroll=arguments.scroll or 0,
        weight=None if arguments.weight is None else arguments.weight - 1,
        chosen=0 if arguments.chosen is None else arguments.chosen - 1,
        temperature=arguments.temperature,
    )
    if arguments.ask is None:
        return scene
    from rnn_tui.questions.opening import opened  # only where somebody asks: start-up time is a feature

    return opened(arguments.ask, scene, trace)

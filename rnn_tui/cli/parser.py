"""The arguments of the command line. Nothing heavy is imported here: --help and --version are to be at once."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import NoReturn

from rnn_tui import __version__
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.scenes import add_arguments, add_edit_argument, add_lens_arguments, add_panel_arguments

DESCRIPTION = "See how a recurrent network reads a sentence, word by word and operation by operation."
EPILOG = """\
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

exit codes: 0 done, 1 it could not be done, 2 the call is wrong
"""
MODELS_EPILOG = """\
examples:
  rnn-tui models
  rnn-tui models --json
"""
TRACE_EPILOG = """\
examples:
  rnn-tui trace -s "Kicking and screaming"
  rnn-tui trace -m kicking-and-screaming -s "The dog barked" --json
  rnn-tui trace -s "Kicking and screaming" --edit "silence 1" --edit "drop 2"
"""
WALK_EPILOG = """\
examples:
  rnn-tui walk
  rnn-tui walk -s "The dog barked" --at 2:add --unit 2
  rnn-tui walk -s "Kicking and screaming" | less

At a terminal, Enter takes the next step and Ctrl-D ends the walk; in a pipe it goes straight through.
"""
COMMANDS = ("models", "trace", "walk", "lens", "compare", "import", "train", "evaluate", "generate")
BESIDE = {
    "lens": "lens",
    "compare": "compare",
    "import": "import_",
    "train": "train_parser",
    "evaluate": "evaluate",
    "generate": "generate",
}
"""The modules that hold the arguments of a command beside what is done with them."""


class Parser(ArgumentParser):
    """A parser that says what is wrong in one line."""

    def __init__(self, prog: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise CallError instead of printing the usage."""
        if message.startswith("unrecognized arguments"):
            message += " (a sentence of several words goes in quotation marks)"
        raise CallError(f"{message}; `{self.prog} --help` says how")


def main_parser() -> Parser:
    """The arguments of plain `rnn-tui`."""
    parser = Parser("rnn-tui", DESCRIPTION, EPILOG)
    parser.usage = "rnn-tui [options]\n       rnn-tui {" + ",".join(COMMANDS) + "} [options]"
    parser.add_argument("--version", action="version", version=f"rnn-tui {__version__}")
    parser.add_argument(
        "command",
        nargs="?",
        metavar="COMMAND",
        help=(
            "models: what is there; trace: every number; walk: the same in plain lines; lens: what it means; "
            "compare: two in lockstep; train: a model of your own; evaluate: how good a model is; "
            "generate: let it write on; import: a model from PyTorch or Keras "
            "(each has its own --help)"
        ),
    )
    add_arguments(parser)
    add_lens_arguments(parser)
    add_panel_arguments(parser)
    add_allow_large(parser)
    parser.add_argument("--theme", metavar="NAME", help="the colours, such as textual-light")
    parser.add_argument("--keys", metavar="FILE", type=Path, help='a TOML file of your own keys: next = "n,right"')
    parser.add_argument(
        "--print-scene", action="store_true", help="on quit, print the command that opens what was there"
    )
    return parser


def command_parser(command: str) -> Parser:
    """The arguments of `rnn-tui COMMAND`."""
    if command in BESIDE:
        from importlib import import_module

        made: Parser = import_module(f"rnn_tui.cli.{BESIDE[command]}").parser()
        return made
    return {"models": _models_parser, "trace": _trace_parser, "walk": _walk_parser}[command]()


def _models_parser() -> Parser:
    parser = Parser("rnn-tui models", "List every model: what it does, its figure, where it lies.", MODELS_EPILOG)
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")
    return parser


def _trace_parser() -> Parser:
    parser = Parser("rnn-tui trace", "Print every number that the network computes for a sentence.", TRACE_EPILOG)
    parser.add_argument("-m", "--model", metavar="MODEL", help="a model's name, or the path of a model file")
    parser.add_argument("-s", "--sentence", metavar="TEXT", help="the sentence that the network reads")
    add_edit_argument(parser)
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")
    add_allow_large(parser)
    return parser


def _walk_parser() -> Parser:
    parser = Parser("rnn-tui walk", "Walk through a sentence in plain lines, one fact a line.", WALK_EPILOG)
    add_arguments(parser)
    add_allow_large(parser)
    return parser


def add_allow_large(parser: ArgumentParser) -> None:
    """Add the option that lifts the limit of a model file's size."""
    parser.add_argument("--allow-large", action="store_true", help="open a model file of any size")

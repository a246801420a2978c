"""The command line: arguments to one call each, errors to one line on stderr and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rnn_tui.cli import console
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.parser import COMMANDS, Parser, command_parser, main_parser
from rnn_tui.network.errors import UserError

DONE, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
MODULES = {"import": "import_"}
"""The module of a command whose name Python keeps for itself; the others are called like their command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 done, 1 it could not be done, 2 the call is wrong."""
    console.prepare()
    try:
        code = _run(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
    except CallError as error:
        console.complain(str(error))
        return WRONG_CALL
    except UserError as error:
        console.complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        console.abandon()
        return DONE
    except (OSError, MemoryError) as error:
        console.abandon()
        console.complain(f"it could not be done: {getattr(error, 'strerror', None) or 'not enough memory'}")
        return FAILED
    return code


def _run(argv: list[str]) -> int:
    """Call the one function that the arguments ask for."""
    from importlib import import_module

    command = argv[0] if argv and argv[0] in COMMANDS else None
    parser = command_parser(command) if command else main_parser()
    parser.set_defaults(argv=argv)  # a trained model says which command made it
    try:
        arguments = parser.parse_args(argv[1:] if command else argv)
    except SystemExit as printed:  # --help and --version
        return int(printed.code or DONE)
    if command is None and arguments.command is not None:
        _refuse(parser, arguments.command)
    # Only what is asked for is imported: start-up time is a feature.
    module = MODULES.get(command, command) if command else "app"
    code: int = import_module(f"rnn_tui.cli.{module}").run(arguments)
    return code


def _refuse(parser: Parser, command: str) -> None:
    """Say why a word on the command line is no command."""
    from difflib import get_close_matches  # only an error needs it

    if command in COMMANDS:
        parser.error(f"{command} comes first: rnn-tui {command} …")
    nearest = get_close_matches(command, COMMANDS, n=1)
    hint = f"did you mean “{nearest[0]}”?" if nearest else "a sentence goes after -s, in quotation marks"
    parser.error(f"no command is called “{command}” ({hint})")

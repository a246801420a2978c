"""The command line: arguments to one call each, errors to one line on stderr and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rnn_tui.cli import console
from rnn_tui.cli.commands import command_of
from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import UserError

DONE, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130


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
    command, rest = command_of(argv)
    parser = command.parser()
    parser.set_defaults(argv=argv)  # a trained model says which command made it
    try:
        arguments = parser.parse_args(rest)
    except SystemExit as printed:  # --help and --version
        return int(printed.code or DONE)
    return command.run(arguments)

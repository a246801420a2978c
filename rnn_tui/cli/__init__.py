"""The command line: arguments to one call each, errors to one line on stderr and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rnn_tui.cli import console
from rnn_tui.cli.commands import command_of
from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import UserError

HELP = "help"
"""In place of a question: how all of them are written."""
DONE, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code.

    0 done, 1 it could not be done, 2 the call is wrong, 128 and a signal's number where that has ended the program.
    """
    console.prepare()
    try:
        code = _run(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as ended:  # by a signal, with its exit code; the terminal has been given back
        return int(ended.code or DONE)
    except Exception as error:  # noqa: BLE001  # a fault of ours never ends with 0, nor with a trace on the screen
        return _failed(error)
    return code


def _failed(error: Exception) -> int:
    """Say in one line what has gone wrong; returns the exit code."""
    if isinstance(error, UserError):
        console.complain(str(error))
        return WRONG_CALL if isinstance(error, CallError) else FAILED
    if isinstance(error, OSError | MemoryError):
        console.abandon()
        if console.is_unread(error):
            return DONE
        console.complain(console.of_system(error))
        return FAILED
    from rnn_tui.cli import faults

    console.complain(faults.told(error))
    return FAILED


def _run(argv: list[str]) -> int:
    """Call the one function that the arguments ask for."""
    command, rest = command_of(argv)
    parser = command.parser()
    parser.set_defaults(argv=argv)  # a trained model says which command made it
    try:
        arguments = parser.parse_args(rest)
    except SystemExit as printed:  # --help and --version
        return int(printed.code or DONE)
    if getattr(arguments, "ask", None) == HELP:
        return _list_questions()
    return command.run(arguments)


def _list_questions() -> int:
    """Print how every kind of question is written; returns the exit code."""
    from rnn_tui.questions.asking import listing

    console.say_wrapped(*listing())
    return DONE

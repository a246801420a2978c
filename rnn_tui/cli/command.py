"""A command of the command line as one object, and the parser that all of them have."""

from __future__ import annotations

from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from rnn_tui.cli.errors import CallError
from rnn_tui.options.parser import OptionParser

PROGRAM = "rnn-tui"


class Parser(OptionParser):
    """A parser that says what is wrong in one line.

    `listing` makes more lines of the description, and is called only where the help is printed.
    """

    def __init__(self, prog: str, description: str, examples: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=examples,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.listing: Callable[[], str] = str

    def format_help(self) -> str:
        """The help, with the lines of `listing` after the description."""
        plain = self.description
        self.description = "\n\n".join(filter(None, (plain, self.listing())))
        try:
            return super().format_help()
        finally:
            self.description = plain

    def error(self, message: str) -> NoReturn:
        """Raise CallError instead of printing the usage."""
        raise CallError(f"{self.shortened(message)}; `{self.prog} --help` says how")


@dataclass(frozen=True)
class Command:
    """One command: `rnn-tui NAME …`, or the program itself where the name is empty.

    `summary` is its line in the help of the program; `description` and `examples` stand in its own help, `examples`
    with whatever else is to be said at the end. `add_arguments` adds its options to a parser, and must import nothing
    heavy, nor may the command's module; `run` does the work and returns the exit code: 0, or what it raises, UserError
    for 1 and CallError for 2.
    """

    name: str
    summary: str
    description: str
    examples: str
    add_arguments: Callable[[Parser], None]
    run: Callable[[Namespace], int]

    def parser(self) -> Parser:
        """The parser of its arguments."""
        parser = Parser(f"{PROGRAM} {self.name}".rstrip(), self.description, self.examples)
        self.add_arguments(parser)
        return parser

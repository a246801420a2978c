"""A parser of options that raises what is wrong, in place of ending the program."""

from __future__ import annotations

from argparse import Action, ArgumentError, ArgumentParser
from typing import Any, NoReturn

from rnn_tui.network.errors import UserError
from rnn_tui.text import clipped

LONGEST_WORD, MOST_WORDS, LONGEST = 80, 100, 600
"""The limits of what argparse's own messages quote."""
ALIKE = 0.6
"""From how much of two words in common on one may be meant by the other."""


class OptionParser(ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise UserError instead of printing the usage."""
        raise UserError(self.shortened(message))

    def shortened(self, message: str) -> str:
        """A message of argparse in one line that can be read, whatever it quotes."""
        if message.startswith("unrecognized arguments"):
            message += " (a sentence of several words goes in quotation marks)"
        shown = " ".join(clipped(word, LONGEST_WORD) for word in message.split(" ")[:MOST_WORDS])
        return clipped(shown, LONGEST)

    def _check_value(self, action: Action, value: Any) -> None:
        """Refuse a value that is none of an argument's choices, with the nearest of them."""
        if action.choices is None or value in action.choices:
            return
        from difflib import get_close_matches  # only an error needs it

        names = [str(choice) for choice in action.choices]
        nearest = get_close_matches(str(value)[:LONGEST_WORD], names, n=1, cutoff=ALIKE)
        hint = f", did you mean {nearest[0]}?" if nearest else ""
        raise ArgumentError(action, f"invalid choice: {value!r}{hint} (choose from {', '.join(names)})")

    def _get_values(self, action: Action, arg_strings: list[str]) -> Any:
        """Take "--" for what it is where it is given with =; Python before 3.13 takes it away, and leaves a list."""
        if arg_strings == ["--"] and action.option_strings and action.nargs is None:
            value = self._get_value(action, "--")
            self._check_value(action, value)
            return value
        return super()._get_values(action, arg_strings)

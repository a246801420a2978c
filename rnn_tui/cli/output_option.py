"""The option --output, which names the file to write or says what kind of output the network has."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace
from pathlib import Path

from rnn_tui.network.kinds import OUTPUTS


class OutputAction(Action):
    """-o FILE and --output FILE name the file to write; --output KIND, with one of OUTPUTS, says the kind of output.

    The kind is `answers` of the namespace, which is not there where none is given.
    """

    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: object, option_string: str | None = None
    ) -> None:
        """Keep the file or the kind."""
        if option_string == "--output" and values in OUTPUTS:
            namespace.answers = values
        else:
            namespace.output = Path(str(values))

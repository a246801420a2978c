"""What is wrong with a call, as against what could not be done."""

from __future__ import annotations

from rnn_tui.network.errors import UserError


class CallError(UserError):
    """The call itself is wrong: exit code 2."""

"""The error of a call that is wrong, as against one that could not be done."""

from __future__ import annotations

from rnn_tui.network.errors import UserError


class CallError(UserError):
    """The call itself is wrong: exit code 2."""

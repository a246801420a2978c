"""`python -m rnn_tui` is the command `rnn-tui`."""

from __future__ import annotations

from rnn_tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

"""A training run: a folder that holds the network as it was after each epoch, and its history."""

from rnn_tui.network.runs.history import Told
from rnn_tui.network.runs.reading import SUFFIX, Run, folder_of, is_run, open_run
from rnn_tui.network.runs.recording import MOST_BYTES, Recorder, check_recordable

__all__ = ["MOST_BYTES", "SUFFIX", "Recorder", "Run", "Told", "check_recordable", "folder_of", "is_run", "open_run"]

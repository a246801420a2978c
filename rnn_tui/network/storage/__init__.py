"""The model file: its metadata and tensors, every check of them, and the writing of whole files."""

from rnn_tui.network.storage.assembling import assemble, expected_shapes
from rnn_tui.network.storage.metadata import FORMAT, Metadata
from rnn_tui.network.storage.model_file import (
    MAX_BYTES,
    check_storable,
    is_foreign,
    load,
    load_metadata,
    save,
    to_json,
    written,
)
from rnn_tui.network.storage.writing import check_writable, is_name_on_windows, write_whole

__all__ = [
    "FORMAT",
    "MAX_BYTES",
    "Metadata",
    "assemble",
    "check_storable",
    "check_writable",
    "expected_shapes",
    "is_foreign",
    "is_name_on_windows",
    "load",
    "load_metadata",
    "save",
    "to_json",
    "write_whole",
    "written",
]

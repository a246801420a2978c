"""The sizes of files from elsewhere, before anything of them is unpacked."""

from __future__ import annotations

from pathlib import Path

from rnn_tui.network.errors import UserError


def size_of(path: Path) -> int:
    """The bytes of a file; raises UserError for a folder."""
    if path.is_dir():
        raise UserError(f"{path}: is a folder; give a file in it")
    return path.stat().st_size


def check_file(path: Path) -> None:
    """Raise UserError for a pipe, a socket or a device: to wait for one may take for ever, and some never end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UserError(f"{path}: is a pipe or a device, no file; give a file")


def check_bytes(path: Path, size: int, limit: float) -> None:
    """Raise UserError for more bytes than are opened unasked."""
    if size > limit:
        raise UserError(
            f"{path}: {size / 2**20:.0f} MiB, more than the {limit / 2**20:.0f} MiB that are opened unasked; "
            "add --allow-large to open it all the same"
        )

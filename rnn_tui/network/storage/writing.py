"""Writing a file whole or not at all: the one way in which this program writes any file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rnn_tui.network.errors import UserError


def write_whole(path: Path, content: bytes, mend: str = "give another place") -> None:
    """Write `content` to a temporary file in the same folder and rename it to `path`, so that no half file is left.

    The file gets the permissions of any new file (the umask's). Raises UserError, which ends in `mend`, where the
    folder can't be written to; a file that was there before is then unchanged.
    """
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())  # mkstemp's own 0o600 would keep the file to oneself
        os.replace(temporary, path)
    except OSError as error:
        raise UserError(f"{path}: can't be written: {error.strerror}; {mend}") from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    """The permissions that new files lack; the system tells them only when they are set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

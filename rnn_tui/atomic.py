"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file: to a temporary one in the same folder first, which is then renamed; raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".rnn-tui-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())  # mkstemp keeps a file to its owner
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions that the user withholds from new files; it can only be read by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask

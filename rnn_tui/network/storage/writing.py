"""Writing a file whole or not at all: the one way in which this program writes any file."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from rnn_tui.network.errors import UserError

ELSEWHERE = "give another place"
PROBED_BYTES = 64 * 1024
BUSY_SECONDS = 1.0
"""Seconds for which a rename is tried again on Windows, where anybody who has the file open forbids it."""
LEFT_SECONDS = 3600.0
"""The age from which a temporary file counts as left on Windows, where no process can be asked after."""
_NOT_IN_NAMES = '<>:"|?*'
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE)
_LONGEST_PREFIX = 30  # of a file's name, in the name of its temporary file, which mustn't be longer than names can be


def write_whole(path: Path, content: bytes, mend: str = ELSEWHERE) -> None:
    """Write `content` to a temporary file in the same folder and rename it to `path`, so that no half file is left.

    The file gets the permissions of any new file (the umask's). Raises UserError, which ends in `mend`, where the
    folder can't be written to; a file that was there before is then unchanged. A temporary file of the same file that
    was left by a process which was killed is removed.
    """
    temporary = None
    try:
        _check_name(path)
        _remove_left(path)
        handle, temporary = _temporary(path)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())  # mkstemp's own 0o600 would keep the file to oneself
        _rename(temporary, path)
    except (OSError, ValueError) as error:
        raise _refusal(path, error, mend) from error
    finally:
        _remove(temporary)


def check_writable(path: Path, mend: str = ELSEWHERE) -> None:
    """Raise UserError where `write_whole` would, as far as that can be known before there is anything to write.

    A small file is written beside it and removed again: a full disk and a folder that can only be read show then.
    """
    temporary = None
    try:
        _check_name(path)
        _check_target(path)
        handle, temporary = _temporary(path)
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(PROBED_BYTES))
    except (OSError, ValueError) as error:
        raise _refusal(path, error, mend) from error
    finally:
        _remove(temporary)


def _check_name(path: Path) -> None:
    """Raise UserError for a name that Windows gives to no file: it would write to a device, or beside the file."""
    if sys.platform == "win32" and not is_name_on_windows(path.name):
        raise UserError(f"{path}: is a name that Windows gives to no file; give another name")


def is_name_on_windows(name: str) -> bool:
    """True for a name that a file can have on Windows.

    Not those of devices, whatever their ending; a colon would write into a hidden stream of another file, and blanks
    and dots at the end are dropped. Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    return not (_DEVICES.fullmatch(name) or any(sign in _NOT_IN_NAMES or sign < " " for sign in name)) and (
        name in (".", "..") or not name.endswith((" ", "."))
    )


def _rename(temporary: str, path: Path) -> None:
    """Put the temporary file in the place of `path`, on Windows as soon as nobody has that open any more."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            os.replace(temporary, path)
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > until:
                raise
            time.sleep(BUSY_SECONDS / 20)
        else:
            return


def _check_target(path: Path) -> None:
    """Raise UserError for a name that no file can have, for a folder that is not there, and for what is no file."""
    if not path.name or path.name == "..":
        raise UserError(f"{path}: is no name of a file; give one")
    if not os.path.isdir(path.parent) and os.path.isdir(os.curdir):
        folder = os.path.abspath(path.parent)
        raise UserError(
            f"{path}: can't be written: {os.strerror(errno.ENOENT)}: the folder {folder} is not there; make it first"
        )
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise UserError(f"{path}: is a folder; give the name of a file")
    if not stat.S_ISREG(mode):
        raise UserError(f"{path}: is a pipe or a device, no file; give the name of a file")


def _refusal(path: Path, error: OSError | ValueError, mend: str) -> UserError:
    if isinstance(error, UserError):
        return error
    if isinstance(error, FileNotFoundError) and not path.is_absolute() and _working_folder_is_gone():
        return UserError(f"{path}: can't be written: the working folder is gone; {mend}")
    if sys.platform == "win32" and isinstance(error, PermissionError):
        mend = f"close the program that has it open, or {mend}"
    if isinstance(error, OSError):
        return UserError(f"{path}: can't be written: {error.strerror or error}; {mend}")
    return UserError(f"{path}: is no name of a file; {mend}")  # a NUL in it, or half a character


def _working_folder_is_gone() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _temporary(path: Path) -> tuple[int, str]:
    """An open temporary file beside `path`, and its name, which says for which file it is and which process made it."""
    return tempfile.mkstemp(dir=path.parent, prefix=f"{_prefix(path)}{os.getpid()}-", suffix=".tmp")


def _prefix(path: Path) -> str:
    import platform  # only where something is written: start-up time is a feature

    host = re.sub(r"\W+", "", platform.node())[:20]
    return f".{path.name[:_LONGEST_PREFIX]}.{host}-"


def _remove_left(path: Path) -> None:
    """Remove the temporary files of `path` whose process, on this machine, is no longer there."""
    name = re.compile(re.escape(_prefix(path)) + r"(\d{1,9})-\w+\.tmp")
    try:
        entries = os.listdir(path.parent)
    except OSError:  # a folder may be one to write to and not to read
        return
    for entry in entries:
        if (found := name.fullmatch(entry)) and _is_left(path.parent / entry, int(found[1])):
            _remove(str(path.parent / entry))


def _is_left(temporary: Path, process: int) -> bool:
    if sys.platform == "win32":  # where asking after a process would end it
        return _age(temporary) > LEFT_SECONDS
    return not _runs(process)


def _age(file: Path) -> float:
    """The seconds since a file was last written; none where it is gone."""
    try:
        return time.time() - os.stat(file).st_mtime
    except OSError:
        return 0.0


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _remove(temporary: str | None) -> None:
    if temporary is not None:
        with suppress(OSError):
            os.unlink(temporary)


def _umask() -> int:
    """The permissions that new files lack; the system tells them only when they are set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""A Python in which the package finds what it would find on Windows, and the rest of the world what is there.

It is taken away from the modules of rnn_tui alone: what the standard library and Textual do on Windows is theirs. What
Windows lacks or refuses is taken from the availability notes in Python's documentation of os, signal and the others.
"""

from __future__ import annotations

import builtins
import io
import os
import re
import sys
import warnings
from types import ModuleType

MODULES = {
    *("termios", "tty", "pty", "fcntl", "resource", "pwd", "grp", "posix", "syslog", "readline", "curses"),
    *("textual.drivers.linux_driver", "textual.drivers.linux_inline_driver"),
}
"""Not there on Windows, or they need one that isn't."""
SOCKETS_ALONE = {"select", "selectors"}
"""There, but of no use with a terminal or a file."""
SIGNALS = {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_IGN"}
NO_SIGNAL = (
    r"SIG[A-Z_0-9]+|ITIMER_.*|alarm|pause|[gs]etitimer|pthread_.*|sigpending|sigwait.*|sigtimedwait|siginterrupt"
)
NO_OS = (
    r"fork.*|kill(pg)?|[gs]ete?[ug]id|[gs]etre[ug]id|[gs]etres[ug]id|[gs]etpgid|[gs]etpgrp|[gs]etsid|tc[gs]etpgrp"
    r"|[gs]etgroups|initgroups|ttyname|ctermid|openpty|login_tty|mkfifo|mknod|l?chown|fchown|fchmod|lchmod|chroot|fchdir"
    r"|getloadavg|nice|[gs]etpriority|f?statvfs|sync|fdatasync|wait|wait3|wait4|waitid|W[A-Z]+|pread.*|pwrite.*|readv"
    r"|writev|sendfile|posix_.*|sched_.*|uname|[gs]et_blocking|pipe2|.*xattr|f?pathconf|sysconf|confstr|environb"
    r"|getenvb|register_at_fork|memfd_create|eventfd.*|getrandom|lockf|F_.*|EX_.*|PRIO_.*|RTLD_.*|SCHED_.*|major|minor"
    r"|O_(NONBLOCK|NOFOLLOW|DIRECTORY|CLOEXEC|NOCTTY|ASYNC|D?SYNC|RSYNC|NDELAY|PATH|TMPFILE|DIRECT|NOATIME|ACCMODE)"
)
SIGBREAK = 21
"""Its number on Windows; here the number is that of a signal that nobody sends."""


class Lacking:
    """Stands for a module: lacks some of what is in it, and has some of it otherwise."""

    def __init__(self, module: ModuleType, lacks: str, **otherwise: object) -> None:
        for name, value in (("_module", module), ("_lacks", re.compile(lacks)), ("_otherwise", otherwise)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str):
        if name in self._otherwise:
            return self._otherwise[name]
        if self._lacks.fullmatch(name):
            raise AttributeError(f"module '{self._module.__name__}' on Windows has no '{name}'")
        return getattr(self._module, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._module, name, value)


def take_away() -> None:
    """Take it away; to be called before anything of rnn_tui is imported."""
    assert not any(name.partition(".")[0] == "rnn_tui" for name in sys.modules)
    _forbid_what_is_open()
    import signal

    no_signal = f"(?!({'|'.join(SIGNALS)})$)({NO_SIGNAL})"
    instead = {
        "os": Lacking(os, NO_OS, name="nt", open=_opened),
        "signal": Lacking(signal, no_signal, SIGBREAK=SIGBREAK),
        "sys": Lacking(sys, "", platform="win32"),
    }
    real = builtins.__import__

    def imported(name, globals=None, locals=None, fromlist=(), level=0):
        asking = (globals or {}).get("__name__", "")
        if asking.partition(".")[0] == "rnn_tui" and level == 0:
            if name in MODULES | SOCKETS_ALONE:
                raise ModuleNotFoundError(f"No module named '{name}' on Windows, which {asking} asks for", name=name)
            if name in instead:
                return instead[name]
        return real(name, globals, locals, fromlist, level)

    builtins.__import__ = imported
    # Without an encoding, files are in the one of the system: cp1252, cp850, cp932…
    warnings.filterwarnings("error", category=EncodingWarning, module=r"rnn_tui\b")


def _opened(path, flags, mode=0o777):
    """Open as os.open of Windows, which has no devices under /dev and opens no folder."""
    if isinstance(path, str) and path.startswith("/dev/") and path != os.devnull:
        raise FileNotFoundError(2, "No such file or directory", path)
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", path)
    return os.open(path, flags, mode)


def _forbid_what_is_open() -> None:
    """Refuse, for everybody, to replace or remove a file that this process has open or mapped; folders are no files."""
    for name in ("replace", "rename", "unlink", "remove"):
        setattr(os, name, _refusing(getattr(os, name)))
    for place in (io, builtins):
        place.open = _as_a_permission(place.open)


def _refusing(call):
    def refusing(*paths, **options):
        busy = _open_files()
        for path in paths:
            if os.path.realpath(path) in busy:
                raise PermissionError(13, "Permission denied", path)
        return call(*paths, **options)

    return refusing


def _open_files() -> set[str]:
    """The files that this process has open or mapped into memory, as Linux tells it; none elsewhere."""
    if not os.path.isdir("/proc/self/fd"):
        return set()
    found = {os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")}
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
        return found | {line.split(maxsplit=5)[5].rstrip("\n") for line in maps if line.count("/")}


def _as_a_permission(call):
    def opened(file, *arguments, **options):
        if isinstance(file, str | os.PathLike) and os.path.isdir(file):
            raise PermissionError(13, "Permission denied", os.fspath(file))
        return call(file, *arguments, **options)

    return opened


def main() -> int:
    """Run `rnn-tui` with the arguments of this process."""
    take_away()
    from rnn_tui.cli import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())

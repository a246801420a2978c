"""A file is written whole or not at all."""

import os
import stat
import subprocess
import sys

import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import check_writable, write_whole, writing


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path):
    write_whole(tmp_path / "a.bin", b"\0one")
    write_whole(tmp_path / "a.bin", b"two")

    assert (tmp_path / "a.bin").read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a.bin"]


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.bin", b"")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a.bin").stat().st_mode) == 0o640


@pytest.mark.parametrize("step", ["os.replace", "os.chmod"])
def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch, step):
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)
    with pytest.raises(UserError) as raised:
        write_whole(path, b"after", mend="make room")

    assert str(raised.value) == f"{path}: can't be written: No space left on device; make room"
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.bin"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UserError, match="No such file or directory; give another place"):
        write_whole(tmp_path / "none" / "a.bin", b"")


# What can be known before


def fault(call, *arguments):
    with pytest.raises(UserError) as raised:
        call(*arguments)
    return str(raised.value)


def test_a_place_that_can_be_written_to_is_left_as_it_was(tmp_path):
    (tmp_path / "there").write_bytes(b"before")
    check_writable(tmp_path / "there")
    check_writable(tmp_path / "new")

    assert os.listdir(tmp_path) == ["there"]
    assert (tmp_path / "there").read_bytes() == b"before"


def test_what_is_no_place_for_a_file_is_refused_before_there_is_anything_to_write(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    long = tmp_path / ("x" * 300)

    assert fault(check_writable, tmp_path) == f"{tmp_path}: is a folder; give the name of a file"
    assert fault(check_writable, tmp_path / "pipe").startswith(f"{tmp_path / 'pipe'}: is a pipe or a device, no file")
    assert fault(check_writable, tmp_path / "no" / "a").endswith(
        f"the folder {tmp_path / 'no'} is not there; make it first"
    )
    assert fault(check_writable, tmp_path / "..") == f"{tmp_path / '..'}: is no name of a file; give one"
    assert fault(check_writable, long) == f"{long}: can't be written: File name too long; give another place"
    assert "is no name of a file" in fault(check_writable, tmp_path / "a\0b")
    assert "is no name of a file" in fault(write_whole, tmp_path / "a\ud800b", b"")
    assert os.listdir(tmp_path) == ["pipe"]


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows allows no such name, nor takes a folder away that is in use"
)
def test_a_name_that_is_no_utf_8_and_one_of_full_length_can_be_written(tmp_path):
    for name in ("caf\udce9.bin", "x" * 255):
        check_writable(tmp_path / name)
        write_whole(tmp_path / name, b"content")
        assert (tmp_path / name).read_bytes() == b"content"
    assert len(os.listdir(tmp_path)) == 2


def test_a_relative_folder_that_is_not_there_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert fault(write_whole, writing.Path("no/a.bin"), b"").startswith(
        "no/a.bin: can't be written: No such file or dir"
    )


def test_a_working_folder_that_is_gone_is_said(tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    expected = "a.bin: can't be written: the working folder is gone; give another place"

    assert fault(check_writable, writing.Path("a.bin")) == expected
    assert fault(write_whole, writing.Path("a.bin"), b"") == expected
    monkeypatch.undo()


def test_a_full_disk_is_found_before_there_is_anything_to_write(tmp_path, monkeypatch):
    class Full:
        def __init__(self, handle, _):
            os.close(handle)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def write(self, content):
            assert len(content) == writing.PROBED_BYTES
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", Full)
    path = tmp_path / "a.bin"

    assert fault(check_writable, path) == f"{path}: can't be written: No space left on device; give another place"
    assert os.listdir(tmp_path) == []


# What a process that was killed has left

KILLED = """
import os, signal, sys
from pathlib import Path
from rnn_tui.network.storage import writing
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
writing.write_whole(Path(sys.argv[1]), b"half")
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no process can be asked after")
def test_what_a_killed_process_left_is_removed_by_the_next_that_writes_the_file(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -9
    assert path.read_bytes() == b"before"
    assert len(os.listdir(tmp_path)) == 2
    (mine,) = (name for name in os.listdir(tmp_path) if name != "a.bin")
    others = mine.replace(".a.bin.", ".b.bin."), f".a.bin.elsewhere-{10**8}-x.tmp", ".a.bin.tmp"
    for name in others:
        (tmp_path / name).touch()

    write_whole(path, b"after")

    assert sorted(os.listdir(tmp_path)) == sorted(["a.bin", *others])
    assert path.read_bytes() == b"after"


@pytest.fixture
def left(tmp_path, monkeypatch):
    """A temporary file that this process made, and has not renamed yet."""
    names = []
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", lambda temporary, _: names.append(temporary))
        write_whole(tmp_path / "a.bin", b"")
    (name,) = map(writing.Path, names)
    assert not name.exists()
    name.touch()
    return name


@pytest.mark.parametrize(("error", "stays"), [(ProcessLookupError(), False), (PermissionError(), True), (None, True)])
def test_what_another_process_is_writing_stays(tmp_path, monkeypatch, left, error, stays):
    def kill(*_):
        if error is not None:
            raise error

    monkeypatch.setattr(os, "kill", kill)
    write_whole(tmp_path / "a.bin", b"")
    assert left.exists() == stays


# Windows

TAKEN = ["a.safetensors", "console.txt", "com.1", "a.nul", "nul-1.svg", "日本 é.bin", ".", "..", ".a"]
NOT_TAKEN = [
    "nul",
    "NUL.txt",
    "Con .a.b",
    "lpt1.svg",
    "COM¹",
    "conin$",
    "a:b",
    "a?",
    "a|b",
    'a"',
    "a<b",
    "tab\t",
    "a.",
    "a ",
]


def test_the_names_that_windows_takes():
    assert [name for name in TAKEN + NOT_TAKEN if writing.is_name_on_windows(name)] == TAKEN


@pytest.fixture
def windows(monkeypatch):
    """Tell the program that it runs on Windows, where waiting takes no time."""
    monkeypatch.setattr(sys, "platform", "win32")
    clock = iter(range(10**6))
    monkeypatch.setattr(writing.time, "monotonic", lambda: next(clock) * writing.BUSY_SECONDS / 10)
    monkeypatch.setattr(writing.time, "sleep", lambda _: None)


@pytest.mark.parametrize("name", ["nul.bin", "a:b.bin"])
def test_a_name_that_windows_takes_for_something_else_is_refused(tmp_path, windows, name):
    path = tmp_path / name
    expected = f"{path}: is a name that Windows gives to no file; give another name"

    assert fault(check_writable, path) == fault(write_whole, path, b"") == expected
    assert os.listdir(tmp_path) == []


def busy(monkeypatch, times):
    """Make a rename fail as it does on Windows while somebody has the file open, so many times."""
    rename, refusals = os.replace, iter(range(times))

    def replace(*paths):
        if next(refusals, None) is not None:
            raise PermissionError(13, "Permission denied")
        rename(*paths)

    monkeypatch.setattr(os, "replace", replace)


def test_a_file_that_somebody_looks_at_is_replaced_after_that(tmp_path, windows, monkeypatch):
    busy(monkeypatch, 5)
    (tmp_path / "a.bin").write_bytes(b"before")

    write_whole(tmp_path / "a.bin", b"after")

    assert (tmp_path / "a.bin").read_bytes() == b"after"
    assert os.listdir(tmp_path) == ["a.bin"]


def test_a_file_that_stays_open_is_left_as_it_was(tmp_path, windows, monkeypatch):
    busy(monkeypatch, 10**6)
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")

    assert fault(write_whole, path, b"after") == (
        f"{path}: can't be written: Permission denied; close the program that has it open, or give another place"
    )
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.bin"]


def test_elsewhere_a_rename_that_is_forbidden_is_said_at_once(tmp_path, monkeypatch):
    busy(monkeypatch, 1)
    path = tmp_path / "a.bin"

    assert fault(write_whole, path, b"") == f"{path}: can't be written: Permission denied; give another place"


def test_where_no_process_can_be_asked_after_what_is_old_is_removed(tmp_path, left, windows, monkeypatch):
    monkeypatch.setattr(os, "kill", None)  # which ends the process there
    write_whole(tmp_path / "a.bin", b"after")
    assert left.exists()  # somebody may be writing it now

    os.utime(left, times=(0, 0))
    write_whole(tmp_path / "a.bin", b"after")

    assert os.listdir(tmp_path) == ["a.bin"]


def test_what_is_gone_meanwhile_is_nobodys_business(tmp_path, left, windows, monkeypatch):
    monkeypatch.setattr(os, "stat", lambda *_, **__: (_ for _ in ()).throw(FileNotFoundError(2, "gone")))

    write_whole(tmp_path / "a.bin", b"after")

    assert sorted(os.listdir(tmp_path)) == sorted(["a.bin", left.name])


def test_a_folder_that_can_not_be_listed_can_be_written_to(tmp_path, monkeypatch):
    def locked(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", locked)
    write_whole(tmp_path / "a.txt", b"there")
    assert (tmp_path / "a.txt").read_bytes() == b"there"

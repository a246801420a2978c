"""A file is written whole or not at all."""

import os
import stat

import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import write_whole


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

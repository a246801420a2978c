"""Files that are read whole: what is no file is refused in one line, and nothing without an end is read to it."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path

import pytest

from rnn_tui.network.whole_files import NotReadError, read_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are POSIX's")


@pytest.mark.parametrize("content", [b"", b"a\r\n\0\xff", bytes(range(256)) * 5000])
def test_a_file_is_read_whole(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)

    assert read_whole(path) == content
    assert read_whole(path, len(content)) == content


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "vast"
    with path.open("wb") as file:
        file.truncate(2**36)

    with pytest.raises(NotReadError, match="vast: is larger than 512 MiB, the most that is read; give a part of it"):
        read_whole(path)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(NotReadError, match="is a folder; give a file in it") as caught:
        read_whole(tmp_path)
    assert caught.value.reason == "is a folder; give a file in it"


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/full"])
def test_a_device_without_an_end_is_refused(device):
    with pytest.raises(NotReadError, match=f"{device}: is a device, no file; give a file"):
        read_whole(Path(device))


@posix
def test_the_empty_device_is_an_empty_file():
    assert read_whole(Path(os.devnull)) == b""


def written_to(path, content):
    """A pipe at a path, to which another thread writes until nobody reads any more."""

    def write():
        with contextlib.suppress(BrokenPipeError):
            path.write_bytes(content)

    os.mkfifo(path)
    writer = threading.Thread(target=write)
    writer.start()
    return writer


@posix
def test_a_pipe_is_read_to_its_end(tmp_path):
    content = bytes(range(256)) * 9000
    writer = written_to(tmp_path / "pipe", content)

    assert read_whole(tmp_path / "pipe") == content
    writer.join()


@posix
def test_a_pipe_is_read_to_the_limit_alone(tmp_path):
    writer = written_to(tmp_path / "pipe", bytes(5 * 2**20))

    with pytest.raises(NotReadError, match="is larger than 2 MiB"):
        read_whole(tmp_path / "pipe", 2 * 2**20)
    writer.join()

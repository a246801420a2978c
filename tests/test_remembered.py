"""What is remembered from one start to the next."""

import os
import subprocess
import sys

import pytest

from rnn_tui import remembered
from rnn_tui.remembered import first_time


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(remembered.VARIABLE, str(tmp_path / "state" / "deep"))
    return tmp_path / "state" / "deep"


def test_a_first_time_is_one_once(folder):
    assert first_time("lessons-offered")
    assert not first_time("lessons-offered")
    assert first_time("another")
    assert sorted(path.name for path in folder.iterdir()) == ["another", "lessons-offered"]


def test_where_nothing_can_be_written_nothing_is_a_first_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for named in (tmp_path / "file", tmp_path / "file" / "inside", os.devnull, "a\0b"):
        monkeypatch.setattr(remembered, "folder", lambda named=named: remembered.Path(named))
        assert not first_time("lessons-offered")


def test_nobodys_home_is_fine(monkeypatch):
    import platformdirs

    def nobody(*_, **__):
        raise RuntimeError("could not determine home directory")

    monkeypatch.delenv(remembered.VARIABLE)
    monkeypatch.setattr(platformdirs, "user_state_path", nobody)
    assert remembered.folder() is None
    assert not first_time("lessons-offered")


def test_it_is_the_users_state_folder(monkeypatch, tmp_path):
    import platformdirs

    monkeypatch.delenv(remembered.VARIABLE)
    assert remembered.folder() == platformdirs.user_state_path("rnn-tui", appauthor=False)


def test_it_loads_nothing_but_the_standard_library():
    code = (
        "import sys, rnn_tui.remembered as r; r.first_time('lessons-offered'); "
        "print(sorted(m.partition('.')[0] for m in sys.modules if m.partition('.')[0] in "
        "('numpy', 'textual', 'rich', 'platformdirs')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

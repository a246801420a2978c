"""A shelf of small models, and the command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.network.storage import save
from tests.builders import build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shelf_of(tmp_path, monkeypatch):
    """Put models on a shelf of their own: shelf_of(name=model, …)."""
    monkeypatch.setenv("RNN_TUI_MODELS", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nothing"))

    def put(**models):
        for name, model in models.items():
            save(model, tmp_path / f"{name}.safetensors")
        return tmp_path

    return put


@pytest.fixture
def small(shelf_of):
    """A shelf with one small GRU."""
    return shelf_of(small=build("gru", None, inputs="embedding", hidden=3))


@pytest.fixture
def command():
    """Run `rnn-tui` with arguments as a process; `python` goes before them, environment variables are added."""

    def run(*arguments, python=("-m", "rnn_tui"), **settings):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings.pop("env", {})}
        return subprocess.run(
            [sys.executable, *python, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=settings.pop("stdin", subprocess.DEVNULL),
            capture_output="stdout" not in settings,
            timeout=60,
            check=False,
            **settings,
        )

    return run

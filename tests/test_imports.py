"""Start-up time is a feature: what is imported when, looked at in processes of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "rich", "textual", "safetensors"}


def loaded(statement):
    """Which of the heavy packages a fresh Python has loaded after a statement."""
    lines = ["import sys", statement, f"print(sorted({HEAVY!r} & {{name.split('.')[0] for name in sys.modules}}))"]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    return set(eval(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("statement", "never"),
    [
        ("import rnn_tui", HEAVY),
        ("import rnn_tui.network.trace, rnn_tui.network.storage, rnn_tui.network.training", {"rich", "textual"}),
        ("import rnn_tui.scene", {"numpy", "rich", "textual"}),
        ("import rnn_tui.shelf", {"numpy", "rich", "textual"}),
        ("import rnn_tui\nrnn_tui.load('sentiment')", {"rich", "textual"}),
        ("import rnn_tui.story", {"textual"}),
        ("import rnn_tui.cli", HEAVY),
    ],
)
def test_a_module_brings_only_what_it_needs(statement, never):
    assert loaded(statement) & never == set()


@pytest.mark.parametrize("module", ["bars", "columns", "heat", "memory", "phases", "prose", "ribbon", "view"])
def test_a_picture_needs_no_textual(module):
    assert "textual" not in loaded(f"import rnn_tui.pictures.{module}")


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_are_at_once(argument):
    # given a process that asks for nothing but a text
    # when it has printed it
    # then nothing heavy was loaded for that
    assert loaded(f"from rnn_tui.cli import main\nassert main([{argument!r}]) == 0") == set()


def test_a_walk_needs_no_textual():
    assert "textual" not in loaded("from rnn_tui.cli import main\nassert main(['walk']) == 0")


def test_markdown_is_read_only_where_there_is_a_lesson():
    probe = "from rnn_tui.cli import main\nassert main([{!r}]) == 0\nassert ('markdown_it' in sys.modules) is {}"
    loaded(probe.format("walk", False))
    loaded(probe.format("lessons", True))


def test_the_probe_sees_what_is_loaded():
    # given that all the tests above look for what is absent, the probe must find what is there
    assert loaded("import textual, numpy") >= {"textual", "numpy", "rich"}

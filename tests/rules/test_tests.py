"""Rules that the tests themselves keep."""

from __future__ import annotations

import ast

import pytest

from tests.rules.sources import ROOT, foreign_privates, trees

MOST_LINES = 350
SEAMS = {"tests/tui/screens.py": "app.screen._compositor"}
"""What other objects give no other way: Textual has no public one to read back the screen with its styles."""

TESTS = [*trees("tests")]


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_no_test_reaches_into_private_parts_of_another_object(path):
    used = foreign_privates(trees("tests")[path])
    found = [f"{path}:{line}: {text}" for line, text in used if text != SEAMS.get(str(path))]

    assert not found, "give the object a public seam, or test through its behaviour"


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_no_file_of_tests_is_too_long(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize(
    "source",
    [
        "from rnn_tui.shelf import _no_such_model",
        "from rnn_tui._inner import name",
        "panel._rows",
        "app.screen._compositor.width",
        "monkeypatch.setattr(module, '_word', None)",
        "monkeypatch.setattr('rnn_tui.shelf._no_such_model', None)",
        "getattr(panel, '_rows')",
        "patch('rnn_tui.shelf._no_such_model')",
    ],
)
def test_a_use_of_private_parts_is_found(source):
    assert len(list(foreign_privates(ast.parse(source)))) >= 1


@pytest.mark.parametrize(
    "source", ["self._rows = 1", "_helper()", "module.__name__", "from __future__ import annotations", "x, _ = pair"]
)
def test_what_is_ones_own_is_none(source):
    assert not list(foreign_privates(ast.parse(source)))

"""Drawings of telling moments, compared with the accepted ones in __snapshots__.

After a change of looks, look at the report, then: pytest tests/tui/test_snapshots.py --snapshot-update
"""

import pytest
from textual.widgets import Input

from tests.tui.conftest import app_of
from tests.tui.models import MODELS

SIZES = {"80x24": (80, 24), "120x36": (120, 36), "160x48": (160, 48)}
ADD_AT_WORD_3, FINAL = (2, 2), (2, 4)


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """Nothing on the screen moves by itself."""
    monkeypatch.setattr(Input, "cursor_blink", False)


@pytest.fixture
def same(snap_compare):
    """Whether an app looks as it was accepted."""

    def compare(app, size, press=()):
        return snap_compare(app, terminal_size=SIZES[size], press=press)

    return compare


@pytest.mark.parametrize("size", SIZES)
def test_the_first_screen(same, size):
    assert same(app_of(), size)


@pytest.mark.parametrize("size", SIZES)
def test_add_at_the_third_word(same, size):
    assert same(app_of(at=ADD_AT_WORD_3), size)


@pytest.mark.parametrize("size", ["80x24", "120x36"])
def test_the_final_answer(same, size):
    assert same(app_of(at=FINAL), size)


def test_the_arithmetic_of_multiply(same):
    assert same(app_of("sixteen", at=(1, 1), unit=4, arithmetic=True), "120x36")


def test_the_arithmetic_of_squash(same):
    assert same(app_of(at=(2, 3), arithmetic=True), "80x24")


def test_notation(same):
    assert same(app_of(at=ADD_AT_WORD_3, notation=True), "120x36")


def test_an_embedding_and_sixteen_units(same):
    assert same(app_of("sixteen", at=(1, 2)), "120x36")


def test_an_lstm(same):
    assert same(app_of("lstm", at=(2, 3)), "160x48")


def test_a_guess_before_the_answer(same):
    assert same(app_of(at=FINAL, hidden=True), "120x36")


def test_the_projector_theme(same):
    app = app_of(at=FINAL)
    app.theme = "projector"
    assert same(app, "120x36")


def test_help(same):
    assert same(app_of(), "120x36", press=["question_mark"])


def test_the_models(same, shelf_of):
    shelf_of(**{name: MODELS[name] for name in ("wired", "sixteen", "lstm")})
    assert same(app_of(), "120x36", press=["m"])


def test_a_sentence_of_ones_own(same):
    assert same(app_of(), "80x24", press=["e", *"meh"])

"""A question in the presenter view, as it is drawn."""

import pytest

from rnn_tui.pictures.asking import Asking, Revealed, asking_panel
from rnn_tui.pictures.picks import KeyPick
from rnn_tui.pictures.presenter.asking import large_question, pick_at
from rnn_tui.pictures.presenter.figures import figure
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, widths

ASK = "Which answer will the network give after the last word?"
FOOT = ("a number key counts a hand",)
LABEL = Asking(ASK, choices=("Negative", "Positive"), counts=((12, 3),), foot=FOOT, large=True)
NUMBER = Asking("How much is the new memory?", typed=True, given="−0.25", foot=FOOT, large=True)
SIZES = [(80, 19), (80, 21), (100, 26), (120, 32), (160, 41)]


def holds(rows, text):
    """The largest scale at which a figure stands in some rows; 0 for none."""
    for scale in (3, 2, 1):
        drawn = figure(text, scale)
        at = [n for n, row in enumerate(rows) if drawn[0].strip() and drawn[0] in row]
        if any(all(part in row for part, row in zip(drawn, rows[n:], strict=False)) for n in at):
            return scale
    return 0


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("asking", [LABEL, NUMBER])
def test_what_is_counted_or_typed_stands_in_large_figures(asking, width, height):
    rows = large_question(asking, width, height, PLAIN)
    assert len(rows) == height
    assert widths(rows) == {width}
    shown = texts(rows)
    for text in ("12", "3") if asking is LABEL else ("−0.25",):
        assert holds(shown, text) >= 1
    if width >= 120:
        assert holds(shown, "12" if asking is LABEL else "−0.25") > 1


def test_the_question_is_bold():
    rows = large_question(LABEL, 100, 26, COLOURED)
    bold = "".join(part.text for row in rows for part in row if part.style is not None and part.style.bold)
    assert ASK in bold
    assert "Negative" in bold


def test_the_bars_are_as_thick_as_the_figures_and_as_long_as_the_shares():
    rows = texts(large_question(LABEL, 100, 26, PLAIN))
    bars = [row.count("█" * 8) for row in rows]
    many, few = (next(y for y, row in enumerate(rows) if name in row) for name in LABEL.choices)
    assert bars[many - 1] == bars[many] == bars[many + 1] > 1
    assert abs(rows[many].count("█") / 4 - rows[few].count("█")) < 3  # 12 hands of 15, and 3


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_click_on_a_choice_counts_a_hand(width, height):
    rows = texts(large_question(LABEL, width, height, PLAIN))
    for number, name in enumerate(LABEL.choices, 1):
        y = next(y for y, row in enumerate(rows) if name in row)
        assert pick_at(LABEL, width, height, y) == KeyPick(f"hand-{number}")
    assert pick_at(LABEL, width, height, 0) is None


def test_on_the_reveal_the_right_one_is_marked_beside_what_the_network_gives():
    revealed = Revealed("Negative", "The largest wins.", "12 of 15 had it right.", 0, (0.87, 0.13))
    asked = Asking(ASK, choices=LABEL.choices, counts=LABEL.counts, foot=FOOT, revealed=revealed, large=True)
    shown = texts(large_question(asked, 120, 32, PLAIN))
    assert holds(shown, "87%") >= 1
    assert holds(shown, "12") >= 1
    assert [row for row in shown if "✓" in row] == [row for row in shown if "Negative" in row]
    assert any("12 of 15 had it right." in row for row in shown)
    assert any("The largest wins." in row for row in shown)
    assert pick_at(asked, 120, 32, next(y for y, row in enumerate(shown) if "Positive" in row)) is None


def test_where_there_is_no_room_it_stands_as_elsewhere():
    many = Asking(ASK, choices=tuple("abcdefg"), counts=((1,) * 7,), foot=FOOT, large=True)
    assert texts(large_question(many, 80, 12, PLAIN)) == texts(asking_panel(many, 80, 12, PLAIN))
    rows = texts(large_question(many, 80, 12, PLAIN))
    assert pick_at(many, 80, 12, next(y for y, row in enumerate(rows) if "3    c" in row)) == KeyPick("hand-3")
    # and with thick bars, where there is room for these
    assert sum("██" in row for row in texts(large_question(many, 80, 19, PLAIN))) == 2 * 7


def test_a_name_that_is_a_terminal_s_command_is_not_obeyed():
    asked = Asking(NASTY, choices=(NASTY, "b"), counts=((1, 0),), foot=FOOT, large=True)
    for width, height in SIZES:
        rows = large_question(asked, width, height, PLAIN)
        assert widths(rows) == {width}
        assert not obeyed(rows)

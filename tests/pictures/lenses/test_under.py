"""The bars under the ribbon stand under their words, and scroll with them."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.pictures.lenses.under import bars_under
from rnn_tui.pictures.ribbon import laid_out, ribbon
from rnn_tui.pictures.rows import text_of
from tests.builders import trace_of
from tests.pictures.views import COLOURED, PLAIN, model, view_of, widths

TRACE = trace_of(model(), "kick and dog")
LONG = trace_of(model(), " ".join(["kick", "and", "dog"] * 20))


def under(values, width=30, t=0, trace=TRACE, palette=PLAIN, *, signed=True):
    return bars_under(np.array(values), laid_out(trace), view_of(trace, t=t), width, palette, signed=signed)


def test_a_sign_and_a_block_stand_under_each_word():
    assert text_of(ribbon(view_of(TRACE), laid_out(TRACE), 30, PLAIN)[0]) == "      kick    and    dog      "
    assert text_of(under([0.5, -0.25, 0.0])) == "     +████   −▀▀▀     ·       "


def test_what_is_negative_hangs_from_the_top_where_cells_can_be_painted():
    row = under([0.5, -0.25, 0.0], palette=COLOURED)
    block = next(segment for segment in row if segment.text == "▄▄▄")

    assert (block.style.color, block.style.bgcolor) == (COLOURED.text.bgcolor, COLOURED.negative.color)


def test_small_effects_stay_low():
    assert "▂▂▂▂" in text_of(under([0.0125, 0.0, 0.0]))


def test_shares_have_the_same_scale_at_every_position():
    for t, weights in ((0, [1.0, 0, 0]), (2, [0.25, 0.5, 0.25])):
        blocks = [text for text in text_of(under(weights, t=t, signed=False)).split() if text != "·"]
        assert blocks == (["████"] if t == 0 else ["▂▂▂▂", "▄▄▄", "▂▂▂"])


def test_what_is_no_number_is_a_question_mark():
    assert text_of(under([np.nan, 0.5, np.inf])).split() == ["?", "+███", "∞███"]


@pytest.mark.parametrize("width", [1, 7, 20, 41, 80, 400])
@pytest.mark.parametrize("t", [0, 1, 29, 58, 59])
def test_the_bars_scroll_with_the_words(width, t):
    values = np.where(np.arange(60) % 3 == 0, 0.5, -0.4)
    view, laid = view_of(LONG, t=t), laid_out(LONG)
    row = bars_under(values, laid, view, width, PLAIN, signed=True)
    words = text_of(ribbon(view, laid, width, PLAIN)[0])

    assert widths([row]) == {width}
    for word, bar in zip(words, text_of(row), strict=True):
        if word not in " ‹›":
            assert bar in "█▀"


def test_covers_a_sentence_of_one_word():
    trace = trace_of(model(), "dog")

    assert text_of(under([0.3], 11, trace=trace)) == "   +███    "

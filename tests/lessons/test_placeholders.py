"""A placeholder is filled in with the value of the trace as the screen writes numbers."""

from __future__ import annotations

import pytest

from rnn_tui.lessons.placeholders import filled, value_in_words
from rnn_tui.network.errors import UserError
from rnn_tui.scene import Reading
from rnn_tui.text import percent
from rnn_tui.traces import Traces

TRACE = Traces().trace(Reading("kicking-and-screaming", "Kicking and screaming"))


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("steps[0].h[0]", "0.72"),
        ("steps[0].h[3]", "−0.60"),
        ("steps[0].h[2]", "0.00"),
        ("steps[2].token", "screaming"),
        ("steps[2].t", "2"),
        ("prediction.label", "Negative"),
        ("prediction.probability", "0.87"),
        ("prediction.probability:%", "87%"),
        ("prediction.probability :%", "87%"),
        ("unknown[0]", "no"),
        ("unit_names[0]", "verb"),
    ],
)
def test_a_value_is_written_as_on_the_screen(placeholder, shown):
    assert value_in_words(TRACE, placeholder) == shown


def test_a_share_next_to_a_certainty_is_none():
    trace = Traces().trace(Reading("recall-lstm", "obc"))

    assert trace.prediction()[1] < 1
    assert value_in_words(trace, "prediction.probability:%") == percent(trace.prediction()[1]) == ">99%"


@pytest.mark.parametrize("path", ["steps[0].h[3]", "steps[0].pre_activation[3]", "steps[0].token", "steps[0].t"])
def test_per_cent_is_for_shares_alone(path):
    with pytest.raises(UserError, match="is no share from 0 to 1"):
        value_in_words(TRACE, f"{path}:%")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a {b} c", "a [b] c"),
        ("{ b }{c}", "[b][c]"),
        ("{{b}}", "{b}"),
        ("{{{b}}}", "{[b]}"),
        ("}", "}"),
        ("{", "[{]"),
        ("a {b c", "a [{b c]"),
        ("a {b {c}", "a [{b ][c]"),
        ("", ""),
    ],
)
def test_braces(text, shown):
    assert filled(text, lambda path: f"[{path}]") == shown

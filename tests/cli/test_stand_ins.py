"""Signs of ASCII in place of others: one for one, and as wide."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from rnn_tui.cli import console, stand_ins
from rnn_tui.cli.stand_ins import stand_in

PACKAGE = Path(stand_ins.__file__).parents[1]
TELLING = ["+−·≈=≠≤±∞0", " ▁▂▃▄▅▆▇█", " ▏▎▍▌▋▊▉█│░╎", "●◉○◐◆◇", "✓▸·", "←→↑↓", "▲▼·", "╭╮╰╯─│", "━┃┏"]
"""Signs that stand beside each other and mean different things."""


def shown(character):
    return character if character.isascii() else stand_in(character)


@pytest.mark.parametrize("signs", TELLING)
def test_signs_that_mean_different_things_look_different(signs):
    assert len({shown(sign) for sign in signs}) == len(signs)


def test_each_that_is_drawn_is_one_column_of_ascii():
    # given every character beyond ASCII in the sources of what is drawn
    drawn = {
        character
        for folder in ("pictures", "tui")
        for path in (PACKAGE / folder).rglob("*.py")
        for character in path.read_text(encoding="utf-8")
        if not character.isascii()
    }
    assert len(drawn) > 60
    found = {character: stand_in(character) for character in drawn}
    assert {character: sign for character, sign in found.items() if len(sign) != 1 or not sign.isascii()} == {}
    assert [character for character, sign in found.items() if sign == "?"] == []


@pytest.mark.parametrize(
    ("text", "expected"), [("日本", "????"), ("e\u0301", "e"), ("é", "?"), ("🙂", "??"), ("Ж", "?")]
)
def test_what_looks_like_nothing_keeps_its_columns(text, expected):
    assert "".join(map(shown, text)) == expected


def test_a_stream_gets_them(monkeypatch):
    # given a terminal of ASCII, when a table is printed, then its columns stand
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii"))
    console.prepare()
    console.say("−0.70 │ 0.00", "+0.70 │ 日本 …")
    console.sys.stdout.flush()
    assert raw.getvalue() == b"-0.70 | 0.00\n+0.70 | ???? _\n"

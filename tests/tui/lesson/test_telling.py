"""The prose of the cards: each is told once, and of a lesson without end no more than is seen."""

import pytest

from rnn_tui.lessons.lesson import Card
from rnn_tui.lessons.reading import parse
from rnn_tui.traces import Traces
from rnn_tui.tui.lesson import telling
from rnn_tui.tui.lesson.telling import Telling
from tests.tui.lesson.conftest import ADD

ROWS, WIDTH = 34, 44


@pytest.fixture
def told(monkeypatch):
    """The cards whose prose was made of Markdown, in their order."""
    made = []
    blocks = telling.blocks

    def counted(part, fill):
        made.append(part.line)
        return blocks(part, fill)

    monkeypatch.setattr(telling, "blocks", counted)
    return made


@pytest.fixture
def long(tmp_path):
    """A lesson of one stop with 1,600 cards."""
    texts = "".join(f"\nCard {number} says this.\n\n---\n" for number in range(1600))
    front = "---\ntitle: Long\nminutes: 5\n---\n```scene\n-s dog\n```\n"
    return parse(front + texts, tmp_path / "long.md")


def test_what_was_said_before_is_told_as_far_as_it_is_seen(long, told):
    telling = Telling(Traces())
    last = long.cards[-1]

    earlier = telling.earlier(long, last, ROWS, WIDTH)

    assert [block.text for block in earlier] == [f"Card {number} says this." for number in range(1599 - ROWS, 1599)]
    assert len(told) == ROWS
    telling.prose(long, last)
    assert telling.earlier(long, last, ROWS, WIDTH) == earlier
    assert len(told) == ROWS + 1  # each was told once


def test_a_block_counts_with_its_rows(long):
    telling = Telling(Traces())
    assert len(telling.earlier(long, Card(0, 1000), ROWS, 5)) == ROWS // 4 + 1  # 19 or 20 characters in rows of 5


def test_only_so_many_cards_are_kept(long, told):
    kept = Telling(Traces())
    shown = long.cards[:400]
    for card in (*shown, *shown[-telling.MOST_KNOWN :]):
        kept.prose(long, card)
    assert len(told) == 400
    kept.prose(long, shown[0])
    assert len(told) == 401


def test_another_lesson_has_cards_of_its_own(long, tmp_path):
    telling = Telling(Traces())
    other = parse(ADD, tmp_path / "adding.md")
    assert telling.prose(long, Card(0, 1))[0].text == "Card 1 says this."
    assert telling.prose(other, Card(0, 1))[0].text.startswith("Word 2 is and.")
    assert telling.prose(long, Card(0, 1))[0].text == "Card 1 says this."

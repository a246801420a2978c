import numpy as np
import pytest

from rnn_tui.pictures.comparing.between import between_panel, most_apart, visible
from tests.builders import build, wired
from tests.pictures.comparing.sides import sides
from tests.pictures.views import NASTY, PLAIN, model, obeyed, texts, widths


def test_marks_and_differences():
    a, _ = sides(at=(2, 4), framed=False)
    assert texts(between_panel(a, 44, 4, PLAIN)) == [
        "   A − B        =      ◆ part       =       ",
        "  ▸verb       0.00      −0.12    ≈−0.08     ",
        "   noun       0.00      −0.46     −0.27     ",
        "   Negative   0 pts    +8 pts    +10 pts    ",
    ]


def test_with_both_sentences_in_a_frame():
    a, _ = sides(at=(2, 4), words=True)
    assert texts(between_panel(a, 76, 8, PLAIN)) == [
        "╭─ Word by word  what A remembers, less what B remembers ──────────────────╮",
        "│  A              kick               and               dog                 │",
        "│  A − B            =              ◆ part               =                  │",
        "│  B              kick               ┄┄┄               dog                 │",
        "│ ▸verb           0.00              −0.12            ≈−0.08                │",
        "│  noun           0.00              −0.46             −0.27                │",
        "│  Negative     0 points          +8 points        +10 points              │",
        "╰─────────── A − B, in percentage points: A's share of Negative, less B's ─╯",
    ]


def test_nothing_is_said_before_both_have_computed_it():
    a, _ = sides(at=(0, 2))
    assert texts(between_panel(a, 44, 4, PLAIN))[1:] == [
        "  ▸verb         ·         ·         ·       ",
        "   noun         ·         ·         ·       ",
        "   Negative     ·         ·         ·       ",
    ]


def test_networks_with_other_units_and_other_labels_have_but_marks():
    a, _ = sides("the dog", "the cat", models=(build(), build("lstm", None, labels=("a", "b", "c"))), at=(1, 5))
    rows = texts(between_panel(a, 44, 5, PLAIN))
    assert rows[0].split() == ["words", "=", "◆", "part"]
    assert rows[1:] == []


def test_the_label_is_covered_until_the_class_has_guessed():
    a, _ = sides(at=(2, 4), scene={"hidden": True})
    assert texts(between_panel(a, 44, 4, PLAIN))[3].split() == ["·", "·", "·"]


def test_where_answers_alone_part_is_covered_with_them():
    # given two networks that remember other things and answer the second word in other ways
    models = (build(), wired([[1.0, -1.0, 0.5], [0.0, 1.0, -0.5], [1.0, 1.0, 0.0]], words=("the", "dog", "cat")))
    for hidden, marks in ((False, ["A", "−", "B", "=", "◆", "part"]), (True, ["A", "−", "B", "=", "="])):
        a, _ = sides("the dog", "the dog", models=models, at=(1, 4), scene={"hidden": hidden})
        assert a.comparison.parts_at == 1
        assert texts(between_panel(a, 44, 4, PLAIN))[0].split() == marks


@pytest.mark.parametrize(
    ("difference", "label"),
    [
        # two labels, apart by rounding alone, whichever is larger: the first
        ([0.12, -0.12], 0),
        ([-0.12, np.nextafter(np.float32(0.12), np.float32(1))], 0),
        ([np.nextafter(np.float32(-0.62), np.float32(0)), 0.62], 0),
        # the largest, wherever it is and whatever its sign
        ([0.1, -0.3, 0.2], 1),
        ([0.1, -0.1, 0.2], 2),
        ([0.0, 0.00001, -0.00001], 1),
        # what is no number differs in nothing
        ([np.nan, 0.2, -0.2], 1),
        ([np.nan, np.nan], 0),
    ],
)
def test_the_answer_is_the_label_that_differs_most_and_the_first_of_equals(difference, label):
    assert most_apart(np.array(difference, np.float32)) == label


@pytest.mark.parametrize("unit", range(16))
def test_the_picked_unit_is_among_those_that_fit(unit):
    sixteen = build(hidden=16)
    a, _ = sides("the", "the", models=(sixteen, sixteen), scene={"unit": unit})
    assert unit in visible(a, 3)
    assert len(visible(a, 3)) == 3


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("width", [24, 60, 120])
def test_foreign_text_is_text_and_every_row_is_as_wide_as_the_panel(width, words):
    other = model(unit_names=(NASTY, "b"), labels=(NASTY, "x"))
    a, _ = sides(NASTY, "kick", models=(other, other), at=(1, 4), words=words)
    rows = between_panel(a, width, 8, PLAIN)
    assert widths(rows) == {width}
    assert not obeyed(rows)

from rnn_tui.pictures.comparing.working import answer_panel, header, stage, working_panel
from rnn_tui.scene import Position
from tests.builders import build
from tests.pictures.comparing.sides import sides
from tests.pictures.views import PLAIN, texts, widths


def test_a_side_that_waits_says_why():
    _, b = sides(at=(1, 2))
    assert texts(working_panel(b, 30, 5, PLAIN)) == [
        "╭─ B waits ──────────────────╮",
        "│ Only A has “and”. B waits, │",
        "│ and keeps what it          │",
        "│ remembers.                 │",
        "╰────────────────────────────╯",
    ]


def test_a_side_that_reads_shows_its_phase():
    a, _ = sides(at=(1, 2))
    rows = texts(working_panel(a, 60, 6, PLAIN))
    assert "A · 2 Add" in rows[0]
    assert "verb" in rows[2]


def test_check_leaves_the_outputs_to_their_own_panel():
    a, _ = sides(at=(2, 4), bars=True)
    shown = "\n".join(texts(working_panel(a, 50, 6, PLAIN)))
    assert "against" in shown
    assert "noun" in shown
    assert "%" not in shown
    assert "%" in "\n".join(texts(working_panel(sides(at=(2, 4))[0], 50, 6, PLAIN)))


def test_no_vote_is_seen_while_the_answer_is_covered():
    for bars in (False, True):
        for side in sides("kick and dog", "kick and dog", at=(1, 4), bars=bars, scene={"hidden": True}):
            shown = "\n".join(texts(working_panel(side, 50, 8, PLAIN)))
            assert "guess first" in shown
            assert "against" not in shown
            assert "verb" not in shown
            assert "scale" not in shown


def test_the_answer_as_bars_is_that_of_the_last_word_read():
    _, b = sides(at=(1, 2))
    assert texts(answer_panel(b, 30, 5, PLAIN)) == [
        "╭─ B · Answer ───────────────╮",
        "│ after “kick”               │",
        "│ Negative █████████▉    82% │",
        "│ Positive ██▏           18% │",
        "╰────────────────────────────╯",
    ]


def test_a_side_that_has_read_nothing_has_no_answer():
    _, b = sides("and dog", "dog", at=(0, 4))
    assert texts(answer_panel(b, 30, 5, PLAIN))[1:3] == [
        "│ no answer yet              │",
        "│ Negative                   │",
    ]


def test_of_many_labels_the_most_probable_are_shown():
    many = build(labels=tuple(f"label {n}" for n in range(17)))
    a, _ = sides("the", "dog", models=(many, many), at=(0, 4))
    assert sum("label" in row for row in texts(answer_panel(a, 40, 20, PLAIN))) == 6


def test_the_header_says_what_is_compared_and_the_place():
    a, _ = sides(at=(2, 4))
    rows = header(a, 60, PLAIN)
    assert texts(rows) == [" rnn-tui  compare: two sentences      word 3 of 3 · 3 Check "]
    assert widths(header(a, 40, PLAIN)) == {40}


def test_a_stage_is_called_by_the_phases_of_both():
    a, _ = sides("the", "the", models=(build(), build("lstm", None)))
    headings = [stage(a.comparison, Position(0, place)) for place in range(6)]
    assert headings == ["Read", "1 Multiply", "2 Add | 2 Gates", "Squash | Write", "Squash | Expose", "3 Check"]

"""A side through a lens."""

from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.lenses.units import units
from rnn_tui.pictures.comparing.lens import lens_panel, pick_at
from rnn_tui.pictures.picks import UnitPick, WordPick
from rnn_tui.pictures.view import Measurement
from rnn_tui.scene import Position
from tests.builders import build
from tests.pictures.comparing.sides import sides
from tests.pictures.views import COLOURED, PLAIN, texts

LONG = "kick and dog and kick and dog and"


def seen(name="memory", lens=memory, **given):
    """Both sides, looked at through a lens."""
    measured = [Measurement(name, lens(side.trace)) for side in sides(**given)]
    fields = given | {"scene": {"lens": name, **given.get("scene", {})}}
    return [sides(**fields, measurement=measured[which], opposite=measured[1 - which])[which] for which in (0, 1)]


def heat(side):
    """The background of the cell in which the first word stands after itself."""
    rows = lens_panel(side, 60, 6, COLOURED)
    return next(segment.style.bgcolor for segment in rows[2] if segment.text.strip()[:1].isdigit())


def test_a_side_has_its_letter_its_network_and_the_lens():
    a, b = (texts(lens_panel(side, 60, 6, PLAIN)) for side in seen(at=(2, 4)))
    assert a[0].startswith("┏━  A  wired · Elman tanh · 2 units  Memory ")
    assert b[0].startswith("╭─  B  wired · Elman tanh · 2 units  Memory ")
    assert "kick" in a[1]
    assert "and" in a[1]
    assert "and" not in b[1]


def test_without_a_frame_there_is_a_row_more():
    a, _ = seen(at=(2, 4), framed=False)
    rows = texts(lens_panel(a, 60, 5, PLAIN))
    assert rows[0].startswith("  A  wired")
    assert [row[2:6].strip() for row in rows[2:5]] == ["kick", "and", "dog"]


def test_both_triangles_have_one_scale():
    # given a network beside the same with weights that move its memory much less
    strong, weak = build(scale=2.0), build(scale=0.02)
    a, b = seen(a="the dog", b="the dog", models=(strong, weak), at=(1, 4))
    alone = sides(
        "the dog", "the dog", models=(weak, weak), at=(1, 4), measurement=b.measurement, opposite=b.measurement,
        scene={"lens": "memory"},
    )[1]  # fmt: skip
    assert heat(alone) != heat(b)
    assert heat(a) != heat(b)


def test_both_ways_back_have_one_axis():
    weak = build(scale=1e-6)
    a, b = seen("gradient", gradient, a="the dog", b="the dog", models=(build(), weak), at=(0, 0))
    heads = [texts(lens_panel(side, 70, 6, PLAIN))[1][2:-1] for side in (a, b)]
    assert heads[0] == heads[1]
    alone = sides(
        "the dog", "the dog", at=(0, 0), models=(build(), weak), measurement=a.measurement, opposite=a.measurement
    )[0]
    assert texts(lens_panel(alone, 70, 6, PLAIN))[1][2:-1] != heads[0]


def test_a_side_that_has_read_nothing_says_so():
    _, b = seen(a="and dog", b="dog", at=(0, 0))
    shown = " ".join(texts(lens_panel(b, 60, 6, PLAIN)))
    assert "Only A has “and”." in shown
    assert pick_at(b, 60, 6, 10, 3) is None


def test_a_lens_waits_for_the_other_side_and_then_says_how_far_that_is():
    measured = Measurement("memory", memory(sides()[0].trace))
    a = sides(measurement=measured, opposite=Measurement("memory", share=0.4), scene={"lens": "memory"})[0]
    assert "measuring … 40%" in " ".join(texts(lens_panel(a, 60, 6, PLAIN)))


def test_a_lens_does_not_wait_for_a_side_on_which_there_is_nothing_to_see():
    measured = Measurement("memory", memory(sides()[0].trace))
    a, b = sides(
        at=(2, 4), measurement=measured, opposite=Measurement("memory", refused="no"), scene={"lens": "memory"}
    )
    assert "kick" in texts(lens_panel(a, 60, 6, PLAIN))[2]
    refused = sides(measurement=Measurement("attention", refused="Nothing to see."), opposite=None)[0]
    assert "Nothing to see." in texts(lens_panel(refused, 60, 6, PLAIN))[1]
    assert b.which == 1


def test_a_click_on_a_word_is_its_column():
    # given “kick dog” beside “kick and dog”: B's second word stands in the third column
    _, b = seen(at=(2, 4))
    rows = texts(lens_panel(b, 60, 6, PLAIN))
    y = next(y for y, row in enumerate(rows) if "▸dog" in row)
    assert pick_at(b, 60, 6, rows[y].index("dog"), y) == WordPick(1)
    assert b.comparison.column_of(1, Position(1, 0)).t == 2
    assert pick_at(b, 60, 6, 4, 5) is None


def test_a_click_in_the_map_of_units_picks_one():
    a, _ = seen(
        "units",
        lambda trace: units(trace, only=[0]),
        a="the dog",
        b="the cat",
        models=(build(), build()),
        at=(1, 4),
        scene={"unit": 0},
    )
    width, height = 90, 16
    picked = {pick_at(a, width, height, x, 2) for x in range(width)}
    assert UnitPick(1) in picked


def test_a_low_panel_with_many_words_is_full_and_no_more():
    for side in seen(a=LONG, b=LONG, at=(7, 4)):
        rows = lens_panel(side, 40, 9, PLAIN)
        assert len(rows) == 9
        assert {len(row) for row in texts(rows)} == {40}


def test_both_axes_have_the_same_room_where_one_side_has_words():
    # given that on one side the gradient vanishes, and there is room to say so
    a, b = seen("gradient", gradient, a="the dog", b="the dog", models=(build(), build(scale=1e-6)), at=(0, 0))
    rows = [texts(lens_panel(side, 118, 6, PLAIN)) for side in (a, b)]
    assert "vanished" in " ".join(rows[1])
    assert rows[0][1][2:-1] == rows[1][1][2:-1]

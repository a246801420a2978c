"""The pictures of lenses on stacks: whole at every size, with the lane in the title; nothing that isn't computed."""

from __future__ import annotations

import re
from itertools import product

import pytest
from rich.cells import cell_len

from rnn_tui.lenses import LENSES
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.network.trace import run
from rnn_tui.pictures.lenses import diagram, gradient, memory, path, picture_of, recency
from rnn_tui.pictures.lenses.panel import inside, lens_panel, under_ribbon
from rnn_tui.pictures.lenses.sliding import in_cells
from rnn_tui.pictures.palette import TERMINAL, Palette
from rnn_tui.pictures.picks import WordPick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.ribbon import laid_out
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.view import Measurement, View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.story.lenses import tell_lens
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model
from tests.pictures.lenses.test_diagram_room import Watching

TEXT = "the dog barked and slept not"
PANELS = [(80, 7), (80, 14), (100, 9), (100, 20), (120, 11), (120, 26), (160, 35), (50, 10)]
ROWS = 5
"""The rows of the story beside a lens on the whole screen, at 80×24 and at 100×30."""
MODELS = {
    "two layers": deep_model(layers=2, seed=1),
    "three layers": deep_model(layers=3, cell="elman", readout="mean", seed=2),
    "both ways": deep_model(layers=1, bidirectional=True, cell="gru", seed=3),
    "four layers both ways": deep_model(layers=4, bidirectional=True, seed=4, hidden=12),
    "attention": deep_model(layers=2, bidirectional=True, readout="attention", output="yes_no", seed=5),
    "each": deep_model(layers=2, bidirectional=True, readout="each", seed=6),
    "a hidden layer": deep_model(layers=1, cell="elman", head=HIDDEN_LAYER, seed=7),
    "a number": deep_model(layers=2, bidirectional=True, output="number", head=HIDDEN_LAYER, seed=8),
    "vectors": deep_model(layers=1, bidirectional=True, output="number", inputs="vectors", seed=9),
    "attention to a number": deep_model(layers=1, bidirectional=True, output="number", readout="attention", seed=9),
}


def text_for(name):
    return VECTORS if name == "vectors" else TEXT


def positions(trace):
    """The first and the last position of every floor, and one between."""
    for floor in trace.model.floors:
        words = [t for t in range(len(trace)) if trace.order.has(t, floor.index)]
        for t in sorted({words[0], words[len(words) // 2], words[-1]}):
            yield Position(t, len(floor.phases) - 1 if t % 2 else 0, floor.index)


def looked_at(name, lens, **fields):
    """Scenes of a model with what the lens shows there, as the screen asks for it."""
    model = MODELS[name]
    need = LENSES[lens].need
    if need is not None and not need.partial and not need.met(model):
        return
    trace, known = run(model, model.tokenize(text_for(name))), {}
    for position in positions(trace):
        scene = Scene(Reading(model.name, text_for(name)), position=position, lens=lens, **fields)
        seen = trace.on(position.floor)
        asked = question(lens, seen, position.t, scene.unit_in(seen))
        if asked not in known:
            known[asked] = measure(asked, trace)
        yield trace, scene, known[asked]


def view_of(trace, scene, found):
    size = trace.on(scene.position.floor).model.hidden_size
    return View(trace, scene, count=size, measurement=Measurement(scene.lens, found))


def drawn(trace, scene, found, width=100, height=20):
    return [text_of(row) for row in inside(view_of(trace, scene, found), width, height, Palette())]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("lens", LENSES)
def test_no_figure_touches_the_frame_and_no_title_is_cut(lens, name):
    for trace, scene, found in looked_at(name, lens):
        for width, height in PANELS:
            # when a lens is drawn in its frame
            rows = [text_of(row) for row in lens_panel(view_of(trace, scene, found), width, height, Palette())]
            # then it has its size, and nothing of it is cut
            assert len(rows) == height
            assert {cell_len(row) for row in rows} == {width}
            assert "…" not in rows[0] + rows[-1]
            for row in rows[1:-1]:
                assert not row[-2].isalnum(), row
                assert row[-2] not in "%”.", row
            # and the lane that was looked at stands in its title
            looked = getattr(found, "looked", None)
            if looked is not None and looked.layer is not None:
                assert f"layer {looked.layer + 1}" in rows[0]
                two = looked.backward is not None and trace.model.layers[looked.layer].bidirectional
                assert ("←" in rows[0], "→" in rows[0]) == (two and looked.backward, two and not looked.backward)
            elif lens == "gradient" and len(trace.model.layers) > 1:
                assert "all layers" in rows[0]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("notation", [False, True])
def test_every_line_of_its_story_is_whole(lens, name, notation):
    for trace, scene, found in looked_at(name, lens, notation=notation):
        told = tell_lens(lens, found, trace, scene)
        for width in (78, 98):
            assert sum(len(wrapped(line, width, Palette())) for line in told) <= ROWS, told


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("lens", LENSES)
def test_a_covered_answer_is_nowhere(lens, name):
    model = MODELS[name]
    whole = run(model, model.tokenize(text_for(name)))
    answer = whole.values[model.output.answer][-1]
    shown = [f"{value:.4g}" if model.output.is_number else f"{value:.0%}" for value in map(float, answer)]
    for trace, scene, found in looked_at(name, lens, hidden=True):  # the same words again
        rows = drawn(trace, scene, found)
        said = "".join(span.text for line in tell_lens(lens, found, trace, scene) for span in line)
        if lens in ("recency", "units", "attention", "diagram"):
            assert not [value for value in shown if re.search(rf"(?<![0-9.]){re.escape(value)}", said)], said
            labels = [
                row
                for row in rows
                for label, value in zip(model.labels, shown, strict=False)
                if f"{label} {value}" in row
            ]
            assert not labels


def test_the_memory_of_two_lanes_is_drawn_where_both_have_read():
    # given a layer that reads in both directions, when the walk stands on either lane
    model = MODELS["both ways"]
    trace = run(model, model.tokenize(TEXT))
    found = measure(question("memory", trace, 0, 0), trace)
    for floor, t, known in ((0, 0, ()), (0, 5, ()), (1, 5, (5,)), (1, 2, (2, 3, 4, 5)), (2, 5, range(6))):
        scene = Scene(Reading("both", TEXT), position=Position(t, 0, floor), lens="memory")
        rows = drawn(trace, scene, found, 118, 26)
        # then the columns of the words that both have read have figures, above the diagonal and below it
        figures = [re.findall(r"[0-9]\.[0-9]{2}|·", row) for row in rows]
        for row in (row for row in figures if row):
            assert [text != "·" for text in row] == [t in known for t in range(6)]
        assert sum(map(bool, figures)) == 6


def test_a_lane_that_reads_backward_is_walked_from_the_last_word():
    # given such a lane, when its gradient is drawn at a word
    model = MODELS["both ways"]
    trace = run(model, model.tokenize(TEXT))
    backward = trace.on(1)
    found = measure(question("gradient", backward, 3, 0), trace)
    view = view_of(trace, Scene(Reading("both", TEXT), position=Position(3, 0, 1), lens="gradient"), found)
    palette = TERMINAL
    rows = gradient.draw(found, view, 100, 20, palette)
    # then the words up to it are bright, since the way back starts at the first, whose product is 1
    names = {word: row for row in rows for word in TEXT.split() if word in text_of(row)}
    faint = {
        word for word, row in names.items() if any(s.text.strip() == word and s.style == palette.faint for s in row)
    }
    assert faint == {"slept", "not"}
    assert "≤" not in text_of(names["the"])
    assert "1.00" in text_of(names["the"])
    assert "≤" in text_of(names["not"])
    # and a click on a word's row goes there
    y = [text_of(row) for row in rows].index(text_of(names["dog"]))
    assert gradient.pick_at(found, view, 100, 20, 3, y) == WordPick(1)


def test_a_path_of_such_a_lane_begins_at_the_last_word():
    model = MODELS["both ways"]
    trace = run(model, model.tokenize(TEXT))
    found = measure(question("path", trace.on(1), 5, 0), trace)
    scene = Scene(Reading("both", TEXT), position=Position(5, 0, 1), lens="path")
    view = view_of(trace, scene, found)
    rows = [text_of(row) for row in path.draw(found, view, 100, 24, Palette())]
    # when it stands at the last word, which is read first, then the mark of now has its name
    y = next(y for y, row in enumerate(rows) if " not " in row)
    x = rows[y].index("not")
    assert path.pick_at(found, view, 100, 24, x, y) == WordPick(5)
    assert "◉" in "".join(rows)


def test_in_a_chain_of_such_a_lane_the_arrows_lead_to_the_left():
    model = MODELS["both ways"]
    trace = run(model, model.tokenize(TEXT))
    for floor, there, back in ((0, "▸", "◂"), (1, "◂", "▸")):
        scene = Scene(Reading("both", TEXT), position=Position(3, 4, floor), lens="diagram")
        rows = [text_of(row) for row in diagram.draw(None, view_of(trace, scene, None), 70, 9, Palette())]
        boxes = "".join(row for row in rows if "│" in row or "┃" in row)
        assert there in boxes
        assert back not in boxes.replace("▸and◂", "")
        # and a click on a box goes to its word
        y = next(y for y, row in enumerate(rows) if "┃" in row)
        assert diagram.pick_at(None, view_of(trace, scene, None), 70, 9, rows[y].index("┃") + 2, y) == WordPick(3)


@pytest.mark.parametrize("name", MODELS)
def test_in_the_diagram_nothing_is_written_over(name, monkeypatch):
    boards = []
    monkeypatch.setattr(diagram, "Board", lambda *size: boards.append(Watching(*size)) or boards[-1])
    for trace, scene, found in looked_at(name, "diagram"):
        for width, height in PANELS:
            view = view_of(trace, scene, found)
            rows = [text_of(row) for row in diagram.draw(None, view, width - 2, height - 2, Palette())]
            assert boards.pop().faults == [], (width, height, scene.position)
            assert not [row for row in rows if row[-1].isalnum() or row[-1] in "%”."], rows
            assert any(view.phase.heading in row for row in rows)


@pytest.mark.parametrize(("name", "count"), [("four layers both ways", 8), ("three layers", 3)])
def test_the_diagram_has_a_box_a_floor(name, count):
    # given a stack, when its diagram is drawn large
    for trace, scene, found in looked_at(name, "diagram"):
        rows = "\n".join(drawn(trace, scene, found, 118, 26))
        # then every lane has its box, that of now with a heavy frame
        lanes = re.findall(r"[│┃┊] *(?:layer )?([1-4]) ?[→←]?(?: \w+)? *[│┃┊]", rows)
        assert len(lanes) == count, rows
        assert "┃" in rows


def test_nothing_is_under_the_ribbon_before_the_lanes_have_met():
    model = MODELS["attention"]
    trace = run(model, model.tokenize(TEXT))
    found = measure(question("attention", trace, 0, 0), trace)
    laid = laid_out(trace)
    for position, there in ((Position(5, 0, 0), False), (trace.order.last, True)):
        view = view_of(trace, Scene(Reading("x", TEXT), position=position, lens="attention"), found)
        assert bool(text_of(under_ribbon(view, laid, 90, Palette())).strip()) == there
        rows = "\n".join(drawn(trace, view.scene, found))
        assert ("%" in rows) == there


def test_a_number_slides_between_the_ends_of_what_it_does():
    # given a network that answers with a number, when a word has been slid
    for trace, scene, found in looked_at("a number", "recency"):
        row = found.position_sweep[scene.position.t]
        rows = drawn(trace, scene, found, 118, 26)
        # then the axis goes from the smallest number to the largest
        assert any(in_cells(float(row.max()), 7) in line for line in rows)
        assert any(in_cells(float(row.min()), 7) in line for line in rows)
        assert "100%" not in "".join(rows)


@pytest.mark.parametrize(("value", "room", "text"), [
    (1.23456, 7, "1.2346"), (-12.5, 5, "−12.5"), (123456.7, 7, "123457"), (1e12, 4, "1e12"), (float("nan"), 4, "?"),
])  # fmt: skip
def test_a_number_fits_in_its_cells(value, room, text):
    assert in_cells(value, room) == text


def test_lenses_have_pictures_on_one_scale():
    # given two results of the same lens, when both are drawn on one scale, then none is larger than it
    one, two = (measure(question("memory", trace, 0, 0), trace) for trace in map(_trace, ("both ways", "each")))
    assert memory.shared_scale(one, two)["scale"] == max(one.influence.max(), two.influence.max())
    assert picture_of("recency") is recency


def _trace(name):
    return run(MODELS[name], MODELS[name].tokenize(TEXT))


def test_every_lens_and_model_was_drawn():
    assert {len(list(looked_at(name, lens))) > 0 for name, lens in product(MODELS, ("memory", "path"))} == {True}

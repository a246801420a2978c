"""What a lens says fits in the room that it has on a small screen, and its picture inside its frame."""

from __future__ import annotations

import pytest

from rnn_tui import shelf
from rnn_tui.lenses import LENSES
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.network.trace import run
from rnn_tui.pictures.lenses.panel import lens_panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.view import Measurement, View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.story.lenses import tell_lens

TEXTS = ("Kicking and screaming", "this movie is not good")
ROWS = 5
"""The rows of the story beside a lens on the whole screen, at 80×24 and at 100×30."""
PANELS = [(80, 7), (80, 14), (100, 9), (100, 20), (120, 11), (120, 26), (50, 10)]


def looked_at(lens, notation=False, ends=False):
    """Scenes of all shipped models with what the lens shows there; `ends` are the first and the last words alone."""
    for name in shelf.paths():
        model = shelf.load(name)
        if LENSES[lens].need is not None and not LENSES[lens].need.partial and not LENSES[lens].need.met(model):
            continue
        for text in (model.examples[0].text,) if model.tokenizer.kind == "numbers" else TEXTS:
            trace = run(model, model.tokenize(text))
            for t in sorted({0, len(trace) - 1}) if ends else range(len(trace)):
                scene = Scene(Reading(name, text), position=Position(t, 0), lens=lens, notation=notation)
                yield trace, scene, measure(question(lens, trace, t, scene.unit_in(trace)), trace)


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("notation", [False, True])
def test_every_line_is_whole(lens, notation):
    count = 0
    for trace, scene, found in looked_at(lens, notation):
        told = tell_lens(lens, found, trace, scene)
        for width in (78, 98):
            count += 1
            assert sum(len(wrapped(line, width, Palette())) for line in told) <= ROWS, told
    assert count >= 16


@pytest.mark.parametrize("lens", LENSES)
def test_no_figure_touches_the_frame_and_no_title_is_cut(lens):
    count = 0
    for trace, scene, found in looked_at(lens, ends=True):
        view = View(trace, scene, count=trace.model.hidden_size, measurement=Measurement(lens, found))
        for width, height in PANELS:
            rows = [text_of(row) for row in lens_panel(view, width, height, Palette())]
            assert LENSES[lens].asked_of(trace.model.tokenizer.unit) in rows[0]
            assert "…" not in rows[0] + rows[-1]
            for row in rows[1:-1]:
                count += 1
                assert not row[-2].isalnum(), row
                assert row[-2] not in "%”.", row
    assert count > 100

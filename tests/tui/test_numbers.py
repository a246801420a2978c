"""Numbers and one logit on the screen of one sentence: nothing is cut, in any phase, at any size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rnn_tui.network.storage import save
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.story import plain, tell
from rnn_tui.text import quantity
from tests.deep import VECTORS, deep_model
from tests.story.number_networks import PIXELS, forecasting, one_floor, weather
from tests.tui.drawn import panels_at, positions, walking

SERIES = "112 118 132 129 121 135 148"
KINDS = {
    "one-logit": (one_floor("gru", output="yes_no", hidden=16), "this dog and the cat slept"),
    "series": (forecasting("lstm", hidden=8), SERIES),
    "small-series": (forecasting("elman", hidden=2, readout="mean"), SERIES),
    "large": (forecasting("gru", hidden=64, std=123456.0, mean=5e6), "1234567 2345678 −345678 456789"),
    "weather": (weather(hidden=8), VECTORS),
    "several": (one_floor("elman", output="number", inputs="vectors", labels=("rain", "wind", "sun")), VECTORS),
    "picture": (one_floor("gru", inputs="vectors", features=8, hidden=8), PIXELS),
    "wide-picture": (one_floor("gru", inputs="vectors", features=28), " ".join([",".join("0123456" * 4)] * 28)),
}
SIZES = [(80, 24), (100, 30), (120, 36), (160, 48)]


@pytest.fixture
def path_of(tmp_path):
    def saved(kind):
        model, text = KINDS[kind]
        save(replace(model, name=kind), tmp_path / f"{kind}.safetensors")
        return str(tmp_path / f"{kind}.safetensors"), text

    return saved


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
async def test_every_story_is_whole_and_every_panel_keeps_to_its_place(path_of, kind, size):
    told = 0
    path, text = path_of(kind)
    for notation in (False, True):
        async with walking(path, text, size, notation=notation) as screen:
            every = positions(screen)
            for position in every[:24] + every[-8:]:
                panels = panels_at(screen, position)
                for lines, region in panels.values():
                    assert len(lines) <= region.height
                    assert all(len(line) <= region.width for line in lines)
                lines, region = panels["story"]
                story = tell(screen.computed.trace, screen.state)
                rows = [row for line in story for row in wrapped(line, region.width - 2, Palette())]
                assert len(rows) <= region.height, (position, [plain(line) for line in story])
                told += 1
    assert told >= 30


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_check_has_the_number_its_scale_and_the_true_one(path_of, size):
    path, text = path_of("series")
    async with walking(path, text, size) as screen:
        phases = len(screen.computed.model.phases)
        trace = screen.computed.trace
        for position in positions(screen)[phases - 1 :: phases]:
            panel = "\n".join(panels_at(screen, position)["phase-check"][0])
            assert quantity(float(trace.values["outputs"][position.t, 0])) in panel
            assert re.search("[├●○◉]─*", panel)
            assert (f"○ {text.split()[position.t + 1]}" in panel) if position.t < len(trace) - 1 else "○ " not in panel


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("kind", ["series", "weather", "picture"])
async def test_read_has_a_curve_or_a_picture(path_of, kind, size):
    path, text = path_of(kind)
    async with walking(path, text, size) as screen:
        phases = len(screen.computed.model.phases)
        for position in positions(screen)[::phases]:
            panel = "\n".join(panels_at(screen, position)["phase-read"][0])
            assert re.search("[●▁▂▃▄▅▆▇█⠀-⣿]" if kind != "picture" else "▸ [·░▒▓█]+", panel), panel


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_the_presenter_view_and_the_arithmetic_are_drawn_for_all(path_of, kind, size):
    path, text = path_of(kind)
    async with walking(path, text, size) as screen:
        every = positions(screen)
        phases = len(screen.computed.model.phases)
        for position in (*every[:phases], *every[-phases:]):
            for fields in ({"presenting": True}, {"arithmetic": True, "presenting": False}, {"hidden": True}):
                panels = panels_at(screen, position, **{"arithmetic": False, "hidden": False, **fields})
                for lines, region in panels.values():
                    assert all(len(line) <= region.width for line in lines)
        shown = "\n".join(panels_at(screen, every[-1], hidden=False, arithmetic=False, presenting=False)["story"][0])
    assert ("%" in shown) == (not screen.computed.model.output.is_number)


async def test_while_the_class_is_to_guess_no_number_of_the_answer_is_told(path_of):
    path, text = path_of("series")
    async with walking(path, text, (120, 36), hidden=True) as screen:
        outputs = {quantity(float(value)) for value in screen.computed.trace.values["outputs"][:, 0]}
        for position in positions(screen):
            shown = " ".join(line for lines, _ in panels_at(screen, position).values() for line in lines)
            assert not outputs & set(re.findall(r"[−\d.e]+", shown)), position


async def test_the_curve_stands_under_the_numbers_of_a_network_of_several_floors(tmp_path):
    model = deep_model("gru", 2, bidirectional=True, inputs="vectors", output="number", name="deep")
    save(model, tmp_path / "deep.safetensors")
    async with walking(str(tmp_path / "deep.safetensors"), VECTORS, (120, 36)) as screen:
        lines, _ = panels_at(screen, screen.state.position)["ribbon"]
        words = next(index for index, line in enumerate(lines) if "0.2,0.6,2" in line)
        centres = [(match.start() + match.end()) / 2 for match in re.finditer(r"\S+", lines[words])]
        blocks = [(match.start() + match.end()) / 2 for match in re.finditer(r"\S+", lines[words + 1])]
        assert len(blocks) == 4
        assert all(abs(one - other) <= 2 for one, other in zip(centres[-4:], blocks, strict=True))


async def test_words_alone_have_no_notation(path_of):
    from tests.tui.test_nothing_is_cut import NOTATION

    for kind in KINDS:
        path, text = path_of(kind)
        async with walking(path, text, (120, 36)) as screen:
            phases = len(screen.computed.model.phases)
            for position in positions(screen)[:phases]:
                for arithmetic in (False, True):
                    for lines, _ in panels_at(screen, position, arithmetic=arithmetic).values():
                        assert not [line for line in lines if NOTATION.search(line)]

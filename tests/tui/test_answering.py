"""The walk through what makes the answer of the states: the average, the largest, the look back, a head."""

import re
from itertools import product

import numpy as np
import pytest

from rnn_tui.network.storage import save
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.story import plain, tell
from rnn_tui.text import number, percent
from tests.builders import build
from tests.tui.drawn import panels_at, positions, walking

TEXT = "the dog barked and the cat slept not"
KINDS = [
    (cell, readout, head)
    for cell, readout, head in product(
        (("elman", "tanh"), ("elman", "relu"), ("gru", None), ("lstm", None)),
        ("last", "mean", "max", "attention"),
        ((), ("relu",), ("sigmoid",), ("tanh", "relu")),
    )
    if readout in ("mean", "max") or head
]
LONG = [(("elman", "relu"), readout, ("relu", "sigmoid")) for readout in ("last", "mean", "max", "attention")]
SIZES = [(80, 24), (100, 30), (120, 36), (160, 48)]
TOLD = [(*kind, (n + n // 4) % 2 == 0) for n, kind in enumerate([*KINDS, *LONG])]  # each once, in words or notation
SIZED = [(*kind, SIZES[index % 4]) for index, kind in enumerate(KINDS)]  # each kind once, each size with many


@pytest.fixture
def path(tmp_path):
    """A function that saves a network, and gives its path."""

    def saved(cell, readout, head, **fields):
        model = build(*cell, readout, "embedding", head=head, hidden=8, seed=4, name="mine", **fields)
        save(model, tmp_path / "mine.safetensors")
        return str(tmp_path / "mine.safetensors")

    return saved


def shown(panels):
    return "\n".join(line for lines, _ in panels.values() for line in lines)


@pytest.mark.parametrize(("cell", "readout", "head", "notation"), TOLD)
async def test_every_story_is_whole_and_the_phases_to_come_are_named(path, cell, readout, head, notation):
    for size in SIZES[:2]:
        async with walking(path(cell, readout, head), TEXT, size, notation=notation) as screen:
            phases = screen.computed.model.phases
            for position in positions(screen)[::3]:
                panels = panels_at(screen, position)
                _, region = panels["story"]
                story = tell(screen.computed.trace, screen.state)
                rows = [row for line in story for row in wrapped(line, region.width - 2, Palette())]
                assert len(rows) <= region.height, (size, position, [plain(line) for line in story])
                everywhere = shown(panels)
                assert all(phase.heading in everywhere for phase in phases[position.phase :]), (size, position)


@pytest.mark.parametrize(("cell", "readout", "head", "size"), SIZED)
async def test_the_numbers_are_the_traces_and_the_bars_have_their_size(path, cell, readout, head, size):
    async with walking(path(cell, readout, head), TEXT, size) as screen:
        trace = screen.computed.trace
        phases = trace.model.answering[:-1]
        for t, phase in product((0, 3, len(trace) - 1), phases):
            position = positions(screen)[t * len(trace.model.phases) + trace.model.phases.index(phase)]
            lines, _ = panels_at(screen, position)[f"phase-{phase.name}"]
            values = trace[t][phase.shows[-1]]
            rows = {}
            for line in lines[2:]:
                if found := re.match(r"┃ ?[ ▸]?(\d)?.*?([+−]?\d+\.\d\d)(?!.*\d\.\d\d)", line):
                    rows[len(rows) if found[1] is None else int(found[1]) - 1] = found[2]
            numbered = [unit for unit in rows if size[0] < 116]
            for unit in numbered:
                assert rows[unit] == number(float(values[unit])), (phase.name, t, lines)
            assert len(rows) >= 3


@pytest.mark.parametrize("readout", ["mean", "max"])
async def test_the_words_stand_with_the_part_that_they_have(path, readout):
    async with walking(path(("gru", None), readout, ()), TEXT, (120, 40)) as screen:
        trace = screen.computed.trace
        index = [phase.name for phase in trace.model.phases].index("pool")
        for t in range(len(trace)):
            lines, _ = panels_at(screen, positions(screen)[t * len(trace.model.phases) + index])["phase-pool"]
            states = trace.values["h"][: t + 1]
            origins = states.argmax(axis=0)
            for word in range(t + 1):
                share = 1 / (t + 1) if readout == "mean" else float(np.mean(origins == word))
                surface = trace.tokens[word].surface
                assert any(re.search(rf" {surface} .* {re.escape(percent(share))} ┃", line) for line in lines)
            assert any("units with their largest there" in line for line in lines) == (readout == "max")


@pytest.mark.parametrize("size", SIZES)
async def test_the_shares_of_the_largest_say_what_they_are_shares_of(path, size):
    async with walking(path(("elman", "relu"), "max", ()), TEXT, size) as screen:
        phases = screen.computed.trace.model.phases
        index = [phase.name for phase in phases].index("pool")
        for t in range(1, len(screen.computed.trace)):
            lines, _ = panels_at(screen, positions(screen)[t * len(phases) + index])["phase-pool"]
            headed = [k for k, line in enumerate(lines) if re.search(r"units.* largest there", line)]
            assert len(headed) == 1
            assert "%" not in lines[headed[0]] or t < 5
            assert any(re.search(r"\d% ┃", line) for line in lines[headed[0] + 1 :])


@pytest.mark.parametrize(
    ("cell", "readout", "head", "named"),
    [
        (("elman", "tanh"), "last", ("relu",), ["memory", "cut"]),
        (("gru", None), "mean", ("relu",), ["average", "cut"]),
        (("elman", "relu"), "max", ("tanh",), ["largest", "limited"]),
        (("lstm", None), "attention", ("sigmoid",), ["mixed", "limited"]),
        (("elman", "tanh"), "mean", ("relu", "sigmoid"), ["cut", "limited"]),
        (("elman", "tanh"), "mean", ("identity",), ["average", "average"]),
        (("elman", "tanh"), "mean", ("relu", "identity"), ["cut", "cut"]),
    ],
)
async def test_the_numbers_before_and_after_a_heads_arrow_are_named(path, cell, readout, head, named):
    async with walking(path(cell, readout, head), TEXT, (100, 30)) as screen:
        phases = screen.computed.trace.model.phases
        index = [phase.name for phase in phases].index("head")
        lines, _ = panels_at(screen, positions(screen)[2 * len(phases) + index])["phase-head"]
        assert lines[1].strip("┃ ").removeprefix("#").split() == named


@pytest.mark.parametrize(("cell", "readout", "head", "size"), SIZED[::-1])
async def test_while_the_class_is_to_guess_no_number_of_it_is_seen(path, cell, readout, head, size):
    async with walking(path(cell, readout, head), TEXT, size, hidden=True) as screen:
        trace = screen.computed.trace
        answering = [trace.model.phases.index(phase) for phase in trace.model.answering]
        for position in positions(screen)[2 * len(trace.model.phases) :]:
            if position.phase not in answering:
                continue
            panels = panels_at(screen, position)
            own = trace.model.phases[position.phase]
            at_work = "\n".join(panels[f"phase-{own.name}"][0])
            assert "guess first" in at_work
            asked = "\n".join([at_work, *panels["story"][0], *panels.get("why", ((), None))[0]])
            assert not re.search(r"\d\.\d\d|\d%", asked), (position, asked)

"""Numbers that grow beyond all bounds are told in words, with where it began, wherever ∞ or ? is shown."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.comparison import Comparison
from rnn_tui.network.cells import PARAMETERS
from rnn_tui.network.model import Example
from rnn_tui.network.storage import save
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.network.trace import run
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.story.bounds import BEYOND, beyond, is_told, told_first, with_bounds
from rnn_tui.story.comparing import beyond_of, tell_comparison
from rnn_tui.story.spans import line, plain
from rnn_tui.story.telling import tell
from tests.builders import CELL_KINDS, build, trace_of, wired

SIGNS = re.compile(r"∞|(?<![\w“])\?")
WORDS = ("the", "dog", "barked")
HUGE = 3e38


def growing(**fields):
    """A network without a squash, whose memory is squared in size by every word but the first."""
    return wired(
        [[1e30, 1e30, 1e30]], weight_hh=[[1e30]], activation="identity", words=WORDS,
        examples=(Example("the dog barked", ""),), **fields,
    )  # fmt: skip


def test_the_first_number_that_is_none_is_found():
    trace = trace_of(growing())
    assert np.isfinite(trace.values["h"][0]).all()
    assert trace.beyond == (1, 2)  # the second word, whose sum is 1e60: Add
    assert trace.model.phases[2].name == "add"
    assert trace_of(build()).beyond is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"bias_ih": [HUGE]}, (0, 1)),  # Multiply
        ({"weight_hh": [[HUGE]]}, (1, 2)),
        ({"fc": [[HUGE], [-HUGE]]}, (0, 4)),  # Check
    ],
)
def test_it_is_found_in_the_phase_that_shows_it(fields, expected):
    model = wired([[1e30, HUGE, 2.0]], activation="identity", words=WORDS, **fields)
    text = "the dog" if "weight_hh" in fields else "dog" if "bias_ih" in fields else "barked barked"
    trace = run(model, model.tokenize(text))
    found = trace.beyond
    assert found is not None
    assert found[1] == expected[1]
    shows = model.phases[found[1]].shows
    assert not all(np.isfinite(trace.values[name][found[0]]).all() for name in shows if name in trace.values)


def test_a_number_that_is_read_can_be_too_large_itself():
    model = build(inputs="number")
    object.__setattr__(model, "tokenizer", NumberTokenizer(mean=0.0, scale=1e-300))
    trace = run(model, model.tokenize("0 1"))
    assert trace.beyond == (1, 0)
    assert plain(beyond(trace)).startswith("The numbers grew beyond all bounds at “1” (number 2, Read): ")


def test_it_is_told_from_where_it_began():
    trace = trace_of(growing())
    said = plain(beyond(trace))
    assert said == (
        "The numbers grew beyond all bounds at “dog” (word 2, Add): "
        "∞ is too large to be a number here, “?” is no number at all."
    )
    assert beyond(trace, Position(1, 1)) == ()
    assert plain(beyond(trace, Position(1, 2))) == said
    assert beyond(trace_of(build())) == ()


def test_it_stands_in_front_and_once():
    told = (line("One."), line("Two."))
    bounds = beyond(trace_of(growing()))
    assert with_bounds(told, bounds) == (bounds, *told)
    assert with_bounds(told, ()) == told
    already = (line(f"It grew {BEYOND}."), line("Two."))
    assert with_bounds(already, bounds) == already
    last = (line("One."), line(f"It grew {BEYOND}."))
    assert with_bounds(last, bounds) == last
    assert told_first(last) == last[::-1]
    assert told_first(told) == told
    assert told_first(()) == ()
    assert is_told(already)
    assert not is_told(told)


def test_the_story_tells_it_at_every_moment_after():
    trace = trace_of(growing())
    scene = Scene(Reading("wired", "the dog barked"))
    for t in range(3):
        for phase in range(len(trace.model.phases)):
            told = tell(trace, scene.at(Position(t, phase)))
            assert is_told(told) == ((t, phase) >= (1, 2)), (t, phase)


def test_a_comparison_tells_it_of_the_side():
    comparison = Comparison(trace_of(growing()), trace_of(wired([[1, 1, 1]], words=WORDS), "the dog barked"))
    assert beyond_of(comparison, Position(0, comparison.stages - 1)) == ()
    (told,) = beyond_of(comparison, Position(1, comparison.stages - 1))
    assert plain(told).startswith("In A, the numbers grew beyond all bounds at “dog” (word 2, Add): ")
    assert tell_comparison(comparison, Position(2, 1))[-1] == told


def explosive(cell, activation, size, inputs="embedding"):
    """A network with weights of a size, half of them negative."""
    model = build(cell, activation, inputs=inputs, scale=1.0)
    rng = np.random.default_rng(7)
    changed = {
        name: rng.choice([-size, size], getattr(model.cell, name).shape).astype(np.float32) for name in PARAMETERS
    }
    return model.with_cell(replace(model.cell, **changed))


COMMANDS = (
    ["trace"], ["walk"], ["walk", "--notation", "--arithmetic"],
    *(["lens", name] for name in ("memory", "gradient", "recency", "units", "path", "diagram")),
    ["compare", "-s", "dog the"],
)  # fmt: skip


@pytest.mark.parametrize("size", [1e4, 1e30, HUGE])
@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_whatever_a_command_prints_it_tells_in_words(tmp_path, capfd, recwarn, cell, activation, size):
    path = tmp_path / "m.safetensors"
    save(explosive(cell, activation, size), path)
    for command in COMMANDS:
        assert main([*command, "-m", str(path), "-s", "the dog barked and slept"]) == 0
        streams = capfd.readouterr()
        flat = " ".join(streams.out.split())
        assert not SIGNS.search(flat) or BEYOND in flat, (command, SIGNS.search(flat))
        assert "Warning" not in streams.err
    for command in (["trace"], ["lens", "recency"], ["lens", "path"], ["compare", "-s", "dog the"]):
        assert main([*command, "-m", str(path), "-s", "the dog barked", "--json"]) == 0
        json.loads(capfd.readouterr().out, parse_constant=pytest.fail)
    assert not [warning for warning in recwarn if issubclass(warning.category, RuntimeWarning)]

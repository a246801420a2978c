"""The course of a training where it is narrow, beyond all bounds, or of another training than the model file's."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from rnn_tui.network.runs import open_run
from rnn_tui.pictures.palette import TERMINAL
from rnn_tui.pictures.training import CourseView, course
from rnn_tui.replay import replayed
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces
from tests.builders import build
from tests.tui.replaying.conftest import TEXT, recorded

BEST = 4


def view(folder, epoch=BEST):
    return CourseView(replayed(Reading(str(folder), TEXT), Traces()), epoch, -1)


def rows(shown, width, height=7):
    drawn = ["".join(part.text for part in row) for row in course(shown, width, height, TERMINAL)]
    assert all(cell_len(row) == width for row in drawn)
    return drawn


@pytest.mark.parametrize(
    ("width", "titles"),
    [
        (160, ["loss held out in training", "right answers majority 50%", "answer: Positive"]),
        (80, ["loss held out ", "right majority 50%", "answer: Positive"]),
        (70, ["loss held out", "right a rule 50%"]),
        (58, ["loss held out", "right "]),
    ],
)
def test_a_title_is_whole_or_says_less(tmp_path, width, titles):
    first = rows(view(recorded(tmp_path / "a.run", build(seed=3))), width)[1]
    for title in titles:
        assert title in first
    assert ("in t" in first) == ("in training" in first)


def test_losses_beyond_all_bounds_keep_their_columns(tmp_path):
    folder = recorded(tmp_path / "a.run", build(seed=3))
    path = folder / "history.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[BEST].update(training_loss=1.8e27, validation_loss=1.2e300)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for width in (40, 60, 80, 160):
        drawn = rows(view(folder), width)
        assert "loss 1.8e27" in drawn[0]
        assert drawn[2].startswith("1.2e300 ")


def test_the_model_file_is_named_unless_it_is_of_another_training(tmp_path):
    own, other = (recorded(tmp_path / f"{name}.run", build(seed=3)) for name in ("own", "other"))
    description = other / "run.json"
    described = json.loads(description.read_text(encoding="utf-8"))
    described["training"]["other"] = "another training"
    description.write_text(json.dumps(described), encoding="utf-8")
    assert open_run(other).other == "another training"
    assert "the best: the model file" in rows(view(own), 160)[0]
    assert "the best" in rows(view(other), 160)[0]
    assert "model file" not in rows(view(other), 160)[0]

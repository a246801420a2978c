"""Practice with deep networks: every level has questions of them, in every lane, that a person can answer."""

from __future__ import annotations

import json
import shlex

import pytest

from rnn_tui.cli import main
from rnn_tui.network.storage import save
from rnn_tui.questions.drawing import drawn
from rnn_tui.questions.kinds import KINDS as ASKED
from rnn_tui.questions.marking import mark
from rnn_tui.traced import value_at
from rnn_tui.traces import Traces
from tests.questions.deep import KINDS, network

OF_RUNS = ("next-phase", "word", "exchanged", "without-memory", "other-cell")


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    """The files of the networks, by their names."""
    folder, found = tmp_path_factory.mktemp("deep"), {}
    for number, name in enumerate(KINDS):
        found[name] = str(folder / f"deep{number}.safetensors")
        save(network(name), found[name])
    return found


@pytest.mark.parametrize("name", list(KINDS))
def test_every_level_has_questions_in_every_lane(name, paths):
    traces = Traces()
    found = list(drawn([paths[name]], traces, seed=3, count=60))
    assert {question.level for question in found} == {1, 2, 3, 4, 5}
    lanes = {floor.index for floor in network(name).floors if floor.layer is not None}
    assert {question.scene.position.floor for question in found} >= lanes
    of_numbers = network(name).output.is_number
    assert {"higher", "number"} & {question.kind for question in found} == (
        {"higher", "number"} if of_numbers else set()
    )
    for question in found:
        trace = traces.trace(question.scene.reading)
        assert (question.target is None) is (question.kind in OF_RUNS)
        if question.target is not None:
            value_at(trace, question.target)
        if question.kind == "value":
            assert len(question.slips) > 1
            assert abs(question.answer) > question.tolerance
        right = question.answer if isinstance(question.answer, str) else f"{question.answer:.6f}"
        assert mark(question, right).right


def test_the_same_seed_draws_the_same(paths):
    models = list(paths.values())
    assert list(drawn(models, Traces(), seed=5, count=12)) == list(drawn(models, Traces(), seed=5, count=12))


def test_only_networks_that_answer_with_numbers_are_asked_for_them(paths):
    for name, path in paths.items():
        kinds = {question.kind for question in drawn([path], Traces(), (3, 4), seed=1, count=30)}
        assert (kinds & {name for name, kind in ASKED.items() if kind.of_numbers} != set()) is network(
            name
        ).output.is_number


def test_practice_prints_and_trace_finds_what_it_prints(paths, capsys):
    arguments = [word for name in KINDS for word in ("-m", paths[name])]
    assert main(["practice", *arguments, "--seed", "2", "--count", "20", "--json"]) == 0
    questions = json.loads(capsys.readouterr().out)["questions"]
    assert len(questions) == 20
    checked = 0
    for question in questions:
        assert main(["trace", *shlex.split(question["command"])[1:], "--json"]) == 0
        content = json.loads(capsys.readouterr().out)
        assert content["format"] == 2
        if question["tolerance"] is not None:
            found = content
            for part in question["target"].replace("[", ".").replace("]", "").split("."):
                found = found[int(part)] if part.isdigit() else found[part]
            assert found == pytest.approx(question["answer"], abs=1e-6)
            checked += 1
    assert checked


def test_in_plain_lines_the_lane_is_said(paths, capsys, monkeypatch):
    answers = iter(["?"] * 6)
    monkeypatch.setattr("rnn_tui.cli.practice.typed_line", lambda *_: next(answers, None))
    path = paths["both ways, yes or no"]
    main(["practice", "-m", path, "--level", "2", "--seed", "1", "--count", "6", "--plain"])
    said = capsys.readouterr().out
    assert "of layer 1, " in said or "of layer 2, " in said
    assert "The walk is at word" in said

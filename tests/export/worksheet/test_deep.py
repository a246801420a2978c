"""Worksheets of several layers and both directions: a walk a lane, each right by hand with what is printed."""

from __future__ import annotations

import math

import pytest

from rnn_tui.cli import main
from rnn_tui.export.worksheet.making import sheets_of
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import save
from rnn_tui.scene import Reading, Scene
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model
from tests.export.worksheet.made import ALL, as_json, at, read, sheet, sheets, traced
from tests.export.worksheet.test_answers import squash_from_table
from tests.questions.deep import KINDS, network, text_of

SHORT = "dog barked the"


def amount(text):
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("name", list(KINDS))
@pytest.mark.parametrize("seed", range(2))
def test_the_answers_of_each_lane_are_in_the_trace(name, seed):
    model = network(name, seed)
    page = sheet(model, text_of(name), seed=seed)
    printed = as_json(traced(model, page))
    lanes = [floor for floor in model.floors if floor.layer is not None]
    assert len(page.walks) == len(lanes)
    assert [blank.number for blank in page.blanks()] == list(range(1, sum(1 for _ in page.blanks()) + 1))
    asked = 0
    for floor, walk in zip(lanes, page.walks, strict=True):
        found = [blank for blank in walk.blanks() if blank.path is not None and blank.value is not None]
        for blank in found:
            assert blank.value == pytest.approx(at(printed, blank.path), abs=1e-6)
            assert f"layers[{floor.layer}].{floor.direction}." in blank.path
            assert read(blank.answer) == pytest.approx(blank.value, abs=0.00501)
            assert 0 < blank.tolerance <= 0.2
        asked += len(found)
        words = [group[0][0].text.split()[0] for group in walk.groups]
        assert words == sorted(words, reverse=floor.backward) or any(group[0][0].blank for group in walk.groups)
    assert asked >= len(lanes)


@pytest.mark.parametrize("squash", ["calculator", "table"])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_whoever_works_through_the_walks_is_right(bidirectional, seed, squash):
    # given nothing but what is printed: an upper lane reads the memories that were filled in below
    model = deep_model("elman", 2, bidirectional=bidirectional, inputs="one-hot", hidden=2, scale=0.6, seed=seed)
    page = sheet(model, SHORT, seed=seed)
    tables = {table.caption: weights_in(table) for table in page.weights}
    assert not any(caption.startswith("What layer") for caption in tables)
    answers, memories = {}, {}

    def have(cell, value):
        if cell.blank is None:
            return read(cell.text)
        answers[cell.blank] = round(value, 2)
        return answers[cell.blank]

    for walk, floor in zip(page.walks, model.floors, strict=False):
        lane = walk.caption.removeprefix("The walk in ").partition(", word by word")[0]
        memory = tables[f"From the memory before, {lane}"]
        start = tables[f"From {'layer 1' if floor.layer else 'the word'}, {lane}"]
        before = dict.fromkeys(("unit 1", "unit 2"), 0.0)
        order = range(len(page.sentence))[:: -1 if floor.backward else 1]
        for t, group in zip(order, walk.groups, strict=True):
            rows = [row[1:] if at_row == 0 else row for at_row, row in enumerate(group)]
            remembered = {row[0].text: have(row[1], before[row[0].text]) for row in rows}
            after = {}
            for name, _, brings, gives, together, h, *_ in ((row[0].text, *row[1:]) for row in rows):
                weights = start[name]
                if floor.layer:
                    handed = {
                        **memories[0, t],
                        **({f"←{k}": v for k, v in memories[1, t].items()} if bidirectional else {}),
                    }
                    names = [key for key in weights if key != "bias"]
                    met = list(handed.values())
                    brought = sum(round(weights[key] * x, 2) for key, x in zip(names, met, strict=True))
                else:
                    brought = weights[page.sentence[t]]
                ih = have(brings, brought + weights.get("bias", 0.0))
                terms = sum(round(memory[name][other] * remembered[other], 2) for other in remembered)
                z = have(together, ih + have(gives, terms + memory[name].get("bias", 0.0)))
                read_off = squash == "table" and page.curve is not None
                after[name] = have(h, squash_from_table(page, z) if read_off else math.tanh(z))
            before = memories[floor.index, t] = after
    assert len(answers) >= 8
    for blank, answer in answers.items():
        assert abs(answer - blank.value) <= blank.tolerance + 1e-9, (blank, answer)


def weights_in(table):
    """A table of weights as {row: {column: number}}."""
    heads = [head.words for head in table.heads[1:]]
    return {
        row[0].text: dict(zip(heads, (read(cell.text) for cell in row[1:]), strict=True))
        for group in table.groups
        for row in group
    }


@pytest.mark.parametrize(("lane", "layer", "direction"), [(2, 1, "forward"), (3, 1, "backward"), (1, 0, "backward")])
def test_of_one_lane_all_that_comes_up_is_printed(lane, layer, direction):
    model = deep_model("elman", 2, bidirectional=True, inputs="vectors", hidden=2)
    (page,) = sheets_of(Scene(Reading(model.name, VECTORS)), model, ALL, 0, 1, lane=lane)
    printed = as_json(traced(model, page))
    assert len(page.walks) == 1
    assert page.title.endswith(f", layer {layer + 1}, {direction}")
    assert all(f"layers[{layer}].{direction}" in blank.path for blank in page.walk.blanks() if blank.value is not None)
    handed = page.weights[0]
    assert handed.caption == f"What {'layer 1 hands up at' if layer else 'the network reads for'} each timestep"
    for k, row in enumerate(handed.groups[0]):
        for t, cell in enumerate(row[1:]):
            step = printed["steps"][t]
            below = [*step["layers"][0]["forward"]["h"], *step["layers"][0]["backward"]["h"]] if layer else step["x"]
            assert read(cell.text) == pytest.approx(below[k], abs=0.0051)
    names = ["→ unit 1", "→ unit 2", "← unit 1", "← unit 2"] if layer else ["rain", "wind", "sun"]
    assert [row[0].text for row in handed.groups[0]] == names


def test_numbers_that_are_too_many_to_multiply_are_given():
    page = sheet(deep_model("elman", 2, bidirectional=True, hidden=3), "the dog")
    assert not any(blank.asks == "layer 1 brings" for blank in page.blanks())
    assert any("so what layer 1 brings is given." in note for note in page.notes)


def test_too_many_lanes_for_paper_are_refused_with_what_can_be_done():
    model = deep_model("elman", 3, bidirectional=True, hidden=2)
    text = "the dog barked and slept the"
    with pytest.raises(UserError) as raised:
        sheet(model, text)
    assert str(raised.value) == (
        "the walks of 6 lanes over 6 words have 36 rows, and paper has room for 32; make a sheet of one lane with "
        "--layer and --direction, or give a shorter text with -s"
    )
    assert sheets_of(Scene(Reading(model.name, text)), model, ALL, 0, 1, lane=5)
    with pytest.raises(UserError, match="with --layer, or give a shorter text"):
        sheet(deep_model("elman", 4, hidden=2), "the dog barked and slept the dog barked the")


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_the_command_writes_a_sheet_of_all_lanes_or_of_one(tmp_path, capsys, suffix):
    path = tmp_path / "deep.safetensors"
    save(deep_model("gru", 2, bidirectional=True, hidden=2), path)
    whole, one = tmp_path / f"whole{suffix}", tmp_path / f"one{suffix}"
    scene = ["-m", str(path), "-s", "the dog barked"]
    assert main(["worksheet", *scene, "-o", str(whole)]) == 0
    assert main(["worksheet", *scene, "--layer", "2", "--direction", "backward", "-o", str(one)]) == 0
    walks = [f"The walk in layer {layer}, {way}" for layer in (1, 2) for way in ("forward", "backward")]
    assert [walk in whole.read_text(encoding="utf-8") for walk in walks] == [True] * 4
    assert [walk in one.read_text(encoding="utf-8") for walk in walks] == [False] * 3 + [True]
    assert "--layer 2 --direction backward" in (tmp_path / f"one-answers{suffix}").read_text(encoding="utf-8")
    assert main(["worksheet", *scene, "--layer", "3", "-o", str(tmp_path / f"none{suffix}")]) == 2
    assert "--layer 3: there is no such layer" in capsys.readouterr().err


def test_weights_are_drawn_for_every_lane():
    model = deep_model("elman", 1, bidirectional=True, inputs="one-hot", hidden=2)
    pages = sheets(model, SHORT, count=3, vary="weights")
    assert len({page.weights for page in pages}) == 3
    assert all(" backward'" in page.command and len(page.walks) == 2 for page in pages)


def test_a_yes_or_no_of_a_stack_by_hand():
    page = sheet(deep_model("elman", 2, output="yes_no", hidden=2), "the dog")
    row = page.check.groups[0][-1]
    assert [head.words for head in page.check.heads] == ["after word", "Yes", "the answer"]
    assert row[2].blank.answer in ("Yes", "No")
    assert (row[2].blank.answer == "Yes") is (row[1].blank.value > 0)


def test_the_number_of_a_stack_is_left_blank_where_its_score_is():
    model = deep_model("elman", 2, output="number", hidden=2)
    page = sheet(model, "the dog")
    score, found = (cell.blank for cell in page.check.groups[0][-1][1:])
    assert found.value == pytest.approx(score.value * 5 + 20, abs=1e-4)
    assert abs((score.value - score.tolerance) * 5 + 20 - found.value) <= found.tolerance
    assert any(one.words.startswith("the output × 5, plus 20") for one in page.operations)
    assert amount(found.answer) == pytest.approx(found.value, abs=0.0051)
    assert found.path == "steps[1].outputs[0]"
    assert at(as_json(traced(model, page)), found.path) == pytest.approx(found.value, abs=1e-6)
    assert page.check.groups[0][0][2].text.startswith("next: ")


def test_numbers_of_output_nodes_that_something_stands_before_are_given():
    for model, said in (
        (deep_model("elman", 2, bidirectional=True, hidden=2), "before them both lanes of the top layer meet"),
        (deep_model("elman", 2, head=HIDDEN_LAYER, hidden=2), "before them comes another step (a hidden layer"),
    ):
        page = sheet(model, "the dog")
        assert any(said in note for note in page.notes)
        assert all(cell.blank is None for cell in page.check.groups[0][-1][1:-1])

"""`rnn-tui lens` on stacks: which lane is looked at, and what JSON says of it."""

import json

import numpy as np
import pytest

import rnn_tui
from rnn_tui.cli import main
from rnn_tui.lenses import LENSES
from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.lenses.path import path
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.network.storage import save
from rnn_tui.network.trace import run
from tests.deep import HIDDEN_LAYER, deep_model

TEXT = "the dog barked"
MODELS = {
    "two": deep_model(layers=2, name="two"),
    "deep": deep_model(layers=2, bidirectional=True, name="deep"),
    "both": deep_model(layers=1, bidirectional=True, cell="elman", name="both"),
    "number": deep_model(layers=2, output="number", head=HIDDEN_LAYER, name="number"),
    "head": deep_model(layers=1, head=HIDDEN_LAYER, name="head"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    paths = {name: folder / f"{name}.safetensors" for name in MODELS}
    for name, model in MODELS.items():
        save(model, paths[name])
    return paths


def printed(capsys, lens, file, *arguments):
    code = main(["lens", lens, "-m", str(file), "-s", TEXT, *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def in_json(capsys, *arguments):
    code, out, err = printed(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def trace(name):
    return run(MODELS[name], MODELS[name].tokenize(TEXT))


def test_memory_is_of_the_top_layer_unless_another_is_named(files, capsys):
    for arguments, layer in (((), 1), (("--layer", "2"), 1), (("--layer", "1"), 0)):
        found = in_json(capsys, "memory", files["deep"], *arguments)
        assert (found["layer"], found["direction"], found["format"]) == (layer, None, 1)
        np.testing.assert_allclose(found["influence"], memory(trace("deep"), layer=layer).influence)


@pytest.mark.parametrize(("lens", "measure", "field"), [("gradient", gradient, "norm"), ("path", path, "points")])
def test_gradient_and_path_are_of_the_top_lane_that_reads_forward_unless_another_is_named(
    lens, measure, field, files, capsys
):
    for arguments, layer, backward in (
        ((), 1, False),
        (("--layer", "1"), 0, False),
        (("--layer", "2", "--direction", "backward"), 1, True),
    ):
        found = in_json(capsys, lens, files["deep"], *arguments)
        assert (found["layer"], found["direction"]) == (layer, "backward" if backward else "forward")
        np.testing.assert_allclose(found[field], getattr(measure(trace("deep"), layer=layer, backward=backward), field))


def test_the_gradient_of_layers_that_read_forward_is_of_all_of_them(files, capsys):
    # whatever layer is named, it is of no layer alone
    for arguments in ((), ("--layer", "1")):
        found = in_json(capsys, "gradient", files["two"], *arguments)
        assert "layer" not in found
        np.testing.assert_allclose(found["norm"], gradient(trace("two")).norm)


def test_units_are_those_of_all_lanes_unless_one_is_named(files, capsys):
    found = in_json(capsys, "units", files["deep"])["units"]
    names = [unit["name"] for unit in found]
    assert names == [f"layer {n} {arrow} unit {k}" for n in (1, 2) for arrow in "→←" for k in (1, 2, 3)]
    assert {(unit["layer"], unit["direction"]) for unit in found[6:9]} == {(1, "forward")}
    one = in_json(capsys, "units", files["deep"], "--layer", "2", "--direction", "backward")["units"]
    assert one == found[9:]
    assert [unit["name"] for unit in in_json(capsys, "units", files["two"])["units"]][3:] == [
        f"layer 2 unit {k}" for k in (1, 2, 3)
    ]


def test_a_network_with_one_lane_has_no_more_fields_than_it_had(files, capsys):
    for lens in ("memory", "gradient", "units", "path"):
        found = in_json(capsys, lens, files["head"])
        assert not {"layer", "direction"} & set(found)
    assert [unit["name"] for unit in found.get("units", [])] == []


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("lens", [name for name in LENSES if name != "attention"])
def test_every_lens_is_drawn_and_told(lens, name, files, capsys):
    lanes = [()] + [("--layer", "1", "--direction", "backward")] * (name in ("deep", "both"))
    for arguments in (*lanes, ("--at", "2"), ("--notation",), ("--hide",)):
        code, out, err = printed(capsys, lens, files[name], *arguments)
        assert (code, err) == (0, "")
        assert "So what?" in out
        looked = "layer" in out.splitlines()[0]
        assert looked == (lens in ("memory", "gradient", "units", "path") and name != "head" and _named(lens, name))


def _named(lens, name):
    return lens != "units"  # there the lane stands before each unit's name


def test_all_of_a_picture_is_seen_unless_a_word_is_named(files, capsys):
    # the memory of both lanes, the way back of a lane that reads backward to its first word, the answer in the diagram
    memory_drawn = printed(capsys, "memory", files["deep"])[1].split("Without")[0]
    assert "·" not in memory_drawn.splitlines()[2]
    back = printed(capsys, "gradient", files["both"], "--direction", "backward")[1]
    assert "▸barked" in back
    assert "Back from “dog” to “barked”" in back
    assert "The lit arrow leads to the answer" in printed(capsys, "diagram", files["deep"])[1]
    lane = printed(capsys, "diagram", files["deep"], "--layer", "2", "--direction", "backward", "--at", "2:gates")[1]
    assert "layer 2 ←" in lane
    assert "Gates: open or close the gates" in lane


def test_a_lane_that_there_is_not_is_refused(files, capsys):
    for arguments, said in (
        (("--layer", "3"), "--layer 3"),
        (("--layer", "1", "--direction", "backward"), "backward"),
    ):
        code, out, err = printed(capsys, "path", files["two"], *arguments)
        assert (code, out) == (1, "") or (code, out) == (2, "")
        assert said in err
        assert len(err.strip().splitlines()) == 1


def test_python_names_lanes_as_json_does():
    model = MODELS["deep"]
    found = rnn_tui.lens("gradient", model, TEXT, layer=0, direction="backward")
    assert (found["layer"], found["direction"]) == (0, "backward")
    np.testing.assert_allclose(found["norm"], gradient(trace("deep"), layer=0, backward=True).norm)
    with pytest.raises(UserError, match="there is no direction “up”; there are forward and backward"):
        rnn_tui.lens("gradient", model, TEXT, direction="up")
    with pytest.raises(InputError, match="there is no layer 3; the network has 2, so 1 to 2"):
        rnn_tui.lens("path", model, TEXT, layer=2)

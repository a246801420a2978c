"""The page's document: what is in it, what is left out, and what is refused."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import rnn_tui.export.page
from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.export.page.document import CELLS, ENGINE, READOUTS, START, WALK, document, page
from rnn_tui.export.page.structure import structure
from rnn_tui.network.cells import CELLS as KNOWN
from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import Layer
from rnn_tui.network.readouts import READOUTS as ALL_READOUTS
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from tests.export.traced_models import DRAWN, SHIPPED, drawn, edited, shipped

FOLDER = Path(rnn_tui.export.page.__file__).parent


def fields(written):
    """What the scripts of a page find in it."""
    return json.loads(re.search(r'<script type="application/json" id="page">(.*?)</script>', written)[1])


def test_every_script_of_the_folder_is_in_a_page():
    files = {path.stem for path in (FOLDER / "script").glob("*.js")}
    assert {*ENGINE, *WALK, *START} <= files
    others = files - {*ENGINE, *WALK, *START}
    assert not [name for name in others if name.startswith("page_")]


def test_the_model_file_in_a_page_is_that_of_the_network_with_its_edits(tmp_path):
    trace = edited(shipped("sentiment-gru"), "set weight_hh[1,2] 0.25", "hold z[3] 0.5 at 2")
    scene = Scene(reading=Reading("sentiment-gru", trace.text))
    written = document(scene, trace)
    file = tmp_path / "model.safetensors"
    file.write_bytes(base64.b64decode(re.search(r'id="model-0">([^<]*)<', written)[1]))
    assert load(file).on(0).cell.weight_hh[0, 1] == 0.25
    assert fields(written)["scene"]["holds"] == [{"floor": 0, "name": "z", "unit": 2, "t": 1, "value": 0.5}]


@pytest.mark.parametrize("name", [*SHIPPED, *DRAWN])
def test_the_structure_is_json_and_says_each_phase_once(name):
    trace = shipped(name) if name in SHIPPED else drawn(name)
    told = json.loads(json.dumps(structure(trace.model), allow_nan=False))
    assert len(told["floors"]) == len(trace.model.floors)
    for floor, known in zip(told["floors"], trace.model.floors, strict=True):
        assert [told["phases"][at]["title"] for at in floor["phases"]] == [phase.title for phase in known.phases]
    texts = [json.dumps(phase) for phase in told["phases"]]
    assert len(set(texts)) == len(texts)


def test_a_lone_surrogate_and_an_end_of_a_script_stay_text():
    model = replace(shelf.load("kicking-and-screaming"), title="</script><b>\ud800")
    trace = run(model, model.tokenize("Kicking </script> \ud800"))
    written = document(Scene(reading=Reading(model.name, trace.text)), trace)
    written.encode()
    assert written.count("</script>") == written.count("<script")


def test_a_cell_that_the_scripts_do_not_know_is_refused():
    assert set(CELLS) == set(KNOWN)

    class Another(type(shelf.load("sentiment").layers[0].forward)):
        kind = "another"

    model = shelf.load("sentiment")
    cell = model.layers[0].forward
    model = replace(model, layers=(Layer(Another(cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh)),))
    with pytest.raises(UserError, match=r"can't compute the cell another, only elman.*export a picture"):
        page("title", [model], {}, "")


def test_a_readout_that_the_scripts_do_not_know_is_refused():
    assert set(READOUTS) == set(ALL_READOUTS)

    class Another(ALL_READOUTS["last"]):
        kind = "another"

    with pytest.raises(UserError, match=r"can't compute the readout another, only last, .*export a picture"):
        page("title", [replace(shelf.load("sentiment"), readout=Another())], {}, "")


def test_the_command_writes_it_whole_and_takes_no_size(tmp_path):
    path = tmp_path / "page.html"
    assert main(["export", "-m", "small-sums", "-s", "sun and cake", "--at", "2:add", "-o", str(path)]) == 0
    assert fields(path.read_text("utf-8"))["scene"]["position"] == {"t": 1, "phase": 2, "floor": 0}
    assert main(["export", "-o", str(tmp_path / "a.html"), "--size", "80x24"]) == 2

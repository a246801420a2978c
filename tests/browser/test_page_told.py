"""What a page tells is what the program tells, line by line: so it is as true, to the digits that are shown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rnn_tui.export.page.document import document
from rnn_tui.network.position import Position
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from rnn_tui.story.reading import NEXT
from rnn_tui.story.spans import plain
from rnn_tui.story.telling import tell
from tests.browser.chromium import needs_chromium
from tests.browser.pages import opened
from tests.export.traced_models import DRAWN, MODELS, SHIPPED, drawn

pytestmark = needs_chromium
MOST = 60
NEAREST = re.compile(r"; nearest: .*\.$")
# [t, phase, floor, unit, lines, notation] of some steps of the walk, for the unit that counts most and for another.
TOLD = """((step) => {
  const walk = rnnTui.open, found = [];
  const { order } = walk.reading();
  for (let at = 0; at < order.size; at += step) {
    const position = order.at(at);
    for (const unit of [null, 1]) {
      walk.state = { ...walk.state, position, unit, notation: true };
      const { moment, unit: shown } = rnnTui.viewOf(walk);
      const told = rnnTui.tell(moment, { notation: true, covered: false });
      const lines = told.lines.map(rnnTui.telling.plain);
      found.push([position.t, position.phase, position.floor, shown, lines, told.notation]);
    }
  }
  return found;
})"""


def checked(browser, folder, model, text):
    """Compare what the page of a text tells with what the program does."""
    trace = run(model, model.tokenize(text))
    scene = Scene(reading=Reading(model.name, text), notation=True)
    tab = opened(browser, folder, document(scene, trace))
    found = tab.run(f"{TOLD}({max(1, len(trace.order) // MOST)})")
    assert tab.complaints == []
    tab.close()
    assert len(found) >= 2 * len(trace)
    for t, phase, floor, unit, *said in found:
        shown = replace(scene, position=Position(t, phase, floor), unit=unit)
        assert shown.unit_in(trace) == unit
        *lines, notation = (tuple(span for span in line if span != NEXT) for line in tell(trace, shown))
        # Words that look like an unknown one are looked for by the program alone.
        wanted = [NEAREST.sub(".", plain(line)) for line in lines]
        assert said == [wanted, plain(notation)], (t, phase, floor, unit)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_model_is_told_as_in_the_program(browser, tmp_path, name):
    model = load(MODELS / f"{name}.safetensors")
    checked(browser, tmp_path, model, model.examples[-1].text)


@pytest.mark.parametrize("name", DRAWN)
def test_a_network_of_any_kind_is_told_as_in_the_program(browser, tmp_path, name):
    trace = drawn(name)
    checked(browser, tmp_path, trace.model, trace.text)

"""The diagram measures nothing, and is walked phase by phase where other lenses are walked word by word."""

from __future__ import annotations

import json

from rnn_tui.cli import main
from rnn_tui.lenses import LENSES
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.pair import Pair
from rnn_tui.scene import Reading, Scene
from tests.builders import build, trace_of

TEXT = "Kicking and screaming"


def test_it_has_no_fields(capsys):
    trace = trace_of(build())
    assert LENSES["diagram"].load().to_json(measure(question("diagram", trace, 0, 0), trace)) == {}
    assert main(["lens", "diagram", "-s", TEXT, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"format", "lens", "model", "tokens"}
    assert (found["format"], found["lens"], found["tokens"]) == (1, "diagram", ["kicking", "and", "screaming"])


def test_every_position_asks_the_same_question():
    trace = trace_of(build())
    assert len({question("diagram", trace, t, unit) for t in range(4) for unit in range(3)}) == 1


def test_on_the_whole_screen_and_in_a_comparison_a_step_is_a_phase():
    reading = Reading("m", "dog")
    for name in LENSES:
        assert Scene(reading, lens=name, full=True).steps_by_word == (name != "diagram")
        assert Pair(reading, reading, lens=name).steps_by_word == (name != "diagram")


def test_it_is_printed_at_the_phase_that_is_asked_for(capsys):
    def printed(*at):
        assert main(["lens", "diagram", "-s", TEXT, *at]) == 0
        return capsys.readouterr().out

    assert "3 Check: check the output nodes" in printed()
    assert printed("--at", "3:check") == printed() == printed("--at", "3")
    added = printed("--at", "2:add")
    assert "━━ 2 Add: add what it remembers" in added
    assert "same weights W at every step" in added
    assert "Negative 87%" in printed()
    assert "87%" not in added

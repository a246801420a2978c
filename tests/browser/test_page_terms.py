"""The products behind single numbers in JavaScript, in Chromium: those of network/arithmetic, number by number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.arithmetic import Sum, derivation
from rnn_tui.network.cells.phases import LargestOf
from rnn_tui.network.trace import run
from tests.browser import drawing
from tests.browser.chromium import needs_chromium
from tests.browser.engine import in_chromium
from tests.deep import deep_model
from tests.export.traced_models import DRAWN, drawn, shipped

pytestmark = needs_chromium
NEAR = {"rel": 1e-5, "abs": 1e-5}
NAMED = ("verb", "a name that is far too long", "“<b>”")
HOLD = ("hold h[2] 0.5 at 2", {"hold": [{"floor": 0, "name": "h", "unit": 1, "t": 1, "value": 0.5}]})


def networks():
    """Traces of networks of every kind, of some with names of units and features, each with the edits of the page."""
    yield from ((drawn(name), {}) for name in DRAWN)
    yield from ((shipped(name), {}) for name in ("kicking-and-screaming", "el-nino", "recall-gru"))
    for fields in ({"layers": 1}, {"layers": 2}, {"layers": 1, "readout": "mean", "head": drawing.HEAD}):
        model = replace(deep_model("gru", **fields, name="named"), unit_names=NAMED)
        yield run(model, model.tokenize("the dog barked")), {}
    trace = drawn("lstm stack")
    yield run(*apply_edits(trace.model, trace.tokens, [parse_edit(HOLD[0])])), HOLD[1]


def sums(trace):
    """Each sum of products behind some units at two words, on every floor: where it stands, and the program's."""
    for floor in trace.model.floors:
        seen = trace.on(floor.index)
        for t in sorted({1, len(trace) - 1}):
            if not trace.order.has(t, floor.index):
                continue
            for phase in floor.phases:
                for unit in sorted({0, seen.model.hidden_size - 1}):
                    for part in derivation(seen, t, phase, unit):
                        if isinstance(part, Sum) or isinstance(part.source, LargestOf):
                            yield [floor.index, t, *place_of(part, unit)], part


def place_of(part, unit):
    """The name and the row by which the page knows a part."""
    if not isinstance(part, Sum):
        return "context", unit
    of_lane = part.parameter in ("weight_ih", "weight_hh")
    row = part.row if part.parameter else 0 if part.name == "scores" else unit
    return part.name.partition("_")[0] if of_lane else part.name, row


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Each part of all those networks: where it stands, the program's, and what the page says of it."""
    traces = [(trace, edits, list(sums(trace))) for trace, edits in networks()]
    calls = [
        (trace.model, [("terms", trace.text, edits, [place for place, _ in found])]) for trace, edits, found in traces
    ]
    listed = []
    for (trace, _, found), (answer,) in zip(traces, in_chromium(calls, tmp_path_factory.mktemp("terms")), strict=True):
        assert isinstance(answer, list), (trace.model, answer)
        for (place, part), given in zip(found, answer, strict=True):
            listed.append(((str(trace.model), *place), part, given))
    return listed


def test_every_sum_of_products_is_the_programs_and_makes_its_total(asked):
    names = set()
    for place, part, given in asked:
        if not isinstance(part, Sum):
            continue
        names.add(part.name)
        assert given["name"] == part.name, place
        assert given["bias"] == (None if part.bias is None else pytest.approx(part.bias, **NEAR)), place
        assert [one["label"] for one in given["products"]] == [term.name for term in part.terms], place
        for one, term in zip(given["products"], part.terms, strict=True):
            assert (one["weight"], one["value"]) == pytest.approx((term.weight, term.value), **NEAR), place
        assert given["total"] == pytest.approx(part.total, **NEAR), place
        made = sum(one["weight"] * one["value"] for one in given["products"]) + (given["bias"] or 0)
        assert made == pytest.approx(given["total"], rel=1e-9, abs=1e-9), place
    rows = {f"{name}_{gate}" for name in ("ih", "hh") for gate in "rznifgo"}
    assert names == rows | {"ih", "hh", "context", "scores", "logits", "head_sum.0", "head_sum.1", "head.2"}


def test_the_largest_of_some_values_is_among_those_that_stand_there(asked):
    largest = [(place, part, given) for place, part, given in asked if not isinstance(part, Sum)]
    assert largest
    for place, part, given in largest:
        values = {one["label"]: one["value"] for one in given["products"]}
        assert all(one["weight"] is None for one in given["products"]), place
        assert given["total"] == pytest.approx(part.result[1], **NEAR), place
        assert max(values.values()) == given["total"], place
        assert all(values[name] == pytest.approx(value, **NEAR) for name, value in part.parts), place

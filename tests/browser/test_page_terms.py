"""The arithmetic of single numbers in JavaScript, in Chromium: that of network/arithmetic, number by number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.arithmetic import Curve, Formula, Sum, derivation
from rnn_tui.network.arithmetic.parts import HandedUp, LogitOf, NoOf, NumberOf, ShareOf, TokenRead, YesOf
from rnn_tui.network.cells.phases import AttentionShare, Combined, LargestOf, Met, Squashed
from rnn_tui.network.trace import run
from tests.browser import drawing
from tests.browser.chromium import needs_chromium
from tests.browser.engine import in_chromium
from tests.deep import deep_model
from tests.export.traced_models import DRAWN, drawn, shipped

pytestmark = needs_chromium
NEAR = {"rel": 1e-5, "abs": 1e-5}
NAMED = ("verb", "a name that is far too long", "“<b>”")
EDIT = ("hold h[2] 0.5 at 2", {"hold": [{"floor": 0, "name": "h", "unit": 1, "t": 1, "value": 0.5}]})


def networks():
    """Traces of networks of every kind, of some with names of units and features, each with the edits of the page."""
    yield from ((drawn(name), {}) for name in DRAWN)
    yield from ((shipped(name), {}) for name in ("kicking-and-screaming", "el-nino", "recall-gru"))
    for fields in ({"layers": 1}, {"layers": 2}, {"layers": 1, "readout": "mean", "head": drawing.HEAD}):
        model = replace(deep_model("gru", **fields, name="named"), unit_names=NAMED)
        yield run(model, model.tokenize("the dog barked")), {}
    for name in ("elman", "gru both ways", "lstm stack"):
        trace = drawn(name)
        yield run(*apply_edits(trace.model, trace.tokens, [parse_edit(EDIT[0])])), EDIT[1]


def parts(trace):
    """Each part of the arithmetic of every phase at two words and of two units, by floor and timestep."""
    order, last = trace.order, len(trace) - 1
    for floor in trace.model.floors:
        seen = trace.on(floor.index)
        for t in sorted({1, last}):
            if not order.has(t, floor.index):
                continue
            for phase in floor.phases:
                for unit in sorted({0, seen.model.hidden_size - 1}):
                    labels = []
                    for part in derivation(seen, t, phase, unit):
                        if isinstance(part.source, LogitOf):
                            labels.append(part.source.label)
                        if isinstance(part.source, ShareOf):
                            yield floor.index, t, "probs", labels.pop(0), part
                        elif (place := place_of(part, t, unit)) is not None:
                            yield floor.index, t, *place, part


def place_of(part, t, unit):
    """The name and the row by which the page knows a part; None of Read, which has no arithmetic there."""
    source = part.source
    if isinstance(source, TokenRead | HandedUp):
        return None
    if isinstance(part, Sum):
        name = part.name.partition("_")[0] if part.parameter.startswith("weight") else part.name
        return name, part.row if part.parameter else 0 if name == "scores" else unit
    if isinstance(source, Combined | Squashed):
        return source.key, unit
    if isinstance(source, YesOf | NoOf):
        return "probs", int(isinstance(source, YesOf))
    places = {LargestOf: ("context", unit), AttentionShare: ("attention", t), Met: ("met", unit)}
    return ("outputs", source.label) if isinstance(source, NumberOf) else places[type(source)]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """For each network its trace, the parts of its arithmetic, and what the page says of each."""
    traces = [(trace, edits, list(parts(trace))) for trace, edits in networks()]
    calls = [
        (trace.model, [("terms", trace.text, edits, [place for *place, _ in found])]) for trace, edits, found in traces
    ]
    answers = in_chromium(calls, tmp_path_factory.mktemp("terms"))
    return [(trace, found, answer) for (trace, _, found), (answer,) in zip(traces, answers, strict=True)]


def listed(asked):
    """Each part beside what the page says of it."""
    for trace, found, answer in asked:
        assert isinstance(answer, list), (trace.model, answer)
        for (*place, part), given in zip(found, answer, strict=True):
            yield (str(trace.model), *place), part, given


def test_every_number_has_the_notation_and_the_total_of_the_program(asked):
    names = set()
    for place, part, given in listed(asked):
        assert given["notation"] == part.notation, place
        total = part.total if isinstance(part, Sum) else part.y if isinstance(part, Curve) else part.result[1]
        assert given["total"] == pytest.approx(total, **NEAR), place
        names.add(place[3])
    cells = {"ih", "hh", "pre_activation", "h", *"rzifgonc", "sum_n", "tanh(c)"}
    assert names >= cells | {
        "context",
        "scores",
        "attention",
        "met",
        "logits",
        "probs",
        "outputs",
        "head.0",
        "head_sum.0",
    }


def test_the_products_of_every_sum_are_the_programs_and_make_it(asked):
    sums = 0
    for place, part, given in listed(asked):
        if not isinstance(part, Sum):
            continue
        sums += 1
        assert given["name"] == part.name, place
        assert given["bias"] == (None if part.bias is None else pytest.approx(part.bias, **NEAR)), place
        assert [one["label"] for one in given["products"]] == [term.name for term in part.terms], place
        for one, term in zip(given["products"], part.terms, strict=True):
            assert (one["weight"], one["value"]) == pytest.approx((term.weight, term.value), **NEAR), place
        made = sum(one["weight"] * one["value"] for one in given["products"]) + (given["bias"] or 0)
        assert made == pytest.approx(given["total"], rel=1e-9, abs=1e-9), place
    assert sums > 1_000


def test_the_operands_of_every_equation_are_the_programs(asked):
    for place, part, given in listed(asked):
        if isinstance(part, Curve):
            assert (given["of"], given["argument"]) == (part.function, pytest.approx(part.x, **NEAR)), place
        elif isinstance(part, Formula) and isinstance(part.source, LargestOf):
            values = [one["value"] for one in given["products"]]
            assert max(values) == pytest.approx(part.result[1], **NEAR), place
        elif isinstance(part, Formula):
            wanted = [(name, pytest.approx(value, **NEAR)) for name, value in part.parts]
            operands = [(one["name"], one["value"]) for one in given["operands"]]
            assert all(one in operands for one in wanted), place
            if not isinstance(part.source, ShareOf | AttentionShare):  # of many shares the program writes out a few
                assert len(operands) == len(wanted), place

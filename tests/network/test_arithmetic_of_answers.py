"""The arithmetic of one logit and of numbers: every figure against the same equation computed here."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.arithmetic import Curve, Formula, Sum, derivation
from rnn_tui.network.changes import parameter
from rnn_tui.network.outputs import number_of
from tests.builders import READOUT_KINDS, trace_of
from tests.deep import VECTORS, deep_model
from tests.network.test_arithmetic import assert_adds_up

WORDS = "the dog barked"


def parts_of(trace, t, phase="check", unit=0):
    return derivation(trace, t, next(known for known in trace.model.phases if known.name == phase), unit)


def figure(text):
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_the_one_logit_is_squashed_into_the_probability_of_yes_and_the_rest_is_for_no(readout):
    trace = trace_of(deep_model("gru", 1, output="yes_no", readout=readout, seed=2), WORDS)

    logit, yes, no = parts_of(trace, 2)

    assert isinstance(logit, Sum)
    assert_adds_up(logit)
    assert (logit.parameter, logit.row, len(logit.terms)) == ("fc.weight", 0, 3)
    assert logit.settable()[0] == ("fc.weight", (0, 0))
    assert parameter(trace.model, *logit.settable()[-1]) == logit.bias
    assert isinstance(yes, Curve)
    assert yes.y == pytest.approx(1 / (1 + math.exp(-logit.total)), abs=1e-6)
    assert (yes.name, yes.function, yes.notation) == ("Yes", "sigmoid", "P(Yes) = σ(logit)")
    assert isinstance(no, Formula)
    assert no.result == ("No", float(trace[2].probs[0]))
    assert no.result[1] == pytest.approx(1 - yes.y, abs=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_of_one_logit_close_as_shown_or_say_about(seed):
    trace = trace_of(deep_model("elman", 1, output="yes_no", seed=seed, scale=1.5), WORDS)
    for t in range(3):
        _, yes, no = parts_of(trace, t)
        x, sign, p = re.fullmatch(r"σ\((−?[\d.]+)\) ([=≈]) ([\d.]+)", yes.numbers).groups()
        closes = abs(1 / (1 + math.exp(-figure(x))) - figure(p)) <= 0.0005 * (1 + 1e-6)
        assert sign == ("=" if closes else "≈")
        whole, sign, rest = re.fullmatch(r"1 − ([\d.]+) ([=≈]) ([\d.]+)", no.numbers).groups()
        assert sign == ("=" if abs(1 - figure(whole) - figure(rest)) <= 0.0005 * (1 + 1e-6) else "≈")


@pytest.mark.parametrize(("mean", "std"), [(20.0, 5.0), (-0.02, 0.004), (286.7, 119.9), (-5e6, 1234567.0)])
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_a_number_is_its_logit_times_the_spread_plus_the_mean(mean, std, readout):
    model = deep_model("lstm", 1, output="number", inputs="number", readout=readout, seed=3)
    trace = trace_of(replace(model, output=number_of(mean, std, 1)), "1 −2 3")
    signs = set()
    for t in range(3):
        logit, number = parts_of(trace, t)
        assert_adds_up(logit)
        total = logit.total * std + mean
        assert number.result == ("next", float(trace[t].answer[0]))
        assert number.result[1] == pytest.approx(total, rel=1e-5, abs=1e-5 * std)
        assert [value for _, value in number.parts] == [float(trace[t].logits[0]), std, mean]
        left, sign, right = re.fullmatch(r"(.*) ([=≈]) (.*)", number.numbers).groups()
        from_shown = eval(left.replace("×", "*").replace("−", "-"))  # its own figures
        last = 10.0 ** -len(right.partition(".")[2])
        assert (sign == "=") == (abs(from_shown - figure(right)) <= last / 2 * (1 + 1e-6)), number.numbers
        signs.add(sign)
    assert number.notation == "outputs = logits·std + mean"
    assert signs


def test_several_numbers_have_a_logit_each_in_their_own_order():
    labels = ("rain", "wind", "sun")
    trace = trace_of(deep_model("gru", 1, output="number", inputs="vectors", labels=labels, seed=1), VECTORS)

    parts = parts_of(trace, 1)

    assert [part.total for part in parts[:3]] == trace[1].logits.tolist()
    assert [part.result[0] for part in parts[3:]] == list(labels)
    assert parts[1].notation == "logits[wind] = Σ fc.weight[wind,j]·h[j] + fc.bias[wind]"
    assert parts[4].notation == "outputs[wind] = logits[wind]·std[wind] + mean[wind]"


def test_of_many_numbers_ten_are_followed():
    labels = tuple(map(str, range(12)))
    trace = trace_of(deep_model("gru", 1, output="number", labels=labels), WORDS)

    assert len(parts_of(trace, 0)) == 20


def test_what_is_no_number_is_said():
    model = deep_model("elman", 1, output="number")
    model = replace(model, fc=replace(model.fc, bias=np.array([np.nan], np.float32)))

    _, number = parts_of(trace_of(model, WORDS), 0)

    assert number.numbers.endswith(" is no number")


def test_every_feature_is_followed_from_its_number_to_x():
    trace = trace_of(deep_model("gru", 1, inputs="vectors"), VECTORS)

    parts = parts_of(trace, 1, "read")

    values, means, scales = (0.2, 0.6, 2.0), (0.5, 0.0, -1.0), (2.0, 1.0, 0.5)
    for feature, part in enumerate(parts):
        assert [value for _, value in part.parts] == pytest.approx([values[feature], means[feature], scales[feature]])
        assert part.result[1] == pytest.approx((values[feature] - means[feature]) / scales[feature])
    assert parts[1].notation == "x[wind] = (value[wind] − mean[wind]) / scale[wind]"
    assert [part.numbers for part in parts][2] == "(2.000 − (−1.000)) / 0.500 = 6.000"


def test_the_products_of_features_have_their_names():
    trace = trace_of(deep_model("elman", 1, inputs="vectors"), VECTORS)

    (product,) = parts_of(trace, 1, "multiply", unit=2)

    assert [term.name for term in product.terms] == ["rain", "wind", "sun"]
    assert_adds_up(product)


def test_features_without_names_are_counted_and_of_many_twelve_are_followed():
    trace = trace_of(deep_model("elman", 1, inputs="vectors", features=14), ",".join("1" * 14))

    assert len(parts_of(trace, 0, "read")) == 12
    assert parts_of(trace, 0, "read")[11].result[0] == "x[12]"
    assert parts_of(trace, 0, "multiply")[0].terms[0].name == "input 1"

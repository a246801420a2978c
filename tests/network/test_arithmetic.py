"""Every number can be followed to the numbers that it came from."""

from __future__ import annotations

import math
import re
from itertools import product

import numpy as np
import pytest

from rnn_tui.network.arithmetic import Curve, Formula, Sum, derivation
from rnn_tui.network.changes import parameter, with_parameter
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired

FUNCTIONS = {
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: max(0.0, x),
    "identity": lambda x: x,
}
EVERY_KIND = [(*cell, readout, inputs) for cell, readout, inputs in product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS)]


def parts_of(trace, t, phase, unit=0):
    found = next(known for known in trace.model.phases if known.name == phase)
    return derivation(trace, t, found, unit)


def assert_adds_up(part):
    """The products of a sum and its bias, added up in float64, are its total."""
    so_far = 0.0
    for term in part.terms:
        assert term.product == pytest.approx(term.weight * term.value, rel=1e-12)
        so_far += term.product
        assert term.running == pytest.approx(so_far, rel=1e-9, abs=1e-12)
    assert so_far + (part.bias or 0.0) == pytest.approx(part.total, abs=1e-5)


@pytest.mark.parametrize(("cell", "activation", "readout", "inputs"), EVERY_KIND)
def test_every_sum_and_curve_of_every_phase_ends_at_the_traces_own_number(cell, activation, readout, inputs):
    # given a network of this kind and a sentence
    trace = trace_of(build(cell, activation, readout, inputs, scale=0.5, seed=3))
    kinds = set()
    # when every phase of every word is taken apart for every unit
    for t, phase, unit in product(range(len(trace)), trace.model.phases, range(trace.model.hidden_size)):
        for part in derivation(trace, t, phase, unit):
            kinds.add(type(part))
            # then sums add up, and points lie on their curves
            if isinstance(part, Sum):
                assert_adds_up(part)
            elif isinstance(part, Curve):
                assert FUNCTIONS[part.function](part.x) == pytest.approx(part.y, abs=1e-5)
    assert kinds == {Sum, Curve, Formula}


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_the_phases_end_at_the_values_that_they_show(cell, activation):
    # given a step
    trace = trace_of(build(cell, activation, inputs="embedding", seed=5))
    step, unit, size = trace[2], 1, 3

    def last(phase):
        part = parts_of(trace, 2, phase, unit)[-1]
        return part.y if isinstance(part, Curve) else part.result[1]

    # when its phases are taken apart, then the sums of Multiply are the unit's rows of ih
    totals = [part.total for part in parts_of(trace, 2, "multiply", unit)]
    assert totals == [step["ih"][row] for row in range(unit, len(step["ih"]), size)]
    # and the phase that makes h ends at h
    assert last(trace.model.phases[trace.model.state_phase].name) == step.h[unit]
    shown = {"elman": {"add": "pre_activation"}, "gru": {"candidate": "n"}, "lstm": {"gates": "o", "write": "c"}}
    for phase, name in shown[cell].items():
        assert last(phase) == pytest.approx(step[name][unit], abs=1e-6)


def test_a_grus_gates_are_followed_in_the_order_r_then_z():
    # given a GRU
    trace = trace_of(build("gru", None))
    # when its gates are taken apart
    parts = parts_of(trace, 1, "gates")
    # then each is a sum over the memory, the sum of both, and its curve; hh_n waits for the candidate
    assert [part.name for part in parts if isinstance(part, Sum)] == ["hh_r", "hh_z"]
    assert [(part.function, part.name) for part in parts if isinstance(part, Curve)] == [
        ("sigmoid", "r"),
        ("sigmoid", "z"),
    ]
    assert parts_of(trace, 1, "candidate")[0].name == "hh_n"


def test_an_lstms_new_value_is_squashed_by_tanh_and_its_gates_by_a_sigmoid():
    # given an LSTM
    trace = trace_of(build("lstm", None))
    # when its gates are taken apart
    curves = [part for part in parts_of(trace, 1, "gates") if isinstance(part, Curve)]
    # then
    assert [(part.name, part.function) for part in curves] == [
        ("i", "sigmoid"),
        ("f", "sigmoid"),
        ("g", "tanh"),
        ("o", "sigmoid"),
    ]


def test_a_one_hot_word_picks_one_column():
    # given a model whose words are one-hot
    trace = trace_of(wired([[0.9, 0.1, 0.5]], bias_ih=[0.25], words=("kicking", "dog", "and")), "dog")
    # when Multiply is taken apart
    (part,) = parts_of(trace, 0, "multiply")
    # then only the picked column is a term
    assert [(term.name, term.value, term.weight) for term in part.terms] == [("dog", 1.0, pytest.approx(0.1))]
    assert part.bias == 0.25
    assert part.total == pytest.approx(0.35)


def test_an_unknown_word_without_a_row_leaves_only_the_bias():
    # given a model that has no word for unknown ones
    trace = trace_of(build(inputs="embedding", unknown=None), "meh")
    # when its product is taken apart
    (multiply,) = parts_of(trace, 0, "multiply")
    # then
    assert len(multiply.terms) == 0
    assert multiply.bias == pytest.approx(multiply.total)


@pytest.mark.parametrize(
    ("inputs", "numbers"),
    [
        ("one-hot", "x = 0 … 0 1 0 … 0"),
        ("embedding", None),
        ("number", "(−2.000 − 0.500) / 2.000 = −1.250"),
    ],
)
def test_read_has_the_numbers_of_x(inputs, numbers):
    # given the second token of a sentence
    trace = trace_of(build(inputs=inputs))
    # when its reading is taken apart
    (part,) = parts_of(trace, 1, "read")
    # then
    if numbers:
        assert part.numbers == numbers
    else:
        assert [value for _, value in part.parts] == trace[1].x.tolist()
        assert part.result is None


@pytest.mark.parametrize(("text", "numbers"), [("<unk>", "x = 1 0 … 0"), ("not", "x = 0 … 0 1")])
def test_the_one_at_either_end_of_x(text, numbers):
    # given the first or the last word of a vocabulary, when its reading is taken apart, then
    assert parts_of(trace_of(build(), text), 0, "read")[0].numbers == numbers


def test_add_puts_memory_and_input_together_and_names_the_hidden_units():
    # given two units, the second of which feeds the first
    model = wired([[0.9], [-0.4]], weight_hh=[[1, 0.5], [0, 1]], words=("dog",), unit_names=("verb", "noun"))
    trace = trace_of(model, "dog dog")
    # when Add is taken apart at the first and the second word
    first, _ = parts_of(trace, 0, "add")
    memory, both = parts_of(trace, 1, "add")
    # then there is nothing to remember at first, and then every unit's memory times its weight
    assert [term.value for term in first.terms] == [0.0, 0.0]
    assert [(term.name, term.weight) for term in memory.terms] == [("verb", 1.0), ("noun", 0.5)]
    # tanh(0.9) + 0.5·tanh(−0.4) = 0.7163 − 0.1900 = 0.5263
    assert memory.total == pytest.approx(0.5263, abs=1e-4)
    assert both.numbers == "0.900 + 0.526 = 1.426"
    assert both.notation == "pre_activation[verb] = ih[verb] + hh[verb]"


def test_formulas_carry_the_numbers_that_are_filled_in():
    # given a GRU and an LSTM
    gru, lstm = (trace_of(build(cell, None, seed=1)) for cell in ("gru", "lstm"))
    # when the phase that joins old and new is taken apart
    (blend,) = parts_of(gru, 1, "blend", 2)
    (write,) = parts_of(lstm, 1, "write", 2)
    # then its parts put together are its result
    (_, z), (_, n), (_, h_prev) = blend.parts
    assert (1 - z) * n + z * h_prev == pytest.approx(blend.result[1], abs=1e-6)
    (_, f), (_, c_prev), (_, i), (_, g) = write.parts
    assert f * c_prev + i * g == pytest.approx(write.result[1], abs=1e-6)
    # and its text has them, negative ones in brackets
    assert blend.numbers.startswith(f"(1 − {z:.3f}) × ")
    assert write.numbers.startswith(f"{f:.3f} × ")


def test_check_follows_the_most_probable_label_first():
    # given logits of +0.5, +1.5 and −1.0
    model = wired([[0]], words=("dog",), fc=[[0]] * 3, fc_bias=[0.5, 1.5, -1], labels=("a", "b", "c"))
    # when Check is taken apart
    parts = parts_of(trace_of(model, "dog"), 0, "check")
    # then the logits come in the order of their probability, and then their softmax
    assert [part.total for part in parts[:3]] == [1.5, 0.5, -1.0]
    assert [part.row for part in parts[:3]] == [1, 0, 2]
    # e^1.5 / (e^1.5 + e^0.5 + e^−1) = 4.4817 / 6.4983 = 0.6897
    assert parts[3].numbers == "e^1.500 / (e^1.500 + e^0.500 + e^(−1.000)) = 0.690"
    assert [part.result[0] for part in parts[3:]] == ["b", "a", "c"]
    assert sum(part.result[1] for part in parts[3:]) == pytest.approx(1)


def test_of_many_labels_only_the_most_probable_are_followed():
    # given a model with 30 output nodes
    trace = trace_of(build(labels=tuple(f"label {n}" for n in range(30))))
    # when Check is taken apart
    parts = parts_of(trace, 0, "check")
    # then ten are followed, and a softmax shows three of its thirty powers, and what the others add up to
    assert len(parts) == 20
    assert parts[-1].numbers.count("e^") == 4
    rest = float(re.search(r"\(27 more: (\d+\.\d+)\)", parts[-1].numbers)[1])
    powers = np.exp([value for _, value in parts[-1].parts])
    assert powers[0] / (powers.sum() + rest) == pytest.approx(parts[-1].result[1], abs=1e-3)


def test_attention_is_followed_from_its_score_to_the_context_that_the_outputs_read():
    # given the attention readout
    trace = trace_of(build(readout="attention", inputs="embedding"))
    # when Look back and Check are taken apart at the third word
    score, share, context = parts_of(trace, 2, "attend", 1)
    logit, *_ = parts_of(trace, 2, "check", 1)
    # then
    assert score.total == trace.values["scores"][2, 0]
    assert share.result == ("barked", pytest.approx(trace[2]["attention"][2]))
    assert [term.name for term in context.terms] == ["the", "dog", "barked"]
    assert context.bias is None
    assert context.total == trace[2]["context"][1]
    assert logit.value_name == "context"


def test_units_without_names_are_counted_from_one():
    # given a model without unit names, when the third unit is taken apart, then
    trace = trace_of(build())
    (part,) = parts_of(trace, 0, "multiply", 2)
    assert part.notation == "ih[3] = Σ weight_ih[3,j]·x[j] + bias_ih[3]"


def test_numbers_that_overflow_are_handed_on_and_raise_nothing():
    # given a network whose memory is squared a hundredfold at every word
    model = wired([[3e30]], weight_hh=[[1e30]], words=("dog",), activation="identity")
    # when it is taken apart where float32 can't hold it
    memory, both = parts_of(trace_of(model, "dog dog dog"), 2, "add")
    # then
    assert not np.isfinite(memory.total)
    assert "∞" in both.numbers


def test_a_phase_that_the_model_does_not_have():
    # given an Elman network, when a GRU's phase is asked for, then
    trace = trace_of(build())
    blend = next(phase for phase in build("gru", None).phases if phase.name == "blend")
    with pytest.raises(KeyError):
        derivation(trace, 0, blend, 0)


# The sign between what is shown and what comes of it


def test_a_formula_that_closes_with_the_digits_that_are_shown_is_equal_and_another_is_not():
    # given 0.4004 + 0.4004 = 0.8008, which is shown as 0.400 + 0.400 and 0.801, and 0.25 + 0.25 = 0.5
    uneven, even = (
        trace_of(wired([[size]], bias_hh=[size], words=("dog",), activation="identity"), "dog")
        for size in (0.4004, 0.25)
    )
    # when Add is taken apart, then
    assert parts_of(uneven, 0, "add")[1].numbers == "0.400 + 0.400 ≈ 0.801"
    assert parts_of(even, 0, "add")[1].numbers == "0.250 + 0.250 = 0.500"


def test_a_point_on_a_curve_says_whether_the_shown_sum_leads_to_the_shown_value():
    # given sums of 0.5 and of 0.0004, whose relu is itself, and the tanh of 2.1004 (0.97049) and of 2.1 (0.97045)
    found = []
    for size, activation in ((0.5, "relu"), (0.1004, "tanh"), (0.3345, "tanh")):
        trace = trace_of(wired([[size]], words=("dog",), activation=activation), "dog")
        (curve,) = parts_of(trace, 0, "squash")
        shown, sign, result = re.fullmatch(r"[a-z]+\((?:0, )?(.+)\) ([=≈]) (.+)", curve.numbers).groups()
        closes = abs(FUNCTIONS[activation](float(shown)) - float(result)) <= 0.0005
        found.append(sign)
        # then
        assert (sign == "=") is closes
    assert found[:2] == ["=", "="]


def test_a_term_is_found_by_its_index_from_either_end_and_by_a_slice():
    memory, _ = parts_of(trace_of(build(hidden=4)), 2, "add")

    assert memory.terms[-1] == memory.terms[3] == memory.terms[2:][1] == list(memory.terms)[3]
    with pytest.raises(IndexError):
        memory.terms[4]


# Where in the network the numbers of a sum stand


@pytest.mark.parametrize(("cell", "activation", "readout", "inputs"), EVERY_KIND)
def test_every_weight_and_bias_of_a_sum_is_found_in_the_network(cell, activation, readout, inputs):
    # given a network of this kind
    trace = trace_of(build(cell, activation, readout, inputs, hidden=3, seed=3))
    found = set()
    # when its phases are taken apart
    for t, phase, unit in product(range(len(trace)), trace.model.phases, range(3)):
        for part in derivation(trace, t, phase, unit):
            settable = part.settable() if isinstance(part, Sum) else ()
            found |= {name for name, _ in settable}
            numbers = [*(term.weight for term in part.terms), part.bias] if settable else []
            # then each number is where it is said to be
            for number, (name, index) in zip(numbers, settable, strict=True):
                assert parameter(trace.model, name)[index] == np.float32(number)
    assert found == {"weight_ih", "bias_ih", "weight_hh", "bias_hh", "fc.weight", "fc.bias"}


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
def test_setting_a_weight_of_a_sum_changes_that_term_and_its_total(cell, activation, inputs):
    # given the last sum of Multiply of a unit
    model = build(cell, activation, inputs=inputs, seed=3)
    trace = trace_of(model)
    before = parts_of(trace, 2, "multiply", 1)[-1]
    # when each of its numbers is set to 2
    for place, (name, index) in enumerate(before.settable()):
        after = parts_of(run(with_parameter(model, name, index, 2.0), trace.tokens), 2, "multiply", 1)[-1]
        numbers, old = ([*(term.weight for term in part.terms), part.bias] for part in (after, before))
        # then that one is 2, and the others are as they were
        assert numbers == [*old[:place], 2.0, *old[place + 1 :]]
        value = before.terms[place].value if place < len(before.terms) else 1.0
        assert after.total - before.total == pytest.approx((2.0 - old[place]) * value, abs=1e-5)


def test_what_is_no_parameter_can_not_be_set():
    # given the readout with attention, whose context adds up hidden states and whose score has no short name
    trace = trace_of(build(readout="attention"))
    # when Look back and Check are taken apart
    score, _, context = parts_of(trace, 2, "attend", 1)
    logit, *_ = parts_of(trace, 2, "check", 1)
    # then only the weights of the output nodes can be set
    assert (score.settable(), context.settable()) == ((), ())
    assert logit.settable()[0] == ("fc.weight", (logit.row, 0))


def test_an_unknown_word_without_a_row_has_a_bias_alone_to_set():
    (multiply,) = parts_of(trace_of(build(inputs="embedding", unknown=None), "meh"), 0, "multiply", 2)

    assert multiply.settable() == (("bias_ih", (2,)),)

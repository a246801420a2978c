"""Of stacks the lenses find what PyTorch's modules and its autograd find, recorded and live."""

from __future__ import annotations

import pytest
from safetensors.numpy import load_file

from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.lenses.recency import recency
from tests.builders import trace_of
from tests.lenses.record_stacks import CASES, RECORDED, TEXT, compute, network


@pytest.mark.parametrize("name", CASES)
def test_the_lenses_find_what_pytorch_recorded(name):
    # given a network and what PyTorch found
    recorded = load_file(RECORDED / f"stack-{name}.safetensors")
    trace = trace_of(network(name), TEXT)
    # when it is looked at, then the numbers are the same
    found = recency(trace, sweep=False)
    assert memory(trace).influence == pytest.approx(recorded["influence"], abs=1e-9)
    assert found.leave_one_out == pytest.approx(recorded["leave_one_out"], abs=1e-9)
    kinked = 2e-4 if network(name).head else 5e-6  # the midpoint rule comes less close to a kink of relu
    assert found.integrated_gradients == pytest.approx(recorded["integrated_gradients"], abs=kinked)
    assert gradient(trace).norm == pytest.approx(recorded["norm"], rel=1e-9, abs=1e-12)
    if "norm_backward" in recorded:
        assert gradient(trace, backward=True).norm == pytest.approx(recorded["norm_backward"], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_pytorch_itself_finds_what_was_recorded(name):
    # given torch, when it computes, then the recording is what it finds
    pytest.importorskip("torch")
    recorded = load_file(RECORDED / f"stack-{name}.safetensors")
    for field, array in compute(name).items():
        assert array == pytest.approx(recorded[field], abs=1e-9), field

"""The Python API: what `import rnn_tui` offers."""

import pytest

import rnn_tui


def test_a_network_is_loaded_and_run_in_three_lines():
    model = rnn_tui.load("kicking-and-screaming")

    trace = rnn_tui.run(model, "Kicking and screaming")

    assert isinstance(model, rnn_tui.Model)
    assert isinstance(trace, rnn_tui.Trace)
    assert model.labels[trace.prediction()[0]] == "Negative"


def test_every_public_name_is_there_and_no_other():
    assert all(getattr(rnn_tui, name) is not None for name in rnn_tui.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'lode'"):
        _ = rnn_tui.lode


def test_dir_lists_every_public_name():
    assert set(rnn_tui.__all__) <= set(dir(rnn_tui))

"""A text that is too long for the memory of the machine is refused in one line."""

import pytest

from rnn_tui.lenses import memory
from rnn_tui.lenses.measuring import Question, measure
from rnn_tui.network.errors import InputError
from rnn_tui.network.trace import run
from tests.builders import build


def test_a_lens_that_finds_no_memory_says_so(monkeypatch):
    def no_room(*_):
        raise MemoryError

    model = build()
    trace = run(model, model.tokenize("the dog barked"))
    monkeypatch.setattr(memory, "memory", no_room)
    with pytest.raises(InputError, match="this lens needs more memory for 3 words than there is; give it a shorter"):
        measure(Question("memory"), trace)

"""rnn_tui.step: a module at hand, its inputs as tensors or texts, and the program on it in a terminal."""

import os
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest

import rnn_tui
from tests.deep import deep_model
from tests.interop.keras_models import KerasModel
from tests.interop.networks import LABELS, WORDS

DEEP = deep_model(layers=2, bidirectional=True)
NUMBERS = deep_model(layers=1, inputs="vectors", output="number")


def module(model=DEEP, *parts):
    """A module as far as it is looked at: its weights, and its parts."""
    return SimpleNamespace(state_dict=model.tensors, modules=lambda: parts)


def refusal(*arguments, **options):
    with pytest.raises(rnn_tui.UserError) as raised:
        rnn_tui.step(*arguments, **options)
    return str(raised.value)


def test_in_a_pipe_one_line_says_what_to_do_and_the_trace_comes_back(capsys):
    rows = np.array([[1, 2, 3]])
    trace = rnn_tui.step(module(), rows, DEEP.vocabulary.words, DEEP.labels)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert out.startswith("no terminal to draw on; what it computed is given back: print(trace[0]), or rnn_tui.save(")
    words = [DEEP.vocabulary.words[row] for row in (1, 2, 3)]
    assert trace.text.split() == words
    np.testing.assert_array_equal(trace[2].logits, rnn_tui.run(DEEP, words)[2].logits)


def test_in_a_running_loop_too(capsys, monkeypatch):
    import asyncio

    from rnn_tui.cli import stepping

    monkeypatch.setattr(stepping, "is_terminal", lambda: True)
    monkeypatch.setattr(stepping, "can_draw", lambda: True)

    async def cell():
        return rnn_tui.step(DEEP, "the dog")

    assert asyncio.run(cell()).text == "the dog"
    assert capsys.readouterr().out.startswith("the program can't be opened inside a running event loop; ")


@pytest.mark.parametrize("given", ["the dog", ["the", "dog"], [1, 2], (1, 2), np.array([[1], [2]])], ids=str)
def test_what_may_be_given(given, capsys):
    trace = rnn_tui.step(DEEP, given)
    assert [token.index for token in trace.tokens] == [1, 2]


def test_a_tensor_and_one_hot_rows(capsys):
    tensor = SimpleNamespace(detach=lambda: SimpleNamespace(cpu=lambda: np.array([1, 2])))
    assert [token.index for token in rnn_tui.step(DEEP, tensor).tokens] == [1, 2]
    one_hot = np.eye(len(DEEP.vocabulary), dtype=np.float32)[[1, 2]][None]
    assert [token.index for token in rnn_tui.step(DEEP, one_hot).tokens] == [1, 2]


def test_words_and_labels_that_are_not_given_are_numbered(capsys):
    parts = (SimpleNamespace(num_embeddings=8), SimpleNamespace(hidden_size=3), SimpleNamespace(out_features=2))
    trace = rnn_tui.step(module(DEEP, *parts), [3, 1])
    assert trace.text == "3 1"
    assert trace.model.labels == ("0", "1")
    # and one output is a number
    one = deep_model(layers=1, output="number")
    parts = (SimpleNamespace(input_size=5), SimpleNamespace(num_embeddings=8), SimpleNamespace(out_features=1))
    assert rnn_tui.step(module(one, *parts), [3, 1]).model.labels == ("output",)


@pytest.mark.parametrize("shape", [(2, 3), (1, 2, 3), (2, 1, 3)])
def test_numbers_are_read_as_they_are(shape, capsys):
    numbers = np.linspace(-1, 1, 6, dtype=np.float32).reshape(shape)
    trace = rnn_tui.step(module(NUMBERS), numbers, labels=("next",))
    np.testing.assert_allclose([trace[0].x, trace[1].x], numbers.reshape(2, 3), rtol=1e-6)
    assert trace.model.tokenizer.features == 3


def test_one_number_a_timestep(capsys):
    model = deep_model(layers=1, inputs="number", output="number")
    for shape in ((3,), (1, 3), (1, 3, 1)):
        trace = rnn_tui.step(module(model), np.array([0.5, 1, 2], np.float32).reshape(shape), labels=("next",))
        np.testing.assert_array_equal([step.x[0] for step in trace], [0.5, 1, 2])


def test_a_model_of_keras(capsys):
    trace = rnn_tui.step(KerasModel("last"), np.array([[1, 2]]), WORDS, LABELS)
    assert trace.model.provenance["verified"]["against"] == "its own forward"


FAULTS = {
    "a batch": ((DEEP, np.ones((2, 3), int)), "found rows of shape (2, 3); give one sequence, (T,) or (1, T)"),
    "no such row": ((DEEP, [1, 99]), "row 99 is none of the 8 rows of the vocabulary, 0 to 7"),
    "a batch of numbers": (
        (NUMBERS, np.ones((2, 2, 3))),
        "found numbers of shape (2, 2, 3); give one sequence, (T, 3)",
    ),
    "other features": ((NUMBERS, np.ones((3, 2))), "found numbers of shape (3, 2); give one sequence"),
    "texts without words": ((module(), "the dog"), "a text needs the vocabulary that the module was trained with"),
    "no words known": ((module(), [1, 2]), "how many words the module knows isn't plain; give its vocabulary"),
    "no labels known": ((module(), [1, 2], DEEP.vocabulary.words), "how many outputs the module has isn't plain"),
    "not its labels": ((module(), [1, 2], DEEP.vocabulary.words, ("a", "b", "c")), "has 2 outputs, but there are 3"),
    "nothing": ((DEEP, np.ones(0)), "expected a text, a list of words, rows of the embedding (T,) or numbers"),
    "what is no input": ((DEEP, {"a": 1}), "found dict of shape ()"),
}


@pytest.mark.parametrize(("arguments", "says"), FAULTS.values(), ids=FAULTS)
def test_what_can_not_be_read_is_said_in_one_line(arguments, says):
    message = refusal(*arguments)
    assert says in message
    assert "\n" not in message


SCRIPT = """
import torch, rnn_tui
torch.manual_seed(0)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = torch.nn.Embedding(6, 3)
        self.rnn = torch.nn.GRU(3, 4, 2, bidirectional=True, batch_first=True)
        self.fc = torch.nn.Linear(8, 2)
    def forward(self, rows):
        return self.fc(self.rnn(self.emb(rows))[0][:, -1])
trace = rnn_tui.step(Net(), torch.tensor([[1, 2, 3]]), "pad the dog barked at me".split(), ["no", "yes"])
print("LEFT", trace.text)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
def test_in_a_terminal_the_program_opens_on_a_live_module(tmp_path):
    pytest.importorskip("torch")
    pty = pytest.importorskip("pty")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    pid, terminal = pty.fork()
    if not pid:
        os.environ |= {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "RNN_TUI_STATE": str(tmp_path)}
        os.execv(sys.executable, [sys.executable, str(script)])
    seen, asked, ends = b"", False, time.monotonic() + 120
    while b"LEFT" not in seen and time.monotonic() < ends:
        try:
            seen += os.read(terminal, 65536)
        except OSError:  # it has ended
            break
        if not asked and b"barked" in seen:
            os.write(terminal, b"q")
            asked = True
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert b"the dog barked" in seen.partition(b"LEFT")[2]
    assert b"\x1b[?1049h" in seen  # the screen of the program
    assert os.waitstatus_to_exitcode(status) == 0

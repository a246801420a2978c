"""The programs that are measured, and how to tell that a screen is whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.pseudo_terminal import PseudoTerminal

RIGHT, LEFT = "\x1b[C", "\x1b[D"


@dataclass(frozen=True)
class Program:
    """A command, and the words that are all on its screen once it is whole (the footer's among them)."""

    name: str
    command: Sequence[str]
    shows: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *, animations: bool = False) -> PseudoTerminal:
        """Start it in a pseudo-terminal of 120×36."""
        motion = {} if animations else {"TEXTUAL_ANIMATIONS": "none"}
        return PseudoTerminal([sys.executable, "-m", *self.command], environment={**self.environment, **motion})

    def started(self, *, animations: bool = False) -> PseudoTerminal:
        """Start it and wait until its screen is whole and at rest; raises RuntimeError where it doesn't come."""
        terminal = self.start(animations=animations)
        if not terminal.read_until(lambda: self.is_whole(terminal), timeout=30):
            terminal.close()
            raise RuntimeError(f"{self.name} showed no whole screen; it wrote: {terminal.text[-400:]}")
        terminal.settle(0.3)
        return terminal

    def is_whole(self, terminal: PseudoTerminal) -> bool:
        """Whether every part of the screen has been drawn."""
        text = terminal.text
        return all(word in text for word in self.shows)


SMALLEST = Program("smallest Textual app", ("benchmarks.smallest",), ("Smallest", "smallest with numpy", "palette"))
RNN_TUI = Program("rnn-tui", ("rnn_tui",), ("kicking-and-screaming", "Multiply", "Check", "Memory", "help"))


def random_network(folder: Path, hidden_size: int, tokens: int) -> Program:
    """rnn-tui on a network with random weights and a sentence of `tokens` words; their files go into `folder`."""
    from rnn_tui.network import storage
    from rnn_tui.network.arrays import Array
    from rnn_tui.network.cells import Elman
    from rnn_tui.network.embedding import Learned
    from rnn_tui.network.heads import Linear
    from rnn_tui.network.layers import Layer
    from rnn_tui.network.model import Model
    from rnn_tui.network.readouts import Last
    from rnn_tui.network.tokens import Vocabulary, WordTokenizer

    rng = np.random.default_rng(0)
    words = tuple(f"word{number}" for number in range(200))

    def draw(*shape: int) -> Array:
        return np.asarray(rng.standard_normal(shape) / np.sqrt(shape[-1]), np.float32)

    cell = Elman(draw(hidden_size, 16), draw(hidden_size, hidden_size), draw(hidden_size), draw(hidden_size))
    fc = Linear(draw(2, hidden_size), draw(2))
    model = Model(
        name=f"random-{hidden_size}",
        tokenizer=WordTokenizer(),
        vocabulary=Vocabulary(words),
        embedding=Learned(draw(len(words), 16)),
        layers=(Layer(cell),),
        readout=Last(),
        fc=fc,
        labels=("Negative", "Positive"),
    )
    path = folder / f"{model.name}.safetensors"
    storage.save(model, path)
    sentence = folder / f"{tokens}.txt"  # 100,000 words are more than a command line takes
    sentence.write_text(" ".join(rng.choice(words, tokens)), encoding="utf-8")
    shows = (model.name, "Multiply", "Check", "Memory", "help")
    command = ("rnn_tui", "-m", str(path), "--sentence-file", str(sentence))
    return Program(f"{hidden_size} units, {tokens} tokens", command, shows)

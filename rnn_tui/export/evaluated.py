"""The answers of a model to a file, as every report of them needs them: what was read, and how one is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rnn_tui.edits import Edit
from rnn_tui.learning.encoding import Encoding
from rnn_tui.learning.samples import Sample, Samples
from rnn_tui.network.model import Model
from rnn_tui.quoting import command_line, sentence_arguments
from rnn_tui.text import clipped, printable, quoted

FORMAT = 1


@dataclass(frozen=True, eq=False, kw_only=True)
class Evaluated:
    """A model, which was opened by `name`, the samples that it answered, and the edits of the network."""

    name: str
    model: Model
    samples: Samples
    encoding: Encoding
    edits: Sequence[Edit] = ()
    allow_large: bool = False

    def headline(self, answers: str = "") -> Iterator[str]:
        """The lines that say what was evaluated on what; `answers` is what is said behind the count of texts."""
        changed = ", ".join(edit.to_text() for edit in self.edits)
        called = " with ".join(filter(None, (self.name, changed)))
        yield printable(f"{called} on {self.samples.path}: {len(self.samples):,} texts{answers}")
        if self.samples.taken:
            yield printable(self.samples.taken)

    def where(self, sample: Sample, t: int) -> str:
        """The row of a sample and, where every token has an answer, the token: "row 3, word 2 “dog”"."""
        task, encoding = self.samples.task, self.encoding
        row = f"{'window' if self.samples.window else 'row'} {sample.row}"
        if task not in ("tags", "next"):
            return row
        after = "after " if task == "next" else ""
        return f"{row}, {after}{encoding.tokenizer.unit} {t + 1} {quoted(clipped(_pieces(sample, encoding)[t], 24))}"

    def command(self, sample: Sample, t: int) -> str:
        """The command that opens a sample in the program with the same network, edits and all.

        It opens at timestep t where every token has an answer of its own.
        """
        task, encoding = self.samples.task, self.encoding
        # White space inside a text means nothing but to characters, and a line end would break the line.
        text = sample.text if encoding.tokenizer.kind == "characters" else " ".join(sample.text.split())
        if encoding.writing is not None and encoding.writing.start is not None:
            text = f"{encoding.writing.start}{encoding.tokenizer.separator}{text}"
        at = ["--at", f"{t + 1}:check"] if task in ("tags", "next") else []
        edits = [word for edit in self.edits for word in ("--edit", edit.to_text())]
        large = ["--allow-large"] if self.allow_large else []
        return command_line(["rnn-tui", "-m", self.name, *sentence_arguments(text), *at, *edits, *large])


def _pieces(sample: Sample, encoding: Encoding) -> list[str]:
    """The tokens that the network reads of a sample, as they are typed."""
    pieces = sample.text.split() if encoding.task == "tags" else encoding.tokenizer.split(sample.text)
    start = None if encoding.writing is None else encoding.writing.start
    return pieces if start is None else [start, *pieces]

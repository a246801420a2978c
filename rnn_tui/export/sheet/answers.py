"""The sheet from the memory to the answer: the readout, the head, the output nodes, the label."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rnn_tui.export.sheet.lanes import SQUASHED, Memory
from rnn_tui.export.sheet.paper import Paper, area, span
from rnn_tui.export.sheet.weights import Weights
from rnn_tui.export.sheet.words import FIRST, SENTENCE
from rnn_tui.network.arrays import Array
from rnn_tui.network.heads import Linear, value_name
from rnn_tui.network.outputs import Number
from rnn_tui.network.readouts import Attention
from rnn_tui.network.trace import Trace

NAME = "Answer"


class AnswerSheet:
    """The sheet of the answer: a row a word that has one, a block for each value on the way."""

    def __init__(self, paper: Paper, trace: Trace, weights: Weights) -> None:
        self.paper, self.trace, self.weights = paper, trace, weights
        self.model = trace.model
        self.sheet = paper.sheet(NAME, rows=FIRST, columns=2)
        self.sheet.set_column(1, 1, 16)
        self.column = 2
        self.answered = range(trace.answered_from, len(trace))

    def fill(self, top: list[Memory]) -> None:
        """Write it; `top` are the memories of the top layer's lanes."""
        paper, model, values = self.paper, self.model, self.trace.values
        paper.text(self.sheet, 0, 0, "Answer: after each word that has one", "title")
        paper.heads(self.sheet, FIRST - 1, 0, ["t", "word"])
        for t, token in enumerate(self.trace.tokens):
            paper.number(self.sheet, FIRST + t, 0, t, "whole")
            word = token.text if not token.values else float(token.text.split(",")[0].replace("\N{MINUS SIGN}", "-"))
            paper.formula(self.sheet, FIRST + t, 1, area(SENTENCE, FIRST + t, 1), word, "plain")
        read = self._met(top)
        if isinstance(model.readout, Attention):
            read = self._attended(read, model.readout)
        elif model.readout.reads == "context":
            name = "AVERAGE" if model.readout.kind == "mean" else "MAX"
            read = self._block(
                "context", read.size, lambda t, unit: f"{name}({self._so_far(read, t, unit)})", self.answered
            )
        for index, entry in enumerate(model.head):
            name = value_name(index)
            if entry.linear is None:
                read = self._each(name, read, entry.activation)
                continue
            total = self._linear(name, entry.linear, read, f"{name} sum" if entry.activation != "identity" else name)
            read = total if entry.activation == "identity" else self._each(name, total, entry.activation)
        self._answer(self._linear("fc", model.fc, read, "logits"), values[model.output.answer])

    def _met(self, top: list[Memory]) -> Memory:
        """The states of the lanes as the readout takes them; of one lane they stay where they are."""
        if len(top) == 1:
            return top[0]
        layer, last = self.model.layers[-1], len(self.trace) - 1
        ends = self.model.readout.kind == "last"

        def formula(t: int, unit: int) -> str:
            at = [t, 0 if ends and t == last else t]
            if layer.merge == "sum":
                return "+".join(memory.cell(at[lane], unit) for lane, memory in enumerate(top))
            lane, own = divmod(unit, top[0].size)
            return top[lane].cell(at[lane], own)

        return self._block("h", layer.output_size, formula, range(len(self.trace)), self.trace.met)

    def _so_far(self, read: Memory, t: int, unit: int) -> str:
        """A unit at all words up to one."""
        return area(read.sheet, FIRST, read.column + unit, t + 1)

    def _attended(self, read: Memory, readout: Attention) -> Memory:
        """The scores, the largest so far, the weights of the words so far, and the mixture."""
        rows = self.weights.add("attention", ["score"], readout.bias, readout.weight)
        every, scores = range(len(self.trace)), self.trace.values["scores"]
        weights, bias = rows.weights(0), rows.bias(0)
        score = self._block("score", 1, lambda t, _: f"SUMPRODUCT({weights},{read.cells(t)})+{bias}", every, scores)

        def power(t: int) -> str:
            so_far = self._so_far(score, t, 0)
            return f"EXP({so_far}-MAX({so_far}))"

        return self._block(
            "context",
            read.size,
            lambda t, unit: f"SUMPRODUCT({power(t)},{self._so_far(read, t, unit)})/SUMPRODUCT({power(t)})",
            self.answered,
        )

    def _linear(self, name: str, linear: Linear, read: Memory, value: str) -> Memory:
        """A linear layer of what is read."""
        labels = self.model.labels if name == "fc" and len(linear.bias) == len(self.model.labels) else None
        names = labels or [f"unit {unit + 1}" for unit in range(len(linear.bias))]
        rows = self.weights.add(name, names, linear.bias, linear.weight)
        in_trace = value if value in self.trace.values else f"head_sum.{name.removeprefix('head.')}"
        return self._block(
            value,
            len(linear.bias),
            lambda t, unit: f"SUMPRODUCT({rows.weights(unit)},{read.cells(t)})+{rows.bias(unit)}",
            self.answered,
            self.trace.values[in_trace],
        )

    def _each(self, name: str, read: Memory, activation: str) -> Memory:
        """A function of every number."""
        return self._block(
            name, read.size, lambda t, unit: SQUASHED[activation].format(read.cell(t, unit)), self.answered
        )

    def _answer(self, logits: Memory, answers: Array) -> None:
        """The probabilities and the label, or the numbers in their units."""
        output, labels = self.model.output, self.model.labels
        if isinstance(output, Number):
            self._block(
                "outputs",
                len(labels),
                lambda t, unit: f"{logits.cell(t, unit)}*({output.std[unit]!r})+({output.mean[unit]!r})",
                self.answered,
                heads=labels,
            )
            return

        def formula(t: int, unit: int) -> str:
            if output.kind == "yes_no":
                return f"(1+TANH({'' if unit else '-'}{logits.cell(t, 0)}/2))/2"
            largest = f"MAX({logits.cells(t)})"
            return f"EXP({logits.cell(t, unit)}-{largest})/SUMPRODUCT(EXP({logits.cells(t)}-{largest}))"

        probs = self._block("probs", len(labels), formula, self.answered, looks="percent", heads=labels)
        self.paper.heads(self.sheet, FIRST - 1, self.column, ["answer"])
        named = area(NAME, FIRST - 1, probs.column, 1, probs.size)
        for t in self.answered:
            own = span(FIRST + t, probs.column, probs.size)
            label = labels[output.leader(answers[t])]
            self.paper.formula(
                self.sheet, FIRST + t, self.column, f"INDEX({named},MATCH(MAX({own}),{own},0))", label, "plain"
            )

    def _block(
        self,
        name: str,
        size: int,
        formula: Callable[[int, int], str],
        words: range,
        values: Array | None = None,
        *,
        looks: str = "number",
        heads: Sequence[str] | None = None,
    ) -> Memory:
        """A value at some words, its numbers beside each other; `values` (T, size) where the trace has another name."""
        values = self.trace.values[name] if values is None else values
        column = self.column
        self.paper.text(self.sheet, FIRST - 2, column, name, "block")
        self.paper.heads(self.sheet, FIRST - 1, column, heads or [f"{name} {unit + 1}" for unit in range(size)])
        for t in words:
            for unit in range(size):
                self.paper.formula(
                    self.sheet, FIRST + t, column + unit, formula(t, unit), float(values[t, unit]), looks
                )
        if looks == "number":
            self.paper.coloured(self.sheet, FIRST, column, len(self.trace), size)
        self.column += size
        return Memory(NAME, column, size)

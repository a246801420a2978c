"""The sheets of the lanes: a row a word, the phases beside each other, each number a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from rnn_tui.export.sheet.paper import Paper, area, cell, span
from rnn_tui.export.sheet.weights import Rows, Weights
from rnn_tui.export.sheet.words import FIRST, SENTENCE, Words
from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import Lane
from rnn_tui.network.trace import Trace

SQUASHED = {"tanh": "TANH({})", "relu": "MAX(0,{})", "identity": "{}", "sigmoid": "(1+TANH(({})/2))/2"}
Of = Callable[[str, int], str]
"""The cell of a value's number (from 0) at the same word."""


@dataclass(frozen=True)
class Memory:
    """The cells of a lane's memory, or of what is made of it: those of word t in a row of their own."""

    sheet: str
    column: int
    size: int

    def cells(self, t: int) -> str:
        """All of it at a word."""
        return area(self.sheet, FIRST + t, self.column, 1, self.size)

    def cell(self, t: int, unit: int) -> str:
        """One number of it at a word."""
        return area(self.sheet, FIRST + t, self.column + unit)


def _elman(of: Of, before: Of, unit: int, size: int, activation: str | None) -> dict[str, str]:
    return {
        "pre_activation": f"{of('ih', unit)}+{of('hh', unit)}",
        "h": SQUASHED[activation or "tanh"].format(of("pre_activation", unit)),
    }


def _gru(of: Of, before: Of, unit: int, size: int, activation: str | None) -> dict[str, str]:
    total = [f"{of('ih', block * size + unit)}+{of('hh', block * size + unit)}" for block in range(2)]
    new = f"{of('ih', 2 * size + unit)}+{of('r', unit)}*{of('hh', 2 * size + unit)}"
    return {
        "r": SQUASHED["sigmoid"].format(total[0]),
        "z": SQUASHED["sigmoid"].format(total[1]),
        "n": f"TANH({new})",
        "h": f"(1-{of('z', unit)})*{of('n', unit)}+{of('z', unit)}*{before('h', unit)}",
    }


def _lstm(of: Of, before: Of, unit: int, size: int, activation: str | None) -> dict[str, str]:
    total = [f"{of('ih', block * size + unit)}+{of('hh', block * size + unit)}" for block in range(4)]
    gates = {letter: SQUASHED["sigmoid"].format(total[block]) for block, letter in ((0, "i"), (1, "f"), (3, "o"))}
    return {
        "i": gates["i"],
        "f": gates["f"],
        "g": f"TANH({total[2]})",
        "o": gates["o"],
        "c": f"{of('f', unit)}*{before('c', unit)}+{of('i', unit)}*{of('g', unit)}",
        "h": f"{of('o', unit)}*TANH({of('c', unit)})",
    }


STEPS = {"elman": _elman, "gru": _gru, "lstm": _lstm}
"""The formulas of one unit of a cell, by the names of its values in order."""


GATES = {"gru": "rzn", "lstm": "ifgo"}
"""The gates in the order of the rows."""


class LaneSheet:
    """The sheet of one lane of a layer."""

    def __init__(self, paper: Paper, trace: Trace, lane: Lane, index: int) -> None:
        self.paper, self.trace, self.lane, self.index = paper, trace, lane, index
        self.cell, self.size, self.count = lane.cell, lane.cell.hidden_size, len(trace)
        if self.cell.kind not in STEPS:
            raise UserError(f"there is no workbook of the cell {self.cell.kind}; export it as .json")
        self.name = f"Layer {index + 1}" + (" backward" if lane.backward else "")
        self.at: dict[str, int] = {}

    def fill(self, words: Words, weights: Weights, below: list[Memory]) -> Memory:
        """Write it, and its weights; `below` are the memories that it reads, several beside each other or added up."""
        paper, cell_, name = self.paper, self.cell, self.name
        sheet = paper.sheet(name, rows=FIRST, columns=2)
        sheet.set_column(1, 1, 16)
        side = "end" if self.lane.backward else "start"
        paper.text(sheet, 0, 0, f"{name}: {cell_.title}, reads from the {side}", "title")
        picks = words.one_hot and not self.index
        own = [f"{block} {unit + 1}" for block in GATES.get(cell_.kind, ("unit",)) for unit in range(self.size)]
        first = weights.add(f"{name}: weight_ih, bias_ih", own, cell_.bias_ih, None if picks else cell_.weight_ih)
        second = weights.add(f"{name}: weight_hh, bias_hh", own, cell_.bias_hh, cell_.weight_hh)
        steps = list(STEPS[cell_.kind](lambda *_: "", lambda *_: "", 0, self.size, cell_.activation))
        widths = {"x": 0 if picks else cell_.input_size, "ih": len(own), "hh": len(own)}
        widths |= dict.fromkeys(steps, self.size)
        column = 2
        paper.heads(sheet, FIRST - 1, 0, ["t", "word"])
        for value, width in widths.items():
            self.at[value] = column
            if width:
                paper.text(sheet, FIRST - 2, column, value, "block")
                heads = own if value in ("ih", "hh") else [f"{value} {unit + 1}" for unit in range(width)]
                paper.heads(sheet, FIRST - 1, column, heads)
                paper.coloured(sheet, FIRST, column, self.count, width)
            column += width
        for t in range(self.count):
            paper.number(sheet, FIRST + t, 0, t, "whole")
            paper.formula(sheet, FIRST + t, 1, area(SENTENCE, FIRST + t, 1), self._word(t), "plain")
            self._word_row(sheet, t, (words, first, second, below), picks=picks)
        return Memory(name, self.at["h"], self.size)

    def _word(self, t: int) -> str | float:
        token = self.trace.tokens[t]
        if token.values:
            from rnn_tui.network.tokens import as_number

            return as_number(token.text.split(",")[0]) or 0.0
        return token.text

    def _word_row(
        self, sheet: Worksheet, t: int, reads: tuple[Words, Rows, Rows, list[Memory]], *, picks: bool
    ) -> None:
        """All numbers of a word."""
        words, first, second, below = reads
        paper, row, values = self.paper, FIRST + t, self.lane.at(t)
        xs = self.trace.on(0).x(t) if not self.index else self.trace.layers[self.index - 1].output[t]
        if not picks:
            for unit in range(self.cell.input_size):
                formula = self._read(below, t, unit) if below else words.x(t, unit)
                paper.formula(sheet, row, self.at["x"] + unit, formula, float(xs[unit]))
        earlier = t + 1 if self.lane.backward else t - 1
        begins = not 0 <= earlier < self.count
        shift = len(self.cell.weight_ih) if self.lane.backward else 0
        for unit in range(len(self.cell.bias_ih)):
            if picks:
                ih = f"{words.brought(t, shift + unit)}+{first.bias(unit)}"
            else:
                x = span(row, self.at["x"], self.cell.input_size)
                ih = f"SUMPRODUCT({first.weights(unit)},{x})+{first.bias(unit)}"
            paper.formula(sheet, row, self.at["ih"] + unit, ih, float(values["ih"][unit]))
            hh = second.bias(unit)
            if not begins:
                hh = f"SUMPRODUCT({second.weights(unit)},{span(FIRST + earlier, self.at['h'], self.size)})+{hh}"
            paper.formula(sheet, row, self.at["hh"] + unit, hh, float(values["hh"][unit]))
        held = {(one.name, one.unit): one.value for one in self.trace.tokens[t].held
                if (one.layer, one.backward) == (self.index, self.lane.backward)}  # fmt: skip

        def of(name: str, unit: int) -> str:
            return cell(row, self.at[name] + unit)

        def before(name: str, unit: int) -> str:
            return "0" if begins else cell(FIRST + earlier, self.at[name] + unit)

        for unit in range(self.size):
            formulas = STEPS[self.cell.kind](of, before, unit, self.size, self.cell.activation)
            for name, formula in formulas.items():
                if (name, unit) in held:
                    paper.number(sheet, row, self.at[name] + unit, held[name, unit], "held")
                else:
                    paper.formula(sheet, row, self.at[name] + unit, formula, float(values[name][unit]))

    def _read(self, below: list[Memory], t: int, unit: int) -> str:
        """What the layer below hands up: the states of its lanes side by side, or added up."""
        if len(below) == 2 and self.trace.layers[self.index - 1].layer.merge == "sum":
            return "+".join(memory.cell(t, unit) for memory in below)
        lane, own = divmod(unit, below[0].size)
        return below[lane].cell(t, own)

"""The textbook's diagram, told: what is lit, and what is the same at every word."""

from __future__ import annotations

from typing import Any

from rnn_tui.network.phases import READ, Phase
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.answers import answer
from rnn_tui.story.spans import Line, Span, line, signed, strong, word
from rnn_tui.text import LONGEST_WORD, clipped, percent

SO_WHAT = " Rolled and unrolled are one network: {} and memory change, the weights don't."


def tell(measured: Any, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines: what is lit in the phase at work, that the weights are always the same, and what it means."""
    scene = scene.fitted(trace)
    unit = trace.model.tokenizer.unit
    lines = [_Lit(trace, scene).told(), _same(trace)]
    lines.append(line(strong("So what?"), SO_WHAT.format(unit)))
    if scene.notation:
        lines.append(line(Span(_notation(trace), "muted")))
    return tuple(lines)


def _same(trace: Trace) -> Line:
    """Tell that all boxes are one cell."""
    unit, floor = trace.model.tokenizer.unit, trace.model.floor
    if floor.layer is None:
        return line("Each box is a floor; this one, above all lanes, has no memory.")
    if len(trace) == 1:
        return line(f"There is one box, for one {unit}: the next one would meet the same weights W.")
    return line(f"All {len(trace)} boxes are one cell, with the same weights W at every step.")


def _notation(trace: Trace) -> str:
    """The cell as one function of the word and of what is carried, with the same weights for every t."""
    names = trace.model.cell.state_names
    states, carried = (", ".join(f"{name}_{at}" for name in names) for at in ("t", "(t−1)"))
    return f"{states} = cell(x_t, {carried}; W), W = weight_ih, weight_hh, biases"


class _Lit:
    """What is lit at a position, in one sentence."""

    def __init__(self, trace: Trace, scene: Scene) -> None:
        self.trace, self.hidden = trace, scene.covered
        self.t, self.unit = scene.position.t, scene.unit_in(trace)
        self.phase: Phase = trace.model.phases[scene.position.phase]
        self.name = clipped(trace.model.unit_name(self.unit), LONGEST_WORD)
        self.word = word(trace.tokens[self.t].surface)

    def value(self, name: str) -> float:
        """The picked unit's number in a value of the timestep."""
        return float(self.trace.values[name][self.t][self.unit])

    def told(self) -> Line:
        """The sentence of the phase at work."""
        if self.phase.name == READ.name:
            return self._read()
        if self.phase in self.trace.model.answering:
            return self._answering()
        shows = self.phase.shows
        if shows == ("ih",):
            return self._brought()
        if "hh" in shows:
            return self._remembered()
        long = self.trace.model.cell.state_names[1:2]
        return self._long(shows[-1]) if shows[-1:] == long else self._cell()

    def _read(self) -> Line:
        """The word that is read, or what the floor below hands up."""
        if self.trace.model.floor.layer:
            return line("The lit arrow hands up what the layer below made of ", self.word, ".")
        return line(f"The lit {self.trace.model.tokenizer.unit} is ", self.word, ", which is read now.")

    def _brought(self) -> Line:
        if self.trace.model.cell.gates:
            return line("The lit arrow carries ", self.word, f" to the gates of {self.name}.")
        brought = signed(self.value("ih"))
        if not self.trace[self.t].x.any() and self.trace.model.cell.bias_ih.any():
            return line(f"The lit arrow carries nothing but a bias to {self.name}: ", brought, ".")
        return line("The lit arrow carries what ", self.word, f" brings {self.name}: ", brought, ".")

    def _remembered(self) -> Line:
        """The arrow of the memory, or that it is cut, or that there is nothing to carry yet."""
        cell, unit = self.trace.model.cell, self.trace.model.tokenizer.unit
        cut, keep = not cell.weight_hh.any(), cell.keep_gate
        if keep is not None:
            reads = "The gates get nothing from the memory: its weights are all 0." if cut else ""
            known = keep.letter in self.phase.shows
            share = percent(self.value(keep.letter)) if known else ""
            stands = f" The {keep.name} gate of {self.name} stands at {share}." if known else ""
            return line(f"{reads or 'The lit arrow carries the memory to the gates.'}{stands}")
        if cut:
            return line("The lit arrow is cut: its weights are all 0, so nothing is remembered.")
        backward = self.trace.model.floor.backward
        if self.t == (len(self.trace) - 1 if backward else 0) and not self.trace.before(self.t)["h"].any():
            first = f"the last {unit}, where this lane begins" if backward else f"the first {unit}"
            return line(f"The lit arrow carries nothing yet: there is no memory before {first}.")
        brought = float(cell.remembered(self.trace.values["hh"][self.t])[self.unit])
        return line(f"The lit arrow carries what the memory brings {self.name}: ", signed(brought), ".")

    def _long(self, name: str) -> Line:
        before = float(self.trace.before(self.t)[name][self.unit])
        after = signed(self.value(name))
        moves = (signed(before), " before ", self.word, ", ", after, " after it.")
        return line(f"The lit arrow carries the cell of {self.name} on: ", *moves)

    def _cell(self) -> Line:
        """The box at work: what the unit becomes in it, or the new value that it gets."""
        new = next(
            (gate for gate in self.trace.model.cell.gates if gate.signed and gate.letter in self.phase.shows), None
        )
        if self.phase.name == "meet":
            return line(f"In the lit box both lanes meet: there {self.name} is ", signed(self.value("h")), ".")
        if "h" in self.phase.shows:
            held = any((one.name, one.unit) == ("h", self.unit) for one in self.trace.tokens[self.t].held)
            becomes = "is held by hand at " if held else "becomes "
            return line(f"In the lit box the memory of {self.name} {becomes}", signed(self.value("h")), ".")
        if new is not None:
            return line(f"In the lit box {self.name} gets its new value: ", signed(self.value(new.letter)), ".")
        return line("The lit box is the cell at work.")

    def _answering(self) -> Line:
        """What comes after the cell: all memories gathered, the head, the answer; no number of it while covered."""
        model = self.trace.model
        if self.phase.name == "head":
            if self.hidden:
                return line(f"The lit box is {self.phase.title}, on the way to the answer.")
            return line(
                f"In the lit box {self.phase.title} makes ", signed(self.value(model.reads)), f" of {self.name}."
            )
        if self.phase in model.readout.phases:
            gather = f"The lit arrows gather the memories of all {model.tokenizer.unit}s so far"
            if self.hidden:
                return line(f"{gather}.")
            return line(f"{gather}; of {self.name} comes ", signed(self.value(model.readout.reads)), ".")
        if self.hidden:
            return line("The lit arrow leads to the answer: guess first.")
        return line("The lit arrow leads to the answer after ", self.word, ": ", *answer(self.trace, self.t), ".")

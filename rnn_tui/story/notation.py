"""One line of notation for every phase, with the picked unit's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rnn_tui.network.arithmetic import GATES, formulas, reading
from rnn_tui.network.arithmetic.parts import Curve, Formula
from rnn_tui.network.readouts import Attention
from rnn_tui.story.moments import Moment
from rnn_tui.text import unsigned

MOST_OUTPUTS = 3


def notation(moment: Moment, phase: str, *, hidden: bool) -> str:
    """The phase's equation for the picked unit, with its numbers; nothing of the answer while it is hidden."""
    return check(moment, hidden=hidden) if phase == "check" else _PHASES[phase](moment)


def check(moment: Moment, *, hidden: bool) -> str:
    """The softmax of the logits."""
    source = "context" if isinstance(moment.model.readout, Attention) else "h"
    text = f"logits = fc.weight·{source} + fc.bias; probs = softmax(logits)"
    if hidden:
        return text
    logits, probs = (_listed(moment.step[name].tolist()) for name in ("logits", "probs"))
    return f"{text} = softmax({logits}) = {probs}"


def _listed(values: list[float]) -> str:
    shown = ", ".join(map(unsigned, values[:MOST_OUTPUTS]))
    return f"{shown}, …" if len(values) > MOST_OUTPUTS else shown


def _read(moment: Moment) -> str:
    part = reading.read(moment)
    if moment.model.embedding.kind == "one-hot" or not part.parts:
        return part.notation
    return f"{part.notation} = {part.numbers.removeprefix('x = ')}"


def _multiply(moment: Moment) -> str:
    index, sums = moment.index, []
    gates = GATES[moment.model.cell.kind]
    if len(gates) == 1:
        return f"ih[{index}] = Σ weight_ih[{index},j]·x[j] + bias_ih[{index}] = {unsigned(moment.value('ih'))}"
    for gate, (letter, _) in enumerate(gates):
        sums.append(f"ih_{letter}[{index}] = {unsigned(moment.value('ih', gate))}")
    return f"ih = weight_ih·x + bias_ih; {', '.join(sums)}"


def _filled(part: Formula | Curve) -> str:
    return f"{part.notation} = {part.numbers}"


def _gates(moment: Moment) -> str:
    said = []
    for gate, (letter, _) in enumerate(GATES[moment.model.cell.kind]):
        if (moment.model.cell.kind, letter) != ("gru", "n"):  # which is the next phase
            said.append(f"{letter} = {formulas.gate_curve(moment, gate).numbers}")
    return f"{moment.Name}, of ih + hh: {'; '.join(said)}"


_PHASES: Mapping[str, Callable[[Moment], str]] = {
    "read": _read,
    "multiply": _multiply,
    "add": lambda moment: _filled(formulas.added(moment)),
    "squash": lambda moment: _filled(formulas.squashed(moment)),
    "gates": _gates,
    "candidate": lambda moment: _filled(formulas.candidate_curve(moment)),
    "blend": lambda moment: _filled(formulas.blended(moment)),
    "write": lambda moment: _filled(formulas.written(moment)),
    "expose": lambda moment: _filled(formulas.exposed(moment)),
}

"""The way back through time, told: this step's factor, the running product, and where the loss comes from."""

from __future__ import annotations

import math

from rnn_tui.comparison import Comparison
from rnn_tui.lenses.gradient import EXPLODES, VANISHES, Gradient
from rnn_tui.network.trace import Trace
from rnn_tui.pair import SIDES
from rnn_tui.scene import Scene
from rnn_tui.story.lenses.both import first_word
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import magnitude, percent, unsigned

NOTATION = "∂s_T/∂s_t = ∂s_T/∂s_{t+1} · ∂s_{t+1}/∂s_t, each as its largest singular value; s is "
NEAR = 0.995
HALF, LITTLE = 0.5, 0.1
FAINT = 10
"""From how many times as much on one side is said to hear the first word, and the other to hear it faintly."""


def tell(measured: Gradient, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The walk from the end back to the current word, and what it means."""
    t, last = scene.position.t, len(trace) - 1
    if math.isnan(float(measured.log10_norm[min(t, last)])):
        told = [line("The numbers grew beyond all bounds: there is no way back to follow.")]
    elif t >= last:
        told = (
            [_start(trace)]
            if last == 0
            else [
                _start(trace),
                line(f"b goes one {trace.model.tokenizer.unit} back in time; each step back multiplies by a factor."),
            ]
        )
    else:
        told = [_step(measured, trace, t), _why(measured, trace, t)]
    told.append(line(strong("So what?"), _so_what(measured, trace)))
    if scene.notation:
        told.append(line(Span(NOTATION + " and ".join(trace.initial), "muted")))
    return tuple(told)


def _start(trace: Trace) -> Line:
    at_end = word(trace.tokens[-1].surface)
    return line(strong("The way back"), " starts after ", at_end, ": a change there changes the end by as much, 1.00.")


def _step(measured: Gradient, trace: Trace, t: int) -> Line:
    """This step's factor, and the product since the end."""
    factor, product = float(measured.factor[t]), float(measured.log10_norm[t])
    there, here = word(trace.tokens[t + 1].surface), word(trace.tokens[t].surface)
    by = f" multiplies by up to {magnitude(_log10(factor))}; the product so far is "
    ends = ""
    if product < math.log10(VANISHES):
        ends = ": it has vanished"
    elif product > math.log10(EXPLODES):
        ends = ": it explodes"
    return line("Back from ", there, " to ", here, by, strong(magnitude(product)), f"{ends}.")


def _why(measured: Gradient, trace: Trace, t: int) -> Line:
    """The source of this step's loss: the squash or the weights, or the gates."""
    kept, read = float(measured.kept[t + 1]), word(trace.tokens[t + 1].surface)
    gate, activation = trace.model.cell.keep_gate, trace.model.activation
    if gate is not None:
        keeps = f" the {gate.title} keeps {percent(kept)} of the old memory on average: that is the road back."
        return line("At ", read, keeps)
    radius = measured.spectral_radius or 0.0
    weights = f"the weights multiply by about {unsigned(radius)} (spectral radius)"
    if activation == "identity":
        return line(f"Nothing is squashed here; {weights}.")
    squash = "cut at 0" if activation == "relu" else "squash"
    if kept >= NEAR:
        return line("At ", read, f" the {squash} takes nothing away; {weights}.")
    product, before = (float(log10) for log10 in measured.log10_norm[t : t + 2])
    lost = product < before or product == -math.inf
    return line(
        f"The {squash} lets {percent(kept)} through at ", read, f"; {weights}: {_verdict(radius, squash, lost=lost)}."
    )


def _verdict(radius: float, squash: str, *, lost: bool) -> str:
    """The part that takes away, or makes up for it; the radius says what the weights do in the long run."""
    if not lost:
        return "the weights make up for it"
    return f"the {squash} takes away" if radius >= 1 else "both take away"


def _so_what(measured: Gradient, trace: Trace) -> str:
    first, unit = float(measured.log10_norm[0]), trace.model.tokenizer.unit
    if math.isnan(first):
        return " Without squashing, nothing keeps a network's memory within bounds."
    if len(trace) == 1:
        return f" With one {unit} there is no way back; type a longer sentence."
    if first > math.log10(EXPLODES):
        return " The gradient explodes: one step of training would throw the weights away. Clip it by its norm."
    return (_so_gated if trace.model.cell.gates else _so_plain)(first, unit)


def _so_gated(first: float, unit: str) -> str:
    if first < math.log10(VANISHES):
        return f" Here even the gates let the first {unit} go: training doesn't hear it."
    if first < math.log10(LITTLE):
        return f" The gates keep a road open through time, but a narrow one: training hears little of the first {unit}."
    return f" The gates keep a road open through time, so training still hears the first {unit}."


def _so_plain(first: float, unit: str) -> str:
    if first < math.log10(VANISHES):
        return f" Training hears nothing of the first {unit}: its gradient has vanished. Gates keep a road open."
    if first < math.log10(HALF):
        return f" The further back, the less training hears of a {unit}: so RNNs learn short memories first."
    return f" Training still hears the first {unit}; over many {unit}s such products vanish or explode."


def _log10(value: float) -> float:
    return math.log10(value) if value > 0 else -math.inf


def compare(a: Gradient, b: Gradient, comparison: Comparison) -> Line:
    """The share of a change after the first word that is left in the end, on both sides, and what training hears."""
    first = (float(a.log10_norm[0]), float(b.log10_norm[0]))
    if any(map(math.isnan, first)) or min(len(trace) for trace in comparison.traces) == 1:
        return ()
    in_a, in_b = (strong(magnitude(log10)) for log10 in first)
    heard = _heard(first, comparison.a.model.tokenizer.unit)
    begins = line(strong("So what?"), " Of a change after ", *first_word(comparison), " at most ")
    return line(*begins, in_a, " is left at the end in A, ", in_b, f" in B: {heard}.")


def _heard(log10: tuple[float, float], unit: str) -> str:
    """On which side training hears the first word."""
    exploded = [side for side, size in zip(SIDES, log10, strict=True) if size > math.log10(EXPLODES)]
    if exploded:
        return f"{' and '.join(exploded)} can't be trained without clipping it"
    hears = [side for side, size in zip(SIDES, log10, strict=True) if size >= math.log10(VANISHES)]
    if len(hears) == 1:
        return f"only in {hears[0]} training hears the first {unit}"
    if not hears:
        return f"in neither training hears the first {unit}"
    if abs(log10[0] - log10[1]) >= math.log10(FAINT):
        return f"training hears the first {unit} in both, but faintly in {SIDES[log10[0] > log10[1]]}"
    return f"in both training hears the first {unit}"

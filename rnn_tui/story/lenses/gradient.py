"""The way back through time, told: this step's factor, the running product, and where the loss comes from."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rnn_tui.comparison import Comparison
from rnn_tui.lenses.gradient import EXPLODES, VANISHES, Gradient
from rnn_tui.lenses.lanes import ONE_LANE
from rnn_tui.network.cells import Cell
from rnn_tui.network.trace import Trace
from rnn_tui.pair import SIDES
from rnn_tui.rounding import closes
from rnn_tui.scene import Scene
from rnn_tui.story.lenses.both import first_word
from rnn_tui.story.lenses.stacks import cells_walked
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import LONGEST_WORD, MINUS, clipped, magnitude, percent, unsigned

NOTATION = "‖∂s_T/∂s_t‖ ≤ ‖∂s_T/∂s_{t+1}‖·‖∂s_{t+1}/∂s_t‖ (spectral norms), s = "
BACKWARD = "‖∂s_1/∂s_t‖ ≤ ‖∂s_1/∂s_{t−1}‖·‖∂s_{t−1}/∂s_t‖ (spectral norms), s = "
NEAR = 0.995
HALF, LITTLE = 0.5, 0.1
STILL = "still hears"
LEAST_IN_DIGITS = -2
LONG = 15  # characters: of such words the notation has room for one beside the spectral radius
"""The power of ten from which on a size is shown with two digits after the point, and not as a power of ten."""
FAINT = 10
"""From how many times as much on one side is said to hear the first word, and the other to hear it faintly."""


def tell(measured: Gradient, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The walk from the end back to the current word, and what it means."""
    last = len(trace) - 1
    t = min(scene.position.t, last)
    if math.isnan(float(measured.log10_norm[t])):
        told = [line("The numbers grew beyond all bounds: there is no way back to follow.")]
    elif t == measured.end:
        told = [_start(measured, trace)] if last == 0 else [_start(measured, trace), _keys(trace)]
    else:
        told = [_step(measured, trace, t, notation=scene.notation), _why(measured, trace, t, notation=scene.notation)]
    told.append(line(strong("So what?"), _so_what(measured, trace, notation=scene.notation)))
    if scene.notation:
        notation = BACKWARD if measured.backward else NOTATION
        told.append(line(Span(notation + ", ".join(trace.initial), "muted")))
    return tuple(told)


def _start(measured: Gradient, trace: Trace) -> Line:
    at_end = word(trace.tokens[measured.end].surface)
    return line(strong("The way back"), " starts after ", at_end, ": a change there changes the end by as much, 1.00.")


def _keys(trace: Trace) -> Line:
    """The keys that walk the way back; in a network of letters, no key may be read as one of them."""
    return line(f"The key b goes one {trace.model.tokenizer.unit} back along it, the key w one on.")


def _step(measured: Gradient, trace: Trace, t: int, *, notation: bool) -> Line:
    """The most that this step multiplies a change by, and that all steps since the end do.

    Both are norms, so the whole may be less than the steps multiplied: with notation the ≤ says so, else words do.
    """
    factor, product = float(measured.factor[measured.step(t)]), float(measured.log10_norm[t])
    there, here = word(trace.tokens[measured.next(t)].surface), word(trace.tokens[t].surface)
    begins = ("Back from ", there, " to ", here, f" a change counts at most {magnitude(_log10(factor))} times")
    steps = len(measured.steps_since(t))
    if steps == 1:
        return line(*begins, _ends(product), ".")
    less = "" if notation or _as_multiplied(measured, t) else " (no one change gets the most of every step)"
    return line(*begins, f"; over {steps} steps at most ", strong(magnitude(product)), f" times{less}{_ends(product)}.")


def _ends(product: float) -> str:
    """Words for a product that is beyond the limits."""
    if product < math.log10(VANISHES):
        return ": it has vanished"
    return ": it explodes" if product > math.log10(EXPLODES) else ""


def _as_multiplied(measured: Gradient, t: int) -> bool:
    """True where the shown factors since the end, multiplied, give the shown product."""
    multiplied = sum(_log10(_as_shown(_log10(float(factor)))) for factor in measured.steps_since(t))
    product = float(measured.log10_norm[t])
    same = magnitude(multiplied) == magnitude(product)
    return same or (product >= LEAST_IN_DIGITS and closes(10.0**product, 10.0**multiplied))


def _as_shown(log10: float) -> float:
    """The number that is read off a size from its power of ten."""
    return float(magnitude(log10).replace(MINUS, "-").replace("∞", "inf"))


def _why(measured: Gradient, trace: Trace, t: int, *, notation: bool) -> Line:
    """The source of this step's loss: the squash or the weights, or the gates."""
    kept, read = float(measured.kept[measured.next(t)]), word(trace.tokens[measured.next(t)].surface)
    gate, activation, cells = trace.model.cell.keep_gate, trace.model.activation, cells_walked(trace, measured.looked)
    if len({cell.title for cell in cells}) > 1:
        return line("At ", read, f" each layer lets through, on average over all units, {percent(kept)}.")
    if gate is not None:
        called = f"{gate.name} gate{f' {gate.letter}' * notation}"
        road = "that is the road back" if kept >= HALF else "the road back is narrow"
        return line("At ", read, f" the {called} lets {percent(kept)} stay on average: {road}.")
    told = notation and not _fills_a_row(measured, trace, t)
    radius = f" (spectral radius {unsigned(measured.spectral_radius or 0.0)})" if told else ""
    if not any(cell.weight_hh.any() for cell in cells):
        return line(f"The memory is cut off: no change gets through{radius}.")
    if activation == "identity":
        return line(f"Nothing is squashed here: {_weights(measured, t)}{radius}.")
    squash = "cut at 0" if activation == "relu" else "squash"
    if kept >= NEAR:
        return line(
            "At ",
            read,
            f" the {squash} takes next to nothing away; {_weights(measured, t)}{radius}.",
        )
    verdict = "can make up for it" if _of_step(measured, t) >= 1 else "can't make up for it"
    through = f" the {squash} lets {percent(kept)} through on average; the weights {verdict}{radius}."
    return line("At ", read, through)


def _fills_a_row(measured: Gradient, trace: Trace, t: int) -> bool:
    """True where both words of a step are so long, as timesteps of several numbers are, that no room is left beside."""
    words = (trace.tokens[at].surface for at in (t, measured.next(t)))
    return all(len(clipped(surface, LONGEST_WORD)) >= LONG for surface in words)


def _of_step(measured: Gradient, t: int) -> float:
    """The most that the step back from t + 1 to t multiplies a change by, as it is told."""
    return _as_shown(_log10(float(measured.factor[measured.step(t)])))


def _weights(measured: Gradient, t: int) -> str:
    """The most that the weights alone do in this step: "the weights let it fade"."""
    factor = _of_step(measured, t)
    return f"the weights {'can let it grow' if factor > 1 else 'can hold it' if factor == 1 else 'let it fade'}"


def _so_what(measured: Gradient, trace: Trace, *, notation: bool) -> str:
    first, unit = float(measured.log10_norm[measured.first]), trace.model.tokenizer.unit
    if math.isnan(first):
        return " Without squashing, nothing keeps a network's memory within bounds."
    if len(trace) == 1:
        return f" With one {unit} there is no way back; type a longer sentence."
    if measured.looked.layer is not None:
        return _so_of_lane(first, measured, trace, notation=notation)
    if trace.model.readout.reads_all:
        # Beside the notation there is no room for more.
        past = " This is the way through the memory; there are short ways past it."
        return past if notation else _so_with_all_states(first, trace)
    return _so_through_memory(first, measured, trace)


def _so_through_memory(first: float, measured: Gradient, trace: Trace) -> str:
    """The meaning where the answer reads the last state alone."""
    unit = trace.model.tokenizer.unit
    if first > math.log10(EXPLODES):
        return " It explodes: one step of training could wreck the weights. Clip it."
    cells = cells_walked(trace, measured.looked)
    if not any(cell.gates or cell.weight_hh.any() for cell in cells):
        return f" Nothing is passed on: training hears the last {unit} alone."
    return (_so_gated if all(cell.gates for cell in cells) else _so_plain)(first, unit)


def _so_of_lane(first: float, measured: Gradient, trace: Trace, *, notation: bool) -> str:
    """The meaning where one lane of several was looked at, whose input was held fixed: others may have short ways."""
    unit, layer = trace.model.tokenizer.unit, measured.looked.layer or 0
    far = f"{'last' if measured.backward else 'first'} {unit}"
    through = f" Through this lane {_passed(first, cells_walked(trace, measured.looked), far)}"
    other = trace.model.layers[layer].bidirectional and not notation  # beside the notation there is no room for it
    return f"{through}; the other lane reads that {unit} last." if other else f"{through}."


def _passed(first: float, cells: Sequence[Cell], far: str) -> str:
    """The part of the farthest word that training hears through a memory: "it hardly hears the first word"."""
    if not any(cell.gates or cell.weight_hh.any() for cell in cells):
        return "nothing is passed on"
    if first > math.log10(EXPLODES):
        return "it explodes: clip it in training"
    if first < math.log10(VANISHES):
        return f"training hardly hears the {far}"
    return f"training {'hears less of' if first < math.log10(HALF) else STILL} the {far}"


def _so_with_all_states(first: float, trace: Trace) -> str:
    """The meaning where the answer reads every state: this is the way through the memory alone, and there is another.

    What is measured is ∂s_T/∂s_t; beside it the answer has a derivative by each state that was handed on directly.
    """
    unit = trace.model.tokenizer.unit
    through = f" Through the memory {_passed(first, cells_walked(trace, ONE_LANE), f'first {unit}')}."
    direct = {
        "mean": f"each {unit}: the answer reads 1/{len(trace)} of its state",
        "max": f"each {unit} that has a unit's largest value",
        "attention": f"each {unit}, by its attention weight",
    }
    joins = "And" if STILL in through else "But"
    return f"{through} {joins} a short way leads to {direct.get(trace.model.readout.kind, f'other {unit}s, too')}."


def _so_gated(first: float, unit: str) -> str:
    if first < math.log10(VANISHES):
        return f" Even the gates let the first {unit} go: training hardly hears it."
    if first < math.log10(LITTLE):
        return f" A narrow road is open: training hears little of the first {unit}."
    return f" The gates keep a road open: training still hears the first {unit}."


def _so_plain(first: float, unit: str) -> str:
    if first < math.log10(VANISHES):
        return f" Training hardly hears the first {unit}; gates are made for this."
    if first < math.log10(HALF):
        return f" Training hears the first {unit} less than the last."
    return f" Training still hears the first {unit}."


def _log10(value: float) -> float:
    return math.log10(value) if value > 0 else -math.inf


def compare(a: Gradient, b: Gradient, comparison: Comparison) -> Line:
    """The share of a change after the first word that is left in the end, on both sides, and what training hears.

    Nothing where a side is one lane of several: training hears the word through the others, too.
    """
    if any(of.looked.layer is not None for of in (a, b)):
        return ()
    first = (float(a.log10_norm[a.first]), float(b.log10_norm[b.first]))
    if any(map(math.isnan, first)) or min(len(trace) for trace in comparison.traces) == 1:
        return ()
    in_a, in_b = (strong(magnitude(log10)) for log10 in first)
    through, directly = _ways(comparison)
    heard = f"{through}{_heard(first, comparison.a.model.tokenizer.unit)}{directly}"
    begins = line(strong("So what?"), " Of a change after ", *first_word(comparison), " at most ")
    return line(*begins, in_a, " is left at the end in A, ", in_b, f" in B: {heard}.")


def _ways(comparison: Comparison) -> tuple[str, str]:
    """Words before and after what training hears where the answer of a side reads more than the last state."""
    sides = [side for side, trace in zip(SIDES, comparison.traces, strict=True) if trace.model.readout.reads_all]
    if not sides:
        return "", ""
    return "through the memory ", f"; {' and '.join(sides)} read{'s' * (len(sides) == 1)} earlier states directly, too"


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

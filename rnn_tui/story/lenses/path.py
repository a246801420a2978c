"""The path of the hidden state, told."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from rnn_tui.lenses.path import Path
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.answers import label
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import percent, unsigned


def tell(measured: Path, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines: how far the words moved the point, where it crossed the line, how much of it is seen, the meaning."""
    scene = scene.fitted(trace)
    if not measured.shown or not np.isfinite(measured.points).all():
        return (*_nothing(measured), _so_what(measured, trace))
    lines = [_moved(measured, trace, scene.position.t), _crossed(measured, trace, scene)]
    lines += [_shown(measured, scene), _so_what(measured, trace)]
    if scene.notation:
        plane = "points = (h − mean)·Vᵀ, explained = σ²/Σσ²"
        flips = "" if measured.boundary is None else "; line: Δfc.weight·h + Δfc.bias = 0"
        lines.append(line(Span(plane + flips, "muted")))
    return tuple(told for told in lines if told)


def crossings(measured: Path, t: int | None = None) -> list[int]:
    """The words (from 0) up to t, or up to the last, at which the answer flips: the mark is another than before.

    The start is on no side, since nothing is answered there; nor is a state on the line.
    """
    if measured.boundary is None:
        return []
    margins = measured.boundary.margin[1 : None if t is None else t + 2]
    sides = [(read, margin > 0) for read, margin in enumerate(map(float, margins)) if margin]
    return [read for (_, before), (read, side) in pairwise(sides) if side != before]


def _nothing(measured: Path) -> tuple[Line, ...]:
    if not np.isfinite(measured.points).all():
        return (line("The numbers grew beyond all bounds, and the point left every plane."),)
    return (line("No word moves the point at all: it stays where it began."),)


def _moved(measured: Path, trace: Trace, t: int) -> Line:
    """The distance on the map by which the current word moved the point, and the word that moved it furthest."""
    moves, at = measured.moves, measured.step(t)
    furthest = measured.step(int(moves.argmax()))
    here = (word(trace.tokens[t].surface), " moves the point ", strong(unsigned(moves[at])), " on the map")
    if len(moves) == 1:
        return line(*here, ", from the start to where it ends.")
    if t == furthest:
        rest = float(np.delete(moves, at).mean())
        return line(*here, f", furthest (others {unsigned(rest)} on average).")
    other = word(trace.tokens[furthest].surface)
    which = f" ({trace.model.tokenizer.unit} {furthest + 1}) furthest: "
    return line(*here, ", ", other, which, strong(unsigned(moves[measured.step(furthest)])), ".")


def _crossed(measured: Path, trace: Trace, scene: Scene) -> Line:
    """The last word at which the answer has flipped so far."""
    if measured.boundary is not None:
        return _turned(measured, trace, scene)
    if scene.notation and trace.model.readout.kind in ("mean", "max"):  # the meaning, which is long, says as much
        return ()
    why = _no_line(measured, trace)
    return line(f"No line parts the answers here: {why}.") if why else ()


def _no_line(measured: Path, trace: Trace) -> str:
    """The reason why there is no line on which the answer flips; "" where there is none to tell."""
    labels, made_of = len(trace.model.labels), _made_of(measured, trace)
    if trace.model.output.is_number:
        return "the answer is a number"
    if made_of:
        return f"they are made of {made_of}"
    if trace.model.readout.reads_all:
        return "they don't depend on the last state alone"
    if trace.model.head and labels == 2:
        return "they depend on what is made of the state"
    return f"there are {labels} of them" if labels > 2 else ""


def _turned(measured: Path, trace: Trace, scene: Scene) -> Line:
    """The turns of the answer up to the current word, as its marks show them."""
    assert measured.boundary is not None
    t = scene.position.t
    crossed = crossings(measured, t)
    so_far, begins = (False, "The answer") if t == len(trace) - 1 else (True, "So far the answer")
    times = {1: "once", 2: "twice"}.get(len(crossed), f"{len(crossed)} times")
    if scene.covered:
        turns = f"{begins} turns {times}. " if crossed else f"{begins} never turns. " if t else ""
        return line(f"{turns}On which side of the line does it {'stand' if so_far else 'end'}? Guess first.")
    now = float(measured.boundary.margin[t + 1])
    if not now or math.isnan(now):
        return line(f"It {'stands' if so_far else 'ends'} on the line where the answer turns: undecided.")
    name = strong(label(trace, int(now > 0)))
    if t == 0:
        return line("After the first ", trace.model.tokenizer.unit, " the answer is ", name, ".")
    if not crossed:
        return line(f"{begins} never turns: ", name, " from the first ", trace.model.tokenizer.unit, " on.")
    last = word(trace.tokens[crossed[-1]].surface)
    which = f" ({trace.model.tokenizer.unit} {crossed[-1] + 1})"
    latest = "at " if len(crossed) == 1 else "last at "
    return line(f"{begins} turns {times}, {latest}", last, f"{which}, to ", name, ".")


def _shown(measured: Path, scene: Scene) -> Line:
    first = f"The map shows {percent(min(1.0, round(measured.shown, 6)))} of the movement"
    if measured.boundary is None:
        return line(f"{first}.")
    if measured.exact:
        return line(f"{first}, and its line is exact.")
    return line(f"{first}; its line is rough{'' if scene.covered else ', the marks ○ ● exact'}.")


def _made_of(measured: Path, trace: Trace) -> str:
    """What the answers are made of beside or in place of the lane that was looked at; "" where they are made of it."""
    looked = measured.looked
    if looked.layer is None:
        return ""
    if looked.layer < len(trace.model.layers) - 1:
        return "what the layers above make of it"
    return "both lanes" if trace.model.layers[looked.layer].bidirectional else ""


def _so_what(measured: Path, trace: Trace) -> Line:
    looked = measured.looked
    if looked.layer is not None and looked.layer < len(trace.model.layers) - 1:
        return line(strong("So what?"), " The layer above reads every point of the way.")
    if looked.backward and trace.model.readout.kind == "last_step":
        return line(strong("So what?"), " The answer reads only the first point of this way, after the last word.")
    meaning = {
        "last": " The answer reads only where the point ends; the way is gone.",
        "last_step": " The answer reads only where the point ends; the way is gone.",
        "each": " Each answer reads only where the point stands; the way is gone.",
        "attention": " Without looking back it would read only where the point ends.",
        "mean": " The answer reads the average of all points, not where the last one is.",
        "max": " The answer reads the largest value that each unit had on the way.",
    }
    neutral = " Each word moves the point; the answer is made of where it has been."
    return line(strong("So what?"), meaning.get(trace.model.readout.kind, neutral))

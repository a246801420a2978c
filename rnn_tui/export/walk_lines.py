"""The walk through a sentence in plain lines, for screen readers and pipes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from rnn_tui.network.arithmetic import Curve, Formula, Sum
from rnn_tui.network.tokens import join
from rnn_tui.network.trace import Trace
from rnn_tui.rounding import as_shown, closes
from rnn_tui.scene import Position, Scene
from rnn_tui.story import Line, outline, plain, tell
from rnn_tui.story.arithmetic import Explained, explained
from rnn_tui.story.describe import whole
from rnn_tui.text import LONGEST_WORD, clipped, in_words, number, printable

LONGEST = 200
MOST_UNITS = 8
MOST_TERMS = 12


def opening(scene: Scene, trace: Trace) -> Iterator[str]:
    """The model, the picked unit, the sentence, and what is going to happen."""
    yield from introduction(scene, trace)
    yield from _sentences(outline(trace))[:-1]  # the last says which key begins, and here none does


def introduction(scene: Scene, trace: Trace) -> Iterator[str]:
    """The model, the picked unit and the sentence.

    While a question is open the unit is left out: which one it is may say something of the answer, and the question
    names its own.
    """
    model = trace.model
    units = f"{model.hidden_size} hidden unit{'s' if model.hidden_size != 1 else ''}"
    functions = (f"{'a hidden layer with ' if entry.linear else ''}{entry.activation}" for entry in model.head)
    before = [f"{' then '.join(functions)} before the outputs"] if model.head else []
    readout = model.readout.title.format(model.tokenizer.unit)
    parts = filter(None, (model.architecture, readout, *before, units))
    yield f"The model {printable(model.called)}: {', '.join(parts)}."
    if not scene.asking:
        yield from picked_unit(scene, trace)
    count = f"{len(trace)} {model.tokenizer.unit}{'s' if len(trace) != 1 else ''}"
    text = join([token.surface for token in trace.tokens], model.tokenizer)
    yield f"The {whole(model)} “{clipped(text, LONGEST)}”: {count}."


def picked_unit(scene: Scene, trace: Trace) -> Iterator[str]:
    """The unit that the walk tells about, where there are several."""
    if trace.model.hidden_size > 1:
        yield f"The picked unit is {printable(trace.model.unit_name(scene.unit_in(trace)))}; --unit picks another."


def facts(trace: Trace, scene: Scene, *, heading: bool) -> Iterator[str]:
    """The lines at the position of a scene; with `heading` the word is named, whichever phase it is."""
    if arrived := _arriving(trace, scene, heading=heading):
        yield ""
        yield arrived
    trace = trace.on(scene.position.floor)
    t, phase = scene.position.t, trace.model.phases[scene.position.phase]
    if scene.position.phase == 0 or heading:
        yield ""
        unit = trace.model.tokenizer.unit.capitalize()
        yield f"{unit} {t + 1} of {len(trace)}: {clipped(trace.tokens[t].surface, 40)}."
    lines = tell(trace, scene)
    equation = lines[-1] if scene.notation else None
    told = [sentence for line in _told(trace, scene, lines) for sentence in line]
    yield f"{phase.heading}: {told[0]}" if told else f"{phase.heading}."
    yield from told[1:]
    if equation:
        yield f"In notation: {plain(equation)}"
    if scene.arithmetic and not scene.covers(scene.position.phase, trace.model):
        for part in explained(trace, t, phase, scene.unit_in(trace)):
            yield from _derived(part, notation=scene.notation)
    if scene.position.phase == trace.model.state_phase:
        yield _memory(trace, scene)


def _arriving(trace: Trace, scene: Scene, *, heading: bool) -> str:
    """Announce the floor of a network of several, where the walk comes to it from another one, or begins there."""
    order, position = trace.order, scene.position
    if len(trace.model.floors) == 1 or not (position.phase == 0 or heading):
        return ""
    if not heading and position != Position() and order.moved(position, -1).floor == position.floor:
        return ""
    from rnn_tui.story.floors import arriving  # only networks of several floors have it

    return arriving(trace.model, trace.model.floors[position.floor])


def _told(trace: Trace, scene: Scene, lines: tuple[Line, ...]) -> Iterator[list[str]]:
    """The sentences of each line, without the outline, the equation, and the title that repeats the phase's name."""
    left_out = outline(trace) if scene.position == Position() else None
    last = len(lines) - 1 if scene.notation else len(lines)
    for told in lines[:last]:
        if told == left_out:
            continue
        sentences = _sentences(told)
        yield sentences[1:] if told[0].role == "strong" else sentences


def _sentences(line: Line) -> list[str]:
    """The sentences of a line. What is quoted is never cut: a full stop there is the user's."""
    sentences = [""]
    for span in line:
        pieces = re.split(r"(?<=[.?!]) +", span.text) if span.role in ("plain", "strong") else [span.text]
        if sentences[-1].endswith((".", "?", "!")) and span.text.startswith(" "):
            pieces = ["", *pieces[:1], *pieces[1:]]
        sentences[-1] += pieces[0]
        sentences += pieces[1:]
    return [sentence.strip() for sentence in sentences if sentence.strip()]


def _memory(trace: Trace, scene: Scene) -> str:
    """The hidden state after this word; where it is many numbers, those that are the largest, whatever their sign."""
    h = trace.values["h"][scene.position.t]
    units = sorted(range(len(h)), key=lambda unit: -abs(float(h[unit])))[:MOST_UNITS]
    said = ", ".join(
        f"{clipped(trace.model.unit_name(unit), LONGEST_WORD)} {in_words(h[unit])}" for unit in sorted(units)
    )
    memory = "What both lanes are together" if trace.model.meets else "The memory"
    if len(h) == len(units):
        return f"{memory} is now: {said}."
    return f"{memory} now holds {len(h)} numbers; the {len(units)} largest, plus or minus: {said}."


def _derived(told: Explained, *, notation: bool) -> Iterator[str]:
    """A derivation in plain lines, one product a line."""
    part = told.part
    if isinstance(part, Formula | Curve):
        yield f"{told.words}: {part.numbers if notation else told.numbers}."
        return
    yield f"{told.words}."
    if told.note:
        yield f"{told.note}."
    yield from _products(part)
    last = as_shown(part.terms[-1].running) if part.terms else 0.0
    if part.bias is not None:
        yield f"The bias is {number(part.bias)}."
        last += as_shown(part.bias)
    yield f"Together {_found(part.total, last)}."


def _products(part: Sum) -> Iterator[str]:
    """One product a line, and the sum so far."""
    shown = part.terms if len(part.terms) <= MOST_TERMS else part.terms[:MOST_TERMS]
    running = 0.0
    for term in shown:
        product = _found(term.product, as_shown(term.weight) * as_shown(term.value))
        so_far = _found(term.running, running + as_shown(term.product))
        running = as_shown(term.running)
        yield f"{term.name}: {in_words(term.weight)} times {in_words(term.value)} is {product}, so far {so_far}."
    if len(shown) < len(part.terms):
        yield f"{len(part.terms) - len(shown)} more products bring it to {in_words(part.terms[-1].running)}."


def _found(value: float, from_shown: float) -> str:
    """A number that comes out of others, with "about" in front where those, as they are shown, don't give it."""
    return f"{'' if closes(value, from_shown) or math.isnan(value) else 'about '}{in_words(value)}"

"""The walk through a sentence in plain lines, for screen readers and pipes."""

from __future__ import annotations

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
from rnn_tui.text import LONGEST_WORD, clipped, number, printable

LONGEST = 200
MOST_UNITS = 8
MOST_TERMS = 12


def opening(scene: Scene, trace: Trace) -> Iterator[str]:
    """The model, the picked unit, the sentence, and what is going to happen."""
    model = trace.model
    units = f"{model.hidden_size} hidden unit{'s' if model.hidden_size != 1 else ''}"
    readout = model.readout.title.format(model.tokenizer.unit)
    yield f"The model {printable(model.name)}: {', '.join(filter(None, (model.cell.title, readout, units)))}."
    if model.hidden_size > 1:
        yield f"The picked unit is {printable(model.unit_name(scene.unit_in(trace)))}; --unit picks another."
    count = f"{len(trace)} {model.tokenizer.unit}{'s' if len(trace) != 1 else ''}"
    text = join([token.surface for token in trace.tokens], model.tokenizer)
    yield f"The {whole(model)} “{clipped(text, LONGEST)}”: {count}."
    yield from _sentences(outline(trace))[:-1]  # the last says which key begins, and here none does


def facts(trace: Trace, scene: Scene, *, heading: bool) -> Iterator[str]:
    """The lines at the position of a scene; with `heading` the word is named, whichever phase it is."""
    t, phase = scene.position.t, trace.model.phases[scene.position.phase]
    if scene.position.phase == 0 or heading:
        yield ""
        unit = trace.model.tokenizer.unit.capitalize()
        yield f"{unit} {t + 1} of {len(trace)}: {clipped(trace.tokens[t].surface, 40)}."
    lines = tell(trace, scene)
    equation = lines[-1] if scene.notation else None
    told = [sentence for line in _told(scene, lines) for sentence in line]
    yield f"{phase.heading}: {told[0]}" if told else f"{phase.heading}."
    yield from told[1:]
    if equation:
        yield f"In notation: {plain(equation)}"
    covered = scene.hidden and scene.position.phase > trace.model.state_phase
    if scene.arithmetic and not covered:
        for part in explained(trace, t, phase, scene.unit_in(trace)):
            yield from _derived(part, notation=scene.notation)
    if scene.position.phase == trace.model.state_phase:
        yield _memory(trace, scene)


def _told(scene: Scene, lines: tuple[Line, ...]) -> Iterator[list[str]]:
    """The sentences of each line, without the outline, the equation, and the title that repeats the phase's name."""
    first = 1 if scene.position == Position() else 0
    last = len(lines) - 1 if scene.notation else len(lines)
    for told in lines[first:last]:
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
        f"{clipped(trace.model.unit_name(unit), LONGEST_WORD)} {number(h[unit])}" for unit in sorted(units)
    )
    if len(h) == len(units):
        return f"The memory is now: {said}."
    return f"The memory now holds {len(h)} numbers; the {len(units)} largest, plus or minus: {said}."


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
        yield f"{term.name}: {number(term.weight)} times {number(term.value)} is {product}, so far {so_far}."
    if len(shown) < len(part.terms):
        yield f"{len(part.terms) - len(shown)} more products bring it to {number(part.terms[-1].running)}."


def _found(value: float, from_shown: float) -> str:
    """A number that comes out of others, with "about" in front where those, as they are shown, don't give it."""
    return f"{'' if closes(value, from_shown) else 'about '}{number(value)}"

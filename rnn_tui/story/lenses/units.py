"""The sentences of the lens units: what the picked unit has learned."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rnn_tui.lenses.lanes import unit_looked_at
from rnn_tui.lenses.learned import PLACE, POLARITY, Pushes
from rnn_tui.lenses.units import Unit, Units
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.answers import label
from rnn_tui.story.lenses.both import beside_half, said
from rnn_tui.story.spans import Line, Span, capital, line, signed, strong, word
from rnn_tui.text import LONGEST_WORD, number, quoted

CALLED: Mapping[str, str] = {
    "NOUN": "nouns",
    "VERB": "verbs",
    "ADJ": "adjectives",
    "ADV": "adverbs",
    "PROPN": "names",
    "INTJ": "yes, oh, wow",
    "PRON": "pronouns",
    "DET": "determiners",
    "ADP": "prepositions",
    "AUX": "auxiliaries",
    "CCONJ": "and, or, but",
    "SCONJ": "because, if",
    "PART": "not, to",
    "NUM": "numbers",
    "PUNCT": "punctuation",
    POLARITY: "good mood",
    PLACE: "later words",
}
"""The words for each trait."""

CLEAR, WEAK = 0.4, 0.15  # how large a correlation is to be called so
NOTHING = 0.005  # a change of p that is not to be seen
LONG = 22  # letters of four words together


def strongest(unit: Unit) -> str | None:
    """The trait that a unit goes with most, up or down; None where it goes with nothing."""
    known = {trait: abs(r) for trait, r in unit.correlation.items() if math.isfinite(r)}
    best = max(known, key=lambda trait: known[trait], default=None)
    return best if best is not None and known[best] > 0 else None


def tell(measured: Units, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines: what the unit goes with, what pushes it, the answer without it, and what that means."""
    looked, own = unit_looked_at(trace, scene.unit_in(trace))
    unit = measured.of(own, looked) or measured.units[0]
    lines = [
        _goes_with(measured, unit, trace, "correlation" if scene.notation else "match"),
        _pushed(trace, unit),
        _silenced(measured, unit, trace, scene),
    ]
    lines.append(_so_what(unit, named=trace.model.unit_names is not None))
    if scene.notation:
        lines.append(line(Span("correlation(h[unit], class of the word); held: h[unit] = 0 at every t", "muted")))
    return tuple(told for told in lines if told)


def _goes_with(measured: Units, unit: Unit, trace: Trace, called: str) -> Line:
    """The trait that it goes with most, and the correlation with it, as it is called."""
    name = strong(f"Unit {quoted(unit.name)}" if trace.model.unit_names else capital(unit.name))
    trait = strongest(unit)
    if measured.note is not None:
        return line(measured.note)
    if trait is None:
        return line(name, " goes with no kind of word: it doesn't move on the tagged sentences.")
    r = unit.correlation[trait]
    way = "up" if r > 0 else "down"
    if trait == PLACE:
        goes = f" goes {way} along the sentence, word by word"
    elif trait == POLARITY:
        goes = f" ends high after {'positive' if r > 0 else 'negative'} sentences"
    else:
        goes = f" goes {way} with {CALLED[trait]}"
    goes += "" if abs(r) >= WEAK else ", but hardly"
    return line(name, f"{goes}: {called} ", signed(r), f" on {unit.counts[trait]} {_examples(trait)}.")


def _examples(trait: str) -> str:
    if trait == POLARITY:
        return "tagged sentences"
    return "tagged words" if trait == PLACE else f"{CALLED[trait] if CALLED[trait].endswith('s') else 'such words'}"


def _pushed(trace: Trace, unit: Unit) -> Line:
    """The two strongest words either way, from a zero state; one, where two are too long for a line."""
    parts: list[Span | str] = []
    long = sum(min(len(text), LONGEST_WORD) for pushes in (unit.up, unit.down) for text, _ in pushes[:2]) > LONG
    for way, pushes in (("up", unit.up), ("down", unit.down)):
        if pushes:
            some = pushes[: 1 if long else 2]
            parts += ["; " if parts else "", *_some(some), f" push{'es' * (len(some) == 1)} it {way}"]
    if parts:
        return line("Read alone, ", *parts, ".")
    return () if trace.model.tokenizer.kind == "numbers" else line(f"No {trace.model.tokenizer.unit} moves it at all.")


def _some(pushes: Pushes) -> Line:
    pieces: list[Span | str] = []
    for text, value in pushes:
        pieces += [" and " if pieces else "", word(text), " ", signed(value)]
    return line(*pieces)


def _silenced(measured: Units, unit: Unit, trace: Trace, scene: Scene) -> Line:
    """The answer without the unit."""
    if scene.covered:
        return line("What would the answer be without this unit? Guess first.")
    before, after = measured.probability, unit.silenced
    each = trace.model.readout.kind == "each"
    where = line(" after ", word(trace.tokens[measured.t].surface)) if each else ()
    name = line(strong(label(trace, measured.label)), *where)
    if not (math.isfinite(before) and math.isfinite(after)):
        return line("The numbers grew beyond all bounds, so there is no answer to compare.")
    nothing = 0.0 if trace.model.output.is_number else NOTHING
    if abs(after - before) < nothing or said(trace, after) == said(trace, before):
        return line("Held at 0: ", *name, f" stays at {beside_half(trace, after)}.")
    two = trace.model.output_size == 2 and not trace.model.output.is_number
    turned = "; the answer turns" if two and after < 0.5 else ""
    return line(
        "Held at 0: ",
        *name,
        f" {beside_half(trace, after)} instead of {beside_half(trace, before)}{turned}.",
    )


def _so_what(unit: Unit, *, named: bool) -> Line:
    trait = strongest(unit)
    so = strong("So what?")
    if trait is None:
        meaning = "" if named else "; nobody gave it a meaning"
        return line(so, f" What a unit holds is only what moves it{meaning}.")
    r = abs(unit.correlation[trait])
    if r < CLEAR:
        return line(so, f" {number(r)} is no clear match: an idea is often spread over many units.")
    if named:
        return line(so, " One number can hold an idea: words move it, the answer reads it.")
    return line(so, " Nobody named this unit: in training, ideas grow by themselves.")

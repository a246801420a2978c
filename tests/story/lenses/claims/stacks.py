"""The kinds of sentences that lenses tell of stacks, lanes, heads and numbers alone, and what must be true there."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.expected import unit_of
from tests.story.lenses.claims.units import CALLED, TRAITS, goes, goes_with_words
from tests.story.lenses.reading import LABEL, NUMBER, SEEN, SHARE, UNIT, WORD, Claim, read, share, signed, two

QUANTITY = r"(−?[0-9.]+(?:e−?[0-9]+)?)"


def quantity(value):
    """A number in a unit of its own, as it is shown with four digits."""
    text = f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
    return "0" if not text.strip("-0.") else text.replace("-", "−")


# memory


def _influence(told):
    return told.measured.influence[:, told.t]


def _most(groups, told):
    now = _influence(told)
    best = int(now.argmax())
    return groups == (told.words[best], told.words[told.t], two(now[best])) and told.known


def _sides(groups, told):
    now, t = _influence(told), told.t
    return groups == (two(now[:t].max()), two(now[t + 1 :].max()))


def _heard(before, after):
    def holds(groups, told):
        now, t = _influence(told), told.t
        found = tuple(bool(len(part)) and part.max() >= SEEN for part in (now[:t], now[t + 1 :]))
        return found == (before, after)

    return holds


MEMORY = (
    Claim.of(rf"Without {WORD} the memory at {WORD} would be {NUMBER} off, the most of all {UNIT}s\.", _most),
    Claim.of(rf"The {UNIT}s before it: {NUMBER} at most; those after it: {NUMBER} at most\.", _sides),
    Claim.of(
        rf"So what\? Both sides are heard: {UNIT}s before it, and {UNIT}s that come after it\.", _heard(True, True)
    ),
    Claim.of(rf"So what\? Only {UNIT}s before it are heard here\.", _heard(True, False)),
    Claim.of(rf"So what\? Only {UNIT}s after it are heard here: a lane reads from the end\.", _heard(False, True)),
    Claim.of(rf"So what\? No other {UNIT} is heard here\.", _heard(False, False)),
    Claim.of(
        rf"At {WORD} nothing of any {UNIT} is to be seen\.",
        lambda g, o: g == (o.words[o.t],) and _influence(o).max() < SEEN,
    ),
    Claim.of(rf"So what\? No {UNIT} moves the memory there\.", lambda g, o: _influence(o).max() < SEEN),
    Claim.of(
        rf"The other lane has not read this {UNIT} yet: until then there is nothing to compare\.",
        lambda g, o: not o.known,
    ),
    Claim.of(
        r"So what\? The memory of a layer is that of both of its lanes\.",
        lambda g, o: o.model.layers[o.looked.layer].bidirectional,
    ),
    Claim.of(rf"The layer above reads it after every {UNIT}\.", lambda g, o: o.looked.layer < len(o.model.layers) - 1),
)

# gradient


def _through(groups, told):
    verdict, far, other = groups
    first = told.measured.norm[0]
    far_read = far is None or far == ("last" if told.looked.backward else "first")
    low, high = {
        "nothing is passed on": (0, 0),
        "it explodes: clip it in training": (1e3, np.inf),
        "training hardly hears the": (0, 1e-3),
        "training hears less of the": (1e-3, 0.5),
        "training still hears the": (0.5, 1e3),
    }[verdict]
    two_lanes = told.model.layers[told.looked.layer].bidirectional and not told.notation
    return far_read and (low <= first < high or low == first) and (other is not None) == two_lanes


def _each_layer(groups, told):
    kinds = {layer.forward.title for layer in told.model.layers}
    return groups == (told.words[told.t + 1], share(told.measured.kept[told.t + 1])) and len(kinds) > 1


GRADIENT = (
    Claim.of(
        r"So what\? Through this lane (nothing is passed on|it explodes: clip it in training|"
        rf"training (?:hardly hears|hears less of|still hears) the)(?: (first|last) {UNIT})?"
        rf"(; the other lane reads that {UNIT} last)?\.",
        _through,
    ),
    Claim.of(rf"At {WORD} each layer lets through, on average over all units, {SHARE}\.", _each_layer),
)

# path


def _point_moves(told):
    """How far each word moved the point, by the sentence's order."""
    moves = np.hypot(*np.diff(told.measured.points, axis=0).T)
    return moves[::-1] if told.looked.backward else moves


def _furthest_other(groups, told):
    word, by, other, at, most = groups
    moves = _point_moves(told)
    far = int(moves.argmax())
    expected = (told.words[told.t], two(moves[told.t]), told.words[far], far + 1, two(moves[far]))
    return (word, by, other, int(at), most) == expected and far != told.t


def _furthest(groups, told):
    moves = _point_moves(told)
    return groups == (told.words[told.t], two(moves[told.t]), two(np.delete(moves, told.t).mean()))


def _made_of(groups, told):
    layers, layer = told.model.layers, told.looked.layer
    return groups[0] == ("what the layers above make of it" if layer < len(layers) - 1 else "both lanes") and (
        layer < len(layers) - 1 or layers[-1].bidirectional
    )


PATH = (
    Claim.of(
        rf"{WORD} moves the point {NUMBER} on the map, {WORD} \({UNIT} ([0-9]+)\) furthest: {NUMBER}\.",
        _furthest_other,
    ),
    Claim.of(rf"{WORD} moves the point {NUMBER} on the map, furthest \(others {NUMBER} on average\)\.", _furthest),
    Claim.of(
        r"No line parts the answers here: they are made of (both lanes|what the layers above make of it)\.", _made_of
    ),
    Claim.of(r"No line parts the answers here: the answer is a number\.", lambda g, o: o.model.output.is_number),
    Claim.of(
        r"So what\? The layer above reads every point of the way\.",
        lambda g, o: o.looked.layer < len(o.model.layers) - 1,
    ),
    Claim.of(
        r"So what\? The answer reads only the first point of this way, after the last word\.",
        lambda g, o: o.looked.backward and o.model.readout.kind == "last_step",
    ),
    Claim.of(
        r"So what\? The answer reads only where the point ends; the way is gone\.",
        lambda g, o: (
            o.model.readout.kind in ("last", "last_step")
            and not (o.model.readout.kind == "last_step" and o.looked.backward)
        ),
    ),
)

# units

NAMED = r"(?:Layer ([0-9]+)(?: ([→←]))? unit|Unit) ([0-9]+)"


def _named(groups, told):
    layer, arrow, unit = groups[:3]
    looked = told.unit_looked_at
    return (
        int(unit) == told.measured.units[0].unit + 1
        and (layer is None or int(layer) == looked.layer + 1)
        and (arrow is None or (arrow == "←") == looked.backward)
    )


def _number_held(groups, told):
    label, word, after, before = groups
    measured, silenced = told.measured, told.measured.units[0].silenced
    each = told.model.readout.kind == "each"
    return (label, after, before) == (
        told.label(measured.label), quantity(silenced), quantity(measured.probability)
    ) and word == (told.words[measured.t] if each else None) and told.model.output.is_number  # fmt: skip


UNITS = (
    Claim.of(
        rf"{NAMED} goes (up|down) with ({'|'.join(TRAITS)}){CALLED} (?:{'|'.join(TRAITS)}|such words)\.",
        lambda g, o: _named(g, o) and goes_with_words(g[2:], o),
    ),
    Claim.of(
        rf"{NAMED} ends high after (positive|negative) sentences{CALLED} tagged sentences\.",
        lambda g, o: _named(g, o) and goes("polarity", 1 if g[3] == "positive" else -1, g[4:], o),
    ),
    Claim.of(
        rf"{NAMED} goes (up|down) along the sentence, word by word{CALLED} tagged words\.",
        lambda g, o: _named(g, o) and goes("place", 1 if g[3] == "up" else -1, g[4:], o),
    ),
    Claim.of(rf"Held at 0: {LABEL}(?: after {WORD})? {QUANTITY} instead of {QUANTITY}\.", _number_held),
    Claim.of(
        rf"Held at 0: {LABEL}(?: after {WORD})? stays at {QUANTITY}\.",
        lambda g, o: _number_held((*g, quantity(o.measured.probability)), o),
    ),
)

# attention


def _two_numbers(groups, told):
    looking, alone = (array[told.t] for array in (told.measured.with_attention, told.measured.last_alone))
    return groups == (told.label(0), quantity(looking[0]), told.label(0), quantity(alone[0]))


ATTENTION = (
    Claim.of(
        rf"It looks back when both lanes have read: after the last {UNIT}\.",
        lambda g, o: o.model.two_way and o.model.floors[o.floor].layer is not None,
    ),
    Claim.of(rf"So it says {LABEL} {QUANTITY}; the last state alone would say {LABEL} {QUANTITY}\.", _two_numbers),
)

# recency


def _least(told):
    return 0.02 * told.model.output.std[0]


def _lost(groups, told):
    word, at, label, after, before = groups
    measured = told.measured
    most = int(np.abs(measured.leave_one_out).argmax())
    left = measured.probability - measured.leave_one_out[most]
    return (word, label, after, before) == (
        told.words[most], told.label(0), quantity(left), quantity(measured.probability)
    ) and at in (None, str(most + 1)) and abs(measured.leave_one_out[most]) >= _least(told)  # fmt: skip


def _sweep(told):
    return told.measured.position_sweep[told.t, : told.measured.t + 1]


RECENCY = (
    Claim.of(rf"Without {WORD}(?: \({UNIT} ([0-9]+)\))?: {LABEL} {QUANTITY} instead of {QUANTITY}\.", _lost),
    Claim.of(
        rf"No {UNIT} counts alone: without any one of them {LABEL} stays near {QUANTITY}\.",
        lambda g, o: (
            g == (o.label(0), quantity(o.measured.probability)) and np.abs(o.measured.leave_one_out).max() < _least(o)
        ),
    ),
    Claim.of(
        rf"{WORD} first: {QUANTITY}; last: {QUANTITY}\.",
        lambda g, o: g == (o.words[o.t], quantity(_sweep(o)[0]), quantity(_sweep(o)[-1])),
    ),
    Claim.of(
        rf"So what\? The place of {WORD} hardly matters here\.",
        lambda g, o: g == (o.words[o.t],) and np.ptp(_sweep(o)) < _least(o),
    ),
    Claim.of(
        rf"So what\? Places matter: with {WORD} elsewhere the number goes from {QUANTITY} to {QUANTITY}\.",
        lambda g, o: g == (o.words[o.t], quantity(_sweep(o).min()), quantity(_sweep(o).max())),
    ),
    Claim.of(rf"So what\? With one {UNIT} no place is louder; give it more\.", lambda g, o: o.measured.t == 0),
)

# diagram


def _now(told, name):
    return signed(float(told.trace.values[name][told.t][told.unit]))


def _met(told):
    """The lane and the number of a unit where two lanes meet: a half is each lane's where they stand side by side."""
    top = told.model.layers[-1]
    if top.merge != "concat":
        return None, str(told.unit + 1)
    size = told.trace.model.hidden_size // 2
    return "→ " if told.unit < size else "← ", str(told.unit % size + 1)


def _remembers(groups, told):
    """What comes over the arrow of a lane that reads backward, which begins at the last word."""
    cell = told.trace.model.cell
    brought = float((told.trace.before(told.t)["h"] @ cell.weight_hh.T)[told.unit])
    begun = told.t < told.last if told.looked_floor.backward else told.t > 0
    named = groups[0] == str(told.unit + 1) and begun and told.phase.name == "add"
    return named and abs(read(groups[1]) - brought) <= 0.0051


DIAGRAM = (
    Claim.of(rf"The lit arrow carries what the memory brings unit ([0-9]+): {NUMBER}\.", _remembers),
    Claim.of(
        rf"The lit arrow hands up what the layer below made of {WORD}\.",
        lambda g, o: g == (o.words[o.t],) and o.phase.name == "read" and o.model.floors[o.floor].layer > 0,
    ),
    Claim.of(
        rf"In the lit box both lanes meet: there ([→←] )?unit ([0-9]+) is {NUMBER}\.",
        lambda g, o: o.phase.name == "meet" and g == (*_met(o), _now(o, "h")),
    ),
    Claim.of(
        r"Each box is a floor; this one, above all lanes, has no memory\.",
        lambda g, o: o.model.floors[o.floor].layer is None,
    ),
    Claim.of(
        rf"In the lit box (Hidden layer|Cut|Limit) makes {NUMBER} of unit ([0-9]+)\.",
        lambda g, o: o.phase.name == "head" and g == (o.phase.title, _now(o, o.trace.model.reads), str(o.unit + 1)),
    ),
    Claim.of(
        rf"The lit arrow leads to the answer after {WORD}: {LABEL}: {QUANTITY}( [^ .]+)?\.",
        lambda g, o: (
            g[:3] == (o.words[o.t], o.label(0), quantity(o.trace.values["outputs"][o.t, 0]))
            and (g[3] or "").strip() == unit_of(o.model)
        ),
    ),
    Claim.of(
        rf"The lit arrow carries nothing yet: there is no memory before the last {UNIT}, where this lane begins\.",
        lambda g, o: o.t == o.last and o.looked_floor.backward,
    ),
)

STACKS = {
    "memory": MEMORY,
    "gradient": GRADIENT,
    "recency": RECENCY,
    "units": UNITS,
    "attention": ATTENTION,
    "path": PATH,
    "diagram": DIAGRAM,
}
"""All kinds of sentences of each lens that no network with one lane and one of several answers is told."""

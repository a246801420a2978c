"""A number of a trace by the name under which it is asked for: h[3], ih_r[2], logits[1], head.0[4]."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rnn_tui.network.heads import is_sum_of_head
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.questions.lanes import answering_names, path_of
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.scene import Position
from rnn_tui.text import LONGEST_CITED, LONGEST_WORD, cited, clipped, counted, joined, quoted

STACKED = ("ih", "hh")
OF_LABELS = ("logits", "probs", "outputs")
OF_OTHERS = (*OF_LABELS, "attention", "x")
"""The values whose numbers belong to labels, to words or to the input; those of all others belong to units."""
_FORM = re.compile(r"([A-Za-z_.0-9]+)\[(.+)\]")
FEW_ROWS = 4


@dataclass(frozen=True)
class Quantity:
    """A value's `name` in a step, the `gate` whose block it is in ("" where there are none), and the `index`, from 0.

    The index is that of a hidden unit, of a label (logits, probs, outputs) or of a word (attention). `at` is the
    position at which it comes to light.
    """

    name: str
    gate: str
    index: int
    at: Position

    @property
    def text(self) -> str:
        """The form in which it is asked for: "ih_r[2]"."""
        return f"{self.name}{f'_{self.gate}' if self.gate else ''}[{self.index + 1}]"

    @property
    def unit(self) -> int | None:
        """The hidden unit that it belongs to, from 0; None where it belongs to a label or to a word."""
        return None if self.name in OF_OTHERS else self.index

    def row(self, model: Model) -> int:
        """Its index in the array of the step."""
        gates = [gate.letter for gate in model.cell.gates]
        return (gates.index(self.gate) * model.hidden_size if self.gate else 0) + self.index

    def in_trace(self, trace: Trace, t: int | None = None) -> float:
        """The number itself, at its own timestep or at another."""
        trace = trace.on(self.at.floor)
        return float(trace[self.at.t if t is None else t][self.name][self.row(trace.model)])

    def before(self, trace: Trace) -> float:
        """The number of a state before its timestep."""
        return float(trace.on(self.at.floor).before(self.at.t)[self.name][self.index])

    def target(self, model: Model) -> str | None:
        """The path of the number in what `trace --json` prints; None where it isn't there."""
        return path_of(model, self.at.floor, self.at.t, self.name, self.row(model.on(self.at.floor)))

    def label(self, model: Model) -> str:
        """The label that it belongs to, in quotation marks, as in “the score of “a””; one logit speaks for yes."""
        one_for_two = self.name == "logits" and model.output.nodes(len(model.labels)) < len(model.labels)
        return quoted(clipped(model.labels[-1 if one_for_two else self.index], LONGEST_WORD))


def names_of(model: Model) -> tuple[str, ...]:
    """The names of all that can be asked for, in the order in which it is computed."""
    found: dict[str, None] = {}
    for phase in model.phases:
        for name in phase.shows:
            if name.endswith("_prev") or is_sum_of_head(name):
                continue
            stacked = name in STACKED and model.cell.gates
            found |= dict.fromkeys([f"{name}_{gate.letter}" for gate in model.cell.gates] if stacked else [name])
    return tuple(found)


def coming(place: Place) -> tuple[str, ...]:
    """Those of the names that come to light in the phase after the position's, and in none before it.

    Where the walk goes on on another floor, these are what the answer is made of, or else what this one begins with.
    """
    model = place.model
    after = place.trace.order.moved(place.position, 1)
    following, floor = (place.position.phase + 1) % len(model.phases), model.on(after.floor)
    if after.floor != place.position.floor:
        answering = answering_names(model)
        names = [name for name in names_of(floor) if name in answering]
        if any(name in floor.phases[after.phase].shows for name in names):
            return tuple(name for name in names if _phase_of(name, floor) == after.phase)
    return tuple(name for name in names_of(model) if _phase_of(_split(name, model)[0], model) == following)


def _phase_of(name: str, model: Model) -> int | None:
    """The first phase (its index) that shows a value; None where none does."""
    return next((k for k, phase in enumerate(model.phases) if name in phase.shows), None)


def quantity_of(text: str, place: Place) -> Quantity:
    """The quantity that "ih_r[2]" means, where it next comes to light; raises CannotAskError where there is none.

    It is one of the floor of the place, or of what the answer is made of.
    """
    found = _FORM.fullmatch(text)
    if text.startswith("steps["):
        raise CannotAskError(
            f"{cited(text)} is a path, which only “largest” takes; here a name and a unit are wanted, counted from 1, "
            "such as h[1]"
        )
    if found is None:
        raise CannotAskError(f"{cited(text)}: expected a name and a unit, such as h[1]")
    called, inside = found[1], found[2]
    place = _where(called, place)
    model = place.model
    name, gate = _split(called, model)
    phase = _phase_of(name, model)
    if phase is None or name.endswith("_prev") or is_sum_of_head(name):
        others = (one for one in answering_names(model) if not is_sum_of_head(one))
        known = dict.fromkeys((*names_of(model), *others))
        where, has = ("this network has", "it has") if len(model.floors) == 1 else ("here is", "here are")
        raise CannotAskError(f"{where} no {cited(called)}; {has} {', '.join(known)}")
    if name == "x" and (model.floor.layer or model.floor.backward):
        where = "a forward lane has read" if not model.floor.layer else f"layer {model.floor.layer} has handed up"
        raise CannotAskError(f"x is what {where}, which is to be seen already; ask for another number, such as ih[1]")
    if name == "h" and model.floor.layer is None and model.layers[-1].merge == "concat":
        raise CannotAskError("the two lanes stand side by side here as they were to be seen before; ask it in a lane")
    at = place.ahead(phase)
    size = len(place.trace[at.t][name]) // (model.cell.row_blocks() if gate else 1)
    index = _index(inside, size, place, name)
    if name in STACKED and model.cell.gates and not gate:  # a row of what is stacked gate by gate
        block, index = divmod(index, model.hidden_size)
        gate = model.cell.gates[block].letter
    return Quantity(name, gate, index, at)


def _where(called: str, place: Place) -> Place:
    """The place on the floor whose number this is: its own, or that on which what the answer is made of is found."""
    if _phase_of(_split(called, place.model)[0], place.model) is not None:
        return place
    floor = answering_names(place.model).get(called)
    return place if floor is None else place.on(floor)


def _split(called: str, model: Model) -> tuple[str, str]:
    """The name of the value and the letter of the gate, "" where none is said."""
    name, _, letter = called.partition("_")
    if name in STACKED and letter in [gate.letter for gate in model.cell.gates]:
        return name, letter
    return called, ""


def _index(inside: str, size: int, place: Place, name: str) -> int:
    """The index, from 0, that stands in brackets: a number from 1, or the name of a unit or of a label."""
    of_units = name not in OF_OTHERS
    names = place.model.labels if name in OF_LABELS else (place.model.unit_names or ()) if of_units else ()
    names = names if not names or len(names) == size or of_units else ()  # one logit has the name of no label
    index = names.index(inside) if inside in names else counted(inside, size)
    if index is None or index >= size:
        also = f", or {joined([clipped(one, LONGEST_WORD) for one in names[:LONGEST_WORD]], 'or')}" if names else ""
        raise CannotAskError(f"[{clipped(inside, LONGEST_CITED)}]: {name} has {size}, so 1 to {size}{also}")
    return index


def beside(index: int, size: int) -> list[int]:
    """The other rows that may be taken for one: all of few, and of many those next to it."""
    near = range(size) if size <= FEW_ROWS else range(max(0, index - 1), min(size, index + 2))
    return [one for one in near if one != index]

"""The view that a picture is drawn from: the scene, the trace, and which units are visible."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from rich.cells import cell_len

from rnn_tui.network.arrays import Array
from rnn_tui.network.embedding import OneHot
from rnn_tui.network.model import Model
from rnn_tui.network.phases import Phase
from rnn_tui.network.trace import Step, Trace
from rnn_tui.scene import Position, Scene
from rnn_tui.text import printable

LONGEST_LABEL = 12


@dataclass(frozen=True, eq=False)
class Measurement:
    """The result of a lens, or how far the measuring is, or why there is nothing to see.

    `swept` is what the recency lens found when it slid a word: the word's timestep, and the answer's probability with
    the word at each timestep, (T,).
    """

    name: str
    result: Any = None
    share: float | None = None
    refused: str = ""
    swept: tuple[int, Array] | None = None


@dataclass(frozen=True)
class View:
    """One moment of a scene.

    `count` hidden units are visible, each `pitch` lines in a phase and `memory_pitch` lines in the memory strip; `wide`
    says that all phases stand side by side, `widths` the name of each and the cells it then has inside its frame.
    `motion` runs from 0 to 1 while the bars of the current phase grow from their old value to the new one. While the
    recency lens slides the picked word through the sentence, `slid` is the timestep that it has come to, from 0.
    `measurement` is what there is to see through the scene's lens. With edits in force, `before` is the trace without
    them, and `origins` says for each word which one it was there, or None for a new one.
    """

    trace: Trace
    scene: Scene
    count: int = 1
    pitch: int = 1
    memory_pitch: int = 1
    wide: bool = True
    widths: tuple[tuple[str, int], ...] = ()
    motion: float = 1.0
    slid: int | None = None
    measurement: Measurement | None = None
    before: Trace | None = None
    origins: tuple[int | None, ...] = ()

    def __post_init__(self) -> None:
        """See all of it from the floor of the scene's position."""
        floor = self.scene.position.floor
        object.__setattr__(self, "trace", self.trace.on(floor))
        if self.before is not None:
            object.__setattr__(self, "before", self.before.on(floor))

    @cached_property
    def still(self) -> tuple[object, ...]:
        """All that a picture may depend on, but for the position, the motion and what is measured."""
        return (
            self.trace,
            self.before,
            self.scene.at(Position()),
            self.count,
            self.pitch,
            self.memory_pitch,
            self.wide,
            self.widths,
        )

    @cached_property
    def first(self) -> int:
        """The first visible hidden unit: units are shown in pages, of which the last is full, too."""
        return max(0, min(self.unit // self.count * self.count, self.model.hidden_size - self.count))

    @property
    def model(self) -> Model:
        """The network."""
        return self.trace.model

    @property
    def unit(self) -> int:
        """The hidden unit that is picked, from 0, or the one that counts most for the answer."""
        return self.scene.unit_in(self.trace)

    @property
    def t(self) -> int:
        """The timestep, from 0."""
        return self.scene.position.t

    @cached_property
    def step(self) -> Step:
        """All that the current timestep computes."""
        return self.trace[self.t]

    @property
    def one_hot(self) -> bool:
        """True where the input is a word's column, picked by its index."""
        return self.model.reads_words and isinstance(self.model.embedding, OneHot)

    @property
    def phase(self) -> Phase:
        """The phase at work."""
        return self.model.phases[self.scene.position.phase]

    @property
    def units(self) -> range:
        """The hidden units that are visible, from 0."""
        return range(self.first, min(self.first + self.count, self.model.hidden_size))

    @cached_property
    def others(self) -> list[int]:
        """The hidden units that are not visible, from 0."""
        seen = self.units
        return [*range(seen.start), *range(seen.stop, self.model.hidden_size)]

    def progress(self, phase: Phase) -> int:
        """−1 where a phase is done at this timestep, 0 where it is at work, 1 where it is still to come."""
        index = self.model.phases.index(phase)
        return (index > self.scene.position.phase) - (index < self.scene.position.phase)

    def knows(self, name: str, t: int) -> bool:
        """Tell whether the value `name` of timestep t has been computed at this position, on this floor or above."""
        return t in self._known(name)

    def _known(self, name: str) -> range:
        """The timesteps at which a value has been computed at this position."""
        if name not in self._knowing:
            self._knowing[name] = self.computed(*self.model.shown_at(name))
        return self._knowing[name]

    def computed(self, floor: int, phase: int) -> range:
        """The timesteps at which a phase of a floor has been computed at this position, in the order of the walk."""
        return self.trace.order.known(self.scene.position, phase, floor)

    @cached_property
    def _knowing(self) -> dict[str, range]:
        """The timesteps at which each value that was asked for has been computed."""
        return {}

    @property
    def answered(self) -> int | None:
        """The last timestep whose answer has been computed at this position; None before the first."""
        known = self._known(self.model.output.answer)
        return known[-1] if known else None

    @property
    def final(self) -> bool:
        """True where the answer is the one after the last token."""
        return self.answered == len(self.trace) - 1

    def unit_label(self, unit: int) -> str:
        """The label in front of a unit's row: its name, or its number (from 1) where it has none."""
        if self.model.unit_names:
            return printable(self.model.unit_name(unit))
        return self.model.unit_name(unit).replace("unit ", "").replace(" ", "")

    @cached_property
    def label_width(self) -> int:
        """The width of the widest unit's label, visible or not, at most that of a short word."""
        return min(LONGEST_LABEL, _widest_label(self.model))

    @property
    def alone(self) -> bool:
        """True where the phase at work has its panel to itself, so that all that it puts together stands in it."""
        return not self.wide

    @property
    def scaled_with(self) -> tuple[Trace, ...]:
        """The traces that are drawn on one scale: this one, and the one before the edits."""
        return (self.trace,) if self.before is None else (self.trace, self.before)

    @cached_property
    def input_scale(self) -> float:
        """The largest |x| of the sentence: one scale for the inputs of all timesteps."""
        return max(map(_largest_input, self.scaled_with))

    def weight_scale(self, name: str) -> float:
        """The largest |weight| of a name, of all networks that are drawn on one scale."""
        return max(trace.model.largest_weights[name] for trace in self.scaled_with)

    def holds(self, name: str, unit: int) -> bool:
        """Tell whether a value of a unit, by its name, is held at the current word, whatever leads to it."""
        return any((one.name, one.unit) == (name, unit) for one in self.trace.held(self.t))

    def ghost(self, name: str, t: int | None = None) -> Array | None:
        """The value `name` before the edits, where there are edits and the word was there; of now, unless of `t`.

        A value that a step works out of others (its x, h_prev) counts as one of its own.
        """
        t = self.t if t is None else t
        origin = self.origins[t] if self.before is not None and t < len(self.origins) else None
        if self.before is None or origin is None or len(self.before.model.labels) != len(self.model.labels):
            return None
        if name in self.before.values:  # without making a step of it
            values: Array = self.before.values[name][origin]
        else:
            values = self.before[origin][name]
        return values

    @property
    def voted(self) -> int:
        """The label that votes are for: of two always the second, so that left and right never change sides.

        Of more it is the one that leads now, and of numbers the first.
        """
        labels, output = self.model.output_size, self.model.output
        return labels - 1 if labels <= 2 and not output.is_number else output.leader(self.step.answer)

    def speaking(self, model: Model) -> Array:
        """The weights with which the output nodes of a model speak for the label `voted`, (hidden_size,)."""
        row, sign = model.output.vote(self.voted)
        weight: Array = model.fc.weight[row]
        return weight if sign > 0 else -weight

    def covers(self, phase: Phase) -> bool:
        """True while the class is to guess, in the phases that make nothing but the answer."""
        return self.scene.covered and phase.name in {own.name for own in self.model.answering}  # under any heading

    def unnamed(self, phase: Phase) -> bool:
        """True for a phase to come while the class is to guess which one comes next."""
        return self.scene.covers_names and self.progress(phase) > 0

    @property
    def read(self) -> str:
        """The name of the value that the output nodes read."""
        return self.model.reads

    def votes(self) -> tuple[Array, str]:
        """The part of each unit in the logit of the label `voted`, fc.weight·h unit by unit, and that label.

        (hidden_size,); what is positive speaks for the label, what is negative against it.
        """
        return self.speaking(self.model) * self.step[self.read], self.model.labels[self.voted]

    def old_votes(self) -> Array | None:
        """The votes for the same label before the edits, (hidden_size,)."""
        read = self.ghost(self.read)
        if self.before is None or read is None:
            return None
        votes: Array = self.speaking(self.before.model) * read
        return votes

    def scale(self, *names: str) -> float:
        """The largest |value| of the named values over all timesteps, of all traces on one scale that have them."""
        having = (trace for trace in self.scaled_with if all(name in trace.values for name in names))
        return max(trace.scale(*names) for trace in having)

    @cached_property
    def vote_scale(self) -> float:
        """The largest vote that any unit can have in this sentence: one scale for all timesteps."""
        largest = (
            trace.model.largest_weights["fc.weight"] * trace.scale("h", trace.model.reads) for trace in self.scaled_with
        )
        return max(largest) or 1.0


@lru_cache(maxsize=4)
def _widest_label(model: Model) -> int:
    names = model.unit_names or (f"{'→' if model.meets else ''}{model.hidden_size}",)
    return max(cell_len(printable(name)) for name in names)


@lru_cache(maxsize=4)
def _largest_input(trace: Trace) -> float:
    floor = trace.model.floor
    if floor.layer != 0:
        below = (
            trace.layers[floor.layer - 1].output if floor.layer else trace.on(floor.index - 1).values[trace.model.taken]
        )
        return float(np.abs(below).max(initial=0, where=np.isfinite(below))) or 1.0
    different = {id(token): token for token in trace.tokens}.values()  # their hashes would take longer than all else
    inputs = (trace.model.embedding.x(token) for token in different)
    return max(float(np.abs(x).max(initial=0)) for x in inputs) or 1.0

"""One moment of the story: a unit at a timestep, and how to speak of it."""

from __future__ import annotations

from rnn_tui.network.arithmetic import UnitAtStep
from rnn_tui.network.phases import HIDDEN_LAYER
from rnn_tui.rounding import as_shown
from rnn_tui.story.describe import whole
from rnn_tui.story.spans import Line, Span, capital, line, signed, word, words_after


class Moment(UnitAtStep):
    """A unit at a timestep, and what is needed to tell of it."""

    @property
    def t(self) -> int:
        """The timestep, from 0."""
        return self.step.t

    @property
    def backward(self) -> bool:
        """True in a lane that reads from the last word to the first."""
        return self.model.floor.backward

    @property
    def count(self) -> int:
        """The number of words that this lane has read with the one of now."""
        return len(self.trace) - self.t if self.backward else self.t + 1

    @property
    def first(self) -> bool:
        """True at the first word that is read."""
        return self.count == 1

    @property
    def last(self) -> bool:
        """True at the last word that is read: in a backward lane it is the sentence's first."""
        return self.count == len(self.trace)

    @property
    def starts(self) -> bool:
        """True where there is nothing to remember yet."""
        return self.first and not self.step.h_prev.any()

    @property
    def in_two_lanes(self) -> bool:
        """True in a lane of a layer that reads both ways."""
        layer = self.model.floor.layer
        return layer is not None and self.model.layers[layer].bidirectional

    @property
    def below(self) -> str:
        """The layer that hands up what is read here: "layer 1"."""
        return f"layer {self.model.floor.layer}"

    @property
    def source(self) -> Span:
        """The source of what the input brings: the word, or what the layer below hands up at it."""
        return self.word if self.model.reads_words else Span(f"what {self.below} hands up")

    @property
    def Source(self) -> Span:  # noqa: N802  # as a sentence begins with it
        """The same with a capital."""
        return Span(capital(self.source.text), self.source.role)

    @property
    def silent(self) -> bool:
        """True where the input is all zeros, so that of what the word brings there is nothing but the bias."""
        return not self.step.x.any() and bool(self.cell.bias_ih.any())

    @property
    def brings(self) -> str:
        """Say that the word brings the number that follows, or that this is no more than the bias."""
        return " brings nothing but a bias, " if self.silent else " brings "

    @property
    def looks_back(self) -> bool:
        """True where the output nodes read all hidden states so far, and not this one alone."""
        return self.model.readout.reads_all

    @property
    def pools_here(self) -> bool:
        """True on the floor on which the hidden states so far are put together for the answer."""
        return self.looks_back and any(phase in self.model.phases for phase in self.model.readout.phases)

    @property
    def hands_up(self) -> bool:
        """True in a lane whose hidden states another floor takes, and no phase of its own."""
        return self.model.floor.layer is not None and not self.model.answering

    @property
    def goes_on(self) -> str:
        """Tell who gets what the readout hands on; where a head comes first, that is not yet the outputs."""
        return f"that goes on to {self.head_called}" if self.model.head else "the outputs read that"

    @property
    def head_title(self) -> str:
        """The title of the phase that comes before Check in a network with a head: "Cut"."""
        floors = self.model.floors[self.model.at_floor :]
        return next(phase.title for floor in floors for phase in floor.phases if phase.name == "head")

    @property
    def head_called(self) -> str:
        """The same in the middle of a sentence: "Cut", "the hidden layer"."""
        title = self.head_title
        return "the hidden layer" if title == HIDDEN_LAYER.title else title

    def handed_as_it_is(self) -> Line:
        """Tell that the only memory there is yet is handed on."""
        now = signed(self.value("h"))
        if self.model.head:
            return line("So ", self.name, f" goes on to {self.head_called} as it is now: ", now, ".")
        return line("So the outputs read ", self.name, " as it is now: ", now, ".")

    @property
    def Name(self) -> str:  # noqa: N802  # the name as a sentence begins with it
        """The unit's name with a capital."""
        return capital(self.name)

    @property
    def kind(self) -> str:
        """The name of one token: word, character or number."""
        return self.model.tokenizer.unit

    @property
    def whole(self) -> str:
        """The name of all that is read: sentence, text or series."""
        return whole(self.model)

    @property
    def word(self) -> Span:
        """The word that is read now, in quotation marks."""
        return word(self.token.surface)

    @property
    def before(self) -> Span:
        """The words that were read before, in quotation marks: in a backward lane those that come after."""
        separator = self.model.tokenizer.separator
        if self.backward:
            return words_after(*(token.surface for token in self.trace.tokens[self.t + 1 :]), separator=separator)
        return word(*(token.surface for token in self.trace.tokens[: self.t]), separator=separator)

    def shown(self, name: str, gate: str = "") -> float:
        """The unit's number in a value of the step, as it is read off the screen."""
        return as_shown(self.value(name, gate))

    def pushed(self) -> tuple[int, int]:
        """Count how many tokens so far pushed the unit up, and how many pushed it down.

        One that shows 0.00 does neither, nor does one that leaves nothing but the bias.
        """
        so_far = slice(self.t, None) if self.backward else slice(self.t + 1)
        ih, bias = self.trace.values["ih"][so_far, self.unit], self.cell.bias_ih[self.unit]
        pushes = [as_shown(float(push)) for push in ih if push != bias]
        return sum(push > 0 for push in pushes), sum(push < 0 for push in pushes)

"""One moment of the story: a unit at a timestep, and how to speak of it."""

from __future__ import annotations

from rnn_tui.network.arithmetic import UnitAtStep
from rnn_tui.network.readouts import Attention
from rnn_tui.rounding import as_shown
from rnn_tui.story.describe import whole
from rnn_tui.story.spans import Span, capital, word


class Moment(UnitAtStep):
    """A unit at a timestep, and what is needed to tell of it."""

    @property
    def t(self) -> int:
        """The timestep, from 0."""
        return self.step.t

    @property
    def last(self) -> bool:
        """True at the sentence's last word."""
        return self.t == len(self.trace) - 1

    @property
    def starts(self) -> bool:
        """True where there is nothing to remember yet."""
        return self.t == 0 and not self.step.h_prev.any()

    @property
    def looks_back(self) -> bool:
        """True where the output nodes read all hidden states so far, and not this one alone."""
        return isinstance(self.model.readout, Attention)

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
        """The words that were read before, in quotation marks."""
        return word(*(token.surface for token in self.trace.tokens[: self.t]), separator=self.model.tokenizer.separator)

    def shown(self, name: str, gate: str = "") -> float:
        """The unit's number in a value of the step, as it is read off the screen."""
        return as_shown(self.value(name, gate))

    def pushed(self) -> tuple[int, int]:
        """Count how many tokens so far pushed the unit up, and how many pushed it down; one that shows 0.00 neither."""
        pushes = [as_shown(float(ih[self.unit])) for ih in self.trace.values["ih"][: self.t + 1]]
        return sum(push > 0 for push in pushes), sum(push < 0 for push in pushes)

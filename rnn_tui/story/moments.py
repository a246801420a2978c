"""One moment of the story: a unit at a timestep, and how to speak of it."""

from __future__ import annotations

from rnn_tui.network.arithmetic import UnitAtStep
from rnn_tui.story.spans import Line, Span, capital, line, signed, word

SILENT = 0.005  # what is printed as 0.00


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
    def Name(self) -> str:  # noqa: N802  # the name as a sentence begins with it
        """The unit's name with a capital."""
        return capital(self.name)

    @property
    def kind(self) -> str:
        """The name of one token: word, character or number."""
        return self.model.tokenizer.unit

    @property
    def word(self) -> Span:
        """The word that is read now, in quotation marks."""
        return word(self.token.surface)

    @property
    def before(self) -> Span:
        """The words that were read before, in quotation marks."""
        return word(*(token.surface for token in self.trace.tokens[: self.t]), separator=self.model.tokenizer.separator)

    def strongest(self) -> Line:
        """Tell which units the input moves most: "It pushes verb up most (+0.90) and mood down most (−0.70)."."""
        ih = self.step["ih"]
        if self.model.hidden_size == 1 or self.cell.gates:
            return ()
        up, down = int(ih.argmax()), int(ih.argmin())
        pushes: list[Span | str] = []
        if ih[up] >= SILENT:
            pushes += [f"{self._called(up)} up most (", signed(ih[up]), ")"]
        if ih[down] <= -SILENT:
            pushes += [*([" and "] if pushes else []), f"{self._called(down)} down most (", signed(ih[down]), ")"]
        return line("It pushes ", *pushes, ".") if pushes else line("It moves no unit at all.")

    def pushed(self) -> tuple[int, int]:
        """Count how many tokens so far pushed the unit up, and how many pushed it down; a nudge doesn't count."""
        enough = max(SILENT, 0.1 * self.trace.scale("ih"))
        ih = self.trace.values["ih"][: self.t + 1, self.unit]
        return int((ih >= enough).sum()), int((ih <= -enough).sum())

    def _called(self, unit: int) -> str:
        return self.unit_names()[unit]

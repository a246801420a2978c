"""The answers of a forward beside what the candidates compute: read, compared, and taken where they are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from rnn_tui.interop.answers import Reading, difference
from rnn_tui.interop.candidates import Candidate, kind_in_words
from rnn_tui.interop.forward import Way, input_of, lengths_in_words, outputs_of, read_answers
from rnn_tui.interop.rounding import LARGEST
from rnn_tui.interop.steps import by_sequences
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model


@dataclass(frozen=True, eq=False)
class Fit:
    """A candidate beside a reading of the forward's answers: the difference, and the first sequence that parts."""

    candidate: Candidate
    reading: Reading
    largest: float
    parts: int | None  # the index of the first sequence with another answer


@dataclass(eq=False)
class Compared:
    """All that was computed by the candidates and answered by the forward, and what came of it."""

    source: str
    candidates: Sequence[Candidate]
    assumed: bool = True  # the first is what is assumed or was asked for
    every: bool = False  # the readout was asked for, so that one with an answer for every step may be any
    mixing: int = 5  # a length that the forward reads
    lengths: tuple[int, ...] = ()  # those that the forward reads, where it reads no others
    mixed: bool = False  # a way fits, but takes the last sequence of a batch for the last step
    read: list[tuple[Way, Reading]] = field(default_factory=list)
    found: list[Fit] = field(default_factory=list)  # of those with the readout and the head that are assumed
    trouble: list[str] = field(default_factory=list)
    unanswered: list[Way] = field(default_factory=list)  # those that raised before the first that answered

    def __post_init__(self) -> None:
        self.first = self.candidates[0]
        self.tried = self.candidates
        self.drawn = self.first.states.drawn

    def readings(self, way: Way) -> Iterator[Reading]:
        """The answers of one way as they can be read; none, and the trouble is kept, where they can't."""
        answers = []
        for tokens in self.drawn:
            try:
                answers.append(way.call(input_of(tokens)))
            except Exception as error:  # noqa: BLE001  # of the module that was handed in: anything
                line = (str(error).splitlines() or [""])[0]
                self.trouble.append(f"called with {way.said} it raised {type(error).__name__}: {line}")
                if not self.read and not way.stepwise:
                    self.unanswered.append(way)
                return
        n, count = outputs_of(self.first.model), 0
        for reading in read_answers(way.said, answers, [len(tokens) for tokens in self.drawn], self.first.model):
            count += 1
            self.read.append((way, reading))
            yield reading
        if not count:
            shapes = ", ".join(str(array.shape) for array in answers[0]) or "nothing with a decimal point"
            wanted = f"{n} output{'s' * (n > 1)}"
            self.trouble.append(
                f"called with {way.said} of {len(self.drawn[0])} steps it answered {shapes}, not {wanted}"
            )

    @cached_property
    def by_sequences(self) -> bool:
        """True where the forward is none of one step, so that its answers to steps tell nothing."""
        return by_sequences(self.read, input_of(self.drawn[0]), self.first.model)

    def matched(self, way: Way) -> list[Fit]:
        """The candidates that answer as the forward does, called in this way; the simplest first."""
        for reading in self.readings(way):
            good = self.fitting(reading, every=self.every or way.stepwise)
            if good and reading.every and way.mixes is not None and way.mixes(self.mixing):
                self.mixed = True
            elif good:
                return good
        return []

    def fitting(self, reading: Reading, *, every: bool) -> list[Fit]:
        """The candidates that answer as this reading, the simplest first; the assumed one alone where it does.

        Unless `every`, one with an answer for every step fits a forward that has them alone, and no other such.
        """
        good: list[Fit] = []
        for candidate in self.candidates:
            each = candidate.model.readout.kind == "each"
            if (not every and each != reading.every) or (reading.every and not candidate.model.answers_each):
                fits = False
            else:
                fits = not self._far(candidate, reading)
            told = candidate.kind[::2] == self.first.kind[::2]
            if not fits and (not told or (reading.every and not candidate.model.answers_each)):
                continue
            fit = self._beside(candidate, reading)
            self.found += [fit] if told else []
            good += [fit] if fits and fit.parts is None else []
            if good and candidate is self.first and self.assumed:
                break
        return good

    def _far(self, candidate: Candidate, reading: Reading) -> bool:
        """True where some answer is further off than rounding can ever make it."""
        indices = range(len(self.drawn))
        return not all(difference(candidate.answer(index), reading, index, LARGEST)[1] for index in indices)

    def _beside(self, candidate: Candidate, reading: Reading) -> Fit:
        answers, rounding = candidate.answers, candidate.rounding
        compared = [difference(ours, reading, index, rounding[index]) for index, ours in enumerate(answers)]
        parts = next((index for index, (_, same) in enumerate(compared) if not same), None)
        return Fit(candidate, reading, max(largest for largest, _ in compared), parts)

    def taken(self, good: Sequence[Fit]) -> Model:
        """The simplest that fits, with what was compared in its provenance; raises UserError where two others do."""
        fit, assumed = good[0], self.assumed and good[0].candidate is self.first
        simplest: dict[tuple[str | None, str], Fit] = {}
        for one in good:
            simplest.setdefault(self._computes(one), one)
        if len(simplest) > 1 and not assumed:
            kinds = " and ".join(kind_in_words(one.candidate.model) for one in simplest.values())
            raise UserError(
                f"{self.source}: its own forward answers as {kinds} do; say which with readout=… or nonlinearity=…"
            )
        each = "every step" if fit.reading.every else "the last step"
        compared: dict[str, Any] = {
            "against": "its own forward",
            "sequences": len(self.drawn),
            "longest": max(len(tokens) for tokens in self.drawn),
            "largest_difference": float(f"{fit.largest:.3g}"),
            "called": fit.reading.way + (f", {lengths_in_words(self.lengths)}" if self.lengths else ""),
            "answers": f"{fit.reading.scale} of {each}",
        }
        model = fit.candidate.model
        if not assumed:
            compared["found"] = kind_in_words(model)
        return replace(model, provenance={**model.provenance, "verified": compared})

    def _computes(self, fit: Fit) -> tuple[str | None, str]:
        """The difference of two that fit: not a head, where it changes nothing.

        After each step `last` and `each` are the same, and after one step all readouts are; where of two directions the
        forward one alone is read, its last state is that of the last step.
        """
        readout, activation, _ = fit.candidate.kind
        if fit.candidate.model.provenance.get("merge") == "forward" and readout == "last_step":
            readout = "last"
        return activation, "last" if readout == "each" or max(map(len, self.drawn)) == 1 else readout

    def called(self) -> list[Fit]:
        """The comparisons that tell something of the forward."""
        # A forward with one answer gives one for every step where time is taken for the batch: that tells nothing.
        # Nor does a sequence that is handed to a forward of one step.
        stepwise = [reading for way, reading in self.read if way.stepwise]
        if stepwise:
            return [fit for fit in self.found if fit.reading in stepwise]
        return [fit for fit in self.found if not fit.reading.every] or self.found

    def least(self) -> Fit:
        """The comparison with the least difference, of the assumed model where there is one."""

        def order(fit: Fit) -> tuple[bool, bool, float]:
            # What can be read as probabilities is that, and not logits: a second softmax only brings answers nearer.
            return fit.candidate is not self.first, fit.reading.scale != "probabilities", fit.largest

        return min((fit for fit in self.called() if fit.parts is not None), key=order)

"""A model compared with the forward of the module that it was made of, on sequences drawn from its vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from rnn_tui.interop.answers import Reading, difference, readings
from rnn_tui.interop.causes import cause_of
from rnn_tui.interop.description import Options
from rnn_tui.interop.forward import Forward, Way, draw, input_of, outputs_of
from rnn_tui.interop.rounding import rounding_of, steady
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.tokens import Token, join
from rnn_tui.network.trace import run


@dataclass(frozen=True, eq=False)
class Fit:
    """A model beside a reading of the forward's answers: the differences, and the first sequence that parts."""

    model: Model
    reading: Reading
    largest: float
    parts: int | None  # the index of the first sequence with another answer
    rounding: Sequence[float]  # what float32 alone may make of a difference, for each sequence


Build = Callable[[Options], Model]
"""Makes the model with some of its options changed; raises UserError where the weights don't allow that."""


def unverified(model: Model, reason: str) -> Model:
    """The model with a provenance that says that it was compared with nothing, and why."""
    return replace(model, provenance={**model.provenance, "verified": {"against": None, "reason": reason}})


def verified(build: Build, said: Options, forward: Forward, source: str) -> Model:
    """The model that answers as the forward does; `said` has the options that were asked for.

    What wasn't asked for, readout and activation, is found out where the assumed ones don't fit. Raises UserError
    where none fits, with the first sequence where the two part, or where the forward can't be called.
    """
    models, refusal = _models(build, said)
    drawn = draw(models[0], forward)
    drawn = draw(models[0], replace(forward, lengths=steady(models[0], drawn)))
    compared = _Compared(source, models, drawn, assumed=None if refusal else models[0])
    for way in forward.ways(models[0]):
        for reading in compared.readings(way):
            good = [fit for fit in compared.fits(reading) if fit.parts is None and _allowed(fit, said, way)]
            if good and reading.every and way.mixes is not None and way.mixes():
                compared.mixed = True
            elif good:
                return compared.taken(good)
    raise refusal or UserError(compared.refused())


def _models(build: Build, said: Options) -> tuple[list[Model], UserError | None]:
    """The model as it was asked for or assumed, then all others that the weights allow; why the first isn't there."""
    refusal: UserError | None = None
    made: dict[tuple[str, str | None], Model] = {}
    for readout in [said["readout"]] if "readout" in said else READOUTS:
        asked = said.get("nonlinearity")
        for nonlinearity in (None, *ACTIVATIONS) if asked is None else (asked,):
            try:
                model = build({"readout": readout, "nonlinearity": nonlinearity})
            except UserError as error:
                refusal = refusal or (error if not made else None)
                continue
            made.setdefault((model.readout.kind, model.activation), model)
    if refusal is not None and not made:
        raise refusal
    return list(made.values()), refusal


def _allowed(fit: Fit, said: Options, way: Way) -> bool:
    """True unless a readout that wasn't asked for has other steps answer than the forward has."""
    if "readout" in said or way.stepwise:
        return True
    return (fit.model.readout.kind == "each") == fit.reading.every


def kind_in_words(model: Model) -> str:
    """The readout, and the activation where a cell has one: "the readout last with tanh"."""
    beside = f" with {model.activation}" if model.activation else ""
    return f"the readout {model.readout.kind}{beside}"


@dataclass(eq=False)
class _Compared:
    """All that was computed by these models and answered by the forward, and what came of it."""

    source: str
    models: Sequence[Model]
    drawn: Sequence[tuple[Token, ...]]
    assumed: Model | None  # the first of the models, unless the weights allow only others
    mixed: bool = False  # a way fits, but takes the last sequence of a batch for the last step
    found: list[Fit] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.values = [[run(model, tokens).values for tokens in self.drawn] for model in self.models]
        self.rounding = [
            rounding_of(model, self.drawn, values) for model, values in zip(self.models, self.values, strict=True)
        ]

    def readings(self, way: Way) -> Iterator[Reading]:
        """The answers of one way as they can be read; none, and the trouble is kept, where they can't."""
        answers = []
        for tokens in self.drawn:
            try:
                answers.append(way.call(input_of(tokens)))
            except Exception as error:  # noqa: BLE001  # of the module that was handed in: anything
                line = (str(error).splitlines() or [""])[0]
                self.trouble.append(f"called with {way.said} it raised {type(error).__name__}: {line}")
                return
        n, count = outputs_of(self.models[0]), 0
        for reading in readings(way.said, answers, [len(tokens) for tokens in self.drawn], n):
            count += 1
            yield reading
        if not count:
            shapes = ", ".join(str(array.shape) for array in answers[0]) or "nothing with a decimal point"
            wanted = f"{n} output{'s' * (n > 1)}"
            self.trouble.append(
                f"called with {way.said} of {len(self.drawn[0])} steps it answered {shapes}, not {wanted}"
            )

    def fits(self, reading: Reading) -> list[Fit]:
        """Every model beside a reading."""
        fits = []
        for model, values, rounding in zip(self.models, self.values, self.rounding, strict=True):
            compared = [difference(ours, reading, index, rounding[index]) for index, ours in enumerate(values)]
            parts = next((index for index, (_, same) in enumerate(compared) if not same), None)
            fits.append(Fit(model, reading, max(largest for largest, _ in compared), parts, rounding))
        self.found += fits
        return fits

    def taken(self, good: Sequence[Fit]) -> Model:
        """The assumed model where it fits, else the only one that does, with what was compared in its provenance."""
        fit = next((fit for fit in good if fit.model is self.assumed), good[0])
        if len(good) > 1 and fit.model is not self.assumed:
            listed = " and ".join(kind_in_words(each.model) for each in good)
            raise UserError(
                f"{self.source}: its own forward answers as {listed} do; say which with readout=… or nonlinearity=…"
            )
        each = "every step" if fit.reading.every else "the last step"
        compared: dict[str, Any] = {
            "against": "its own forward",
            "sequences": len(self.drawn),
            "longest": max(len(tokens) for tokens in self.drawn),
            "largest_difference": float(f"{fit.largest:.3g}"),
            "called": fit.reading.way,
            "answers": f"{fit.reading.scale} of {each}",
        }
        if fit.model is not self.assumed:
            compared["found"] = kind_in_words(fit.model)
        return replace(fit.model, provenance={**fit.model.provenance, "verified": compared})

    def refused(self) -> str:
        """The line of a refusal: the cause where it is known, and the first sequence where the two part."""
        if not self.found:
            return self._uncalled()
        if self.mixed:
            return (
                f"{self.source}: its own forward takes the last sequence of a batch for the last word; give its "
                "recurrent layer batch_first=True and train it again, or read its last step with output[-1]"
            )
        fit, cause = self._nearest()
        text, apart = _first_apart(fit, self.drawn)
        tried = ", ".join(kind_in_words(model).removeprefix("the readout ") for model in self.models)
        if cause:
            why = f"its last layer reads {cause}, which none of these does: {tried}; train it with one of them"
        else:
            why = f"none of {tried} fits; if it is called otherwise, say how with forward=lambda rows: …"
        return (
            f"{self.source}: on “{text}” its own forward says {apart} (the first of {len(self.drawn)} sequences where "
            f"the two part); {why}"
        )

    def _uncalled(self) -> str:
        tried = self.trouble[0] if self.trouble else "no way is known to call it"
        more = f" ({len(self.trouble)} ways were tried)" if len(self.trouble) > 1 else ""
        return (
            f"{self.source}: its own forward gave no answer to compare with: {tried}{more}; say how it is called with "
            "forward=lambda rows: …, or give its weights alone, which are then not verified"
        )

    def _nearest(self) -> tuple[Fit, str]:
        """The comparison to tell of: one whose cause is known, else the assumed model's with the least difference."""
        # A forward with one answer gives one for every step where time is taken for the batch: that tells nothing.
        called = [fit for fit in self.found if not fit.reading.every] or self.found
        for fit in called:
            # The other readouts have the same states, and so the same causes.
            same_states = fit.model.readout.kind != self.models[0].readout.kind
            if not same_states and (cause := cause_of(fit.model, self.drawn, fit.reading, fit.rounding)):
                return fit, cause

        def order(fit: Fit) -> tuple[bool, bool, float]:
            # What can be read as probabilities is that, and not logits: a second softmax only brings answers nearer.
            return fit.model is not self.assumed, fit.reading.scale != "probabilities", fit.largest

        return min(called, key=order), ""


def _first_apart(fit: Fit, drawn: Sequence[tuple[Token, ...]]) -> tuple[str, str]:
    """The first sequence where the two part, and both answers at the label where they are furthest apart."""
    assert fit.parts is not None
    tokens, theirs = drawn[fit.parts], fit.reading.probs[fit.parts]
    ours = run(fit.model, tokens).values["probs"][-len(theirs) :]
    gap = np.nan_to_num(np.abs(ours - theirs), nan=1)
    step, label = np.unravel_index(int(gap.argmax()), gap.shape)
    text = join([token.text for token in tokens], fit.model.tokenizer)
    p, q = float(theirs[step, label]), float(ours[step, label])
    where = f" after step {step + 1}" if len(theirs) > 1 else ""
    named = f"{fit.model.labels[label]} {p:.4f}{where}"
    return text, f"{named}, this program's network {q:.4f}, {abs(p - q):.2g} apart"

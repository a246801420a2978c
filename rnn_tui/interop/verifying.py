"""A model compared with the forward of the module that it was made of, on sequences drawn from its vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnn_tui.interop.candidates import Build, Candidate, States, candidates_of, kind_in_words, models_of
from rnn_tui.interop.comparing import Compared, Fit
from rnn_tui.interop.description import Options
from rnn_tui.interop.forward import LENGTHS, Forward, draw, lengths_read
from rnn_tui.interop.refusals import refused
from rnn_tui.interop.rounding import steady
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.text import joined

ASKED = ("readout", "nonlinearity", "head")
"""The options that say what a network computes, and that are found out where they aren't given."""


def unverified(model: Model, reason: str) -> Model:
    """The model with a provenance that says that it was compared with nothing, and why."""
    return replace(model, provenance={**model.provenance, "verified": {"against": None, "reason": reason}})


def verified(build: Build, options: Options, forward: Forward, source: str) -> Model:
    """The model that answers as the forward does; `options` has what was asked for.

    What wasn't asked for, readout, activation and head, is found out where the assumed ones don't fit. Raises UserError
    where none fits, with the first sequence where the two part, or where the forward can't be called.
    """
    said = _asked(options)
    models, refusal = models_of(build, said)
    compared, good = _matched(models, said, forward, source, assumed=refusal is None)
    if not good and compared.unanswered:
        # A likelier way may be right, and read none of these lengths but others.
        likelier = replace(forward, ways=lambda _: compared.unanswered)
        if lengths := lengths_read(models[0], likelier):
            only = replace(likelier, lengths=lengths)
            again, good = _matched(models, said, only, source, assumed=refusal is None)
            again.lengths = lengths
            compared = again if good or not compared.found else compared
    if good:
        return compared.taken(good)
    raise refusal or UserError(refused(compared, _otherwise(build, said, compared)))


def _matched(
    models: Sequence[Model], said: Options, forward: Forward, source: str, *, assumed: bool
) -> tuple[Compared, list[Fit]]:
    """All that was compared, up to the first way to call the forward that some candidates fit, and these."""
    candidates = list(candidates_of(_states(models, forward), said))
    mixing = Compared.mixing if forward.lengths == LENGTHS else forward.lengths[0]
    compared = Compared(source, candidates, assumed=assumed, every="readout" in said, mixing=mixing)
    for way in forward.ways(models[0]):
        if way.stepwise and compared.by_sequences:
            break
        if good := compared.matched(way):
            return compared, good
    return compared, []


def _asked(options: Options) -> Options:
    """Those of the options that say what the network computes."""
    said: Options = {}
    if "readout" in options:
        said["readout"] = options["readout"]
    if options.get("nonlinearity") is not None:
        said["nonlinearity"] = options["nonlinearity"]
    if "head" in options:
        said["head"] = options["head"]
    return said


def _states(models: Sequence[Model], forward: Forward) -> list[States]:
    """The states of every model over sequences that are short enough to tell something."""
    drawn = draw(models[0], forward)
    first = States(models[0], drawn)
    lengths = steady([len(tokens) for tokens in drawn], Candidate(models[0], first).rounding)
    again = draw(models[0], replace(forward, lengths=lengths))
    if again != drawn:
        first = States(models[0], again)
    return [first, *(States(model, first.drawn) for model in models[1:])]


def _otherwise(build: Build, said: Options, compared: Compared) -> str:
    """The mend of a call that asked for something else than the forward computes; "" where there is no such."""
    if not said or not compared.found:
        return ""
    models, _ = models_of(build, {})
    drawn = compared.first.states.drawn
    others = Compared(compared.source, list(candidates_of([States(model, drawn) for model in models], {})))
    compared.tried = others.candidates
    for way, reading in compared.read:
        good = others.fitting(reading, every=way.stepwise)
        if good and not (reading.every and way.mixes is not None and way.mixes(compared.mixing)):
            found, asked = (dict(zip(ASKED, one.kind, strict=True)) for one in (good[0].candidate, compared.first))
            wrong = [option for option in ASKED if option in said and found[option] != asked[option]]
            return f"it answers as {kind_in_words(good[0].candidate.model)} does; leave {joined(wrong, 'and')} out"
    return ""

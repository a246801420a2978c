"""The claim about numbers that grew beyond all bounds: where it began."""

from __future__ import annotations

import numpy as np

from tests.story.claims import UNIT, WORD, claim, clip


@claim(
    rf"(?:In (A|B), t|T)he numbers grew beyond all bounds at {WORD} \({UNIT} (\d+), ([^)]+)\): "
    r"∞ is too large to be a number here, “\?” is no number at all\."
)
def _beyond(at, side, quoted, unit, place, title):
    traces = {None: getattr(at, "trace", None)}
    if side:
        traces |= {"A": at.comparison.a, "B": at.comparison.b}
    trace, t = traces[side], int(place) - 1
    assert quoted == clip(trace.tokens[t].surface)
    assert unit == trace.model.tokenizer.unit
    shows = [phase.shows for phase in trace.model.phases]
    found = [phase.title for phase in trace.model.phases].index(title)

    def finite(phase, t):
        return all(np.isfinite(trace.values[name][t]).all() for name in shows[phase] if name in trace.values)

    before = [(earlier, phase) for earlier in range(t) for phase in range(len(shows))] + [(t, n) for n in range(found)]
    return not finite(found, t) and all(finite(phase, earlier) for earlier, phase in before)


def _is_lost(at):
    """Tell whether a number of the unit is none at this timestep."""
    return any(np.isnan(at.value(name)) for name in ("h", "pre_activation") if name in at.trace.values) or any(
        np.isnan(values[at.t].reshape(-1, at.cell.hidden_size)[:, at.unit]).any()
        for name, values in at.trace.layers[0].forward.values.items()
        if values.shape[-1] % at.cell.hidden_size == 0
    )


@claim(r"(?:\d )?(?:Add|Squash|Gates|Candidate|Blend|Write|Expose)\.")
def _heading_of_what_is_lost(at):
    return _is_lost(at)


@claim(r"A number of (.+) is lost: ∞ − ∞ and 0 × ∞ have no result\.")
def _lost(at, name):
    return at.is_called(name) and _is_lost(at)


@claim(r"Nothing can be computed with what is no number: all that is made of it is lost, too\.")
def _follows(at):
    return _is_lost(at)

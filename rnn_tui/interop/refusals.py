"""The line that says why a forward is not that of the network: the cause where it is known, and the mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rnn_tui.interop.answers import NUMBERS, PROBABILITIES, Reading, answer_in
from rnn_tui.interop.candidates import READOUTS_IN_ORDER, head_in_words
from rnn_tui.interop.causes import Causes
from rnn_tui.interop.comparing import Compared, Fit
from rnn_tui.interop.forward import Again, input_of, read_answers
from rnn_tui.network.tokens import Token, join
from rnn_tui.text import joined

_ASKED_TWICE = 8
"""The number of sequences that a forward is asked twice."""


def refused(compared: Compared, otherwise: str) -> str:
    """The line of a refusal: the cause where it is known, and the first sequence where the two part.

    `otherwise` is the mend where something else that this program has was asked for.
    """
    source, drawn = compared.source, compared.drawn
    if not compared.found:
        return _uncalled(compared)
    if compared.mixed:
        return (
            f"{source}: its own forward takes the last sequence of a batch for the last word; give its "
            "recurrent layer batch_first=True and train it again, or read its last step with output[-1]"
        )
    fit, cause = (compared.least(), "") if otherwise else _nearest(compared)
    again, answers = (None, "") if otherwise or cause else _unsteady(compared, fit.reading)
    if again is not None and again.random:
        return f"{source}: its own forward {again.cause}; expected one answer, but {answers}; {again.mend}"
    text, apart = _first_apart(fit, drawn)
    return (
        f"{source}: on “{text}” its own forward says {apart} (the first of {len(drawn)} sequences where the two part); "
        f"{otherwise or _why(compared, cause, again)}"
    )


def _why(compared: Compared, cause: str, again: Again | None) -> str:
    """The cause and the mend, or what was tried."""
    readouts, cell, before = _tried(compared)
    if cause:
        mend = f"train it with the readout {joined(readouts, 'or')}, and {before}"
        return f"its last layer reads {cause}, which no network here does; {mend}"
    several = f"none of the readouts {', '.join(readouts)} fits"
    tried = several if len(readouts) > 1 else f"the readout {readouts[0]} doesn't fit"
    if again is not None:
        return f"it {again.cause}, and {tried}, with {cell}{before}; {again.mend}"
    return f"{tried}, with {cell}{before}; if it is called otherwise, say how with forward=lambda rows: …"


def _tried(compared: Compared) -> tuple[list[str], str, str]:
    """The readouts that were tried, and in words the activations and the heads."""
    kinds = [candidate.kind for candidate in compared.tried]
    readouts = [name for name in READOUTS_IN_ORDER if any(name == k[0] for k in kinds)]
    activations = list(dict.fromkeys(activation for _, activation, _ in kinds if activation))
    heads = [" and ".join(head) or "nothing" for head in dict.fromkeys(head for *_, head in kinds)]
    cell = f"{joined(activations, 'or')} in the cell and " if activations else ""
    return readouts, cell, head_in_words([joined(heads, "or")])


def _uncalled(compared: Compared) -> str:
    trouble = compared.trouble
    tried = trouble[0] if trouble else "no way is known to call it"
    more = f" ({len(trouble)} ways were tried)" if len(trouble) > 1 else ""
    return (
        f"{compared.source}: its own forward gave no answer to compare with: {tried}{more}; say how it is called with "
        "forward=lambda rows: …, or give its weights alone, which are then not verified"
    )


def _nearest(compared: Compared) -> tuple[Fit, str]:
    """The comparison to tell of: one whose cause is known, else the assumed model's with the least difference."""
    causes: dict[int, Causes] = {}
    for fit in compared.called():
        states = fit.candidate.states
        known = causes.setdefault(id(states), Causes(states))
        if cause := known.of(fit.reading, fit.candidate.rounding):
            return fit, cause
    return compared.least(), ""


def _unsteady(compared: Compared, reading: Reading) -> tuple[Again | None, str]:
    """What makes the forward answer the same input otherwise another time, and in words both answers."""
    way = next(way for way, one in compared.read if one is reading)
    for again in way.again:
        for tokens in compared.drawn[:_ASKED_TWICE]:
            if answers := _both_answers(again, tokens, reading, compared):
                return again, answers
    return None, ""


def _both_answers(again: Again, tokens: Sequence[Token], reading: Reading, compared: Compared) -> str:
    """Two answers to the same input in words, at the label where they are furthest apart; "" where they are one."""
    model = compared.first.model
    try:
        pair = again.pair(input_of(tokens))
    except Exception:  # noqa: BLE001  # of the module that was handed in: anything
        return ""

    def read(answer: Sequence[np.ndarray]) -> Iterator[np.ndarray]:
        for one in read_answers(reading.way, [answer], [len(tokens)], model):
            if (one.every, one.scale) == (reading.every, reading.scale):
                yield one.probs[0]

    for first, second in zip(*map(read, pair), strict=False):
        gap = np.nan_to_num(np.abs(first - second), nan=1)
        if gap.max() > (reading.allowed if reading.scale == NUMBERS else PROBABILITIES):
            step, label = np.unravel_index(int(gap.argmax()), gap.shape)
            text = join([token.text for token in tokens], model.tokenizer)
            return f"“{text}” is {model.labels[label]} {first[step, label]:.4f} and then {second[step, label]:.4f}"
    return ""


def _first_apart(fit: Fit, drawn: Sequence[tuple[Token, ...]]) -> tuple[str, str]:
    """The first sequence where the two part, and both answers at the label where they are furthest apart."""
    assert fit.parts is not None
    tokens, theirs, model = drawn[fit.parts], fit.reading.probs[fit.parts], fit.candidate.model
    ours = fit.candidate.answer(fit.parts)
    answer = answer_in(ours)[-len(theirs) :]
    gap = np.nan_to_num(np.abs(answer - theirs), nan=1)
    step, label = np.unravel_index(int(gap.argmax()), gap.shape)
    text = join([token.text for token in tokens], model.tokenizer)
    p, q = float(theirs[step, label]), float(answer[step, label])
    where = f" after step {step + 1}" if len(theirs) > 1 else ""
    named = f"{model.labels[label]} {p:.4f}{where}"
    return text, f"{named}, this program's network {q:.4f}, {abs(p - q):.2g} apart"

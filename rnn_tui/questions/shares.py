"""A share by the softmax, by hand: the probability of a label, or the attention to a word."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rnn_tui.questions.numbers import HALF, Span, as_given
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.questions.quantity import Quantity
from rnn_tui.questions.question import Slip
from rnn_tui.questions.sums import MOST_TERMS
from rnn_tui.questions.working import Working
from rnn_tui.rounding import as_shown, sign_of
from rnn_tui.text import LONGEST_WORD, MINUS, clipped, equated, quoted, unsigned

LARGEST = 20.0
"""E to the power of more is no number to write down."""


def share_of(place: Place, asked: Quantity) -> Working:
    """The way from the scores to a share; raises CannotAskError where there are too many of them."""
    of_labels = asked.name == "probs"
    if of_labels and place.model.output.nodes(place.model.output_size) < place.model.output_size:
        return _of_one_logit(place, asked)
    scores, names = _of_labels(place, asked.at.t) if of_labels else _of_words(place, asked.at.t)
    if len(scores) > MOST_TERMS:
        raise CannotAskError(f"it is a share among {len(scores)}, more than the {MOST_TERMS} that are asked by hand")
    result = asked.in_trace(place.trace)
    as_given(*scores, result)
    if max(map(abs, scores)) > LARGEST:
        raise CannotAskError(f"e to the power of a score beyond {LARGEST:g} is too large to compute with by hand")
    told = ", ".join(f"{name} {unsigned(score)}" for name, score in zip(names, scores, strict=True))
    whose = f"the share of {names[asked.index]}, e^score / the sum of e^score over all"
    symbol = "logits" if of_labels else "scores"
    return Working(
        given=f"the scores are {told}",
        todo=whose,
        notation=f"{asked.name} = softmax({symbol})",
        span=_span(scores, asked.index),
        why=equation(scores, asked.index, result),
        slips=tuple(_slips(scores, names, asked.index)),
        level=5,
    )


def _of_one_logit(place: Place, asked: Quantity) -> Working:
    """The way from the one score to the share of yes, by the sigmoid, or to that of no, which has the rest."""
    score, result = as_shown(float(place.trace[asked.at.t].logits[0])), asked.in_trace(place.trace)
    as_given(score, result)
    if abs(score) > LARGEST:
        raise CannotAskError(f"e to the power of a score beyond {LARGEST:g} is too large to compute with by hand")
    no, yes = (quoted(clipped(label, LONGEST_WORD)) for label in place.model.labels)
    power, share = math.exp(-score), 1 / (1 + math.exp(-score))
    written = f"1 / (1 + {_power(-score)})"
    least, most = 1 / (1 + power + HALF), 1 / (1 + max(power - HALF, 0.0))
    if asked.index:
        whose, left, computed, span = f"the share of {yes}, 1 / (1 + e^(−score))", written, share, Span(least, most)
    else:
        whose = f"the share of {no}, the rest of that of {yes}: 1 − 1 / (1 + e^(−score))"
        left, computed, span = f"1 − {written}", 1 - share, Span(1 - most, 1 - least)
    return Working(
        given=f"the score, which speaks for {yes}, is {unsigned(score)}",
        todo=whose,
        notation=f"probs = sigmoid(logit){'' if asked.index else ' for yes, and the rest for no'}",
        span=span.rounded(),
        why=equated(left, sign_of(result, computed), result),
        slips=(
            Slip("row", 1 - computed, f"That is the share of {no if asked.index else yes}."),
            Slip("squash", score, "That is the score itself, before the squash."),
            Slip("share", math.exp(score), "That is e^score alone: it has still to be divided by 1 + e^score."),
            Slip("squash", math.tanh(score), "That squashes with tanh, not with the sigmoid."),
        ),
        level=5,
    )


def equation(scores: list[float], index: int, result: float) -> str:
    """The share with its numbers: "e^0.93 / (e^0.93 + e^(−0.93)) ≈ 0.87"."""
    powers = [_power(score) for score in scores]
    return equated(f"{powers[index]} / ({' + '.join(powers)})", sign_of(result, softmax(scores)[index]), result)


def softmax(scores: list[float]) -> list[float]:
    """The shares of some scores."""
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def _of_labels(place: Place, t: int) -> tuple[list[float], list[str]]:
    scores = [as_shown(float(value)) for value in place.trace[t].logits]
    return scores, [quoted(clipped(label, LONGEST_WORD)) for label in place.model.labels]


def _of_words(place: Place, t: int) -> tuple[list[float], list[str]]:
    scores = [as_shown(float(value)) for value in place.trace.outputs["scores"][: t + 1, 0]]
    return scores, [place.surface(k) for k in range(t + 1)]


def _power(score: float) -> str:
    text = unsigned(score)
    return f"e^({text})" if text.startswith(MINUS) else f"e^{text}"


def _span(scores: list[float], index: int) -> Span:
    """The span for people who round each power of e."""
    powers = [math.exp(score) for score in scores]
    own, others = powers[index], sum(powers) - powers[index]
    half, halves = HALF, HALF * (len(powers) - 1)
    low, high = max(own - half, 0.0), own + half
    least = max(others - halves, 0.0)
    return Span(low / (low + others + halves), high / (high + least)).rounded()


def _slips(scores: list[float], names: list[str], index: int) -> Iterator[Slip]:
    shares = softmax(scores)
    for k, share in enumerate(shares):
        if k != index:
            yield Slip("row", share, f"That is the share of {names[k]}.")
    yield Slip("squash", scores[index], "That is the score itself, before the softmax.")
    yield Slip("share", math.exp(scores[index]), "That is e^score alone: it has still to be divided by the sum.")
    if total := sum(scores):
        yield Slip("squash", scores[index] / total, "That shares out the scores themselves, not e to their power.")
    yield Slip("sign", softmax([-score for score in scores])[index], "The signs of the scores are the wrong way round.")

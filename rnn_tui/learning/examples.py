"""Texts for a new model to bring along, from what was held out: a right one of every kind, and mistakes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_tui.learning.digits import written
from rnn_tui.learning.samples import Sample
from rnn_tui.network.model import Example, Model
from rnn_tui.network.training.corpus import Corpus
from rnn_tui.network.training.evaluation import Evaluation
from rnn_tui.network.training.numbers import NumberEvaluation

MOST = 6
LONGEST = 12
"""The number of tokens that still reads well on a screen; where all texts are longer, the shortest are taken."""
LONGEST_SERIES = 40


def examples_of(
    model: Model, task: str, validation: Sequence[Sample], corpus: Corpus, found: Evaluation | NumberEvaluation
) -> tuple[Example, ...]:
    """At most six examples: the surest right answers, one a label, and the worst mistakes.

    Of numbers those that are least off, for a small, a usual and a large answer, and those that are farthest off.
    """
    longest = LONGEST_SERIES if task == "series" else max(LONGEST, int(corpus.lengths.min()))
    if task in ("next", "tags"):
        return sequences(model, task, validation, corpus, longest)
    short = corpus.lengths[found.sequences] <= longest
    if isinstance(found, NumberEvaluation):
        return _numbers(validation, found, short)
    surest = np.flatnonzero(short & (found.predictions == found.targets))
    surest = surest[np.argsort(-found.confidences[surest], kind="stable")]
    _, first_of_label = np.unique(found.targets[surest], return_index=True)
    right = [int(surest[first]) for first in first_of_label[: MOST - 2]]
    wrong = [int(answer) for answer in found.worst(len(found)) if short[answer]]
    picked = right + wrong[: MOST - len(right)]
    return tuple(
        Example(
            validation[found.sequences[answer]].text,
            _why(model.labels[found.targets[answer]], model.labels[found.predictions[answer]]),
        )
        for answer in picked
    ) or (Example(validation[0].text, "Held out."),)


def _numbers(validation: Sequence[Sample], found: NumberEvaluation, short: NDArray[np.bool_]) -> tuple[Example, ...]:
    """The best answer of each third of the answers by size, and the worst of all."""
    by_size = np.argsort(found.targets[:, 0], kind="stable")
    thirds = [third[short[third]] for third in np.array_split(by_size, MOST - 3)]
    best = [int(third[np.argmin(found.losses[third])]) for third in thirds if len(third)]
    worst = [int(answer) for answer in found.worst(len(found)) if short[answer] and answer not in best]
    picked = best + worst[: MOST - len(best)]
    return tuple(
        Example(
            validation[found.sequences[answer]].text,
            f"Held out: it is {written(found.targets[answer, 0])}, the net says {written(found.outputs[answer, 0])}.",
        )
        for answer in picked
    ) or (Example(validation[0].text, "Held out."),)


def _why(target: str, prediction: str) -> str:
    if target == prediction:
        return f"Held out, and right: {target}."
    return f"Held out, and a mistake: it is {target}, the net says {prediction}."


def sequences(
    model: Model, task: str, validation: Sequence[Sample], corpus: Corpus, longest: int
) -> tuple[Example, ...]:
    """The first held-out texts that are short enough, no text twice."""
    texts = dict.fromkeys(  # keeps their order
        sample.text for sample, length in zip(validation, corpus.lengths, strict=True) if length <= longest
    )
    start = model.provenance.get("start") if task == "next" else None
    lead = "" if start is None else f"{start}{model.tokenizer.separator}"
    return tuple(Example(f"{lead}{text}", "Held out.") for text in list(texts)[:MOST])

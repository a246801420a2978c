"""Answers to some of the texts that were held out, and which of them an epoch has made right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.learning.making import Prepared
from rnn_tui.learning.watching.messages import Answered
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.training.corpus import pad
from rnn_tui.network.training.evaluation import answers, by_label
from rnn_tui.network.workspace import Workspace

MOST_TEXTS, LONGEST = 64, 30
"""The texts that are looked at: few and short, for they are read once more in every epoch, and stand in a line each."""
MOST_SHOWN = 8
Changes = tuple[tuple[Answered, ...], tuple[Answered, ...], int, int, int]
"""The fields of `EpochEnded` that say which answers have changed, in their order."""


class Judge:
    """Knows which answers to the texts that it looks at were right after the last epoch."""

    def __init__(self, prepared: Prepared, architecture: Architecture) -> None:
        self.prepared, self.architecture = prepared, architecture
        corpus = prepared.validation_corpus
        lengths = corpus.lengths
        short = np.flatnonzero(lengths <= max(LONGEST, int(lengths.min())))[:MOST_TEXTS]
        self.picked = short[np.argsort(lengths[short], kind="stable")]
        self.looked = len(short) if len(short) < len(lengths) else 0
        """The number of texts that it looks at; 0 where these are all."""
        self.judges = prepared.encoding.writing is None and not prepared.encoding.output.is_number
        """True where an answer is right or wrong, and what comes next isn't guessed."""
        if self.judges:
            self.batch = pad(corpus, self.picked)
            timesteps = self.batch.timesteps
            rows, self.columns = np.nonzero(self.batch.weights[timesteps] > 0)
            self.timesteps = timesteps[rows]
        self._right: NDArray[np.bool_] | None = None

    def changes(self, parameters: Mapping[str, Array]) -> Changes:
        """Answers that have come to be right, and that were right and are no more, at most some; and how many."""
        if not self.judges:
            return (), (), 0, 0, 0
        workspace = Workspace(parameters["fc.weight"].dtype)
        with np.errstate(over="ignore", invalid="ignore"):
            logits, targets = answers(self.architecture, parameters, self.batch, workspace)
            given = by_label(self.architecture, logits).argmax(axis=1)
        right: NDArray[np.bool_] = np.asarray(given == targets)
        before = self._right
        self._right = right
        if before is None:
            return (), (), 0, 0, self.looked
        gained, lost = np.flatnonzero(right & ~before), np.flatnonzero(before & ~right)
        said = [tuple(self._said(k, targets, given) for k in changed[:MOST_SHOWN]) for changed in (gained, lost)]
        return said[0], said[1], len(gained), len(lost), self.looked

    def _said(self, index: int, targets: NDArray[Any], given: NDArray[Any]) -> Answered:
        text = self.prepared.validation[self.picked[self.columns[index]]].text
        labels, encoding = self.prepared.encoding.labels, self.prepared.encoding
        word = ""
        if self.architecture.readout == "each":
            words = encoding.tokenizer.split(text)
            word = words[int(self.timesteps[index])]
        return Answered(text, word, labels[int(targets[index])], labels[int(given[index])])

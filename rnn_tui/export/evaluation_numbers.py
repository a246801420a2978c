"""The evaluation of a model whose answers are numbers: how far off it is, beside rules that anybody could follow."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rnn_tui.export import strict
from rnn_tui.export.evaluated import FORMAT, Evaluated
from rnn_tui.learning.baselines import guesses
from rnn_tui.learning.digits import written
from rnn_tui.network.training.numbers import NumberEvaluation, NumberFigures

SAID = {"last value": "the last value again", "mean": "always the mean of these answers"}
"""The rules in words, by their names."""


@dataclass(frozen=True, eq=False, kw_only=True)
class NumberReport(Evaluated):
    """The evaluation of a model whose answer is a number."""

    found: NumberEvaluation

    def json_lines(self) -> Iterator[str]:
        """The JSON object, in one line; `baselines` has the mean absolute error of each rule."""
        found, figures = self.found, self.found.figures
        yield strict.dumps(
            {
                "format": FORMAT,
                "model": self.name,
                "n": len(found),
                "accuracy": None,
                "loss": found.loss,
                "bits_per_token": None,
                "confusion": None,
                "mae": figures.mae,
                "mse": figures.mse,
                "r2": figures.r2,
                "baselines": {name: rule.mae for name, rule in self._rules().items()},
            }
        )

    def lines(self, mistakes: int) -> Iterator[str]:
        """The figures, those of the rules, and the `mistakes` that are farthest off, each with its command."""
        yield from self.headline()
        yield _figures(self.found.figures)
        for name, rule in self._rules().items():
            yield f"{SAID[name]}: {_figures(rule)}"
        lost = int((~np.isfinite(self.found.outputs)).any(axis=1).sum())
        if lost:
            yield f"in {lost:,} answers the numbers grew beyond all bounds"
        yield from self._mistakes(mistakes)

    def _rules(self) -> dict[str, NumberFigures]:
        mean = float(self.found.targets.mean())
        samples = [self.samples.samples[sequence] for sequence in self.found.sequences]
        rules = guesses(samples, mean)
        return {name: self.found.baseline(np.array(rules[name])[:, None]) for name in SAID if name in rules}

    def _mistakes(self, most: int) -> Iterator[str]:
        worst = self.found.worst(most).tolist()
        if worst:
            yield ""
            yield "farthest off"
        for answer in worst:
            sample, t = self.samples.samples[self.found.sequences[answer]], int(self.found.timesteps[answer])
            target, output = float(self.found.targets[answer, 0]), float(self.found.outputs[answer, 0])
            yield f"  {self.where(sample, t)}: it is {written(target)}, the net says {written(output)}"
            yield f"    {self.command(sample, t)}"


def _figures(figures: NumberFigures) -> str:
    share = "no R², for all answers are the same" if figures.r2 is None else f"R² {_share(figures.r2)}"
    return f"mean absolute error {written(figures.mae)}, mean squared error {written(figures.mse)}, {share}"


def _share(r2: float) -> str:
    """R² with its digits; of a bad network it may be any number below 0."""
    shown = f"{r2:.4f}" if math.isfinite(r2) and abs(r2) < 1000 else written(r2)
    return shown.removeprefix("-") if shown == "-0.0000" else shown

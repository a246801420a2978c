"""The kinds of output: what the logits of the output nodes mean, and what they cost in training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from rnn_tui.network.arrays import Array, sigmoid, softmax


class Vote(NamedTuple):
    """The output node that speaks for a label: row `row` of fc, and −1 where what speaks for the node is against it."""

    row: int
    sign: float = 1.0


class Output:
    """A kind of output. `kind` is its name in the model file, `answer` the name of the value that is the answer.

    `notation` is what is written for the answer, with {} for the logits; `title` says in words what the answer is, and
    is empty for one label of several, which goes without saying.
    """

    kind: ClassVar[str]
    title: ClassVar[str] = ""
    answer: ClassVar[str] = "probs"
    notation: ClassVar[str]
    is_number: ClassVar[bool] = False

    def nodes(self, labels: int) -> int:
        """The number of output nodes, for so many labels."""
        return labels

    def answers(self, logits: Array) -> Array:
        """From logits (…, nodes) to the answer, (…, labels)."""
        raise NotImplementedError

    def vote(self, label: int) -> Vote:
        """The output node that speaks for a label (from 0)."""
        return Vote(label)

    def leader(self, answer: Array) -> int:
        """The label (its index) that an answer (labels,) is told by: the most probable one; of numbers the first."""
        return int(answer.argmax())

    def fields(self) -> dict[str, Any]:
        """The fields of the model file that say which it is; none of the kind that goes without saying."""
        return {"output": self.kind}


@dataclass(frozen=True)
class Classes(Output):
    """One label of several: probs = softmax(logits)."""

    kind: ClassVar[str] = "classes"
    notation: ClassVar[str] = "probs = softmax({})"

    def answers(self, logits: Array) -> Array:
        """See `Output.answers`."""
        return softmax(logits)

    def fields(self) -> dict[str, Any]:
        """None."""
        return {}


@dataclass(frozen=True)
class YesNo(Output):
    """No or yes by one logit: the probability of yes is sigmoid(logit); probs are those of no and of yes."""

    kind: ClassVar[str] = "yes_no"
    title: ClassVar[str] = "yes or no"
    notation: ClassVar[str] = "probs = sigmoid({})"

    def nodes(self, labels: int) -> int:
        """One."""
        return 1

    def answers(self, logits: Array) -> Array:
        """See `Output.answers`: (…, 2)."""
        yes = sigmoid(logits)
        return np.concatenate((sigmoid(-logits), yes), axis=-1)

    def vote(self, label: int) -> Vote:
        """The one node, which speaks for yes and against no."""
        return Vote(0, 1.0 if label else -1.0)


@dataclass(frozen=True)
class Number(Output):
    """Numbers: outputs = logits · std + mean, which gives them back in their units, a number a label."""

    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (1.0,)
    kind: ClassVar[str] = "number"
    title: ClassVar[str] = "a number"
    answer: ClassVar[str] = "outputs"
    notation: ClassVar[str] = "outputs = ({})·std + mean"
    is_number: ClassVar[bool] = True

    def answers(self, logits: Array) -> Array:
        """See `Output.answers`."""
        outputs: Array = logits * np.array(self.std, logits.dtype) + np.array(self.mean, logits.dtype)
        return outputs

    def leader(self, answer: Array) -> int:
        """See `Output.leader`."""
        return 0

    def fields(self) -> dict[str, Any]:
        """See `Output.fields`; the means and the standard deviations too."""
        return {"output": self.kind, "output_mean": list(self.mean), "output_std": list(self.std)}


CLASSES = Classes()
"""The usual one."""
OUTPUTS: Mapping[str, type[Classes | YesNo | Number]] = {output.kind: output for output in (Classes, YesNo, Number)}
"""Every kind of output by its name in the model file."""


def number_of(mean: float | Sequence[float], std: float | Sequence[float], labels: int) -> Number:
    """The output of numbers with a mean and a standard deviation a label, or one of each for all labels."""

    def each(value: float | Sequence[float]) -> tuple[float, ...]:
        return (float(value),) * labels if isinstance(value, int | float) else tuple(map(float, value))

    return Number(each(mean), each(std))

"""The models that a lens has something to show for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.lenses.instead import KNOWS_TAGGED_WORDS, LOOKS_BACK
from rnn_tui.network.errors import InputError
from rnn_tui.text import cited

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class Need:
    """A property of a model without which a lens has nothing to show.

    `met` says whether a model has it; `missing` tells of the model without it, after its name, and `instead` the
    shipped model, by name, in which the lens has something to show, with `there` telling what. `reads` is the kind of
    tokens that this one reads. A `partial` need is that of a part of the lens: without it there is still something to
    show.
    """

    met: Callable[[Model], bool]
    missing: Callable[[Model], str]
    instead: str
    there: str
    reads: str = "words"
    partial: bool = False

    def check(self, model: Model) -> None:
        """Raise InputError, which names a model that has it, where this one doesn't and nothing is to be shown."""
        if not (self.partial or self.met(model)):
            raise InputError(f"{cited(model.name)} {self.missing(model)}; the model {self.instead} {self.there}")

    def offered(self, model: Model) -> str | None:
        """The name of the model that has it, where this one doesn't and a text of this one can be read by that one."""
        readable = model.tokenizer.kind == self.reads and model.name != self.instead
        return self.instead if readable and not self.met(model) else None

    def out_of_reach(self, model: Model) -> bool:
        """Tell whether no shipped model has it that reads a text of this one: that one reads another kind of tokens."""
        return model.tokenizer.kind != self.reads and not self.met(model)


def _knows_tagged_words(model: Model) -> bool:
    from rnn_tui.lenses.learned import knows_tagged_words  # only where units are looked at: start-up time is a feature

    return knows_tagged_words(model)


def _no_attention(model: Model) -> str:
    made = {
        "mean": f"from the mean over all {model.tokenizer.unit}s",
        "max": f"from the largest values over all {model.tokenizer.unit}s",
    }
    one = "from one hidden state of each lane" if model.layers[-1].bidirectional else "from one hidden state"
    other = "without weights for each hidden state" if model.readout.reads_all else one
    return f"has no attention: its answer is made {made.get(model.readout.kind, other)}"


ATTENTION = Need(
    met=lambda model: model.readout.kind == "attention",
    missing=_no_attention,
    instead=LOOKS_BACK,
    there="looks back over all of its hidden states",
)

TAGGED_WORDS = Need(
    met=_knows_tagged_words,
    missing=lambda _: "knows too few of the tagged words",
    instead=KNOWS_TAGGED_WORDS,
    there="knows them",
    partial=True,
)

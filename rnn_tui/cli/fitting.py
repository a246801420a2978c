"""The way to import the same weights with which a check's answers all agree: other options, or the other half first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


def fitting(cells: Sequence[Model], agrees: Callable[[Model], bool]) -> str | None:
    """The way in words, the least change first: "with --readout mean"; None where there is none.

    `cells` has the model as it was imported, then the same weights with other activations. A layer over [x, h] whose
    halves are assumed is tried the other way round, too.
    """
    from rnn_tui.interop.candidates import activation_of, head_of, read_as, tried_heads, tried_readouts
    from rnn_tui.interop.handwritten import with_h_first

    model = cells[0]
    read = [(cell, cell is not model, "") for cell in cells]
    turned = [(with_h_first(cell), cell is not model) for cell in cells]
    read += [(found[1], other, found[0]) for found, other in turned if found is not None]
    own = (model.readout.kind, head_of(model))
    same = ("attention",) if own[0] == "attention" else tried_readouts(model)
    tried = [(*one, readout, before) for before in (own[1], *tried_heads(model)) for readout in same for one in read]
    # What is changed least comes first, and of what changes nothing else the simplest.
    tried.sort(key=lambda one: one[1] + bool(one[2]) + (one[3] != own[0]) + (one[4] != own[1]))
    for cell, other, swapped, readout, before in tried:
        if agrees(read_as(cell, readout, before)):
            options = [f"--nonlinearity {activation_of(cell)}"] if other else []
            options += [f"--readout {readout}"] if readout != own[0] else []
            options += [f"--head {','.join(before)}"] if before and before != own[1] else []
            words = [f"with the columns of {swapped} swapped, so that h is first,"] if swapped else []
            words += [f"with {' '.join(options)}"] if options else []
            words += ["without --head"] if before != own[1] and not before else []
            return " and ".join(words)
    return None


def mend(model: Model, found: str | None) -> str:
    """The way in words in which the expected answers come out, or what may be wrong where none was found."""
    if found:
        return f"{found} all agree"
    listed = "--vocabulary and --labels" if model.vocabulary.words else "--labels"
    order = f"are {listed} in the order that it was trained with?"
    if "assumed" not in model.provenance:
        return order
    compares = "from_torch or from_keras, given the network itself, run and compare it"
    return f"no other {ways(model)} that was tried agrees; {order} {compares}"


def ways(model: Model) -> str:
    """The options that say what weights don't tell: "--readout, --head or --nonlinearity"."""
    from rnn_tui.interop.candidates import has_activations

    return "--readout, --head or --nonlinearity" if has_activations(model) else "--readout or --head"

"""All that comes after the recurrent layers: readout, head, output nodes, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.interop.chaining import Chain, attention_first, chained, head_of, parameters, read_side_by_side
from rnn_tui.interop.description import Description
from rnn_tui.interop.layers import Layers, Plain, shape_of
from rnn_tui.interop.sorting import heads_of, names_of, outputs_of
from rnn_tui.network.errors import UserError
from rnn_tui.network.heads import Head, Linear
from rnn_tui.network.outputs import CLASSES, Output, YesNo, number_of
from rnn_tui.network.readouts import READOUTS, Readout


@dataclass(frozen=True, eq=False)
class Answering:
    """The parts that make an answer of the hidden states, and what had to be taken for granted of them."""

    readout: Readout
    head: Head
    fc: Linear
    output: Output
    notes: tuple[str, ...] = ()


def answering(linears: tuple[Plain, ...], layers: Layers, description: Description) -> Answering:
    """The readout, the head and the output nodes, of the linear layers; raises UserError where they don't fit."""
    kind = READOUTS[description.readout]
    if len(linears) < heads_of(description.readout):
        raise UserError(_too_few(linears, layers, description))
    learned = {}
    rest = list(linears)
    if heads_of(description.readout) > 1:
        attention, rest = attention_first(linears, layers.size)
        weight, bias = parameters(read_side_by_side(attention, layers))
        learned = {"attention.weight": weight, "attention.bias": bias}
    chain = chained(rest, layers.size, outputs_of(description))
    if chain is None:
        raise UserError(_unchained(rest))
    first, *others = chain.linears
    first = read_side_by_side(first, layers)
    *hidden, last = first, *others
    functions = description.head
    if functions is None:
        functions = ("relu",) * len(hidden)
    output, fc = _output(last, description)
    return Answering(kind.made(learned), head_of(hidden, functions), fc, output, _notes(chain))


def _notes(chain: Chain) -> tuple[str, ...]:
    if not chain.others:
        return ()
    return (f"the linear layers come in the order {', '.join(layer.name for layer in chain.linears)}",)


def _too_few(linears: tuple[Plain, ...], layers: Layers, description: Description) -> str:
    if not linears:
        return f"there is no linear layer on the {layers.size} hidden units; save the weights of the whole network"
    return (
        f"the readout {description.readout} has two linear layers, one of them (1, {layers.size}), found "
        f"{names_of(linears)}; for a network without attention ask for last, each, mean or max"
    )


def _unchained(linears: list[Plain]) -> str:
    """The reason why linear layers don't come one after the other."""
    return (
        f"{len(linears)} linear layers: {names_of(linears)}; supported are those one after the other, the first on the "
        "hidden state and the last with an output a label, and one of one output beside them with the readout attention"
    )


def _output(last: Plain, description: Description) -> tuple[Output, Linear]:
    """The kind of output, and its nodes; raises UserError where the labels don't fit.

    A single output is the logit of the second of two labels, and a number where there is one label.
    """
    weight, bias = parameters(last)
    labels = tuple(description.labels)
    said = description.output
    fc = Linear(weight, bias)
    if said == "number" or (said is None and len(weight) == len(labels) == 1):
        output: Output = number_of(description.output_mean, description.output_std, len(labels))
    elif said == "yes_no" or (said is None and len(weight) == 1 and len(labels) == 2):
        output = YesNo()
        if len(labels) != 2:
            raise UserError(f"there {_are(labels)}, and yes or no has two; give that for no first")
    else:
        output = CLASSES
    if len(weight) == output.nodes(len(labels)):
        return output, fc
    if len(weight) == 1 and said != "number":
        raise UserError(
            f"{last} has one output, the logit of a yes, but there {_are(labels)}; give two, that for no first, or "
            "one, the name of a number"
        )
    raise UserError(
        f"{last.name} {shape_of(weight)} has {len(weight)} outputs, but there {_are(labels)}; "
        + ("give one label an output, in their order" if said != "yes_no" else "yes or no is one output")
    )


def in_words(answer: Answering, description: Description) -> str:
    """The reading of the outputs, where that doesn't go without saying: "one, read as the logit of yes"."""
    labels = description.labels
    if isinstance(answer.output, YesNo):
        return f"one, read as the logit of {labels[1]}"
    return f"{len(labels)}, read as numbers" if answer.output.is_number else ""


def _are(labels: tuple[str, ...]) -> str:
    listed = ", ".join(labels[:6]) + (", …" if len(labels) > 6 else "")
    return f"{'is' if len(labels) == 1 else 'are'} {len(labels)} label{'s' * (len(labels) != 1)} ({listed})"

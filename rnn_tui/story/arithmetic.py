"""The arithmetic of a phase, explained: what each of its sums, formulas and curves is, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from rnn_tui.network.arithmetic import Part, taken_apart
from rnn_tui.network.arithmetic.parts import (
    Curve,
    Formula,
    HandedUp,
    LogitOf,
    NoOf,
    NumberOf,
    ShareOf,
    Sum,
    TokenRead,
    YesOf,
)
from rnn_tui.network.cells import Gate
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.phases import (
    AttentionShare,
    Combined,
    ContextOf,
    HeadProducts,
    InputProducts,
    LargestOf,
    MeanOf,
    MemoryProducts,
    Met,
    ScoreOf,
    Squashed,
)
from rnn_tui.network.expected import unit_of
from rnn_tui.network.heads import is_of_head
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import YesNo
from rnn_tui.network.phases import HEADS, Phase
from rnn_tui.network.tokens import NumberTokenizer, Token
from rnn_tui.network.trace import Trace
from rnn_tui.story.cells import story_of
from rnn_tui.story.cells.cell_story import bias_too
from rnn_tui.story.moments import Moment
from rnn_tui.text import LONGEST_WORD, clipped

READ_AS: Mapping[str, str] = {
    "": "what it remembers",
    "mixed": "what looking back gave",
    "average": "the averages",
    "largest": "the largest values",
    "cut": "what is left",
    "limited": "what is limited",
}
"""The values that the output nodes read, in words, by what a unit's number in them is called."""


class Names(NamedTuple):
    """The names of what stands in a sum: of its weights, its values and its total."""

    weight: str
    value: str
    total: str


class Explained(NamedTuple):
    """A part of a derivation and what it does, in words.

    `note` says what one should know of it, such as that a one-hot input picks one column. `names` are those of a sum
    in words, and `numbers` is a formula or a curve with its numbers, but without names that are notation.
    """

    part: Part
    words: str
    note: str | None = None
    names: Names = Names("", "", "")
    numbers: str = ""


def explained(trace: Trace, t: int, phase: Phase, unit: int) -> tuple[Explained, ...]:
    """The derivation of `network.arithmetic` with its words; raises as that does."""
    moment = Moment(trace.model, trace, trace[t], unit)
    found = []
    for part in taken_apart(moment, phase):
        words: str = _WORDS[type(part.source)](moment, part.source)
        noted = _NOTES.get(type(part.source))
        note = noted(moment, part.source) if noted else None
        if isinstance(part, Sum):
            found.append(Explained(part, words, note, names=_NAMES[type(part.source)](moment, part.source)))
        else:
            found.append(Explained(part, words, note, numbers=_without_notation(part)))
    return tuple(found)


def _without_notation(part: Formula | Curve) -> str:
    """The numbers of a part without x and σ."""
    if isinstance(part.source, TokenRead | HandedUp):
        return part.numbers.replace("x = ", "input: ", 1)
    return part.numbers.replace("σ(", "sigmoid(", 1)


def unknown_as(model: Model, token: Token) -> str:
    """Say what becomes of an unknown token, as the start of a sentence."""
    said = f"“{clipped(token.surface, LONGEST_WORD)}” is unknown to this model"
    if model.vocabulary.unknown is None:
        return f"{said}, it reads nothing"
    return f"{said}, it reads {clipped(model.vocabulary.unknown, LONGEST_WORD)}"


def _read(moment: Moment, source: TokenRead) -> str:
    model, row, size = moment.model, moment.token.index, moment.model.input_size
    if isinstance(model.tokenizer, NumberTokenizer) and model.tokenizer.features > 1:
        name = f"input {clipped(model.tokenizer.feature_name(source.feature), LONGEST_WORD)}"
        return f"{name}: its number, less the mean of those it learned from, divided by their spread"
    if isinstance(model.tokenizer, NumberTokenizer):
        return "the number, less the mean of those it learned from, divided by their spread, is the input"
    if row is None:
        return f"{unknown_as(model, moment.token)}: its input is all zeros"
    words = model.vocabulary.words
    said = f"“{clipped(words[row], LONGEST_WORD)}” is at {_place(row, words)}"
    said = f"{unknown_as(model, moment.token)}; {said}" if moment.token.unknown else said
    if model.embedding.kind == "one-hot":
        return f"{said}: its input is {size} numbers, a 1 at that place and a 0 everywhere else"
    return f"{said}: the {size} numbers that the network has learned for it are its input"


def _handed_up(moment: Moment, _: HandedUp) -> str:
    layer, size = moment.model.layers[(moment.model.floor.layer or 1) - 1], moment.model.input_size
    numbers = f"{size} numbers" if size > 1 else "one number"
    lanes = {"concat": ", those of → and then those of ←", "sum": ", → and ← added up"}
    how = lanes[layer.merge] if layer.bidirectional else ""
    return f"what {moment.below} hands up at {moment.word.text} is the input: {numbers}{how}"


def _met(moment: Moment, _: Met) -> str:
    arrow, _unit = moment.model.layers[-1].lane_of(moment.unit)
    return f"{moment.name} is as its lane left it" if arrow else f"add up what {moment.name} is in both lanes"


def _products_of_head(moment: Moment, _: HeadProducts) -> str:
    return f"multiply what the units below are by the weights of {moment.name} of the hidden layer"


def _place(row: int, words: Sequence[str]) -> str:
    """The place of a word in the network's list, as the panels call it."""
    return f"place {row + 1} of {len(words)}"


def _whose(moment: Moment, gate: Gate | None) -> str:
    return moment.name if gate is None else f"{gate.called} of {moment.name}"


def _input(moment: Moment, part: InputProducts) -> str:
    what = f"the {moment.kind}" if moment.model.reads_words else moment.source.text
    return f"multiply {what} by the weights of {_whose(moment, part.gate)}"


def _memory(moment: Moment, part: MemoryProducts) -> str:
    return f"multiply what it remembers by the weights of {_whose(moment, part.gate)}"


def _combined(moment: Moment, part: Combined) -> str:
    told = story_of(moment.cell).sums.get(part.key)
    if told is not None:
        return told(moment)
    if part.gate is not None:
        return f"input plus memory{bias_too(moment)} is the sum for {_whose(moment, part.gate)}"
    return f"put together {f'what {moment.name} becomes' if part.name == 'h' else f'a number of {moment.name}'}"


def _squashed(moment: Moment, part: Squashed) -> str:
    told = story_of(moment.cell).sums.get(part.key)
    if told is not None:
        return told(moment)
    if part.gate is not None:
        into = "−1 … 1" if part.gate.signed else "0 … 1: 0 is shut, 1 is open"
        return f"squash the sum for {_whose(moment, part.gate)} into {into}"
    if is_of_head(part.name):
        return f"{HEADS[part.function].words}: what is handed on of {moment.name}"
    does = FUNCTIONS[part.function].words or "squash into 0 … 1"
    return f"{does}: {'' if part.name == 'h' else 'a number of '}{moment.name}"


def _logit(moment: Moment, source: LogitOf) -> str:
    name = clipped(moment.model.labels[source.label], LONGEST_WORD)
    read = "what both lanes are" if moment.model.meets and not moment.model.read_as else ""
    read = read or READ_AS.get(moment.model.read_as) or f"what is {moment.model.read_as}"
    return f"multiply {read} by the weights of the output node {name}"


def _share(_: Moment, source: ShareOf) -> str:
    return f"softmax: e to the power of the score of {source.name}, as a share of those of all output nodes"


def _yes(_: Moment, source: YesOf) -> str:
    return f"sigmoid: the score becomes a probability between 0 and 1, that of {source.name}"


def _no(_: Moment, source: NoOf) -> str:
    return f"what is left of 1 is the probability of {source.name}"


def _number(moment: Moment, source: NumberOf) -> str:
    name, unit = clipped(moment.model.labels[source.label], LONGEST_WORD), unit_of(moment.model)
    into = clipped(unit, LONGEST_WORD) if unit else "its own unit"
    return f"{name} in {into}: the score times the spread of the numbers that it learned from, plus their mean"


def _score(moment: Moment, _: ScoreOf) -> str:
    return f"how much attention {moment.word.text} asks for: multiply what is remembered after it by weights"


def _attention(moment: Moment, _: AttentionShare) -> str:
    return (
        f"softmax: e to the power of the score of {moment.word.text}, as a share of those of all {moment.kind}s so far"
    )


def _context(moment: Moment, _: ContextOf) -> str:
    return f"look back over every {moment.kind} so far, at what {moment.name} was then"


def _mean(moment: Moment, _: MeanOf) -> str:
    return f"average what {moment.name} was at every {moment.kind} so far: each has an equal share"


def _largest(moment: Moment, _: LargestOf) -> str:
    return f"keep the largest of what {moment.name} was at every {moment.kind} so far"


_WORDS: Mapping[type, Callable[[Moment, Any], str]] = {
    TokenRead: _read,
    HandedUp: _handed_up,
    Met: _met,
    HeadProducts: _products_of_head,
    InputProducts: _input,
    MemoryProducts: _memory,
    Combined: _combined,
    Squashed: _squashed,
    LogitOf: _logit,
    ShareOf: _share,
    YesOf: _yes,
    NoOf: _no,
    NumberOf: _number,
    ScoreOf: _score,
    AttentionShare: _attention,
    ContextOf: _context,
    MeanOf: _mean,
    LargestOf: _largest,
}


def _input_names(_: Moment, part: InputProducts) -> Names:
    return Names("weight", "input", "input sum" if part.gate is None else f"input sum for {part.gate.called}")


def _memory_names(moment: Moment, part: MemoryProducts) -> Names:
    total = "memory with bias" if moment.cell.bias_hh.any() else "memory sum"
    return Names("weight", "memory", total if part.gate is None else f"{total} for {part.gate.called}")


def _logit_names(moment: Moment, source: LogitOf) -> Names:
    label = clipped(moment.model.labels[source.label], LONGEST_WORD)
    return Names("weight", moment.model.read_as or "memory", f"score of {label}")


_NAMES: Mapping[type, Callable[[Moment, Any], Names]] = {
    InputProducts: _input_names,
    MemoryProducts: _memory_names,
    LogitOf: _logit_names,
    HeadProducts: lambda moment, _: Names("weight", "below", "sum"),
    ScoreOf: lambda moment, _: Names("weight", "memory", "score"),
    ContextOf: lambda moment, _: Names("share", "memory", "mixed"),
    MeanOf: lambda moment, _: Names("share", "memory", "average"),
}


def _input_note(moment: Moment, _: InputProducts) -> str | None:
    """Say why there is one product or none, where the input is one-hot or unknown."""
    kind, column = moment.model.embedding.kind, moment.token.index
    if not moment.model.reads_words:
        return None
    if column is None:
        unknown = f"{unknown_as(moment.model, moment.token)}: its input is all zeros, so only the bias is left"
        return None if kind in ("number", "vector") else unknown
    if kind != "one-hot":
        return None
    words = moment.model.vocabulary.words
    note = f"“{clipped(words[column], LONGEST_WORD)}” is at {_place(column, words)}"
    return f"{note}: the 1 there picks column {column + 1}, all other products are 0"


def _memory_note(moment: Moment, _: MemoryProducts) -> str | None:
    return "there is nothing to remember yet: every value is 0" if moment.starts else None


def _logit_note(moment: Moment, source: LogitOf) -> str:
    labels = moment.model.labels
    name = clipped(labels[source.label], LONGEST_WORD)
    if isinstance(moment.model.output, YesNo):
        return f"the one output node speaks for {name}, and against {clipped(labels[0], LONGEST_WORD)}"
    if len(labels) == 1 and moment.model.output.is_number:
        return f"{name} is the one output node"
    return f"{name} is number {source.label + 1} of {len(labels)} output nodes"


_NOTES: Mapping[type, Callable[[Moment, Any], str | None]] = {
    InputProducts: _input_note,
    MemoryProducts: _memory_note,
    LogitOf: _logit_note,
}

"""The phases with which every network begins: read the word, and multiply it by the weights."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rnn_tui.loading import module
from rnn_tui.network.expected import true_next
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import NumberTokenizer, Token, Vocabulary
from rnn_tui.network.trace import Trace
from rnn_tui.rounding import as_shown
from rnn_tui.story.answers import numbers_said
from rnn_tui.story.arithmetic import unknown_as
from rnn_tui.story.cells import story_of
from rnn_tui.story.left import left_of
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, line, result, signed, strong, word
from rnn_tui.text import LONGEST_WORD, clipped, quantity, unsigned

NEXT = Span(" Press → to multiply.")
"""The end of the outline, where nothing but the walk leads on."""
MOST_FEATURES = 4
"""The most features of a timestep that are told by their names."""


def outline(trace: Trace) -> Line:
    """Tell what will happen, in one line for somebody who has never seen it; its last sentence says what → does."""
    story = story_of(trace.model.cell)
    verb, _, rest = story.second.partition(" ")
    unit = trace.model.tokenizer.unit
    return line(
        f"{story.name} reads one {unit} at a time and does three things: ",
        strong("1 multiply"),
        " it by weights, ",
        strong(f"2 {verb}"),
        f" {rest}, ",
        strong("3 check"),
        " the outputs.",
        NEXT,
    )


def unknown_line(model: Model, token: Token) -> Line | None:
    """Tell what becomes of a token that is unknown, and which known words look like it; None for known ones."""
    if not token.unknown:
        return None
    nearest = _nearest(model.vocabulary, token.text[:40])
    near: list[Span | str] = ["; nearest: "] if nearest else []
    for k, text in enumerate(nearest):
        near += [", " if k else "", word(text)]
    said = unknown_as(model, token)
    quote = word(token.surface)
    nothing = " (zeros)" if model.vocabulary.unknown is None else ""
    return line(quote, said.removeprefix(quote.text), nothing, *near, ".")


@lru_cache(maxsize=16)
def _nearest(vocabulary: Vocabulary, text: str) -> tuple[str, ...]:
    """A search through the vocabulary costs more than drawing a screen, so a word is looked for once."""
    return tuple(vocabulary.nearest(text))


def read(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what the word is to the network, and what is left of those before; at the first, what will happen."""
    unknown = unknown_line(moment.model, moment.token)
    if moment.first and not moment.backward:
        said = unknown or (_floors().building(moment.model) if len(moment.model.floors) > 1 else ())
        return (outline(moment.trace), said or line(*_input(moment)))
    title = (strong("Read "), moment.word, strong("."), Span(" "))
    if moment.first:
        return (line(*title, *(unknown or _input(moment))), _floors().turned(moment))
    if unknown:
        return (line(*title, *unknown), line(*_input(moment)))
    if moment.count == 2:
        before = f"the {moment.kind} before" if not moment.backward else moment.before
        return (line(*title, *_input(moment)), line("The same steps and the same weights as for ", before, "."))
    came = () if hidden or moment.model.two_way else _came(moment)
    return (line(*title, *_input(moment)), came or left_of(moment))


def _came(moment: Moment) -> Line:
    """Tell what the network expected here after the word before, where it answers with what comes next."""
    true, before = true_next(moment.trace, moment.t - 1), moment.trace.tokens[moment.t - 1].surface
    if true is None or not np.isfinite(moment.trace.prediction(moment.t - 1)[1]):
        return ()
    expected = numbers_said(moment.trace, moment.t - 1)
    return line("After ", word(before), f" it expected {expected}. Then {quantity(true)} came.")


_floors = module("rnn_tui.story.floors")  # only networks of several floors have it


def _input(moment: Moment) -> Line:
    """Tell what the network gets for the token."""
    model, row = moment.model, moment.token.index
    if isinstance(model.tokenizer, NumberTokenizer):
        return (_number if model.tokenizer.features == 1 else _vector)(moment, model.tokenizer)
    size = model.input_size
    if row is None:
        return line("Its input is all zeros.")
    stands = word(model.vocabulary.words[row]) if moment.token.unknown else moment.word
    if model.embedding.kind == "one-hot":
        listed = f"of the {size} in the network's list of {moment.kind}s"
        return line(stands, f" is at place {row + 1} {listed}: a 1 there, a 0 everywhere else.")
    own = f"{size} numbers" if size > 1 else "a number"
    return line(stands, f" has {own} of its own, the same wherever it stands.")


def _number(moment: Moment, tokenizer: NumberTokenizer) -> Line:
    """Tell how a number is scaled, where it is."""
    x, (mean, scale) = float(moment.step.x[0]), tokenizer.scaling()
    if (mean, scale) == (0, 1):
        return line("The network reads it as it is: ", signed(x), ".")
    value = x * scale + mean
    scaled = (as_shown(value) - as_shown(mean)) / as_shown(scale) if as_shown(scale) else x
    learned = "the numbers it learned from"
    if mean < 0:
        less = f"plus {unsigned(-mean)} (the mean of {learned} is below 0)"
    else:
        less = f"less {unsigned(mean)} (the mean of {learned})"
    by = f"divided by {unsigned(scale)} (their spread)"
    return line(f"The network reads {unsigned(value)} {less}, {by}: ", result(x, scaled), ".")


def scaled(tokenizer: NumberTokenizer) -> str:
    """Say what becomes of the numbers of a timestep: "each divided by 16"."""
    scaling = {tokenizer.scaling(feature) for feature in range(tokenizer.features)}
    if scaling == {(0, 1)}:
        return "as they are"
    if len(scaling) == 1 and not next(iter(scaling))[0]:
        return f"each divided by {quantity(next(iter(scaling))[1])}"
    return "each less its mean and divided by its spread"


def _vector(moment: Moment, tokenizer: NumberTokenizer) -> Line:
    """Tell how the numbers of a timestep are read: each where they are few, else the one that stands out."""
    x, count = moment.step.x, tokenizer.features
    how = scaled(tokenizer)
    if count <= MOST_FEATURES:
        read_as: list[Span | str] = []
        for feature in range(count):
            name = clipped(tokenizer.feature_name(feature), LONGEST_WORD)
            read_as += [
                ", " if read_as else "",
                f"{name} " if tokenizer.feature_names else "",
                signed(float(x[feature])),
            ]
        return line(f"The network reads {count} numbers, {how}: ", *read_as, ".")
    most = int(np.abs(x).argmax())
    name = clipped(tokenizer.feature_name(most), LONGEST_WORD)
    named = f"is {name}, " if tokenizer.feature_names else f"is number {name}, "
    return line(f"The network reads {count} numbers, {how}. Furthest from 0 {named}", signed(float(x[most])), ".")


def multiply(moment: Moment) -> tuple[Line, ...]:
    """Tell what the input brings to the unit, and where the number comes from."""
    if moment.cell.gates:
        return (line(strong("1 Multiply by the weights."), " ", *_brings(moment)), _why_these(moment))
    title = strong(f"1 Multiply the {moment.kind} by the weights.")
    alone = "nothing but a bias, " if moment.silent else ""
    first = line(title, " ", moment.Source, f" brings {moment.name} {alone}", signed(moment.value("ih")), ".")
    return (first, line(*_why_these(moment), *_strongest(moment)))


def _brings(moment: Moment) -> Line:
    """Tell what the input brings to each gate of the unit."""
    pieces: list[Span | str] = []
    for gate in moment.cell.gates:
        pieces += [", " if pieces else " ", f"{gate.name} ", signed(moment.value("ih", gate.letter))]
    alone = " nothing but biases" if moment.silent else ""
    return line(moment.Source, f" brings {moment.name}{alone}:", *pieces, ".")


def _why_these(moment: Moment) -> Line:
    """Tell where the numbers of Multiply come from."""
    row, size, biased = moment.token.index, moment.model.input_size, bool(moment.cell.bias_ih.any())
    if not moment.model.reads_words:
        bias = " with a bias" if biased else ""
        return line(
            f"Its {size} numbers, each times its own weight, are added up{bias}."
            if size > 1
            else f"Its one number is multiplied by one weight{', and a bias is added' if biased else ''}."
        )
    if moment.model.embedding.kind == "vector":
        bias = " with a bias" if biased else ""
        return line(f"Its {size} numbers, each times its own weight, are added up{bias}.")
    if moment.model.embedding.kind == "number":
        return line(f"The one number is multiplied by one weight{', and a bias is added' if biased else ''}.")
    if row is None:
        left = "only the bias is left" if biased else "nothing comes of it"
        return line(f"Its input is all zeros, so {left}.")
    if moment.model.embedding.kind == "one-hot":
        picked = word(moment.model.vocabulary.words[row])
        adds = "; a bias is added" if biased else ""
        return line("Its 1 picks the weight of ", picked, f" and no other{adds}.")
    bias = " with a bias" if biased else ""
    return line(f"Its {size} numbers, each times its own weight, are added up{bias}.")


def _strongest(moment: Moment) -> Line:
    """Tell which units the input moves most: "Its strongest push up is +0.90 (verb), down −0.70 (mood)."."""
    ih, names = moment.step["ih"], moment.unit_names()
    if moment.model.hidden_size == 1:
        return ()
    up, down = int(ih.argmax()), int(ih.argmin())
    pushes: list[Span | str] = []
    if as_shown(float(ih[up])) > 0:
        pushes += ["up is ", signed(float(ih[up])), f" ({names[up]})"]
    if as_shown(float(ih[down])) < 0:
        pushes += [", down " if pushes else "down is ", signed(float(ih[down])), f" ({names[down]})"]
    whose = "The strongest push of the bias" if moment.silent else "Its strongest push"
    return line(f" {whose} ", *pushes, ".") if pushes else line(" It moves no unit at all.")

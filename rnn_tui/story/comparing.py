"""A comparison, told: what each side says now, where the two part, and what differs most."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.comparison import Comparison
from rnn_tui.edits import Edit
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.pair import SIDES
from rnn_tui.rounding import quantity_as_shown
from rnn_tui.scene import Position
from rnn_tui.story.answers import answer_of
from rnn_tui.story.bounds import beyond
from rnn_tui.story.comparing_floors import level_name, waiting
from rnn_tui.story.describe import PLURALS, describe, whole
from rnn_tui.story.edits import MOST_TOLD, changes
from rnn_tui.story.spans import Line, Span, line, signed, strong, word
from rnn_tui.text import LONGEST_WORD, clipped, printable, quantity


def tell_comparison(comparison: Comparison, at: Position, *, hidden: bool = False) -> tuple[Line, ...]:
    """Tell what both say now, where the two part, and which unit differs most: a line each."""
    comparison, order = comparison.on(at.floor), comparison.order
    now: Line = standing(comparison, at, hidden=hidden) if order.checked(at) else _happening(comparison, at)
    before = order.before(at)
    if before is not None and not order.checked(at) and not hidden:
        now = (*now, Span(" "), *standing(comparison, before))
    reached = comparison.parted is not None and order.index(at) >= order.index(comparison.parted.position)
    parted = _remember_apart(comparison) if hidden else parting(comparison, answers=reached)
    told = (now, parted, most_different(comparison, at))
    return (*(line for line in told if line), *beyond_of(comparison, at))


def beyond_of(comparison: Comparison, at: Position) -> tuple[Line, ...]:
    """Tell where the numbers of a side grew beyond all bounds, up to a position: a line a side in which they did."""
    told = []
    for side, trace in enumerate(comparison.traces):
        for floor in trace.model.floors:
            seen = trace.on(floor.index)
            if seen.beyond and seen.beyond[0] in comparison.order.computed(side, at, floor.index, 0):
                told.append(beyond(seen, subject=line("In ", strong(SIDES[side]), ", ")))
                break
    return tuple(told)


def standing(comparison: Comparison, at: Position, *, hidden: bool = False) -> Line:
    """Tell what each side says at a position: "After “not”, A says Positive 86%, B says Negative 77%."."""
    when = (
        (strong("In the end"), Span(", "))
        if at == comparison.order.last
        else (Span("After "), *_words(comparison, at.t), Span(", "))
    )
    if hidden:
        return (*when, *line("what do A and B say? Guess first."))
    said = [_said(comparison, side, at) for side in (0, 1)]
    if said[0] == said[1]:
        return line(*when, strong("A and B"), *_both(said[0]), ".")
    return line(*when, strong("A"), *said[0], ", ", strong("B"), *said[1], *_how_much_more(comparison, at), ".")


def _how_much_more(comparison: Comparison, at: Position) -> Line:
    """Say how much more the number of B is than that of A, both as they are shown: ", 12.3 more"."""
    answers = [comparison.answered(side, at) for side in (0, 1)]
    if not comparison.in_numbers or not comparison.same_labels or len(comparison.a.model.labels) > 1 or None in answers:
        return ()
    a, b = (
        quantity_as_shown(trace.prediction(t)[1])
        for trace, t in zip(comparison.traces, answers, strict=True)
        if t is not None
    )
    if not math.isfinite(b - a):
        return ()
    return line(f", {quantity(abs(b - a))} {'more' if b > a else 'less'}")


def parting(comparison: Comparison, *, answers: bool = True) -> Line:
    """Tell where the two part, and why there; their answers there if they may be told."""
    if comparison.parted is None:
        return _together(comparison)
    position, what = comparison.parted
    column = position.t
    where = strong(f"They part at {comparison.a.model.tokenizer.unit} {column + 1}")
    if what == "words":
        return line(where, ": ", *_reads(comparison, column), ".")
    at = line(where, ", ", *_words(comparison, column))
    if what == "memory":
        lane = level_name(comparison.on(position.floor))
        return line(*at, f": there they begin to remember different things{f' ({lane})' if lane else ''}.")
    if not comparison.related:
        if not answers:
            return line(*at, ": their answers are not the same.")
        a, b = (_said(comparison, side, position) for side in (0, 1))
        return line(*at, ": there ", strong("A"), *a, ", ", strong("B"), *b, ".")
    return line(*at, ": they remember the same, and answer differently.")


def _remember_apart(comparison: Comparison) -> Line:
    """Tell where the words or the memories part, and nothing of where the answers do: they are covered."""
    if comparison.memories_parted is None:
        same = f"They read the same {comparison.a.model.tokenizer.unit}s"
        same = "They read and remember the same" if comparison.related else same
        return line(f"{same}. Do their answers part, and where? Guess first.")
    position, what = comparison.memories_parted
    column = position.t
    at = f"part at {comparison.a.model.tokenizer.unit} {column + 1}"
    if what == "words":
        return line(strong(f"Their {comparison.a.model.tokenizer.unit}s {at}"), ": ", *_reads(comparison, column), ".")
    return line(strong(f"Their memories {at}"), ", ", *_words(comparison, column), ".")


def _together(comparison: Comparison) -> Line:
    """Tell that the two never part; with no labels in common, only that they read the same."""
    if comparison.related:
        return line("They never part: the same words, the same numbers.")
    if comparison.same_labels and comparison.in_numbers:
        return line("They never part: the same words, the same answers.")
    if comparison.same_labels:  # the probabilities may differ, and the screen shows that they do
        return line("They never part: the same words, and the same label is ahead each time.")
    return line("They read the same words, and have other labels: their answers can't be compared.")


def most_different(comparison: Comparison, at: Position) -> Line:
    """Tell which unit differs most so far; nothing where the units are not the same, or hardly differ."""
    done = comparison.order.done(at)
    if comparison.difference is None or done is None:
        return ()
    unit = int(np.nan_to_num(np.abs(comparison.difference[done])).argmax())
    in_a, in_b = (float(comparison.held[side][done][unit]) for side in (0, 1))
    if not abs(in_a - in_b) >= 0.01:  # NaN, too
        return ()
    name = clipped(comparison.a.model.unit_name(unit), LONGEST_WORD)
    return line("They differ most in ", strong(name), ": ", signed(in_a), " in A, ", signed(in_b), " in B.")


def compared(comparison: Comparison) -> str:
    """Name what the two sides are to one another."""
    wholes = {whole(trace.model) for trace in comparison.traces}
    texts = f"two {PLURALS[wholes.pop()]}" if len(wholes) == 1 else "two texts"
    if comparison.same_network:
        return "the same twice" if comparison.same_words else texts
    networks = "a network, and the same with a change" if comparison.related else "two networks"
    return networks if comparison.same_words else f"{networks}, {texts}"


def _happening(comparison: Comparison, at: Position) -> Line:
    """Tell what is read in a column, before its answer is there."""
    idle = [side for side in (0, 1) if comparison.order.waits(side, at) in ("lane", "answer")]
    named = level_name(comparison)
    if idle:
        return waiting(comparison, idle[0], at)
    if comparison.order.at_end(at):
        return line(f"All {comparison.a.model.tokenizer.unit}s are read: now comes what both answer.")
    if named and at.floor:
        return line(f"{named.capitalize()}, at ", *_words(comparison, at.t), ".")
    if not comparison.same_word(at.t):
        return line(strong("Here the words differ"), ": ", *_reads(comparison, at.t), ".")
    return line("Both read ", *_words(comparison, at.t), ".")


def _reads(comparison: Comparison, column: int) -> Line:
    t_a, t_b = comparison.columns[column]
    if t_b is None:
        return line("A reads ", _word(comparison.a, t_a), ", which B doesn't have")
    if t_a is None:
        return line("B reads ", _word(comparison.b, t_b), ", which A doesn't have")
    return line("A reads ", _word(comparison.a, t_a), ", B reads ", _word(comparison.b, t_b))


def _words(comparison: Comparison, column: int) -> Line:
    """The word of a column, or both."""
    t_a, t_b = comparison.columns[column]
    if t_a is None or t_b is None:
        side, trace, t = ("A", comparison.a, t_a) if t_b is None else ("B", comparison.b, t_b)
        return line(_word(trace, t), f" (in {side} alone)")
    if comparison.same_word(column):
        return line(_word(comparison.a, t_a))
    return line(_word(comparison.a, t_a), " and ", _word(comparison.b, t_b))


def _word(trace: Trace, t: int | None) -> Span:
    return word(trace.tokens[t or 0].surface)


def _said(comparison: Comparison, side: int, at: Position) -> Line:
    """The answer of a side that stands at a position, as what it does: " says Negative 81%", " is undecided (50%)"."""
    t = comparison.answered(side, at)
    if t is not None:
        return answer_of((), comparison.traces[side], t)
    return line(" has no answer yet" if comparison.positions(at)[side] else " has read nothing yet")


def _both(said: Line) -> Line:
    """The same of two: " both say Negative 81%", " are both undecided (50%)", " both have no answer"."""
    verb, *rest = said
    if verb.text == " is ":
        return line(" are both ", *rest)
    return line(" both say " if verb.text == " says " else verb.text.replace(" has ", " both have ", 1), *rest)


def named(model: Model, edits: tuple[Edit, ...]) -> tuple[str, ...]:
    """A side's network and what was changed in it or in its words, from the whole line to the shortest."""
    told = list(map(printable, changes(model, edits)))
    if len(told) > MOST_TOLD:
        more = len(told) - MOST_TOLD
        told[MOST_TOLD:] = [f"{more} more change{'s' if more > 1 else ''}"]
    changed = f"with {', '.join(told)}" if told else ""
    full, name = describe(model.on(0)), printable(model.called)
    names = dict.fromkeys((full, full.rpartition(" · ")[0], f"{name} · {model.architecture}", name))
    if not changed:
        return tuple(names)
    return (*(f"{shorter}, {changed}" for shorter in names), changed)

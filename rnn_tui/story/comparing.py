"""A comparison, told: what each side says now, where the two part, and what differs most."""

from __future__ import annotations

import numpy as np

from rnn_tui.comparison import SAME_H, Comparison
from rnn_tui.edits import Edit
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.pair import SIDES
from rnn_tui.scene import Position
from rnn_tui.story.answers import answer_of
from rnn_tui.story.describe import PLURALS, describe, whole
from rnn_tui.story.edits import MOST_TOLD, changes
from rnn_tui.story.spans import Line, Span, line, signed, strong, word
from rnn_tui.text import LONGEST_WORD, clipped, printable


def tell_comparison(comparison: Comparison, at: Position, *, hidden: bool = False) -> tuple[Line, ...]:
    """Tell what both say now, where the two part, and which unit differs most: a line each."""
    checked = at.phase == comparison.stages - 1
    now: Line = () if checked else _happening(comparison, at)
    if checked:
        now = standing(comparison, at.t, hidden=hidden)
    elif at.t > 0 and not hidden:
        now = (*now, Span(" "), *standing(comparison, at.t - 1))
    reached = comparison.parts_at is not None and at >= Position(comparison.parts_at, comparison.stages - 1)
    told = (now, parting(comparison, answers=reached and not hidden), most_different(comparison, at))
    return tuple(line for line in told if line)


def standing(comparison: Comparison, column: int, *, hidden: bool = False) -> Line:
    """Tell what each side says after a column: "After “not”, A says Positive 86%, B says Negative 77%."."""
    when = (
        (strong("In the end"), Span(", "))
        if column == len(comparison) - 1
        else (Span("After "), *_words(comparison, column), Span(", "))
    )
    if hidden:
        return (*when, *line("what do A and B say? Guess first."))
    said = [_said(comparison, side, column) for side in (0, 1)]
    if said[0] == said[1]:
        return line(*when, strong("A and B"), *_both(said[0]), ".")
    return line(*when, strong("A"), *said[0], ", ", strong("B"), *said[1], ".")


def parting(comparison: Comparison, *, answers: bool = True) -> Line:
    """Tell where the two part, and why there; their answers there if they may be told."""
    column = comparison.parts_at
    if column is None:
        return _together(comparison)
    where = strong(f"They part at {comparison.a.model.tokenizer.unit} {column + 1}")
    if not comparison.same_word(column):
        return line(where, ": ", *_reads(comparison, column), ".")
    t = comparison.columns[column][0] or 0
    at = (where, ", ", word(comparison.a.tokens[t].surface))
    if comparison.difference is None:
        if not answers:
            return line(*at, ": their answers are not the same.")
        a, b = (_said(comparison, side, column) for side in (0, 1))
        return line(*at, ": there ", strong("A"), *a, ", ", strong("B"), *b, ".")
    if float(np.abs(comparison.difference[column]).max()) > SAME_H:
        return line(*at, ": there they begin to remember different things.")
    return line(*at, ": they remember the same, and answer differently.")


def _together(comparison: Comparison) -> Line:
    """Tell that the two never part; with no labels in common, only that they read the same."""
    if comparison.same_units:
        return line("They never part: the same words, the same numbers.")
    if comparison.same_labels:
        return line("They never part: the same words, the same answers.")
    return line("They read the same words, and have other labels: their answers can't be compared.")


def most_different(comparison: Comparison, at: Position) -> Line:
    """Tell which unit differs most so far; nothing where the units are not the same, or hardly differ."""
    done = at.t if at.phase == comparison.stages - 1 else at.t - 1
    if comparison.difference is None or done < 0:
        return ()
    unit = int(np.nan_to_num(np.abs(comparison.difference[done])).argmax())
    in_a, in_b = (float(comparison.held[side][done][unit]) for side in (0, 1))
    if not abs(in_a - in_b) >= 0.01:  # NaN, too
        return ()
    name = clipped(comparison.a.model.unit_name(unit), LONGEST_WORD)
    return line("They differ most in ", strong(name), ": ", signed(in_a), " in A, ", signed(in_b), " in B.")


def waiting(comparison: Comparison, side: int, column: int) -> Line:
    """Tell why a side does nothing in a column."""
    t = comparison.columns[column][1 - side]
    other = _word(comparison.traces[1 - side], t)
    return line(
        "Only ", strong(SIDES[1 - side]), " has ", other, f". {SIDES[side]} waits, and keeps what it remembers."
    )


def compared(comparison: Comparison) -> str:
    """Name what the two sides are to one another."""
    wholes = {whole(trace.model) for trace in comparison.traces}
    texts = f"two {PLURALS[wholes.pop()]}" if len(wholes) == 1 else "two texts"
    if comparison.same_network:
        return "the same twice" if comparison.same_words else texts
    networks = "a network, and the same with a change" if comparison.same_units else "two networks"
    return networks if comparison.same_words else f"{networks}, {texts}"


def _happening(comparison: Comparison, at: Position) -> Line:
    """Tell what is read in a column, before its answer is there."""
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


def _said(comparison: Comparison, side: int, column: int) -> Line:
    """The answer of a side that stands after a column, as what it does: " says Negative 81%", " is undecided (50%)"."""
    read = comparison.read[side][column]
    return answer_of((), comparison.traces[side], read - 1) if read else line(" has read nothing yet")


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
    full, name = describe(model), printable(model.name)
    names = dict.fromkeys((full, full.rpartition(" · ")[0], f"{name} · {model.cell.title}", name))
    if not changed:
        return tuple(names)
    return (*(f"{shorter}, {changed}" for shorter in names), changed)

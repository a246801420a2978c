"""The phase that every network ends with: check the output nodes."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rnn_tui.network.heads import CALLED
from rnn_tui.network.votes import label_weights
from rnn_tui.rounding import as_shown
from rnn_tui.story.answers import beside_true, label, numbers_said, ranking, undecided
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, line, signed, size, strong
from rnn_tui.text import percent, quantity

MOST_CHOICES = 4
ASKS: Mapping[str, str] = {
    "attention": "What was in it?",
    "mean": "What was in it on average?",
    "max": "What was each unit's largest?",
}
"""The questions that the memory is to be remembered by, where the readout takes in that after every word."""
TITLE = strong("3 Check the outputs.")


def check(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what the net would say if the sentence ended here; after the last word, what it says."""
    if hidden:
        return _asked(moment)
    if math.isnan(moment.trace.prediction(moment.t)[1]):
        lost = line("The numbers grew beyond all bounds, so there is no answer.")
        has = "a number" if moment.model.output.is_number else "a probability"
        return (line(TITLE, f" No output node has {has}."), lost)
    return (_said(moment), _because(moment))


def _said(moment: Moment) -> Line:
    trace, t = moment.trace, moment.t
    if moment.model.output.is_number:
        return _said_numbers(moment)
    said, open_ = ranking(trace, t), undecided(trace, t)
    if moment.model.readout.kind == "each":
        return line(TITLE, " After ", moment.word, f" it says: {said}{'; undecided' if open_ else ''}.")
    if not moment.last:
        return line(TITLE, f" If the {moment.whole} ended here: {said}{'; undecided' if open_ else ''}.")
    ended = f" {_ended(moment)} "
    if open_:
        return line(TITLE, ended, "It is ", strong("undecided"), f": {said}.")
    best, probability = trace.prediction(t)
    return line(TITLE, ended, "The answer is ", strong(label(trace, best)), f", {percent(probability)}.")


def _said_numbers(moment: Moment) -> Line:
    """Tell the numbers of the answer, and the true one where it is known."""
    said = numbers_said(moment.trace, moment.t)
    if moment.model.readout.kind == "each":
        first = line(TITLE, " After ", moment.word, f" it says {said}.")
    elif moment.last:
        first = line(TITLE, f" {_ended(moment)} The answer is ", strong(said), ".")
    else:
        first = line(TITLE, f" If the {moment.whole} ended here, it would say {said}.")
    true = beside_true(moment.trace, moment.t)
    return line(*first, f" {true}") if true else first


def _ended(moment: Moment) -> str:
    """Say that all has been read: by both lanes, where the answer waited for that."""
    waited = moment.model.two_way and not moment.model.answers_each
    return "Both lanes have read." if waited else f"That was the last {moment.kind}."


def about(moment: Moment) -> int:
    """The label that the votes are for: the second of two, as in the picture, or of more the one that leads.

    Of numbers it is the first.
    """
    if moment.model.output.is_number:
        return 0
    return 1 if len(moment.model.labels) == 2 else moment.trace.prediction(moment.t)[0]


def _because(moment: Moment) -> Line:
    """Tell what the picked unit adds to the label that the votes are for, and what the word changed."""
    index, name = about(moment), label(moment.trace, about(moment))
    weight = float(label_weights(moment.model)[index, moment.unit])
    held = moment.value(moment.model.reads)
    # What fc reads after a readout or a head of its own is not what the unit is now.
    called = moment.model.read_as
    whose = line(f"{moment.Name}'s {f'{called} ' if called else ''}", signed(held))
    if called in CALLED.values():
        what = "is left of" if called == CALLED["relu"] else "is handed on of"
        whose = line(f"What {what} {moment.name}, ", signed(held), ",")
    figures = line(*whose, " times its weight ", signed(weight))
    does = _does(held * weight, as_shown(held) * as_shown(weight))
    return line(*figures, f" {does} the score of {name}", *_moved(moment, index), ".")


def _does(product: float, from_shown: float) -> str:
    """Tell what a product does to a sum: "adds 0.43 to", "takes 0.43 from", "adds nothing to"."""
    if not as_shown(product):
        nearly = "" if size(product, from_shown) == "0.00" else "next to "
        return f"adds {nearly}nothing to"
    does, to = ("takes", "from") if as_shown(product) < 0 else ("adds", "to")
    return f"{does} {size(product, from_shown)} {to}"


def _moved(moment: Moment, index: int) -> Line:
    """Tell how the word at this timestep moved the share of the label, which was named just before."""
    if moment.t == moment.trace.answered_from or moment.model.readout.kind == "each":
        return ()
    answers, number = moment.trace.values[moment.model.output.answer], moment.model.output.is_number
    if math.isnan(answers[moment.t - 1][index]):
        two_way = moment.t - 1 < moment.trace.answered_from  # then nobody has answered yet
        return () if two_way else line("; before ", moment.word, " there was no answer")
    before, after = ((quantity if number else percent)(answers[t][index]) for t in (moment.t - 1, moment.t))
    if number:
        if before == after:
            return line("; ", moment.word, f" leaves the answer at {after}")
        return line("; ", moment.word, f" moved the answer from {before} to {after}")
    if before == after:
        return line("; ", moment.word, f" leaves its share at {after}")
    return line("; ", moment.word, f" moved its share from {before} to {after}")


def _asked(moment: Moment) -> tuple[Line, ...]:
    labels = moment.model.labels
    if moment.model.output.is_number:
        return _asked_numbers(moment)
    names = [label(moment.trace, index) for index in range(len(labels))]
    choices = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
    asked = f" What do you think: {choices}?" if len(names) <= MOST_CHOICES else " What do you think it answers?"
    ended = f" {_ended(moment)}" if moment.last else ""
    first = line(TITLE, ended, asked, " Choose before you look.")
    return (first, _only_memory(moment))


def _asked_numbers(moment: Moment) -> tuple[Line, ...]:
    names = ", ".join(label(moment.trace, index) for index in range(min(len(moment.model.labels), MOST_CHOICES)))
    ended = f" {_ended(moment)}" if moment.last else ""
    first = line(TITLE, ended, f" Which number do you think it answers with ({names})? Choose before you look.")
    return (first, _only_memory(moment))


def _only_memory(moment: Moment) -> Line:
    """Remind of what the output nodes read, and ask for that."""
    back = f", as it was after each {moment.kind}" if moment.looks_back else ""
    asks = ASKS.get(moment.model.readout.kind, "What was in it?") if moment.looks_back else "What is in it now?"
    knows = "know nothing but what comes of" if moment.model.head else "read nothing but"
    return line(f"The output nodes {knows} the memory{back}. {asks}")

"""The phase that every network ends with: check the output nodes."""

from __future__ import annotations

import math

from rnn_tui.rounding import as_shown
from rnn_tui.story.answers import label, ranking, undecided
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, line, signed, size, strong
from rnn_tui.text import percent

MOST_CHOICES = 4
TITLE = strong("3 Check the outputs.")


def check(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what the net would say if the sentence ended here; after the last word, what it says."""
    if hidden:
        return _asked(moment)
    if math.isnan(moment.trace.prediction(moment.t)[1]):
        lost = line("The numbers grew beyond all bounds, so there is no answer.")
        return (line(TITLE, " No output node has a probability."), lost)
    return (_said(moment), _because(moment))


def _said(moment: Moment) -> Line:
    trace, t = moment.trace, moment.t
    said, open_ = ranking(trace, t), undecided(trace, t)
    if moment.model.readout.kind == "each":
        return line(TITLE, " After ", moment.word, f" it says: {said}{'; undecided' if open_ else ''}.")
    if not moment.last:
        return line(TITLE, f" If the {moment.whole} ended here: {said}{'; undecided' if open_ else ''}.")
    ended = f" That was the last {moment.kind}. "
    if open_:
        return line(TITLE, ended, "It is ", strong("undecided"), f": {said}.")
    best, probability = trace.prediction(t)
    return line(TITLE, ended, "The answer is ", strong(label(trace, best)), f", {percent(probability)}.")


def about(moment: Moment) -> int:
    """The label that the votes are for: the second of two, as in the picture, or of more the one that leads."""
    return 1 if len(moment.model.labels) == 2 else moment.trace.prediction(moment.t)[0]


def _because(moment: Moment) -> Line:
    """Tell what the picked unit adds to the label that the votes are for, and what the word changed."""
    index, name = about(moment), label(moment.trace, about(moment))
    weight = float(moment.model.readout.weight[index, moment.unit])
    held = moment.value("context" if moment.looks_back else "h")
    # With attention, fc reads what the unit was over all words, which is not what it is now.
    which = "mixed " if moment.looks_back else ""
    figures = (f"{moment.Name}'s {which}", signed(held), " times its weight ", signed(weight))
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
    if moment.t == 0 or moment.model.readout.kind == "each":
        return ()
    before, after = (percent(moment.trace.values["probs"][t][index]) for t in (moment.t - 1, moment.t))
    if before == after:
        return line("; ", moment.word, f" leaves its share at {after}")
    return line("; ", moment.word, f" moved its share from {before} to {after}")


def _asked(moment: Moment) -> tuple[Line, ...]:
    labels = moment.model.labels
    names = [label(moment.trace, index) for index in range(len(labels))]
    choices = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
    asked = f" What do you think: {choices}?" if len(names) <= MOST_CHOICES else " What do you think it answers?"
    ended = f" That was the last {moment.kind}." if moment.last else ""
    first = line(TITLE, ended, asked, " Choose before you look.")
    back = f", as it was after each {moment.kind}" if moment.looks_back else ""
    return (first, line(f"The output nodes read nothing but the memory{back}. What is in it now?"))

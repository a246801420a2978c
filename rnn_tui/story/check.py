"""The phase that every cell ends with: check the output nodes."""

from __future__ import annotations

import math

from rnn_tui.network.readouts import Attention
from rnn_tui.story.answers import label, ranking, undecided
from rnn_tui.story.moments import SILENT, Moment
from rnn_tui.story.spans import Line, line, signed, strong, word
from rnn_tui.text import percent

MOST_CHOICES = 4


def check(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what the net would say if the sentence ended here; after the last word, what it says."""
    if hidden:
        return _asked(moment)
    if math.isnan(moment.trace.prediction(moment.t)[1]):
        lost = line("The numbers grew beyond all bounds, so there is no answer.")
        return (line(strong("3 Check the outputs."), " No output node has a probability."), lost)
    return (_said(moment), _because(moment))


def _said(moment: Moment) -> Line:
    trace, t = moment.trace, moment.t
    title = strong("3 Check the outputs.")
    share = percent(trace.prediction(t)[1])
    name = strong(label(trace, trace.prediction(t)[0]))
    if moment.model.readout.kind == "each":
        return line(title, " The answer for ", moment.word, f": {ranking(trace, t)}.")
    if not moment.last:
        return line(title, f" If the sentence ended here: {ranking(trace, t)}.")
    ended = f" That was the last {moment.kind}. "
    if undecided(trace, t):
        return line(title, ended, "It is ", strong("undecided"), f": {ranking(trace, t)}.")
    return line(title, ended, "The answer is ", name, f", {share}.")


def _because(moment: Moment) -> Line:
    """Tell what the picked unit adds to the first label, and what the word changed."""
    best = moment.trace.prediction(moment.t)[0]
    weight = float(moment.model.readout.weight[best, moment.unit])
    source = "context" if isinstance(moment.model.readout, Attention) else "h"
    held = moment.value(source)
    name = label(moment.trace, best)
    # With attention, fc reads what the unit was over all words, which is not what it is now.
    who = moment.Name if source == "h" else f"Looking back, {moment.name}"
    if abs(held * weight) < SILENT:
        says = line(f"{who} ", signed(held), " times its weight ", signed(weight), f" says nothing for {name}")
        return line(*says, *_moved(moment, best), ".")
    speaks = f" speaks {'for' if held * weight > 0 else 'against'} {name}: "
    product = (f"{who} ", signed(held), " times its weight ", signed(weight), speaks, signed(held * weight))
    return line(*product, *_moved(moment, best), ".")


def _moved(moment: Moment, index: int) -> Line:
    """Tell how the word at this timestep moved the label, or what attention looks at."""
    if isinstance(moment.model.readout, Attention):
        looked = moment.step["attention"]
        t = int(looked.argmax())
        seen = word(moment.trace.tokens[t].surface)
        return line("; it looks back most at ", seen, f" ({percent(float(looked[t]))})")
    if moment.t == 0 or moment.model.readout.kind == "each":
        return ()
    before, after = (percent(moment.trace.values["probs"][t][index]) for t in (moment.t - 1, moment.t))
    if before == after:
        return line("; ", moment.word, f" leaves the answer at {after}")
    return line("; ", moment.word, f" moved the answer from {before} to {after}")


def _asked(moment: Moment) -> tuple[Line, ...]:
    labels = moment.model.labels
    names = [label(moment.trace, index) for index in range(len(labels))]
    choices = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
    asked = f" What do you think: {choices}?" if len(names) <= MOST_CHOICES else " What do you think it answers?"
    ended = f" That was the last {moment.kind}." if moment.last else ""
    first = line(strong("3 Check the outputs."), ended, asked, " Choose before you look.")
    return (first, line("The output nodes read nothing but the memory. What is in it now?"))

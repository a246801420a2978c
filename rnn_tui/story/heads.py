"""The phase of a head, told: what its functions make of the picked unit before the outputs read it."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.heads import sum_name, value_name
from rnn_tui.rounding import as_shown
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, capital, line, result, signed, strong

DOES = {
    "relu": "cut off below 0",
    "tanh": "limited to −1 … 1",
    "sigmoid": "limited to 0 … 1",
    "identity": "passed on as it is",
}
SAY = "no say in the answer"


def head(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what comes of the picked unit; ask for it while the answer is hidden."""
    model = moment.model
    entries = model.floor.entries
    phase = next(phase for phase in model.phases if phase.name == "head")
    title, functions = strong(f"{phase.title}."), [model.head[index].activation for index in entries]
    linear = model.head[entries.start].linear is not None
    if hidden:
        does = ", then ".join(DOES[name] for name in functions)
        asked = line(title, f" What comes of {moment.name} before the outputs read it? Choose before you look.")
        handed = "What each unit adds up" if linear else "What each unit hands on"
        return (asked, line(f"{handed} is {does}."))
    begins = model.readout.reads
    if linear:
        begins = value_name(entries.start) if functions[0] == "identity" else sum_name(entries.start)
    before, after = moment.value(begins), moment.value(model.reads)
    if not (np.isfinite(before) and np.isfinite(after)):
        return (line(title, " The numbers grew beyond all bounds: nothing can be made of them."),)
    adds = _adds_up(moment) if linear else ()
    which = "sum" if linear else model.readout.called
    return (line(title, " ", *adds, *_comes_to(moment, functions, before, which)), _of_all(moment, functions, begins))


def _adds_up(moment: Moment) -> Line:
    """Tell what a unit of a hidden layer reads."""
    size, own = moment.model.hidden_size, len(moment.step.x)
    each = f"Each of its {size} units" if size > 1 else "Its one unit"
    read = f"{own} numbers, each times a weight of its own" if own > 1 else "one number times its weight"
    return line(f"{each} adds up {read}, and a bias. ")


def _comes_to(moment: Moment, functions: list[str], before: float, which: str) -> tuple[Span | str, ...]:
    """Tell what goes in and what comes out: "verb's average −0.12 is below 0, so what goes on is 0."."""
    whose = (f"{moment.Name}'s {which}{' ' if which else ''}", signed(before))
    if functions == ["relu"]:
        if before > 0:
            return (*whose, " is above 0 and goes on as it is.")
        at = "is below 0" if as_shown(before) < 0 else "isn't above 0"
        return (*whose, f" {at}, so what goes on is 0.")
    if set(functions) == {"identity"}:
        return (*whose, " is passed on as it is.")
    told: list[Span | str] = []
    # After each function what comes out of the number that is told before it.
    for index, name in zip(moment.model.floor.entries, functions, strict=True):
        after = moment.value(value_name(index))
        told += [", then " if told else " is ", f"{DOES[name]}: ", result(after, _of_shown(name, before))]
        before = after
    return (*whose, *told, ".")


def _of_shown(function: str, before: float) -> float:
    """What comes out of the number that is shown."""
    return float(FUNCTIONS[function].function(np.array([as_shown(before)]))[0])


def _of_all(moment: Moment, functions: list[str], begins: str) -> Line:
    """Tell what that means for all units."""
    reader = "the outputs read" if moment.model.floor.answers else "the next hidden layer reads"
    if set(functions) == {"identity"}:
        linear = moment.model.head[moment.model.floor.entries.start].linear is not None
        return line(f"{capital(reader)} these sums." if linear else f"Nothing changes here: {reader} the same numbers.")
    if "relu" in functions and moment.model.hidden_size > 1:
        return _cut(moment, functions, begins, reader)
    same_shown = moment.shown(moment.model.reads) == moment.shown("h")
    return line(f"{capital(reader)} what comes of it{'' if same_shown else ', not the memory itself'}.")


def _cut(moment: Moment, functions: list[str], begins: str, reader: str) -> Line:
    """Tell how many units are cut, and that they are silent where 0 stays 0 after it."""
    index = functions.index("relu")
    before = value_name(moment.model.floor.entries[index - 1]) if index else begins
    size, cut = moment.model.hidden_size, int((moment.step[before] < 0).sum())
    silent = not any(_of_shown(name, 0.0) for name in functions[index + 1 :])
    if not cut:
        return line(f"None of the {size} units is cut here: {reader} them all.")
    if cut == size:
        return line(f"All {size} units are cut to 0 here{f' and have {SAY}' if silent else ''}.")
    are, have = ("is", "has") if cut == 1 else ("are", "have")
    return line(f"{cut} of the {size} units {are} cut to 0 here{f' and {have} {SAY}' if silent else ''}.")

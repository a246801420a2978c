"""The claims about two traces: before and after an edit, and side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from rnn_tui.edits import origins
from tests.story.claims import NUMBER, UNIT, WORD, claim, clip, is_share, is_shown, percent, tied

SAYS = r"([^\s,][^,]*? [<>]?\d+%|undecided \([<>]?\d+%\)|no answer)"


def says(text, probs, labels):
    """Tell whether "Negative 81%", "undecided 50%" or "undecided (50%)" is what the output nodes say."""
    name, _, figure = text.rpartition(" ")
    figure = figure.strip("()")
    assert is_share(figure, float(max(probs)))
    return name == ("undecided" if tied(probs) else labels[int(np.argmax(probs))])


@dataclass(frozen=True)
class Changed:
    """A trace with edits, and the one before them."""

    trace: object
    before: object
    edits: tuple
    t: int
    hidden: bool = False

    @property
    def model(self):
        return self.trace.model

    @property
    def each(self):
        return self.model.readout.kind == "each"

    @property
    def now(self):
        return self.trace.values["probs"][self.t if self.each else -1]

    @property
    def then(self):
        if not self.each:
            return self.before.values["probs"][-1]
        was = origins(len(self.before), self.edits)[self.t]
        return None if was is None else self.before.values["probs"][was]

    def called(self, changes):
        """Tell whether the changes are named, each once, and counted."""
        if changes == f"{len(self.edits)} changes":
            return len({edit.told(self.model) for edit in self.edits}) > 2
        counted = Counter(edit.told(self.model) for edit in self.edits)
        times = {1: "", 2: " (twice)"}
        told = [f"{text}{times.get(count, f' ({count} times)')}" for text, count in counted.items()]
        return changes == " and ".join(told)


@claim(rf"With (.+?), the answer turns from {SAYS} to {SAYS}\.")
def _turns(at, changes, before, after):
    assert before.rpartition(" ")[0] != after.rpartition(" ")[0]
    labels = at.model.labels
    return at.called(changes) and says(before, at.then, labels) and says(after, at.now, labels)


@claim(r"With (.+?), ([^,]+) goes (up|down) from (\S+%) to (\S+%)\.")
def _goes(at, changes, name, way, before, after):
    index = at.model.labels.index(name)
    was, now = float(at.then[index]), float(at.now[index])
    assert at.called(changes)
    assert at.then.argmax() == at.now.argmax() == index
    assert not tied(at.then)
    assert not tied(at.now)
    assert percent(was) != percent(now)
    return is_share(before, was) and is_share(after, now) and (now > was) == (way == "up")


@claim(rf"With (.+?), the answer stays {SAYS}\.")
def _stays(at, changes, said):
    labels = at.model.labels
    return at.called(changes) and says(said, at.then, labels) and says(said, at.now, labels)


@claim(r"With (.+?), the answer hardly moves: ([^,]+) (\d+\.\d\d)% → (\d+\.\d\d)%\.")
def _hardly_moves(at, changes, name, before, after):
    index = at.model.labels.index(name)
    was, now = 100 * float(at.then[index]), 100 * float(at.now[index])
    assert percent(was / 100) == percent(now / 100)
    assert before != after
    return at.called(changes) and abs(float(before) - was) <= 0.00501 and abs(float(after) - now) <= 0.00501


@claim(rf"With (.+?), the answer for the new {UNIT} is {SAYS}\.")
def _of_the_new(at, changes, unit, said):
    return at.called(changes) and at.then is None and says(said, at.now, at.model.labels)


@claim(rf"With (.+?), the answer is {SAYS}; before there was none\.")
def _none_before(at, changes, said):
    return at.called(changes) and np.isnan(at.then).any() and says(said, at.now, at.model.labels)


@claim(r"With (.+?), there is no answer: the numbers grow beyond all bounds\.")
def _none_now(at, changes):
    return at.called(changes) and bool(np.isnan(at.now).any())


@claim(r"With (.+?): what will the answer be now\?")
def _what_will_it_be(at, changes):
    return at.hidden and at.called(changes)


# Side by side


@dataclass(frozen=True)
class Pair:
    """A comparison at a column and a stage."""

    comparison: object
    column: int
    stage: int
    hidden: bool = False

    @property
    def traces(self):
        return self.comparison.a, self.comparison.b

    @property
    def told_column(self):
        """The last column whose answers are there."""
        return self.column if self.stage == self.comparison.stages - 1 else self.column - 1

    def word(self, side, column):
        t = self.comparison.columns[column][side]
        return None if t is None else clip(self.traces[side].tokens[t].surface)

    def text(self, side, column):
        t = self.comparison.columns[column][side]
        return None if t is None else self.traces[side].tokens[t].text

    def count(self, side, column):
        """The words that a side has read after a column."""
        return sum(pair[side] is not None for pair in self.comparison.columns[: column + 1])

    def says(self, side, column, label, undecided, nothing):
        """Tell whether one of the three is so: a label, that it is undecided, or that there is no answer."""
        count = self.count(side, column)
        if nothing == "has read nothing yet":
            return count == 0
        probs = self.traces[side].values["probs"][count - 1]
        if nothing:
            return count > 0 and bool(np.isnan(probs).any())
        assert bool(undecided) == tied(probs)
        return count > 0 and says(label or undecided, probs, self.traces[side].model.labels)

    def h(self, side, column):
        count = self.count(side, column)
        h = self.traces[side].values["h"]
        return h[count - 1] if count else np.zeros_like(h[0])

    def apart(self, column):
        """The most that a unit differs after a column."""
        return float(np.abs(self.h(0, column) - self.h(1, column)).max())


def _quotes(at, quoted, column):
    """Tell whether words in quotation marks are those of a column."""
    words = [at.word(side, column) for side in (0, 1)]
    if None in words:
        side = words.index(None)
        return quoted == f"“{words[1 - side]}” (in {'BA'[side]} alone)"
    same = at.text(0, column) == at.text(1, column)
    return quoted == (f"“{words[0]}”" if same else f"“{words[0]}” and “{words[1]}”")


WHEN = r"(?:In the end|After (“.*?))"
SIDE = r"(?:says ((?!undecided)[^,]+? [<>]?\d+%)|is (undecided \([<>]?\d+%\))|(has read nothing yet|has no answer))"


def _when(at, quoted):
    column = at.told_column
    assert (quoted is None) == (column == len(at.comparison) - 1)
    assert quoted is None or _quotes(at, quoted, column)
    return column


@claim(rf"{WHEN}, A {SIDE}, B {SIDE}\.")
def _standing(at, quoted, *said):
    column = _when(at, quoted)
    assert said[:3] != said[3:]
    return at.says(0, column, *said[:3]) and at.says(1, column, *said[3:])


@claim(
    rf"{WHEN}, A and B (?:both say ((?!undecided)[^,]+? [<>]?\d+%)|are both (undecided \([<>]?\d+%\))"
    r"|both (have no answer))\."
)
def _both_say(at, quoted, *said):
    column = _when(at, quoted)
    return at.says(0, column, *said) and at.says(1, column, *said)


@claim(rf"{WHEN}, what do A and B say\?")
def _what_do_they_say(at, quoted):
    return _when(at, quoted) >= 0 and at.hidden


@claim(r"Guess first\.")
def _guess_first(at):
    return at.hidden


@claim(r"Both read (“.*”)\.")
def _both_read(at, quoted):
    return _quotes(at, quoted, at.column) and at.text(0, at.column) == at.text(1, at.column)


READS = rf"(?:A reads {WORD}, B reads {WORD}|([AB]) reads {WORD}, which [AB] doesn't have)"


def _read_apart(at, column, a, b, side, alone):
    if side is None:
        return (a, b) == (at.word(0, column), at.word(1, column)) and at.text(0, column) != at.text(1, column)
    index = "AB".index(side)
    return at.word(index, column) == alone and at.word(1 - index, column) is None


@claim(rf"Here the words differ: {READS}\.")
def _here_they_differ(at, *reads):
    return _read_apart(at, at.column, *reads)


@claim(rf"They part at {UNIT} (\d+): {READS}\.")
def _part_at_words(at, unit, number, *reads):
    column = int(number) - 1
    assert _alike_before(at, column)
    return unit == at.comparison.a.model.tokenizer.unit and _read_apart(at, column, *reads)


@claim(rf"Their {UNIT}s part at {UNIT} (\d+): {READS}\.")
def _words_part(at, units, unit, number, *reads):
    assert at.hidden
    assert units == unit
    return _part_at_words(at, unit, number, *reads)


@claim(rf"Their memories part at {UNIT} (\d+), {WORD}\.")
def _memories_part(at, unit, number, quoted):
    column = int(number) - 1
    assert at.hidden
    assert _alike_before(at, column)
    assert (unit, quoted) == (at.comparison.a.model.tokenizer.unit, at.word(0, column))
    return at.apart(column) > 1e-6


@claim(rf"They read (and remember the same|the same {UNIT}s)\.")
def _nothing_parts_before_the_answers(at, same, unit):
    columns = range(len(at.comparison))
    assert at.hidden
    assert all(at.text(0, k) == at.text(1, k) for k in columns)
    if unit:
        return unit == at.comparison.a.model.tokenizer.unit and not at.comparison.same_units
    return at.comparison.same_units and all(at.apart(k) <= 1e-6 for k in columns)


@claim(r"Do their answers part, and where\?")
def _their_answers_are_asked_for(at):
    return at.hidden


def _alike_before(at, column):
    """Tell whether both read the same words before a column, and so far were alike."""
    for k in range(column):
        assert at.text(0, k) == at.text(1, k)
        if at.comparison.same_units:
            assert at.apart(k) <= 1e-6
    return True


@claim(
    rf"They part at {UNIT} (\d+), {WORD}: "
    r"(there they begin to remember different things|they remember the same, and answer differently)\."
)
def _part_at(at, unit, number, quoted, how):
    column = int(number) - 1
    assert _alike_before(at, column)
    assert unit == at.comparison.a.model.tokenizer.unit
    assert quoted == at.word(0, column)
    if how.startswith("there"):
        return at.apart(column) > 1e-6
    probs = [trace.values["probs"][at.count(side, column) - 1] for side, trace in enumerate(at.traces)]
    return at.apart(column) <= 1e-6 and float(np.abs(probs[0] - probs[1]).max()) > 0.005


@claim(rf"They part at {UNIT} (\d+), {WORD}: (?:there A {SIDE}, B {SIDE}|their answers are not the same)\.")
def _answers_part(at, unit, number, quoted, *said):
    column = int(number) - 1
    leading = [
        [int(trace.values["probs"][at.count(side, k) - 1].argmax()) for k in range(column + 1)]
        for side, trace in enumerate(at.traces)
    ]
    assert leading[0][:-1] == leading[1][:-1]
    assert leading[0][-1] != leading[1][-1]
    assert quoted == at.word(0, column)
    if not any(said):
        return True
    return not at.hidden and at.says(0, column, *said[:3]) and at.says(1, column, *said[3:])


@claim(r"They never part: the same words, (?:the same (numbers)|and the same label is ahead each time)\.")
def _never_part(at, what):
    a, b = at.traces
    assert [token.text for token in a.tokens] == [token.text for token in b.tokens]
    if what:
        return np.allclose(a.values["h"], b.values["h"], atol=1e-6)
    assert a.model.labels == b.model.labels
    return np.array_equal(a.values["probs"].argmax(axis=1), b.values["probs"].argmax(axis=1))


@claim(r"They read the same words, and have other labels: their answers can't be compared\.")
def _other_labels(at):
    return at.comparison.same_words and at.traces[0].model.labels != at.traces[1].model.labels


@claim(rf"They differ most in (.+?): {NUMBER} in A, {NUMBER} in B\.")
def _differ_most(at, name, in_a, in_b):
    model, column = at.traces[0].model, at.told_column
    names = [clip(known) for known in model.unit_names or [f"unit {k + 1}" for k in range(model.hidden_size)]]
    a, b = at.h(0, column), at.h(1, column)
    unit = names.index(name)
    assert is_shown(in_a, float(a[unit]))
    assert is_shown(in_b, float(b[unit]))
    return in_a != in_b and abs(a - b).max() == abs(a - b)[unit]

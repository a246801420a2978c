"""The words of a worksheet: the operations in plain words with the formula, what is given, and the table of a curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rnn_tui.export.worksheet.blanks import DIRECTION
from rnn_tui.export.worksheet.check import outputs_by_hand
from rnn_tui.export.worksheet.columns import CARRIED, GIVEN, INPUT, MADE, MEMORY, Column, words_of, written
from rnn_tui.export.worksheet.hand import TABLE_END, TABLE_STEP, Excerpt, Slot
from rnn_tui.export.worksheet.sheet import Cell, Head, Levels, Operation, Table
from rnn_tui.export.worksheet.walking import SAME, has_others
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.expressions import Applied, symbols
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import Number, YesNo
from rnn_tui.network.phases import CHECK, Phase
from rnn_tui.rounding import as_shown
from rnn_tui.text import LONGEST_WORD, clipped, joined, number, quantity, unsigned

ALONG = "along the unit's row: each weight times that number"
COLUMNS = 10
"""The numbers in a row of the table of a curve."""


def operations(excerpts: Sequence[Excerpt], curve: Table | None) -> tuple[Operation, ...]:
    """The operations at each word, in order, in the words of the columns' heads; those that lanes share once."""
    shared: dict[tuple[Operation, ...], list[str]] = {}
    for excerpt in excerpts:
        shared.setdefault(_operations(excerpt, curve), []).append(excerpt.lane)
    made = [
        replace(one, phase=f"{one.phase}, {joined(lanes, 'and')}") if len(excerpts) > 1 else one
        for own, lanes in shared.items()
        for one in own
    ]
    top = excerpts[-1]
    notation = "logits = fc.weight·h + fc.bias" if outputs_by_hand(top) else ""
    return (*made, Operation(CHECK.heading, "the answer", _answering(top), notation))


def _operations(excerpt: Excerpt, curve: Table | None) -> tuple[Operation, ...]:
    """Those of a lane."""
    columns = (column for column in excerpt.columns if column.kind not in (CARRIED, GIVEN))
    return tuple(
        Operation(column.phase, column.words, _words(excerpt, column, curve), _notation(column)) for column in columns
    )


def _words(excerpt: Excerpt, column: Column, curve: Table | None) -> str:
    """The computation of a column, in plain words."""
    if column.kind == MADE:
        return _formula(excerpt, column, curve)
    return _products(excerpt, column)


def _products(excerpt: Excerpt, column: Column) -> str:
    """The computation of a sum of products."""
    token, kind = excerpt.trace.model.tokenizer.unit, excerpt.trace.model.embedding.kind
    bias = ", plus the bias" if any(excerpt.bias(unit, column) for unit in excerpt.units) else ""
    if column.kind == MEMORY:
        others = "" if excerpt.whole else ", plus what the other units give"
        return f"along the unit's row: each weight times that unit's memory before; add them up{bias}{others}"
    below = excerpt.trace.model.floor.layer
    if not excerpt.reads_few:
        numbers = f"what layer {below} hands up" if below else f"the {token}'s numbers"
        return f"multiply {numbers} by the weights: given"
    if below:
        what = f"layer {below}'s memory after" if excerpt.taken else f"what layer {below} hands up"
        return f"{ALONG} of {what}; add them up{bias}"
    if kind == "one-hot":
        return f"look up the {token} in the first table{bias}"
    if kind == "number":
        return f"the scaled {token} times the unit's weight{bias}"
    return f"{ALONG} of the {token}; add them up{bias}"


def _answering(excerpt: Excerpt) -> str:
    if outputs_by_hand(excerpt):
        bias = ", plus the bias" if any(as_shown(float(bias)) for bias in excerpt.trace.model.fc.bias) else ""
        which = _whose_output(excerpt.trace.model)
        return f"{which}along its row, each weight times that unit's memory after, added up{bias}"
    return _answered(excerpt.trace.model)


def _whose_output(model: Model) -> str:
    if model.output.is_number:
        return f"{_answered(model)}; the output: "
    return f"{_answered(model)}: " if isinstance(model.output, YesNo) else "the largest output: "


def _answered(model: Model) -> str:
    """Say what makes the answer of the output nodes."""
    if isinstance(model.output, Number):
        if len(model.labels) > 1:
            return "the numbers that follow from the output nodes"
        return f"the output × {quantity(model.output.std[0])}, plus {quantity(model.output.mean[0])}"
    if isinstance(model.output, YesNo):
        no, yes = (clipped(label, LONGEST_WORD) for label in model.labels)
        return f"{yes} where the output is above 0, else {no}"
    return "the output node that has the largest number"


def _formula(excerpt: Excerpt, column: Column, curve: Table | None) -> str:
    """The expression of a column in the words of the heads."""
    expression = column.expression
    assert expression is not None
    words = words_of([other for other in excerpt.columns if other is not column])
    if isinstance(expression, Applied):
        return _squash(expression.function, written(expression.of, words), curve)
    return written(expression, words)


def _squash(function: str, of: str, curve: Table | None) -> str:
    if function == "identity":
        return f"the same as {of}"
    if function == "relu":
        return f"{of}; what is below 0 becomes 0"
    shown = FUNCTIONS[function].shown.format("z")
    return f"{of}, squashed: {f'look it up in the table of {shown}' if curve else shown}"


def _notation(column: Column) -> str:
    if column.kind in (INPUT, MEMORY):
        suffix = f"_{column.gate.letter}" if column.gate else ""
        of = "x" if column.kind == INPUT else "h_prev"
        return f"{column.key} = weight_{column.name}{suffix}·{of} + bias_{column.name}{suffix}"
    assert column.expression is not None
    right = symbols(column.expression)
    return f"{column.name} = {right}" if column.name else right


def notes(excerpts: Sequence[Excerpt], levels: Levels) -> tuple[str, ...]:
    """All that a student has to know beside the tables, a sentence each; what holds of several lanes once."""
    model, several = excerpts[0].trace.model, len(excerpts) > 1
    first = _first_done(excerpts) if len(excerpts[0].trace) > 1 else ""
    said = [f"{first}Before it, every memory is 0.00. Numbers are rounded to two decimals: write yours with two."]
    if DIRECTION in levels:
        before = f"the {model.tokenizer.unit} before" + (" in its lane" if several else "")
        said.append(f"Up, down or same: a unit's memory after, against {before}; below {SAME:.2f} it is the same.")
    if several and not all(excerpt.whole for excerpt in excerpts):
        said.append("Of each lane the units are shown that count most. What the others give is printed.")
    for excerpt in excerpts:
        said += _notes(excerpt, several=several)
    return (*dict.fromkeys(said), *_outputs_given(excerpts[-1]))


def _first_done(excerpts: Sequence[Excerpt]) -> str:
    """Say that the word that is read first is done; a lane that reads backward begins at the last."""
    token, one = excerpts[0].trace.model.tokenizer.unit, excerpts[0]
    if len(excerpts) == 1:
        end = f"last {token}, with which this lane begins," if one.trace.model.floor.backward else f"first {token}"
        return f"The {end} is done for you. "
    two_way = any(excerpt.trace.model.floor.backward for excerpt in excerpts)
    end = "; a lane that reads backward begins with the last" if two_way else ""
    return f"The {token} that a lane reads first is done for you{end}. "


def _notes(excerpt: Excerpt, *, several: bool) -> Iterator[str]:
    """What holds of a lane; `several` says that others stand beside it."""
    model = excerpt.trace.model
    token = model.tokenizer.unit
    if excerpt.taken:
        lane, column = excerpt.lane[:1].upper() + excerpt.lane[1:], excerpt.column("h").words
        below = model.layers[(model.floor.layer or 1) - 1]
        layer = f"layer {model.floor.layer}"
        whose = f"both lanes of {layer} have" if below.bidirectional else f"{layer} has"
        comma = "," if "," in lane else ""
        yield f"{lane}{comma} reads at each {token} what {whose} in the column “{column}”."
    elif model.floor.layer and not several:
        yield f"What layer {model.floor.layer} hands up to this lane is given."
    held = [
        (t + 1, one) for t in range(len(excerpt.trace)) for one in excerpt.trace.held(t) if one.unit in excerpt.units
    ]
    for t, one in held:
        unit = clipped(model.unit_name(one.unit), LONGEST_WORD)
        unit += f" ({excerpt.lane})" if excerpt.lane else ""
        yield f"At {token} {t} the {one.name} of {unit} is held at {number(one.value)}, whatever comes out."
    if not excerpt.whole and not several:
        yield _left_out(excerpt)
    if not excerpt.reads_few and any(column.kind == INPUT for column in excerpt.columns):
        what = f"Layer {model.floor.layer} hands up" if model.floor.layer else f"For this network a {token} is"
        brings = f"layer {model.floor.layer}" if model.floor.layer else f"the {token}"
        yield (
            f"{what} {model.input_size} numbers. Multiplying all of them takes too long here, "
            f"so what {brings} brings is given."
        )
    given = [column.words for column in excerpt.columns if column.kind == GIVEN]
    if given:
        yield f"Given, since each takes two long sums: {joined(given, 'and')}. A gate is shut at 0 and open at 1."


def _outputs_given(excerpt: Excerpt) -> Iterator[str]:
    if not outputs_by_hand(excerpt):
        yield f"The numbers of the output nodes are given{_why_given(excerpt)}."


def _left_out(excerpt: Excerpt) -> str:
    size, shown = excerpt.trace.model.hidden_size, len(excerpt.units)
    those = "this one counts" if shown == 1 else f"these {shown} count"
    whose, most = ("This lane", "most") if excerpt.lane else ("The network", "most for the answer")
    said = f"{whose} has {size} units; {those} {most}."
    asked = any(has_others(excerpt, column.kind) for column in excerpt.columns)
    return f"{said} What the other {size - shown} give is printed." if asked else said


def _why_given(excerpt: Excerpt) -> str:
    """The reason why no hand computes an output node."""
    model = excerpt.trace.model
    if model.layers[-1].bidirectional:
        return ": before them both lanes of the top layer meet"
    if not model.floor.answers and model.floor.layer != len(model.layers) - 1:
        return ": they read the top layer"
    if model.readout.phases:
        return f": before them comes another step ({model.readout.phases[-1].words_for(model.tokenizer.unit)})"
    if model.head:
        return f": before them comes another step ({_head_phase(model).words_for(model.tokenizer.unit)})"
    return f": they read all {model.hidden_size} units" if not excerpt.whole else ""


def _head_phase(model: Model) -> Phase:
    """The last operation before Check."""
    phases = [phase for floor in model.floors for phase in floor.phases]
    return phases[-2]


def curve_table(lanes: Sequence[tuple[Excerpt, Mapping[Slot, int]]]) -> Table | None:
    """The table of the curve with which a blank of one of the lanes is squashed; None where none is."""
    functions = [
        column.function
        for excerpt, asked in lanes
        for column in excerpt.columns
        if column.function and column.key in {key for _, _, key in asked}
    ]
    curved = [function for function in functions if FUNCTIONS[function].bounds]
    return _curve(curved[0]) if curved else None


def _curve(function: str) -> Table:
    """The function from 0 to 3, a row for ten steps."""
    curve, shown = FUNCTIONS[function], FUNCTIONS[function].shown.format("z")
    count = round(TABLE_END / TABLE_STEP)
    heads = (Head("z"), *(Head(f"+{column * TABLE_STEP:.2f}") for column in range(COLUMNS)))
    rows = []
    for start in range(0, count, COLUMNS):
        numbers = [curve.at((start + column) * TABLE_STEP) for column in range(COLUMNS)]
        rows.append((Cell(f"{start * TABLE_STEP:.2f}", heading=True), *(Cell(unsigned(value)) for value in numbers)))
    below = "take the minus away, look it up, and put the minus back"
    if function == "sigmoid":
        below = "take the minus away, look it up, and take the result from 1"
    note = f"Below 0: {below}. From {unsigned(TABLE_END)} on it is {unsigned(curve.at(TABLE_END))}."
    return Table(f"The squash, {shown}", heads, (tuple(rows),), note)

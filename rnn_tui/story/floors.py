"""The floors of a network in words: which one this is, what comes up to it, and where two lanes meet."""

from __future__ import annotations

from rnn_tui.network.floors import Floor
from rnn_tui.network.model import Model
from rnn_tui.network.naming import layer_symbol
from rnn_tui.rounding import as_shown
from rnn_tui.story.left import left_of
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, line, result, signed, strong, word

POOLED = {"mean": "is averaged next", "max": "is compared next", "attention": "is looked back at next"}
"""The end of a sentence about what stands side by side at every word, by the readout that takes all of it."""


def floor_name(model: Model, floor: Floor) -> str:
    """The floor in few words: "layer 2 of 3, backward lane", "both lanes", "hidden layer"."""
    if floor.layer is None:
        hidden = [one.index for one in model.floors if one.layer is None and one.names[0] == "head"]
        if floor.index not in hidden:
            return "both lanes" if floor.names[0] == "meet" else "the answer"
        return "hidden layer" + (f" {hidden.index(floor.index) + 1} of {len(hidden)}" if len(hidden) > 1 else "")
    layers = len(model.layers)
    lane = f"{floor.direction} lane" if model.layers[floor.layer].bidirectional else ""
    layer = f"layer {floor.layer + 1} of {layers}" if layers > 1 else "" if lane else "memory"
    return ", ".join(filter(None, (layer, lane)))


def lane_end(model: Model, floor: Floor) -> str:
    """Say from where a lane of a layer with two of them reads: "from the last word"; "" elsewhere."""
    if floor.layer is None or not model.layers[floor.layer].bidirectional:
        return ""
    return f"from the {'last' if floor.backward else 'first'} {model.tokenizer.unit}"


def floor_symbol(model: Model, floor: Floor) -> str:
    """The hidden state of a floor in notation: "←h⁽²⁾"; "h" above all layers."""
    return "h" if floor.layer is None else layer_symbol(model, floor.layer, backward=floor.backward)


def building(model: Model) -> Line:
    """Tell how many layers and lanes a network has, in one line for somebody who sees the first word."""
    unit, layers = model.tokenizer.unit, len(model.layers)
    two_way = f"→ reads from the first {unit} to the last, ← from the last to the first"
    waits = "; the answer waits until both have read" if not model.answers_each else ""
    if layers == 1 and model.two_way:
        return line(f"It has two lanes: {two_way}{waits}.")
    if model.two_way:
        every = "each with two lanes" if all(layer.bidirectional for layer in model.layers) else "some with two lanes"
        return line(f"It has {layers} layers, {every}: {two_way}{waits}.")
    if layers > 1:
        return line(f"It has {layers} layers: each takes what the one below hands up, at every {unit}.")
    return line("Before the outputs comes a hidden layer, which reads the memory." if model.head else "")


def arriving(model: Model, floor: Floor) -> str:
    """Announce a floor that the walk comes to, as a sentence: "Now layer 2: it takes what layer 1 hands up."."""
    name, unit = floor_name(model, floor), model.tokenizer.unit
    if floor.layer is None:
        if floor.names[0] == "meet":
            return "Now both lanes meet."
        below = "the units below" if floor.names[0] == "head" else "them"
        return f"Now {'the ' if name == 'hidden layer' else ''}{name}: it reads {below}."
    end = f"from the {'last' if floor.backward else 'first'} {unit} to the {'first' if floor.backward else 'last'}"
    reads = f" reads {end}" if model.layers[floor.layer].bidirectional else ""
    takes = f" takes what layer {floor.layer} hands up" if floor.layer else ""
    return f"Now {name}: it{' and'.join(filter(None, (reads, takes))) or ' reads the ' + unit}."


def taken_up(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what the layer below hands up, and what this lane has kept; at its first word, that it begins."""
    model, below = moment.model, moment.below
    layer = model.layers[(model.floor.layer or 1) - 1]
    size, own = model.input_size, layer.hidden_size
    count = f"{size} numbers" if size > 1 else "one number"
    if layer.bidirectional:
        count += f", {own} of each lane" if layer.merge == "concat" else ", both lanes added up"
    first = line(strong("Take up."), f" What {below} handed up at ", moment.word, f": {count}.")
    return (first, _begins(moment) if moment.first else left_of(moment))


def _begins(moment: Moment) -> Line:
    """Tell how a lane of an upper layer begins."""
    model, floor = moment.model, moment.model.floor
    own = f"Layer {(floor.layer or 0) + 1} does the same with weights of its own"
    if not moment.in_two_lanes:
        return line(f"{own}; it remembers nothing yet.")
    begins, ends = ("last", "first") if floor.backward else ("first", "last")
    return line(f"{own}: this lane reads from the {begins} {model.tokenizer.unit} to the {ends}.")


def turned(moment: Moment) -> Line:
    """Tell that a second lane begins at the last word."""
    waits = "; the answer waits until both have read" if not moment.model.answers_each else ""
    last, first = f"last {moment.kind}", "first"
    return line(f"The second lane reads from the {last} to the {first}, with weights of its own{waits}.")


def meet(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what both lanes come to, and who takes it."""
    model, top = moment.model, moment.trace.layers[-1]
    title, ends = strong("Meet."), model.readout.kind == "last"
    tokens, t = moment.trace.tokens, moment.t
    if ends:
        where: tuple[Span | str, ...] = (
            " → has read up to ",
            word(tokens[-1].surface),
            ", ← back to ",
            word(tokens[0].surface),
            ". ",
        )
    else:
        where = (" At ", moment.word, " → has read up to it, ← from the end back to it. ")
    assert top.backward is not None
    value = signed(moment.value("h"))
    if top.layer.merge == "concat":
        size = model.hidden_size
        both = f"Side by side they are {size} numbers; {moment.name} is "
        return (line(title, *where, both, value, "."), _takes(moment))
    lanes = (top.forward.values["h"][t], top.backward.values["h"][0 if ends else t])
    ahead, back = (float(lane[moment.unit]) for lane in lanes)
    total = result(moment.value("h"), as_shown(ahead) + as_shown(back))
    added = (f"Added up, {moment.name} is ", signed(ahead), " of → and ", signed(back), " of ←: ", total, ".")
    return (line(title, *where, *added), _takes(moment))


def _takes(moment: Moment) -> Line:
    """Tell what is done next with what both lanes are together."""
    model = moment.model
    if model.readout.kind in POOLED:
        return line(f"So it is at every {moment.kind}, and all of it {POOLED[model.readout.kind]}.")
    if model.head:
        return line(f"That goes on to {moment.head_called}.")
    return line(Span("That is what the output nodes read: what lies before, and what comes after."))

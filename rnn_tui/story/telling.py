"""Tell a moment of a trace: what happens to the picked unit, and what it means."""

from __future__ import annotations

from functools import lru_cache

from rnn_tui.network.cells.phases import ProductsTable
from rnn_tui.network.model import Model
from rnn_tui.network.phases import ATTEND, CHECK, READ, Phase
from rnn_tui.network.tokens import NumberTokenizer, Token, Vocabulary
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.arithmetic import unknown_as
from rnn_tui.story.attending import attend
from rnn_tui.story.cells import story_of
from rnn_tui.story.check import check
from rnn_tui.story.moments import SILENT, Moment
from rnn_tui.story.notation import notation
from rnn_tui.story.spans import Line, Span, line, signed, strong, word
from rnn_tui.text import LONGEST_WORD, clipped, number, unsigned


def tell(trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines that explain a scene, usually two: what happens to the picked unit, and what it means.

    With `scene.notation` one more follows, the equation with this unit's numbers.
    """
    scene = scene.fitted(trace)
    phase = trace.model.phases[scene.position.phase]
    moment = Moment(trace.model, trace, trace[scene.position.t], scene.unit_in(trace))
    by_readout = _BY_READOUT.get(phase.name)
    lines = _told(moment, phase) if by_readout is None else by_readout(moment, hidden=scene.hidden)
    if scene.notation:
        lines += (line(Span(notation(moment, phase, hidden=scene.hidden), "muted")),)
    return tuple(told for told in lines if told)


def _told(moment: Moment, phase: Phase) -> tuple[Line, ...]:
    """A phase before the readout's: what all networks do is told here, the rest by the cell's own story."""
    if phase.name == READ.name:
        return _read(moment)
    if isinstance(phase.table, ProductsTable):
        return _multiply(moment)
    return story_of(moment.cell).phases[phase.name](moment)


_BY_READOUT = {ATTEND.name: attend, CHECK.name: check}
"""The phases of the readout, which lead to the answer; they are told without it while it is hidden."""


def outline(trace: Trace) -> Line:
    """Tell what will happen, in one line for somebody who has never seen it."""
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
        " the outputs. Press → to begin.",
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


@lru_cache(maxsize=256)
def _nearest(vocabulary: Vocabulary, text: str) -> tuple[str, ...]:
    """A search through the vocabulary costs more than drawing a screen, so a word is looked for once."""
    return tuple(vocabulary.nearest(text))


def _read(moment: Moment) -> tuple[Line, ...]:
    unknown = unknown_line(moment.model, moment.token)
    if moment.t == 0:
        return (outline(moment.trace), unknown or _how_it_is_read(moment))
    if unknown:
        return (line(strong("Read "), moment.word, strong("."), " ", *_input(moment)), unknown)
    if moment.t == 1:
        same = f"The same steps and the same weights as for the {moment.kind} before; only the {moment.kind} is new."
        return (_how_it_is_read(moment), line(same))
    size = moment.model.hidden_size
    holds = f"{size} numbers, one for each hidden unit" if size > 1 else "the number of its one hidden unit"
    return (_how_it_is_read(moment), line("Of ", moment.before, f" nothing is left but the memory: {holds}."))


def _how_it_is_read(moment: Moment) -> Line:
    return line(strong("Read "), moment.word, strong("."), " ", *_input(moment))


def _input(moment: Moment) -> Line:
    """Tell how the token became x."""
    model, row = moment.model, moment.token.index
    if isinstance(model.tokenizer, NumberTokenizer):
        x = float(moment.step.x[0])
        scaled = f", after taking away {number(model.tokenizer.mean)} and dividing by {unsigned(model.tokenizer.scale)}"
        plain_number = (model.tokenizer.mean, model.tokenizer.scale) == (0, 1)
        return line("The network reads ", signed(x), "" if plain_number else scaled, ".")
    if row is None:
        return line("All numbers of x are 0.")
    count = len(model.vocabulary)
    stands = "It" if not moment.token.unknown else clipped(model.vocabulary.words[row], LONGEST_WORD)
    if model.embedding.kind == "one-hot":
        return line(f"{stands} is {moment.kind} {row + 1} of {count}, so x is all 0, but for a 1 at place {row + 1}.")
    learned = f"the network has learned {model.input_size} numbers that stand for it"
    return line(f"{stands} is {moment.kind} {row + 1} of {count}; {learned}.")


def _multiply(moment: Moment) -> tuple[Line, ...]:
    title = strong(f"1 Multiply the {moment.kind} by the weights.")
    if moment.cell.gates:
        return (line(strong("1 Multiply by the weights."), " ", *_brings(moment)), _why_these(moment))
    from_word = moment.value("ih")
    nothing = "nothing, " if abs(from_word) < SILENT else ""
    first = line(title, " ", moment.word, f" brings {moment.name} {nothing}", signed(from_word), ".")
    return (first, line(*_why_these(moment), " ", *moment.strongest()))


def _brings(moment: Moment) -> Line:
    """Tell what the input brings to each gate of the unit."""
    pieces: list[Span | str] = []
    for gate in moment.cell.gates:
        pieces += [", " if pieces else " ", f"{gate.title} ", signed(moment.value("ih", gate.letter))]
    return line(moment.word, f" brings {moment.name}:", *pieces, ".")


def _why_these(moment: Moment) -> Line:
    """Tell where the numbers of Multiply come from."""
    row, size = moment.token.index, moment.model.input_size
    if moment.model.embedding.kind == "number":
        return line("The one number is multiplied by one weight for each unit.")
    if row is None:
        return line("x is all 0, so only the bias is left.")
    if moment.model.embedding.kind == "one-hot":
        return line(f"Its 1 picks column {row + 1} of the weights; all else is times 0.")
    bias = " with the bias" if moment.cell.bias_ih.any() else ""
    return line(f"Each of its {size} numbers times a weight, all added up{bias}.")

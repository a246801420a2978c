"""A model and a trace as short HTML tables, which a notebook shows in place of their text forms.

All text is escaped, and every number that a bar draws stands beside it: where a reader takes styles away, nothing is
lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain
from pathlib import Path

from rnn_tui.learning.figures import figure_in_words
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Model
from rnn_tui.network.storage.metadata import checked
from rnn_tui.network.storage.model_file import to_json
from rnn_tui.network.trace import Trace
from rnn_tui.story.describe import answering
from rnn_tui.text import clipped, number, printable, quoted

MOST_WORDS, MOST_UNITS, MOST_LABELS = 24, 16, 12
LONGEST = 80
POSITIVE, NEGATIVE = "#d9742b", "#3d82d6"
"""The colours of the two signs, each of which is seen on white and on black."""
_LEFT = ' style="text-align:left"'
_BAR = '<div style="width:{width:.0f}%;margin-left:{left:.0f}%;height:.7em;background:{colour}"></div>'


def model_form(model: Model) -> str:
    """A table of a model: its layers, sizes, labels, and how good it is, where that is known."""
    title = model.title if model.title and model.title != model.name else ""
    facts = {
        "layers": " · ".join((model.architecture, *answering(model))),
        "reads": _reads(model),
        "hidden units": " + ".join(map(_units_of, model.layers)),
        "answers": _listed(model.labels, MOST_LABELS),
        "figure": _figure(model),
        "summary": model.summary,
    }
    rows = (f"<tr><th{_LEFT}>{name}</th><td{_LEFT}>{_text(fact)}</td></tr>" for name, fact in facts.items() if fact)
    return _table([f"Model {model.called}", title], rows)


def trace_form(trace: Trace) -> str:
    """A table of a trace: every word with the answer after it, and the last hidden state of the top layer as bars."""
    model, unit = trace.model, trace.model.tokenizer.unit
    heads = "".join(f"<th{_LEFT}>{_text(head)}</th>" for head in ("", unit, "answer after it"))
    words = _table([f"Trace of {model.called}", trace.text], chain([f"<tr>{heads}</tr>"], _words(trace)))
    return words + "".join(_table([title], _units(trace, h)) for title, h in _last_states(trace))


def _reads(model: Model) -> str:
    """The inputs of a model: how many words it knows, or how many numbers there are at a timestep."""
    unit, size = model.tokenizer.unit, len(model.vocabulary)
    known = f"{size} {unit}s" if size else f"{unit}s"
    return f"{known}, each as {model.layers[0].input_size} number{'s' if model.layers[0].input_size != 1 else ''}"


def _units_of(layer: Layer) -> str:
    """The hidden units of a layer: "16", "16 each way"."""
    return f"{layer.hidden_size} each way" if layer.bidirectional else f"{layer.hidden_size}"


def _figure(model: Model) -> str:
    """How good a model is, in words; nothing where that isn't known."""
    try:
        return figure_in_words(checked(to_json(model), Path(model.name)), rules=False)
    except UserError:  # it was made by hand, as no file could hold it
        return ""


def _words(trace: Trace) -> Iterator[str]:
    """A row for each word; of many the first and the last ones."""
    count, half = len(trace), MOST_WORDS // 2
    shown = range(count) if count <= MOST_WORDS else [*range(half), *range(count - half, count)]
    for t in shown:
        if count > MOST_WORDS and t == count - half:
            yield f"<tr><td></td><td{_LEFT}>… {count - MOST_WORDS} more</td><td></td></tr>"
        token = trace.tokens[t]
        unknown = " <i>(unknown)</i>" if token.unknown else ""
        answer = trace.answers[t].in_short() if t >= trace.answered_from else ""
        word = f"<td{_LEFT}>{_text(token.surface)}{unknown}</td>"
        yield f"<tr><td>{t + 1}</td>{word}<td{_LEFT}>{_text(answer)}</td></tr>"


def _last_states(trace: Trace) -> Iterator[tuple[str, Array]]:
    """The last hidden state (hidden_size,) of each lane of the top layer, under its title."""
    layer, several = trace.layers[-1], len(trace.layers) > 1
    of = f" of layer {len(trace.layers)}" if several else ""
    yield f"h{of} after {quoted(trace.tokens[-1].surface)}", layer.forward.values["h"][-1]
    if layer.backward is not None:
        yield f"h{of}, read backward, after {quoted(trace.tokens[0].surface)}", layer.backward.values["h"][0]


def _units(trace: Trace, h: Array) -> Iterator[str]:
    """A row for each unit of a hidden state: its name, a bar to the side of its sign, and its number."""
    single = len(trace.layers) == 1 and trace.layers[0].backward is None
    ground = trace.model.on(0)
    scale = max([1.0, *(abs(float(value)) for value in h if abs(float(value)) < float("inf"))])
    for unit, value in enumerate(h[:MOST_UNITS]):
        name = ground.unit_name(unit) if single else f"unit {unit + 1}"
        drawn = f'<td style="width:9em;min-width:9em">{_bar(float(value) / scale)}</td>'
        yield f"<tr><th{_LEFT}>{_text(name)}</th>{drawn}<td>{number(value)}</td></tr>"
    if len(h) > MOST_UNITS:
        yield f"<tr><td{_LEFT}>… ({len(h)} in all)</td><td></td><td></td></tr>"


def _bar(share: float) -> str:
    """A bar from the middle: to the right for a positive share of the scale, to the left for a negative one."""
    if not abs(share) <= 1:  # the numbers grow beyond all bounds
        return ""
    width = 50 * abs(share)
    left, colour = (50, POSITIVE) if share >= 0 else (50 - width, NEGATIVE)
    return _BAR.format(width=width, left=left, colour=colour)


def _table(caption: Sequence[str], rows: Iterable[str]) -> str:
    name, *rest = filter(None, caption)
    more = f" · {_text(rest[0])}" if rest else ""
    head = f'<caption style="text-align:left;caption-side:top"><b>{_text(name)}</b>{more}</caption>'
    return f"<table class='tex2jax_ignore mathjax_ignore'>{head}<tbody>{''.join(rows)}</tbody></table>"


def _listed(names: Sequence[str], most: int) -> str:
    """The first of some names, and how many there are where these are not all."""
    shown = ", ".join(clipped(name, LONGEST) for name in names[:most])
    return f"{shown}, … ({len(names)} in all)" if len(names) > most else shown


def _text(text: str) -> str:
    return escape(clipped(printable(text), 4 * LONGEST))

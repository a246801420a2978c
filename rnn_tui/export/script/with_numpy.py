"""A trace as a script of plain NumPy, which holds what this network needs and no more."""

from __future__ import annotations

from rnn_tui.export.script.reading import opening, read_tokens
from rnn_tui.network.cells import Cell
from rnn_tui.network.errors import UserError
from rnn_tui.network.heads import value_name
from rnn_tui.network.outputs import Number
from rnn_tui.network.trace import Trace

SIGMOID = ["def sigmoid(v):", "    return (1 + np.tanh(v / 2)) / 2"]
SOFTMAX = [
    "def softmax(v):",
    "    powers = np.exp(v - v.max(axis=-1, keepdims=True))",
    "    return powers / powers.sum(axis=-1, keepdims=True)",
]
SQUASHED = {"tanh": "np.tanh({})", "relu": "np.maximum({}, 0)", "identity": "{}", "sigmoid": "sigmoid({})"}
STEPS = {
    "elman": [("h", "weight_ih @ x[t] + bias_ih + weight_hh @ h + bias_hh")],
    "gru": [
        ("ih_r, ih_z, ih_n", "np.split(weight_ih @ x[t] + bias_ih, 3)"),
        ("hh_r, hh_z, hh_n", "np.split(weight_hh @ h + bias_hh, 3)"),
        ("r", "sigmoid(ih_r + hh_r)"),
        ("z", "sigmoid(ih_z + hh_z)"),
        ("n", "np.tanh(ih_n + r * hh_n)"),
        ("h", "(1 - z) * n + z * h"),
    ],
    "lstm": [
        ("sum_i, sum_f, sum_g, sum_o", "np.split(weight_ih @ x[t] + bias_ih + weight_hh @ h + bias_hh, 4)"),
        ("i", "sigmoid(sum_i)"),
        ("f", "sigmoid(sum_f)"),
        ("g", "np.tanh(sum_g)"),
        ("o", "sigmoid(sum_o)"),
        ("c", "f * c + i * g"),
        ("h", "o * np.tanh(c)"),
    ],
}
"""A step of each cell: what is computed, and of what."""
SHOW = [
    "def show(name, array, first=0):",
    "    for t, row in enumerate(array, first):",
    '        print(t, name, *(f"{number:.8g}" for number in row))',
]


def source(trace: Trace, weights: str) -> str:
    """The script, of at most 60 lines for every shipped model; `weights` is the name of the file beside it.

    Raises UserError for a cell that isn't one of the package's.
    """
    model = trace.model
    cells = {(cell.kind, cell.activation): cell for layer in model.layers for cell in layer.cells}
    for kind, _ in cells:
        if kind not in STEPS:
            raise UserError(f"there is no script for the cell {kind}; export it as .json")
    held = _held(trace)
    parts = [
        [
            *opening(trace, "plain NumPy"),
            "from pathlib import Path",
            "import numpy as np",
            f"weights = np.load(Path(__file__).with_name({weights!r}))",
        ],
        [*read_tokens(trace), *([f"held = {held}  # by word, lane and value: unit, number"] if held else [])],
    ]
    body = [line for cell in cells.values() for line in _lane(cell, {name for _, _, name in held}, many=len(cells) > 1)]
    body += [*SHOW, *_layers(trace, many=len(cells) > 1), *above(trace)]
    code = "\n".join(body)
    parts += [lines for lines, name in ((SIGMOID, "sigmoid("), (SOFTMAX, "softmax(")) if name in code]
    return "\n".join([*(line for part in parts for line in part), *body]) + "\n"


def _held(trace: Trace) -> dict[tuple[int, str, str], list[tuple[int, float]]]:
    """The numbers that are held, by word, lane and the name of the value."""
    held: dict[tuple[int, str, str], dict[int, float]] = {}
    for t, token in enumerate(trace.tokens):
        for one in token.held:
            lane = f"l{one.layer}" + ("_reverse" if one.backward else "")
            held.setdefault((t, lane, one.name), {})[one.unit] = one.value
    return {key: list(units.items()) for key, units in held.items()}


def _named(cell: Cell, *, many: bool) -> str:
    """The name of the function of a cell."""
    return f"{cell.kind}_{cell.activation}" if many and cell.activation else cell.kind


def _lane(cell: Cell, held: set[str], *, many: bool) -> list[str]:
    """The function that runs a cell over the words."""
    lines = [
        f"def {_named(cell, many=many)}(x, lane, order):",
        '    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")',
        '    weight_ih, weight_hh, bias_ih, bias_hh = (weights[f"rnn.{name}_{lane}"] for name in names)',
        f"    {' = '.join(cell.state_names)} = np.zeros(weight_hh.shape[1], np.float32)",
        "    states = np.zeros((len(x), len(h)), np.float32)",
        "    for t in order:",
    ]
    for name, computed in STEPS[cell.kind]:
        written = SQUASHED[cell.activation].format(computed) if cell.activation else computed
        lines.append(f"        {name} = {written}")
        if name in held:
            lines.append(f'        for unit, number in held.get((t, lane, "{name}"), []):')
            lines.append(f"            {name}[unit] = number")
    return [*lines, "        states[t] = h", "    return states"]


def _layers(trace: Trace, *, many: bool) -> list[str]:
    """The lines that run the stack, the lowest layer first, and show the memory of each lane."""
    model, lines = trace.model, ["forward = range(len(tokens))"]
    for index, layer in enumerate(model.layers):
        name, read = _named(layer.forward, many=many), "x" if index == 0 else "h"
        if layer.backward is None:
            lines += [f'h = {name}({read}, "l{index}", forward)', f'show("h_l{index}", h)']
            continue
        lines += [
            f'ahead = {name}({read}, "l{index}", forward)',
            f'back = {name}({read}, "l{index}_reverse", forward[::-1])',
            f'show("h_l{index}", ahead)',
            f'show("h_l{index}_reverse", back)',
            "h = ahead + back" if layer.merge == "sum" else "h = np.concatenate((ahead, back), axis=1)",
        ]
    return lines


def above(trace: Trace) -> list[str]:
    """The lines from the memory to the answer, which show all that is computed on the way."""
    model, first = trace.model, trace.answered_from
    top = model.layers[-1]
    lines = []
    only_last = bool(model.two_way and not model.answers_each)
    kind = model.readout.kind
    if kind == "last" and top.backward is not None:
        ends = "ahead[-1:], back[:1]"
        lines.append("h = ahead[-1:] + back[:1]" if top.merge == "sum" else f"h = np.concatenate(({ends}), axis=1)")
    elif kind == "mean":
        lines.append("h = np.cumsum(h, axis=0) / np.arange(1, len(h) + 1)[:, None]")
    elif kind == "max":
        lines.append("h = np.maximum.accumulate(h)")
    elif kind == "attention":
        lines += [
            'scores = h @ weights["attention.weight"][0] + weights["attention.bias"]',
            "h = np.array([softmax(scores[: t + 1]) @ h[: t + 1] for t in forward])",
        ]
    if only_last and not (kind == "last" and top.backward is not None):
        lines.append("h = h[-1:]  # with a lane that reads backward there is no answer before the last word")
    at = f", {first}" if first else ""
    if model.readout.reads == "context":
        lines.append(f'show("context", h{at})')
    for index, entry in enumerate(model.head):
        name = value_name(index)
        total = "h" if entry.linear is None else f'h @ weights["{name}.weight"].T + weights["{name}.bias"]'
        lines += [f"h = {SQUASHED[entry.activation].format(total)}", f'show("{name}", h{at})']
    lines += ['logits = h @ weights["fc.weight"].T + weights["fc.bias"]', f'show("logits", logits{at})']
    output = model.output
    if isinstance(output, Number):
        answer = f"logits * {list(output.std)} + {list(output.mean)}"
    elif output.kind == "yes_no":
        answer = "np.concatenate((sigmoid(-logits), sigmoid(logits)), axis=1)"
    else:
        answer = "softmax(logits)"
    return [*lines, f'show("{output.answer}", {answer}{at})']

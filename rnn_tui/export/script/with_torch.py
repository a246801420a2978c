"""A trace as a script of PyTorch's own modules, filled with the weights of the network."""

from __future__ import annotations

from rnn_tui.export.script.reading import opening, read_tokens
from rnn_tui.network.errors import UserError
from rnn_tui.network.heads import value_name
from rnn_tui.network.layers import Layer
from rnn_tui.network.outputs import Number
from rnn_tui.network.trace import Trace

MODULES = {"elman": "RNN", "gru": "GRU", "lstm": "LSTM"}
SQUASHED = {"tanh": "torch.tanh({})", "relu": "torch.relu({})", "identity": "{}", "sigmoid": "torch.sigmoid({})"}
FILLED = [
    "def filled(module, names):",
    "    module.load_state_dict({own: torch.from_numpy(weights[name]) for own, name in names.items()})",
    "    return module",
]
SHOW = [
    "def show(name, tensor, first=0):",
    "    for t, row in enumerate(tensor.tolist(), first):",
    '        print(t, name, *(f"{number:.8g}" for number in row))',
]


def source(trace: Trace, weights: str) -> str:
    """The script, of at most 60 lines for every shipped model; `weights` is the name of the file beside it.

    Raises UserError for what PyTorch's modules don't compute: a value that is held, and an Elman cell that is neither
    tanh nor relu.
    """
    model = trace.model
    if any(token.held for token in trace.tokens):
        raise UserError("PyTorch's modules can't hold a value at a word; write the script --with numpy")
    for layer in model.layers:
        for cell in layer.cells:
            if cell.kind not in MODULES or cell.activation not in (None, "tanh", "relu"):
                raise UserError(f"PyTorch has no module for the cell {cell.title}; write the script --with numpy")
    linears = [value_name(index) for index, entry in enumerate(model.head) if entry.linear is not None] + ["fc"]
    if model.readout.kind == "attention":
        linears.insert(0, "attention")
    tensors = model.tensors()
    lines = [
        *opening(trace, "PyTorch"),
        "from pathlib import Path",
        "import numpy as np",
        "import torch",
        "from torch import nn",
        f"weights = np.load(Path(__file__).with_name({weights!r}))",
        *FILLED,
        *SHOW,
        'OF_LINEAR = ("weight", "bias")',
        *(line for index, layer in enumerate(model.layers) for line in _module(layer, index)),
    ]
    for name in linears:
        outputs, inputs = tensors[f"{name}.weight"].shape
        names = f'{{own: f"{name}.{{own}}" for own in OF_LINEAR}}'
        lines.append(f"{_variable(name)} = filled(nn.Linear({inputs}, {outputs}), {names})")
    lines += ["torch.set_grad_enabled(False)", *read_tokens(trace), "x = torch.from_numpy(x)"]
    for index, layer in enumerate(model.layers):
        lines += _run(layer, index)
    return "\n".join([*lines, *_above(trace)]) + "\n"


def _variable(name: str) -> str:
    """The name of a module in the script: "head_0" of "head.0"."""
    return name.replace(".", "_")


def _module(layer: Layer, index: int) -> list[str]:
    """The line that makes a layer and fills it: its parameters are called l0, wherever it stands."""
    cell = layer.forward
    options = [str(layer.input_size), str(layer.hidden_size)]
    if cell.activation == "relu":
        options.append('nonlinearity="relu"')
    ends = ("", "_reverse") if layer.backward is not None else ("",)
    if layer.backward is not None:
        options.append("bidirectional=True")
    names = 'f"{of}_l0{end}": f"rnn.{of}_l' + f'{index}{{end}}"'
    made = f"nn.{MODULES[cell.kind]}({', '.join(options)})"
    kinds = '("weight_ih", "weight_hh", "bias_ih", "bias_hh")'
    return [
        f"rnn_{index} = filled({made}, {{{names}",
        f"    for end in {ends} for of in {kinds}}})",
    ]


def _run(layer: Layer, index: int) -> list[str]:
    """The lines that run a layer over the words, and show the memory of each of its lanes."""
    read, size = "x" if index == 0 else "h", layer.hidden_size
    states = "(h_n, _)" if layer.forward.kind == "lstm" else "h_n"
    lines = [f"h, {states} = rnn_{index}({read})"]
    if layer.backward is None:
        return [*lines, f'show("h_l{index}", h)']
    shown = [f'show("h_l{index}", h[:, :{size}])', f'show("h_l{index}_reverse", h[:, {size}:])']
    return [*lines, *shown, *([f"h = h[:, :{size}] + h[:, {size}:]"] if layer.merge == "sum" else [])]


def _above(trace: Trace) -> list[str]:
    """The lines from the memory to the answer, which show all that is computed on the way."""
    model, first = trace.model, trace.answered_from
    top, kind, lines = model.layers[-1], model.readout.kind, []
    ends = kind == "last" and top.backward is not None
    if ends:
        halves = "h_n[0] + h_n[1]" if top.merge == "sum" else "torch.cat((h_n[0], h_n[1]))"
        lines.append(f"h = ({halves})[None]  # the last state of each direction")
    elif kind == "mean":
        lines.append("h = h.cumsum(0) / torch.arange(1, len(h) + 1)[:, None]")
    elif kind == "max":
        lines.append("h = h.cummax(0).values")
    elif kind == "attention":
        lines += [
            "scores = attention(h)[:, 0]",
            "h = torch.stack([scores[: t + 1].softmax(0) @ h[: t + 1] for t in range(len(h))])",
        ]
    if model.two_way and not model.answers_each and not ends:
        lines.append("h = h[-1:]  # with a lane that reads backward there is no answer before the last word")
    at = f", {first}" if first else ""
    if model.readout.reads == "context":
        lines.append(f'show("context", h{at})')
    for index, entry in enumerate(model.head):
        name = value_name(index)
        total = "h" if entry.linear is None else f"{_variable(name)}(h)"
        lines += [f"h = {SQUASHED[entry.activation].format(total)}", f'show("{name}", h{at})']
    lines += ["logits = fc(h)", f'show("logits", logits{at})']
    output = model.output
    if isinstance(output, Number):
        answer = f"logits * torch.tensor({list(output.std)}) + torch.tensor({list(output.mean)})"
    elif output.kind == "yes_no":
        answer = "torch.cat((-logits, logits), 1).sigmoid()"
    else:
        answer = "logits.softmax(1)"
    return [*lines, f'show("{output.answer}", {answer}{at})']

"""Records what PyTorch computes with deep networks, for tests without torch: python -m tests.network.record_deep.

Writes recorded/deep.safetensors: for each of CASES the hidden states of every lane after every word, cell states, and
the answer, of the network that `tests.deep` draws for it.
"""

import itertools
from pathlib import Path

import numpy as np

from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from tests.deep import HIDDEN_LAYER, deep_model

RECORDED = Path(__file__).parent / "recorded" / "deep.safetensors"
TEXT = "the dog barked and slept not"
TWO = (EntryKind(False, "tanh"), EntryKind(True, "relu"), EntryKind(True, "sigmoid"))
READOUTS = ("last", "last_step", "each", "mean", "max", "attention")
HEADS = ((), HIDDEN_LAYER, TWO)
OUTPUTS = ("classes", "yes_no", "number")
MIXED = (LayerKind("gru", None, True, "sum"), LayerKind("elman", "tanh"), LayerKind("lstm", None, True))


def cases():
    """The fields of every network, by its name: each cell, stack and readout; heads and outputs in turn."""
    found = {}
    turns = itertools.cycle(itertools.product(HEADS, OUTPUTS))
    stacks = [(1, False), (2, False), (3, False), (1, True), (2, True)]
    for cell, (layers, two_way), readout in itertools.product(("elman", "gru", "lstm"), stacks, READOUTS):
        head, output = next(turns)
        merge = "sum" if two_way and readout in ("mean", "each") else "concat"
        fields = {"cell": cell, "layers": layers, "bidirectional": two_way, "merge": merge}
        fields |= {"readout": readout, "head": head, "output": output, "seed": len(found)}
        found[f"{cell}-{layers}-{'both' if two_way else 'forward'}-{readout}"] = fields
    for readout in READOUTS:
        found[f"mixed-{readout}"] = {"kinds": MIXED, "readout": readout, "seed": len(found)}
    return found


def computed(model, tokens):
    """What PyTorch computes: "h.LAYER.DIRECTION" and "c.…" (T, hidden_size), and "answer", a row where there is one."""
    import torch

    found = {}
    with torch.no_grad():
        x = torch.tensor(np.stack([model.embedding.x(token) for token in tokens]))
        for index, layer in enumerate(model.layers):
            ways = []
            for cell, backward in zip(layer.cells, (False, True), strict=False):
                ran = _unrolled(cell, x.flip(0) if backward else x)
                for name, states in ran.items():
                    found[f"{name}.{index}.{'backward' if backward else 'forward'}"] = _as_read(states, backward)
                ways.append(_as_read(ran["h"], backward))
            x = ways[0] if len(ways) == 1 else sum(ways) if layer.merge == "sum" else torch.cat(ways, dim=1)
        read = _read(model, x, ways, layer.merge)
        for entry in model.head:
            read = read if entry.linear is None else _linear(entry.linear, read)
            read = {"identity": lambda z: z}.get(entry.activation, getattr(torch, entry.activation, None))(read)
        logits = _linear(model.fc, read)
    found["answer"] = _answers(model, logits)
    return {name: np.ascontiguousarray(tensor.numpy()) for name, tensor in found.items()}


def _as_read(states, backward):
    return states.flip(0) if backward else states


def _unrolled(cell, x):
    import torch

    of = {"elman": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell.kind]
    module = of(cell.input_size, cell.hidden_size, batch_first=True)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    module.load_state_dict({f"{name}_l0": torch.tensor(getattr(cell, name)) for name in names})
    ran = {"h": module(x[None])[0][0]}
    if cell.kind == "lstm":
        ran["c"] = torch.stack([module(x[None, : t + 1])[1][1][0, 0] for t in range(len(x))])
    return ran


def _read(model, output, ways, merge):
    """What the head reads: a row a word where there is an answer after each, or the one after the last."""
    import torch

    two_way, length = any(layer.bidirectional for layer in model.layers), len(output)
    kind = model.readout.kind
    ends = [length] if two_way and kind != "each" else range(1, length + 1)
    rows = []
    for end in ends:
        so_far = output[:end]
        if kind == "last" and len(ways) == 2:
            last = (ways[0][end - 1], ways[1][0])
            rows.append(sum(last) if merge == "sum" else torch.cat(last))
        elif kind == "attention":
            scores = so_far @ torch.tensor(model.readout.weight).T + torch.tensor(model.readout.bias)
            rows.append((torch.softmax(scores, dim=0) * so_far).sum(dim=0))
        else:
            rows.append({"mean": so_far.mean(dim=0), "max": so_far.max(dim=0)[0]}.get(kind, so_far[-1]))
    return torch.stack(rows)


def _linear(linear, x):
    import torch

    return torch.nn.functional.linear(x, torch.tensor(linear.weight), torch.tensor(linear.bias))


def _answers(model, logits):
    import torch

    if model.output.kind == "number":
        return logits * torch.tensor(model.output.std) + torch.tensor(model.output.mean)
    if model.output.kind == "yes_no":
        return torch.cat((1 - torch.sigmoid(logits), torch.sigmoid(logits)), dim=1)
    return torch.softmax(logits, dim=1)


if __name__ == "__main__":
    from safetensors.numpy import save_file

    tensors = {}
    for name, fields in cases().items():
        model = deep_model(**fields)
        tensors |= {f"{name}/{key}": array for key, array in computed(model, model.tokenize(TEXT)).items()}
    save_file(tensors, RECORDED)

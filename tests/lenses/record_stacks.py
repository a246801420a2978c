"""Records what PyTorch finds of stacks, for tests where torch is missing: python -m tests.lenses.record_stacks.

Writes recorded/stack-NAME.safetensors: the memory of the top layer, the norms of the way back, each word's share of the
logit, and the answer without each word, from modules and autograd in float64.
"""

from pathlib import Path

import numpy as np

from tests.deep import HIDDEN_LAYER, deep_model

RECORDED = Path(__file__).parent / "recorded"
TEXT = "the dog barked and not the cat"
POINTS = 2000
CASES = {
    f"{cell}-{'both' if both else 'forward'}-{readout}": {
        "cell": cell, "bidirectional": both, "readout": readout, "head": head, "seed": 21, "scale": 0.6,
    }
    for cell in ("elman", "gru", "lstm")
    for both in (False, True)
    for readout, head in (("last", ()), ("mean", HIDDEN_LAYER))
}  # fmt: skip


def network(name):
    """The network of a case."""
    return deep_model(**CASES[name])


def compute(name):
    """What PyTorch finds, by the names of the lenses' fields; the gradient of a lane is of the top ones."""
    import torch

    model, both = network(name), CASES[name]["bidirectional"]
    tensors = {key: torch.tensor(array, dtype=torch.float64) for key, array in model.tensors().items()}
    rnn = _module(model, tensors, range(2), model.input_size, both=both)
    x = tensors["embedding.weight"][[token.index for token in model.tokenize(TEXT)]]

    def logits(x):
        output, h_n = rnn(x)
        h_n = h_n[0] if isinstance(h_n, tuple) else h_n
        last = torch.cat([h_n[-2], h_n[-1]], dim=-1) if both else h_n[-1]
        read = last if model.readout.kind == "last" else output.mean(dim=-2)
        if model.head:
            read = torch.relu(read @ tensors["head.0.weight"].T + tensors["head.0.bias"])
        return read @ tensors["fc.weight"].T + tensors["fc.bias"]

    whole, label = rnn(x)[0], int(logits(x).argmax())
    rows = range(len(x))
    silent = torch.stack([x * (torch.arange(len(x)) != k)[:, None] for k in rows])
    places = (torch.arange(POINTS, dtype=torch.float64) + 0.5) / POINTS
    points = (places[:, None, None] * x).requires_grad_()
    (slopes,) = torch.autograd.grad(logits(points)[..., label].sum(), points)
    p = torch.softmax(logits(x), -1)[label]
    without = torch.stack([torch.softmax(logits(torch.cat((x[:k], x[k + 1 :]))), -1)[label] for k in rows])
    found = {
        "influence": torch.linalg.norm(rnn(silent)[0] - whole, dim=-1),
        "integrated_gradients": (slopes.mean(dim=0) * x).sum(dim=1),
        "leave_one_out": p - without,
    }
    if not both:
        found["norm"] = _norms(rnn, x, 2, model.hidden_size)
    else:
        below = _module(model, tensors, range(1), model.input_size, both=True)(x)[0].detach()
        for backward in (False, True):
            lane = _module(model, tensors, [1], below.shape[1], both=False, backward=backward)
            norms = _norms(lane, below.flip(0) if backward else below, 1, model.hidden_size)
            found["norm_backward" if backward else "norm"] = norms.flip(0) if backward else norms
    return {key: np.ascontiguousarray(value.detach().numpy()) for key, value in found.items()}


def _module(model, tensors, layers, size, *, both, backward=False):
    """The module of some layers, or of one lane of one."""
    import torch

    cell = model.layers[0].forward
    kind = {"elman": "RNN"}.get(cell.kind, cell.kind.upper())
    rnn = getattr(torch.nn, kind)(
        size, model.hidden_size, len(layers), bidirectional=both, batch_first=True, dtype=torch.float64
    )
    named = {}
    for key in rnn.state_dict():
        name, _, index = key.removesuffix("_reverse").rpartition("_l")
        own = key.endswith("_reverse") or backward
        named[key] = tensors[f"rnn.{name}_l{layers[int(index)]}{'_reverse' if own else ''}"]
    rnn.load_state_dict(named)
    return rnn


def _norms(rnn, x, layers, hidden):
    """‖∂s_T/∂s_t‖ for every t by autograd, where s is h of all layers, and c."""
    import torch

    states = 2 if isinstance(rnn, torch.nn.LSTM) else 1

    def taken_apart(s):
        parts = tuple(s.reshape(states, layers, hidden))
        return parts if states == 2 else parts[0]

    def ended(s, rest):
        after = rnn(rest, taken_apart(s))[1]
        return torch.cat([part.reshape(-1) for part in (after if states == 2 else (after,))])

    s, found = torch.zeros(states * layers * hidden, dtype=torch.float64), []
    for t in range(len(x)):
        s = ended(s, x[t : t + 1]).detach()
        rest = x[t + 1 :]
        if not len(rest):
            found.append(torch.tensor(1.0, dtype=torch.float64))
            break
        jacobian = torch.autograd.functional.jacobian(lambda s, rest=rest: ended(s, rest), s)
        found.append(torch.linalg.matrix_norm(jacobian, 2))
    return torch.stack(found)


if __name__ == "__main__":
    from safetensors.numpy import save_file

    RECORDED.mkdir(exist_ok=True)
    for name in CASES:
        save_file(compute(name), RECORDED / f"stack-{name}.safetensors")

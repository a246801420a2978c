"""Records PyTorch's integrated gradients, for tests where torch is missing: python -m tests.lenses.record_integrated.

Writes recorded/integrated-KIND-READOUT.safetensors: the parameters under the names of the plain PyTorch module, the
tokens, the label, and each word's share of its logit, from autograd in float64 at many points of the way.
"""

from pathlib import Path

import numpy as np

from tests.builders import build

RECORDED = Path(__file__).parent / "recorded"
KINDS = {"elman-tanh": ("elman", "tanh"), "elman-relu": ("elman", "relu"), "gru": ("gru", None), "lstm": ("lstm", None)}
READOUTS = ("last", "attention", "mean", "max+tanh", "last+relu")
"""The readouts, and after a plus the function of a head."""
TEXT = "the dog barked and not the cat slept"
POINTS = 4000  # the midpoint rule has to come close to the kinks of relu, too


def network(kind, readout):
    """The network, whose parameters are recorded with the answer."""
    readout, _, head = readout.partition("+")
    return build(*KINDS[kind], readout, "embedding", head=(head,) if head else (), hidden=5, scale=0.6, seed=11)


def compute(kind, readout):
    """The arrays of one kind of network, by name."""
    import torch

    model = network(kind, readout)
    parameters = {name: torch.tensor(array, dtype=torch.float64) for name, array in model.tensors().items()}
    hidden, size = 5, model.input_size
    name = "RNN" if kind.startswith("elman") else kind.upper()
    options = {"nonlinearity": kind.split("-")[1]} if name == "RNN" else {}
    rnn = getattr(torch.nn, name)(size, hidden, batch_first=True, dtype=torch.float64, **options)
    rnn.load_state_dict({key[4:]: value for key, value in parameters.items() if key.startswith("rnn.")})
    tokens = np.array([token.index for token in model.tokenize(TEXT)])
    x = parameters["embedding.weight"][torch.tensor(tokens)]

    def logits(x):
        h, _ = rnn(x)
        kind, _, head = readout.partition("+")
        if kind == "attention":
            scores = h @ parameters["attention.weight"].T + parameters["attention.bias"]
            read = (torch.softmax(scores, dim=1) * h).sum(dim=1)
        else:
            read = {"mean": h.mean(dim=1), "max": h.max(dim=1).values}.get(kind, h[:, -1])
        read = getattr(torch, head)(read) if head else read
        return read @ parameters["fc.weight"].T + parameters["fc.bias"]

    label = int(logits(x[None]).argmax())
    places = (torch.arange(POINTS, dtype=torch.float64) + 0.5) / POINTS
    points = (places[:, None, None] * x).requires_grad_()
    (slopes,) = torch.autograd.grad(logits(points)[:, label].sum(), points)
    shares = (slopes.mean(dim=0) * x).sum(dim=1)
    return model.tensors() | {"tokens": tokens, "label": np.array([label]), "integrated_gradients": shares.numpy()}


if __name__ == "__main__":
    from safetensors.numpy import save_file

    RECORDED.mkdir(exist_ok=True)
    for kind in KINDS:
        for readout in READOUTS:
            recorded = {name: np.ascontiguousarray(array) for name, array in compute(kind, readout).items()}
            save_file(recorded, RECORDED / f"integrated-{kind}-{readout}.safetensors")

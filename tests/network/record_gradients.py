"""Records PyTorch's gradients, for tests where torch is not installed: python -m tests.network.record_gradients.

Writes recorded/gradients-CELL.safetensors, float64: what is the same for every readout (`embedding.weight`, `rnn.*`,
`fc.*`, `attention.*` and the batch: `inputs`, `targets`, `weights.last` and `weights.each`, as in backprop.Batch), and
for each readout `READOUT.loss` and `READOUT.gradient.PARAMETER`.
"""

from pathlib import Path

RECORDED = Path(__file__).parent / "recorded"
KINDS = {"elman-tanh": ("RNN", "tanh"), "elman-relu": ("RNN", "relu"), "gru": ("GRU", None), "lstm": ("LSTM", None)}
READOUTS = ("last", "each", "attention", "mean", "max", "last+relu", "each+tanh", "mean+sigmoid", "max+relu")
"""The readouts, and after a plus the function of a head."""
VOCAB_SIZE, INPUT_SIZE, HIDDEN_SIZE, OUTPUT_SIZE = 7, 3, 4, 3
LENGTHS = (6, 2, 5)


def module_of(kind):
    """The plain PyTorch module of one kind of network, in float64."""
    import torch

    name, nonlinearity = KINDS[kind]
    options = {} if nonlinearity is None else {"nonlinearity": nonlinearity}
    module = torch.nn.Module()
    module.embedding = torch.nn.Embedding(VOCAB_SIZE, INPUT_SIZE)
    module.rnn = getattr(torch.nn, name)(INPUT_SIZE, HIDDEN_SIZE, **options)
    module.fc = torch.nn.Linear(HIDDEN_SIZE, OUTPUT_SIZE)
    module.attention = torch.nn.Linear(HIDDEN_SIZE, 1)
    with torch.no_grad():
        for parameter in module.rnn.parameters():
            parameter.mul_(1.7)  # far enough from 0 that the squashing matters
    return module.double()


def batch_of_unequal_lengths():
    """Inputs and targets (T, B), and by readout the weights of the loss, which add to 1."""
    import torch

    shape = (max(LENGTHS), len(LENGTHS))
    inputs, targets = torch.randint(0, VOCAB_SIZE, shape), torch.randint(0, OUTPUT_SIZE, shape)
    t, lengths = torch.arange(shape[0])[:, None], torch.tensor(LENGTHS)
    last, each = (t == lengths - 1).double(), (t < lengths).double()
    return inputs, targets, {"last": last / last.sum(), "each": each / each.sum()}


def read(module, readout, h):
    """The logits after every word, (T, B, output_size), from the hidden states (T, B, hidden_size)."""
    import torch

    readout, _, head = readout.partition("+")
    so_far = [h[: t + 1] for t in range(len(h))]
    if readout == "attention":
        scores = module.attention(h)
        h = torch.stack([(torch.softmax(scores[: len(some)], 0) * some).sum(0) for some in so_far])
    elif readout == "mean":
        h = torch.stack([some.mean(0) for some in so_far])
    elif readout == "max":
        h = torch.stack([some.max(0).values for some in so_far])
    return module.fc(getattr(torch, head)(h) if head else h)


def compute(kind, seed=11):
    """The arrays of one kind of network, by name."""
    import torch

    torch.manual_seed(seed)
    module = module_of(kind)
    inputs, targets, weights = batch_of_unequal_lengths()
    recorded = {name: tensor.detach().clone() for name, tensor in module.state_dict().items()}
    recorded |= {"inputs": inputs, "targets": targets}
    recorded |= {f"weights.{name}": tensor for name, tensor in weights.items()}
    for readout in READOUTS:
        module.zero_grad()
        logits = read(module, readout, module.rnn(module.embedding(inputs))[0])
        losses = torch.nn.functional.cross_entropy(logits.permute(0, 2, 1), targets, reduction="none")
        loss = (weights["each" if readout.startswith("each") else "last"] * losses).sum()
        loss.backward()
        recorded[f"{readout}.loss"] = loss.detach()
        for name, parameter in module.named_parameters():
            if readout == "attention" or not name.startswith("attention."):
                recorded[f"{readout}.gradient.{name}"] = parameter.grad.clone()
    return {name: tensor.contiguous().numpy() for name, tensor in recorded.items()}


if __name__ == "__main__":
    from safetensors.numpy import save_file

    RECORDED.mkdir(exist_ok=True)
    for kind in KINDS:
        save_file(compute(kind), RECORDED / f"gradients-{kind}.safetensors")

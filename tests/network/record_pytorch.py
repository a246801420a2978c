"""Records what PyTorch computes, for tests where torch is not installed: python -m tests.network.record_pytorch.

Writes recorded/CELL.safetensors: the parameters under the names of the plain PyTorch module, the tokens, and the
hidden states, logits and (for LSTM) cell state after every word.
"""

from pathlib import Path

RECORDED = Path(__file__).parent / "recorded"
KINDS = {"elman-tanh": ("RNN", "tanh"), "elman-relu": ("RNN", "relu"), "gru": ("GRU", None), "lstm": ("LSTM", None)}
VOCAB_SIZE, INPUT_SIZE, HIDDEN_SIZE, OUTPUT_SIZE, LENGTH = 7, 4, 5, 3, 9


def compute(kind, seed=7):
    """The tensors of one kind of network, by name."""
    import torch

    torch.manual_seed(seed)
    name, nonlinearity = KINDS[kind]
    options = {} if nonlinearity is None else {"nonlinearity": nonlinearity}
    module = torch.nn.Module()
    module.embedding = torch.nn.Embedding(VOCAB_SIZE, INPUT_SIZE)
    module.rnn = getattr(torch.nn, name)(INPUT_SIZE, HIDDEN_SIZE, batch_first=True, **options)
    module.fc = torch.nn.Linear(HIDDEN_SIZE, OUTPUT_SIZE)
    tokens = torch.randint(0, VOCAB_SIZE, (1, LENGTH))
    with torch.no_grad():
        for parameter in module.rnn.parameters():
            parameter.mul_(1.7)  # far enough from 0 that the squashing matters
        h, _ = module.rnn(module.embedding(tokens))
        recorded = {name: tensor.detach().clone() for name, tensor in module.state_dict().items()}
        recorded |= {"tokens": tokens[0], "h": h[0], "logits": module.fc(h)[0]}
        recorded["probs"] = torch.softmax(recorded["logits"], dim=-1)
        if name == "LSTM":
            states = [module.rnn(module.embedding(tokens[:, : t + 1]))[1][1][0, 0] for t in range(LENGTH)]
            recorded["c"] = torch.stack(states)
    return {name: tensor.contiguous().numpy() for name, tensor in recorded.items()}


if __name__ == "__main__":
    from safetensors.numpy import save_file

    RECORDED.mkdir(exist_ok=True)
    for kind in KINDS:
        save_file(compute(kind), RECORDED / f"{kind}.safetensors")

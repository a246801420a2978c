"""Records PyTorch modules unlike the plain one, for tests without torch: python -m tests.network.record_modules.

One-hot words (no embedding), no biases, odd attribute names. Writes recorded/odd-KIND.safetensors: the state_dict, the
tokens, and the hidden states and logits after every word.
"""

from tests.network.record_pytorch import KINDS, LENGTH, RECORDED, VOCAB_SIZE

UNITS, OUTPUT_SIZE = 5, 3


def compute(kind, seed=11):
    """The tensors of one kind of module, by name."""
    import torch

    torch.manual_seed(seed)
    name, nonlinearity = KINDS[kind]
    options = {} if nonlinearity is None else {"nonlinearity": nonlinearity}
    module = torch.nn.Module()
    module.body = torch.nn.ModuleList([getattr(torch.nn, name)(VOCAB_SIZE, UNITS, bias=False, **options)])
    module.to_labels = torch.nn.Linear(UNITS, OUTPUT_SIZE, bias=False)
    tokens = torch.randint(0, VOCAB_SIZE, (LENGTH,))
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(2)  # far enough from 0 that the squashing matters
        h, _ = module.body[0](torch.eye(VOCAB_SIZE)[tokens])
        recorded = module.state_dict() | {"tokens": tokens, "h": h, "logits": module.to_labels(h)}
    return {name: tensor.contiguous().numpy() for name, tensor in recorded.items()}


if __name__ == "__main__":
    from safetensors.numpy import save_file

    for kind in KINDS:
        save_file(compute(kind), RECORDED / f"odd-{kind}.safetensors")

"""Records PyTorch's ∂s_T/∂s_t, for tests where torch is missing: python -m tests.lenses.record_jacobians.

Writes recorded/jacobians-KIND.safetensors: the parameters under the names of the plain PyTorch module, the tokens,
every single factor ∂s_{t+1}/∂s_t, and every whole ∂s_T/∂s_t, each from autograd in float64 through the steps between.
"""

from pathlib import Path

import numpy as np

from tests.builders import build

RECORDED = Path(__file__).parent / "recorded"
KINDS = {"elman-tanh": ("elman", "tanh"), "elman-relu": ("elman", "relu"), "gru": ("gru", None), "lstm": ("lstm", None)}
TEXT = "the dog barked and slept"
HIDDEN = 3


def network(kind):
    """The network, whose parameters are recorded with the Jacobians."""
    return build(*KINDS[kind], "last", "embedding", hidden=HIDDEN, scale=0.7, seed=5)


def compute(kind):
    """The arrays of one kind of network, by name: factors (T − 1, n, n) and wholes (T, n, n)."""
    import torch

    model = network(kind)
    parameters = {name: torch.tensor(array, dtype=torch.float64) for name, array in model.tensors().items()}
    name = "RNN" if kind.startswith("elman") else kind.upper()
    options = {"nonlinearity": kind.split("-")[1]} if name == "RNN" else {}
    rnn = getattr(torch.nn, name)(model.input_size, HIDDEN, dtype=torch.float64, **options)
    rnn.load_state_dict({key[4:]: value for key, value in parameters.items() if key.startswith("rnn.")})
    tokens = np.array([token.index for token in model.tokenize(TEXT)])
    x = parameters["embedding.weight"][torch.tensor(tokens)]

    def onward(state, first, last):
        """The state after word `last`, from that before word `first`: h, or [h; c]."""
        parts = state.reshape(-1, 1, HIDDEN)
        _, after = rnn(x[first : last + 1], tuple(parts) if name == "LSTM" else parts[0])
        return torch.cat([part.reshape(-1) for part in (after if name == "LSTM" else (after,))])

    end = len(tokens) - 1
    states = [onward(torch.zeros(HIDDEN * (2 if name == "LSTM" else 1), dtype=torch.float64), 0, 0)]
    for t in range(1, end + 1):
        states.append(onward(states[-1], t, t))
    derivative = torch.autograd.functional.jacobian
    factors = [derivative(lambda s, t=t: onward(s, t + 1, t + 1), states[t]) for t in range(end)]
    wholes = [derivative(lambda s, t=t: onward(s, t + 1, end), states[t]) for t in range(end)]
    wholes.append(torch.eye(len(states[0]), dtype=torch.float64))
    found = {"tokens": tokens, "factors": torch.stack(factors).numpy(), "wholes": torch.stack(wholes).numpy()}
    return model.tensors() | found


if __name__ == "__main__":
    from safetensors.numpy import save_file

    RECORDED.mkdir(exist_ok=True)
    for kind in KINDS:
        recorded = {name: np.ascontiguousarray(array) for name, array in compute(kind).items()}
        save_file(recorded, RECORDED / f"jacobians-{kind}.safetensors")

"""The same networks in PyTorch: torch.nn's own layers over packed sequences, and autograd."""

from __future__ import annotations

import numpy as np


def loss_and_gradients(architecture, parameters, batch):
    """The loss, the gradient by every parameter, and the logits (n, nodes) where weights aren't 0, for NumPy."""
    import torch

    leaves = {name: torch.tensor(array).requires_grad_() for name, array in parameters.items()}
    t, column = np.nonzero(batch.weights)
    logits = logits_of(torch, architecture, leaves, batch, list(zip(t.tolist(), column.tolist(), strict=True)))
    targets, weights = torch.tensor(batch.targets[t, column]), torch.tensor(batch.weights[t, column])
    loss = (weights * losses_of(torch, architecture.output, logits, targets)).sum()
    loss.backward()
    gradients = {name: leaf.grad.numpy() for name, leaf in leaves.items()}
    return float(loss.detach()), gradients, logits.detach().numpy()


def losses_of(torch, output, logits, targets):
    """The loss of each answer, (n,)."""
    functional = torch.nn.functional
    if output == "classes":
        return functional.cross_entropy(logits, targets, reduction="none")
    if output == "yes_no":
        return functional.binary_cross_entropy_with_logits(logits[:, 0], targets.to(logits.dtype), reduction="none")
    return functional.mse_loss(logits, targets.to(logits.dtype), reduction="none").mean(dim=1)


def logits_of(torch, architecture, leaves, batch, places):
    """The logits (n, nodes) after the word t of sequence b, for every (t, b) of `places`."""
    states, final = _layers(torch, architecture, leaves, batch)
    if architecture.readout == "last" and architecture.two_way:
        x = torch.stack([final[b] for _, b in places])
    else:
        x = torch.stack([_read(torch, architecture.readout, leaves, states[b, : t + 1]) for t, b in places])
    for index, entry in enumerate(architecture.head):
        if entry.linear:
            x = torch.nn.functional.linear(x, leaves[f"head.{index}.weight"], leaves[f"head.{index}.bias"])
        x = x if entry.activation == "identity" else getattr(torch, entry.activation)(x)
    return torch.nn.functional.linear(x, leaves["fc.weight"], leaves["fc.bias"])


def _layers(torch, architecture, leaves, batch):
    """What the top layer hands on, (B, T, n), and the final states of its lanes, (B, n)."""
    rnn = torch.nn.utils.rnn
    lengths, layers = torch.as_tensor(batch.lengths), architecture.layers
    packed = rnn.pack_padded_sequence(_inputs(torch, leaves, batch), lengths, batch_first=True, enforce_sorted=False)
    alike = len(set(layers)) == 1 and layers[0].merge == "concat"
    sizes = {leaf.shape[1] for name, leaf in leaves.items() if name.startswith("rnn.weight_hh")}
    if alike and len(sizes) == 1:  # PyTorch's own stack
        output, final = _called(torch, layers[0], leaves, packed, "", len(layers))
        return _padded(rnn, output), _last_of(torch, layers[0], final)
    for index, layer in enumerate(layers):
        output, final = _called(torch, layer, leaves, packed, f"_l{index}", 1)
        states = _padded(rnn, output)
        if layer.bidirectional and layer.merge == "sum":
            half = states.shape[2] // 2
            states = states[..., :half] + states[..., half:]
        packed = rnn.pack_padded_sequence(states, lengths, batch_first=True, enforce_sorted=False)
    return states, _last_of(torch, layer, final)


def _inputs(torch, leaves, batch):
    """(B, T, input_size)."""
    inputs = torch.tensor(np.ascontiguousarray(np.moveaxis(batch.inputs, 1, 0)))
    if inputs.ndim == 3:
        return inputs
    if "embedding.weight" in leaves:
        return torch.nn.functional.embedding(inputs, leaves["embedding.weight"])
    weight = leaves["rnn.weight_ih_l0"]
    return torch.nn.functional.one_hot(inputs, weight.shape[1]).to(weight.dtype)


def _called(torch, layer, leaves, packed, suffix, num_layers):
    """The outcome of torch.nn's module with these parameters; `suffix` is that of the one layer it is made of."""
    short = {name.removeprefix("rnn."): leaf for name, leaf in leaves.items() if name.startswith("rnn.")}
    if suffix:
        ends = (suffix, f"{suffix}_reverse")
        short = {name.replace(suffix, "_l0"): leaf for name, leaf in short.items() if name.endswith(ends)}
    kind = {"elman": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[layer.cell]
    options = {"nonlinearity": layer.activation} if layer.cell == "elman" else {}
    input_size, hidden_size = short["weight_ih_l0"].shape[1], short["weight_hh_l0"].shape[1]
    module = kind(
        input_size, hidden_size, num_layers, bidirectional=layer.bidirectional, batch_first=True, **options
    ).to(short["weight_ih_l0"].dtype)
    assert {name: p.shape for name, p in module.named_parameters()} == {name: p.shape for name, p in short.items()}
    return torch.func.functional_call(module, short, (packed,))


def _padded(rnn, output):
    return rnn.pad_packed_sequence(output, batch_first=True)[0]


def _last_of(torch, layer, final):
    """The final states (B, n) of the lanes of the top layer, from h_n or (h_n, c_n)."""
    h_n = final[0] if isinstance(final, tuple) else final
    if not layer.bidirectional:
        return h_n[-1]
    return h_n[-2] + h_n[-1] if layer.merge == "sum" else torch.cat((h_n[-2], h_n[-1]), dim=1)


def _read(torch, readout, leaves, states):
    """The value that is handed on after the last of the states (T, n)."""
    if readout == "mean":
        return states.mean(0)
    if readout == "max":
        return states.max(0).values
    if readout == "attention":
        scores = torch.nn.functional.linear(states, leaves["attention.weight"], leaves["attention.bias"])
        return (torch.softmax(scores, 0) * states).sum(0)
    return states[-1]

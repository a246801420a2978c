"""Networks written by hand, one matrix a name: Wxh, Whh, Why, bh, by (min-char-rnn), or W_xh, W_hh, b_h and so on.

    h = tanh(Wxh·x + Whh·h_prev + bh),  logits = Why·h + by      with x one-hot

Where the matrices stand to the right (h = tanh(x·W_xh + h_prev·W_hh + b_h)), they are turned.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rnn_tui.interop.layers import Layers, Plain, Recurrent, Tensors, checked, plain, shape_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError

_NAMES = {
    **dict.fromkeys(("wxh", "wih", "u"), "input"),
    **dict.fromkeys(("whh", "w"), "hidden"),
    **dict.fromkeys(("why", "whq", "who", "v"), "output"),
    **dict.fromkeys(("bh", "b"), "hidden bias"),
    **dict.fromkeys(("by", "bq", "bo", "c"), "output bias"),
}
_PASSED = ("h", "hprev")


def recognises(names: Iterable[str]) -> bool:
    """True where the names have the three matrices of such a network."""
    return {"input", "hidden", "output"} <= set(_roles(names))


def layers_of(tensors: Tensors, source: str) -> Layers:
    """The layers of such a network; raises UserError where shapes don't fit, or don't tell which way they stand."""
    roles = _roles(tensors)
    others = [name for name in tensors if name not in roles.values() and _short(name) not in _PASSED]
    if others:
        raise UserError(f"{source}: tensor {others[0]} belongs to no network of one layer; expected {_expected()}")
    found = {role: checked(source, name, tensors[name]) for role, name in roles.items()}
    hidden = found["hidden"]
    if hidden.ndim != 2 or hidden.shape[0] != hidden.shape[1] or any(found[m].ndim != 2 for m in ("input", "output")):
        raise UserError(f"{source}: {roles['hidden']} has shape {shape_of(hidden)}, expected a square matrix")
    size = len(hidden)
    if _turned(source, found, size):
        found |= {role: found[role].T.copy() for role in ("input", "hidden", "output")}
    if len(found["input"]) != size or found["output"].shape[1] != size:
        names = " and ".join(f"{roles[role]} {shape_of(found[role])}" for role in ("input", "output"))
        raise UserError(f"{source}: {names} don't fit the {size} hidden units of {roles['hidden']}")
    bias = _bias(source, found, roles, "hidden bias", size)
    output_bias = _bias(source, found, roles, "output bias", len(found["output"]))
    zeros = np.zeros(size, np.float32)
    recurrent = Recurrent(roles["hidden"], "elman", found["input"], found["hidden"], bias, zeros)
    output = plain(source, Plain(roles["output"], None, found["output"], output_bias))
    return Layers(source, "NumPy", recurrent, (output,))


def _turned(source: str, found: dict[str, Array], size: int) -> bool:
    """True where the matrices stand to the right of what they multiply."""
    for matrix, axis in (("input", 0), ("output", 1)):
        fits = [found[matrix].shape[axis] == size, found[matrix].shape[1 - axis] == size]
        if fits[0] != fits[1]:
            return bool(fits[1])
    column = found.get("hidden bias", np.zeros(0)).shape
    if len(column) == 2 and column[0] != column[1]:
        return bool(column[0] == 1)
    raise UserError(
        f"{source}: all matrices are square, so that it can't be told whether h is W·x or x·W; save the biases as "
        f"columns ({size}, 1) for W·x, as rows (1, {size}) for x·W"
    )


def _bias(source: str, found: dict[str, Array], roles: dict[str, str], role: str, size: int) -> Array:
    """A bias as a vector; one that is not there is zeros."""
    bias = found.get(role)
    if bias is None:
        return np.zeros(size, np.float32)
    if bias.size != size or max(bias.shape, default=0) != size:
        raise UserError(f"{source}: {roles[role]} has shape {shape_of(bias)}, expected ({size},)")
    return bias.reshape(size)


def _roles(names: Iterable[str]) -> dict[str, str]:
    """The name of each matrix and bias by what it is."""
    return {_NAMES[_short(name)]: name for name in names if _short(name) in _NAMES}


def _short(name: str) -> str:
    return name.replace("_", "").lower()


def _expected() -> str:
    return "Wxh, Whh, Why, bh, by"

"""PyTorch, where it is there to be compared with."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

NO_TORCH = "torch is not importable here: pip install torch to compare"


def torch_with_one_thread() -> Any:
    """The module, held to one thread; None where it is not installed."""
    if find_spec("torch") is None:
        return None
    import torch

    torch.set_num_threads(1)
    return torch

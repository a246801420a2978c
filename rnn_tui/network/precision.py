"""A network in double precision: what the lenses compute in, and what tells how far float32 can be trusted."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, cast

import numpy as np

from rnn_tui.network.model import Model


@lru_cache(maxsize=4)
def in_float64(model: Model) -> Model:
    """The same network with parameters of double precision."""
    layers = tuple(
        replace(layer, forward=_doubled(layer.forward), backward=layer.backward and _doubled(layer.backward))
        for layer in model.layers
    )
    return replace(
        model,
        embedding=_doubled(model.embedding),
        layers=layers,
        readout=_doubled(model.readout),
        head=tuple(replace(entry, linear=entry.linear and _doubled(entry.linear)) for entry in model.head),
        fc=_doubled(model.fc),
    )


def _doubled(part: Any) -> Any:
    assert is_dataclass(part), f"{part!r} is no part of a network"
    arrays = {field.name: getattr(part, field.name) for field in fields(part)}
    wider = {name: array.astype(np.float64) for name, array in arrays.items() if isinstance(array, np.ndarray)}
    return replace(cast(Any, part), **wider)

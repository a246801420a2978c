"""JSON that every program reads: null stands for what is no finite number, which Python would write as NaN."""

from __future__ import annotations

import json
import math
from typing import Any


def dumps(value: Any) -> str:
    """A value as one line of JSON, in ASCII, with null for what JSON has no number for."""
    return json.dumps(finite(value), allow_nan=False)


def finite(value: Any) -> Any:
    """The same with None for what is no finite number, however deep it lies."""
    if isinstance(value, dict):
        return {name: finite(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value

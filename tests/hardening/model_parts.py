"""Whole model files, and the parts of one, so that they can be changed one by one."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rnn_tui.network.storage import save
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build
from tests.deep import deep_model
from tests.hardening.deep import DEEP

OFTEN = 4
"""How often each deep file is among the others, which are many."""
SHIPPED = Path(__file__).resolve().parents[2] / "models"


@dataclass(frozen=True)
class Parts:
    """A safetensors file in parts: the entries of its header (its metadata under `__metadata__`), and its numbers."""

    header: Mapping[str, Any]
    numbers: bytes

    @classmethod
    def of(cls, content: bytes) -> Parts:
        """The parts of a whole file."""
        (size,) = struct.unpack("<Q", content[:8])
        return cls(json.loads(content[8 : 8 + size]), content[8 + size :])

    @property
    def names(self) -> list[str]:
        """The names of the tensors."""
        return [name for name in self.header if name != "__metadata__"]

    @property
    def fields(self) -> dict[str, Any]:
        """The model's own metadata."""
        return json.loads(self.header["__metadata__"]["rnn_tui"])

    def joined(self) -> bytes:
        """The file."""
        return joined(json.dumps(self.header, ensure_ascii=False).encode("utf-8", "surrogatepass"), self.numbers)

    def with_entry(self, name: str, **changed: Any) -> bytes:
        """The file with the entry of a tensor changed."""
        return Parts({**self.header, name: {**self.header[name], **changed}}, self.numbers).joined()

    def with_inner(self, text: str) -> bytes:
        """The file with another text of metadata."""
        return Parts({**self.header, "__metadata__": {"rnn_tui": text}}, self.numbers).joined()

    def with_fields(self, fields: Mapping[str, Any]) -> bytes:
        """The file with other metadata; a lone surrogate is written as JSON can, \\ud800."""
        return self.with_inner(json.dumps(fields))


def joined(header: bytes, numbers: bytes) -> bytes:
    """A file of a header and numbers, as safetensors pads it."""
    header += b" " * (-len(header) % 8)
    return struct.pack("<Q", len(header)) + header + numbers


@cache
def wholes() -> tuple[bytes, ...]:
    """Whole files: small ones of every cell, readout and input, deep ones, and the small ones that are shipped."""
    made = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "whole.safetensors"
        for seed, (cell, activation) in enumerate(CELL_KINDS):
            for readout in READOUT_KINDS:
                for inputs in INPUT_KINDS:
                    save(build(cell, activation, readout, inputs, seed=seed), path)
                    made.append(path.read_bytes())
        for seed, kind in enumerate(DEEP.values()):
            save(deep_model(**kind, seed=seed), path)
            made += [path.read_bytes()] * OFTEN
    shipped = [path.read_bytes() for path in sorted(SHIPPED.glob("*.safetensors")) if path.stat().st_size < 50_000]
    return (*made, *shipped)

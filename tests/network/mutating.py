"""Model files that nobody meant to write: bytes, headers and metadata changed at random, each by its seed."""

from __future__ import annotations

import copy
import json
import random
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any

from rnn_tui.network import storage
from tests.builders import build

NESTED: Any = None
for _ in range(200):
    NESTED = [NESTED]
VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 10**299, 10**400, 1e308, 1e-320, float("inf"), float("-inf"), float("nan"),
    "", "a", "\0", "\x1b[31mred\x1b[0m", "\x9b31m", "\ud800", "\udcff", "a\nb", "\u202e", "e\u0301" * 50, "x" * 100_000,
    [], {}, [[]], [None], [0], ["a", "a"], ["\x1b]0;title\x07"], ["\ud800"], {"kind": []}, {"kind": "words"},
    {"kind": "numbers", "mean": 10**400}, {"kind": "numbers", "scale": 1e-320}, {"kind": {"kind": "words"}},
    [{"text": "a", "why": 1}], [{"text": "\ud800", "why": "\x1b"}], NESTED, [1] * 3000,
    {"figure": [float("nan")], "metric": {}}, {"figure": 10**299, "metric": "test accuracy", "n": -1},
    {"figure": 0.5, "metric": "test accuracy", "n_test": [], "baselines": {"guessing": {}}},
    {"verified": {"against": "x", "largest_difference": 1e308}}, {"verified": 3, "start": []}, {"edits": "x"},
]  # fmt: skip
TEXTS = [
    "",
    "\x1b[31mred\x1b[0m",
    "\x9b31m",
    "\x1b]0;title\x07",
    "\0",
    "\b\b",
    "\r",
    "\n",
    "\u202e",
    "\u2028",
    "[bold]",
    "é\u0301",
]
SIZES: list[Any] = [0, 1, 2, 3, 5, 7, -1, 2**31, 2**62, 2**63, 2**64, 10**30, 1.5, True, None, "3", [], 10**299]


def mutated(seed: int) -> bytes:
    """One file; the same seed gives the same."""
    chance = random.Random(seed)
    header, body, metadata = _whole(chance)
    if seed % 3 == 0:  # a file that a reader takes
        return _written({"__metadata__": {"rnn_tui": json.dumps(_odd(chance, metadata))}} | header, _huge(chance, body))
    ways: list[Callable[[], None]] = [
        lambda: _in_metadata(chance, metadata),
        lambda: _in_metadata(chance, metadata),
        lambda: _in_header(chance, header),
    ]
    for _ in range(chance.randint(0, 3)):
        chance.choice(ways)()
    if chance.random() < 0.8:
        header["__metadata__"] = {"rnn_tui": _json(chance, metadata)}
    text = _json(chance, header)
    length = None if chance.random() < 0.95 else chance.choice([0, 1, 2**31, 2**62, 2**64 - 1, len(text) - 1])
    content = bytearray(_written(text, body, length))
    _in_bytes(chance, content)
    return bytes(content)


def _written(header: str | dict[str, Any], body: bytes, length: int | None = None) -> bytes:
    text = (header if isinstance(header, str) else json.dumps(header)).encode("utf-8", "surrogatepass")
    return struct.pack("<Q", len(text) if length is None else length) + text + body


def _odd(chance: random.Random, metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata with texts of which a terminal would obey some, every one of them another."""
    for name in ("labels", "vocabulary", "unit_names"):
        if metadata[name]:
            metadata[name] = [
                text if text == metadata["unknown"] else chance.choice(TEXTS) + text for text in metadata[name]
            ]
    for name in ("name", "title", "summary"):
        metadata[name] = chance.choice(TEXTS) + "x"
    metadata["examples"] = [{"text": "1 2 3", "why": chance.choice(TEXTS)}]
    names = ("metric", "figure", "n", "verified", "start", "counted", "edits", "baselines", "command", "data", "split")
    values = [
        *TEXTS,
        *filter(lambda value: value is not NESTED and not isinstance(value, str), VALUES),
        "test accuracy",
    ]
    metadata["provenance"] = {name: copy.deepcopy(chance.choice(values)) for name in names}
    if metadata["tokenizer"]["kind"] == "numbers":
        metadata["tokenizer"] |= {"mean": chance.choice([0, 1e308, -1e30]), "scale": chance.choice([1, 1e-320, 1e30])}
    return {name: value for name, value in metadata.items() if _fits(value)}


def _fits(value: Any) -> bool:
    return not re.search(r"\d{301}|\\ud[89a-f]", json.dumps(value))


def _huge(chance: random.Random, body: bytes) -> bytes:
    """The weights, at times with some of them beyond what a sum can hold."""
    weights = list(struct.unpack(f"<{len(body) // 4}f", body))
    for _ in range(chance.choice([0, 1, 5, len(weights)])):
        weights[chance.randrange(len(weights))] = chance.choice([1e4, -1e4, 1e30, -1e30, 3e38, -3e38, 0.0, 1e-45])
    return struct.pack(f"<{len(weights)}f", *weights)


def _whole(chance: random.Random) -> tuple[dict[str, Any], bytes, dict[str, Any]]:
    cell, activation = chance.choice([("elman", "tanh"), ("elman", "relu"), ("gru", None), ("lstm", None)])
    model = build(
        cell, activation, chance.choice(["last", "each", "attention"]), chance.choice(["embedding", "number"])
    )
    header: dict[str, Any] = {}
    body = b""
    for name, array in model.tensors().items():
        start = len(body)
        body += array.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [start, len(body)]}
    return header, body, storage.to_json(model)


def _in_metadata(chance: random.Random, metadata: dict[str, Any]) -> None:
    holder, key = chance.choice(list(_holders(metadata)))
    if chance.random() < 0.2:
        del holder[key]
    else:
        holder[key] = copy.deepcopy(chance.choice(VALUES))


def _holders(value: Any, depth: int = 5) -> Iterator[tuple[Any, Any]]:
    """Every list or object inside, down to a depth, with each of its indices or keys."""
    entries = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, inner in entries[:200]:
        yield value, key
        if isinstance(inner, dict | list) and depth:
            yield from _holders(inner, depth - 1)


def _in_header(chance: random.Random, header: dict[str, Any]) -> None:
    name = chance.choice(list(header))
    entry = header[name]
    match chance.randrange(6):
        case 0:
            header[name] = copy.deepcopy(chance.choice(VALUES))
        case 1:
            header[chance.choice(["", "\x1b[2J", "fc.weight", "x" * 5000, "\ud800"])] = header.pop(name)
        case 2 if isinstance(entry, dict):
            entry["dtype"] = chance.choice(["F64", "BF16", "I32", "BOOL", "F8_E4M3", "", "x" * 999, "\x1b", 3, None])
        case 3 if isinstance(entry, dict):
            entry["shape"] = chance.choice(
                [[chance.choice(SIZES) for _ in range(chance.randrange(4))], [2**40] * 40, [1] * 9]
            )
        case 4 if isinstance(entry, dict):
            entry["data_offsets"] = [chance.choice(SIZES) for _ in range(chance.choice([2, 2, 2, 1, 3]))]
        case _:
            del header[name]


def _json(chance: random.Random, value: Any) -> str:
    """JSON, at times with a key twice, or with brackets without end."""
    text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.03:
        text = '{"format": 1, ' + text[1:] if chance.random() < 0.5 else text.replace("{", "{" + '"name": 1, ' * 2, 1)
    if chance.random() < 0.02:
        text = chance.choice(["[", '{"a":']) * 100_000
    return text


def _in_bytes(chance: random.Random, content: bytearray) -> None:
    match chance.randrange(8):
        case 0:
            for _ in range(chance.randint(1, 20)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        case 1:
            del content[chance.randrange(len(content)) :]
        case 2:
            content += bytes(chance.randint(1, 100))
        case 3:
            content[-4:] = struct.pack("<f", chance.choice([float("nan"), float("inf"), 1e30, -1e4, 1e-45]))

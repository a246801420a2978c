"""Model files that are damaged, or made by somebody who means ill: whole files whose parts are changed one by one."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from tests.hardening import texts
from tests.hardening.deep import OTHERS
from tests.hardening.model_parts import Parts, joined, wholes

DTYPES = ("F16", "BF16", "F64", "I8", "I32", "I64", "U8", "BOOL", "F8_E4M3", "f32", "X", "", None, 4, ["F32"])
SIZES = (-1, 0, 1, 2, 7, 2**31, 2**32, 2**62, 2**64, 10**30, 1.0, 1.5, "3", None, True, [1], 1e300)
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 10**30, 10**400, 1.5, 1e308, float("nan"), float("inf"), "", "x", "\x1b[2J", "\0",
    [], {}, [[]], {"a": {}}, [None], [1, 2], ["a", "a"], ["", " "], ["x"], "elman", "lstm", "words", ["words"],
    {"kind": ["words"]}, {"kind": {}}, {"kind": "words", "lowercase": 1}, {"kind": "words", "x": 1},
    {"kind": "numbers"},
    {"kind": "numbers", "mean": 10**400}, {"kind": "numbers", "scale": 0}, {"kind": "numbers", "scale": 1e-320},
    {"kind": "numbers", "scale": 1e308}, {"kind": "characters"}, {"kind": "words", "punctuation": "spaces"},
    [{"text": 1, "why": 2}], [{"text": "\x1b[31m dog", "why": "\u202e"}], [{"text": "", "why": ""}],
    [{"text": "x" * 5000, "why": "y" * 5000}], ["\ud800"], "\ud83d", "z" * 200_000,
)  # fmt: skip
REQUIRED = ("format", "cell", "readout", "tokenizer", "labels")
NO_FILES = (
    b"", b"\0", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04" + b"\0" * 60, b"\x80\x04\x95", b"{}", b"\x1f\x8b\x08" + b"\0" * 20,
    b"\0" * 8, b"\xff" * 8, b"\xff" * 64, b"\x02" + b"\0" * 7 + b"{}", b"\x89HDF\r\n\x1a\n", b"#!/bin/sh\n",
    b" " * 4096,
    b"version https://git-lfs.github.com/spec/v1\n",
)  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A file: what was done to it, and whether it must be refused (else it may be refused, or open)."""

    done: str
    content: bytes
    refused: bool = False


def hostile(chance: Random) -> Hostile:
    """A whole file with one thing done to it."""
    whole = chance.choice(wholes())
    return chance.choice(MUTATIONS)(chance, whole, Parts.of(whole))


Mutation = Callable[[Random, bytes, Parts], Hostile]


def truncated(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """Cut short anywhere."""
    return Hostile("truncated", whole[: chance.randrange(len(whole))], refused=True)


def appended(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """More at its end."""
    return Hostile("appended", whole + chance.randbytes(chance.choice([1, 4, 4096])), refused=True)


def flipped(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """Some bytes changed."""
    content = bytearray(whole)
    reach = chance.choice([8, len(whole) - len(parts.numbers), len(whole)])
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(reach)] = chance.randrange(256)
    return Hostile("flipped", bytes(content))


def spliced(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """Its beginning before the end of another file."""
    other = chance.choice(wholes())
    return Hostile("spliced", whole[: chance.randrange(len(whole))] + other[chance.randrange(len(other)) :])


def measured_wrongly(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """Another length of its header."""
    (size,) = struct.unpack("<Q", whole[:8])
    sizes = {0, 1, size - 1, size + 1, size - 8, size + 8, len(whole), 100_000_000, 2**31, 2**32, 2**63, 2**64 - 1}
    return Hostile("measured wrongly", struct.pack("<Q", chance.choice(sorted(sizes))) + whole[8:], refused=True)


def no_file(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """No such file at all."""
    noise = chance.randbytes(chance.choice([1, 9, 500, 50_000]))
    return Hostile("no file", chance.choice([*NO_FILES, noise]), refused=True)


def other_header(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """JSON that is no header, or no JSON."""
    deep = b"[" * 100_000
    headers = (b"", b"{}", b"null", b"[]", b'"x"', b"1", b"NaN", deep, b'{"a":' * 50_000, b"{" + b"\xff" * 9 + b"}")
    return Hostile("other header", joined(chance.choice(headers), parts.numbers), refused=True)


def other_dtype(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A tensor of another dtype."""
    return Hostile(
        "other dtype", parts.with_entry(chance.choice(parts.names), dtype=chance.choice(DTYPES)), refused=True
    )


def other_shape(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A tensor of another shape."""
    name = chance.choice(parts.names)
    shape = list(parts.header[name]["shape"])
    kind = chance.randrange(4)
    if kind == 0:
        changed: Any = [*shape, chance.choice(SIZES)]
    elif kind == 1:
        at = chance.randrange(len(shape))
        changed = [*shape[:at], chance.choice(SIZES), *shape[at + 1 :]]
    elif kind == 2:
        changed = [*shape[::-1]]
    else:
        changed = chance.choice([None, 3, "3", [], {}, [[3]], [1] * 40])
    return Hostile("other shape", parts.with_entry(name, shape=changed), refused=repr(changed) != repr(shape))


def other_offsets(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A tensor whose numbers lie elsewhere."""
    name = chance.choice(parts.names)
    begin, end = parts.header[name]["data_offsets"]
    other = parts.header[chance.choice(parts.names)]["data_offsets"]
    choices: tuple[Any, ...] = (
        [end, begin], [begin, end + 4], [begin + 4, end + 4], [begin - 4, end], [begin, 2**63], [2**64 - 4, 2**64],
        [0, 0],
        [-4, -8], [begin], [begin, end, end], None, "x", [begin, None], [0, len(parts.numbers)], list(other), [1.5,
        2.5],
    )  # fmt: skip
    changed = chance.choice(choices)
    return Hostile("other offsets", parts.with_entry(name, data_offsets=changed), refused=changed != [begin, end])


def entry_of_no_tensor(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """An entry that is something else, or has a field more or less."""
    name = chance.choice(parts.names)
    entry = dict(parts.header[name])
    del entry[chance.choice(sorted(entry))]
    changed = chance.choice([entry, None, [], 3, "x", {}])
    return Hostile("entry of no tensor", Parts({**parts.header, name: changed}, parts.numbers).joined(), refused=True)


def renamed(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A tensor under another name."""
    name, other = (
        chance.choice(parts.names),
        chance.choice(["x", "", "\x1b[2J", "fc.bias ", "rnn.weight_ih_l9", "\0", "y" * 9000]),
    )
    header = {other if known == name else known: entry for known, entry in parts.header.items()}
    return Hostile("renamed", Parts(header, parts.numbers).joined(), refused=True)


def removed(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A tensor less, and the others moved up."""
    name = chance.choice(parts.names)
    header, numbers = {"__metadata__": parts.header["__metadata__"]}, b""
    for known in parts.names:
        if known != name:
            entry = parts.header[known]
            piece = parts.numbers[slice(*entry["data_offsets"])]
            header[known] = {**entry, "data_offsets": [len(numbers), len(numbers) + len(piece)]}
            numbers += piece
    return Hostile("removed", Parts(header, numbers).joined(), refused=name != "embedding.weight")


def added(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A tensor more, or thousands."""
    header, size = dict(parts.header), len(parts.numbers)
    count = chance.choice([1, 1, 5000])
    for n in range(count):
        name = texts.text(chance)[:40] + f" {n}" if count == 1 else f"more.{n}"
        header[name] = {"dtype": "F32", "shape": [1], "data_offsets": [size + 4 * n, size + 4 * n + 4]}
    return Hostile("added", Parts(header, parts.numbers + b"\0\0\0\0" * count).joined(), refused=True)


def twice(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A key twice in its header, or in its metadata."""
    where = chance.randrange(3)
    if where == 0:
        fields = parts.fields
        name = chance.choice(sorted(fields))
        inner = json.dumps(fields)[:-1] + f", {json.dumps(name)}: {json.dumps(fields[name])}}}"
        return Hostile("twice in the metadata", parts.with_inner(inner), refused=True)
    name = chance.choice(parts.names) if where == 1 else "__metadata__"
    header = json.dumps(parts.header)[:-1] + f", {json.dumps(name)}: {json.dumps(parts.header[name])}}}"
    return Hostile("twice in the header", joined(header.encode(), parts.numbers), refused=True)


def weighted(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """Weights that are no numbers, or very large or small ones."""
    numbers = np.frombuffer(parts.numbers, np.float32).copy()
    value = chance.choice([np.nan, np.inf, -np.inf, 1e4, -1e4, 1e30, -1e30, 3.4e38, -3.4e38, 1e-45, 0.0, 1e19, 1e10])
    if chance.random() < 0.4:
        numbers *= 0 if np.isfinite(value) else 1
        numbers += np.float32(value) * (np.float32(1) if chance.random() < 0.5 else chance.choice([-1, 1]))
    else:
        numbers[[chance.randrange(len(numbers)) for _ in range(chance.choice([1, 1, 5, 50]))]] = value
    return Hostile(
        f"weights of {value:g}",
        Parts(parts.header, numbers.tobytes()).joined(),
        refused=not np.isfinite(value),
    )


def without_metadata(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """No metadata, or other."""
    others: tuple[Any, ...] = (None, {}, {"x": "y"}, {"rnn_tui": 1}, {"rnn_tui": None}, {"rnn_tui": {}}, [], "x")
    inner = (
        "",
        "null",
        "[]",
        "1",
        "{",
        "{}",
        "[" * 100_000,
        '{"format": 1',
        "NaN",
        '{"format": ' + "1" * 130_000 + "}",
    )
    if chance.random() < 0.5:
        return Hostile("other metadata", parts.with_inner(chance.choice(inner)), refused=True)
    header = {**parts.header, "__metadata__": chance.choice(others)}
    return Hostile("no metadata", Parts(header, parts.numbers).joined(), refused=True)


def without_field(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A field of the metadata less."""
    fields = parts.fields
    name = chance.choice(sorted(fields))
    del fields[name]
    told = name == "cell" and bool(fields.get("layers"))  # which stand in the place of it
    return Hostile(f"without {name}", parts.with_fields(fields), refused=name in REQUIRED and not told)


def other_field(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """A field of the metadata that is something else."""
    fields = parts.fields
    name = chance.choice([*sorted(fields), "tokenizer", "vocabulary", "labels", "layers", "head", "output", "x"])
    return Hostile(f"other {name}", parts.with_fields({**fields, name: chance.choice(VALUES)}))


def other_depth(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """Layers, a head, an output or features that are not those of its tensors, or none at all; one or two of them."""
    fields = parts.fields
    names = chance.sample(sorted(OTHERS), chance.choice([1, 1, 2]))
    if chance.random() < 0.7:
        fields["format"] = 2
    for name in names:
        fields[name] = OTHERS[name](chance, fields)
    return Hostile(f"other {' and '.join(names)}", parts.with_fields(fields))


def other_texts(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """Names and sentences of any characters."""
    fields = parts.fields
    for name in chance.sample(
        ["name", "title", "summary", "labels", "vocabulary", "examples", "unit_names", "provenance"], 3
    ):
        if name in ("labels", "vocabulary"):
            fields[name] = [texts.text(chance) + str(n) for n in range(len(fields[name]))]
        elif name == "unit_names":
            fields[name] = [f"{texts.text(chance)}{n}" for n in range(parts.header["rnn.weight_hh_l0"]["shape"][1])]
        elif name == "examples":
            fields[name] = [{"text": texts.text(chance), "why": texts.text(chance)} for _ in range(3)]
        elif name == "provenance":
            keys = ["metric", "figure", "data", "licence", "baselines", "command", "n", "epoch"]
            fields[name] = {key: chance.choice([*VALUES, texts.text(chance)]) for key in chance.sample(keys, 4)}
        else:
            fields[name] = texts.text(chance)
    fields["unknown"] = None
    return Hostile("other texts", parts.with_fields(fields))


def sized(chance: Random, whole: bytes, parts: Parts) -> Hostile:
    """One word or label more or less than the tensors have."""
    fields = parts.fields
    name = chance.choice(["labels", "vocabulary"])
    more = [*fields[name], "one more"] if chance.random() < 0.5 else fields[name][:-1]
    return Hostile(f"sized {name}", parts.with_fields({**fields, name: more}), refused=more != [])


MUTATIONS: tuple[Mutation, ...] = (
    truncated, appended, flipped, flipped, spliced, measured_wrongly, no_file, other_header, other_dtype, other_shape,
    other_offsets, entry_of_no_tensor, renamed, removed, added, twice, weighted, weighted, without_metadata,
    without_field, other_field, other_field, other_depth, other_depth, other_depth, other_texts, other_texts, sized,
)  # fmt: skip

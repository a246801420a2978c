"""What the network in JavaScript computes in Chromium, beside what the program computes: cases in, numbers out.

Each side writes a JSON value in two halves: a skeleton, in which every number is 0, as the checksum of its text, and
the numbers in their order. So a page of many thousand traces stays small, and a name that is wrong is found as well.
"""

from __future__ import annotations

import base64
import html
import json
import random
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

import rnn_tui.export
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.export.trace_json import lines
from rnn_tui.network.errors import InputError
from rnn_tui.network.storage import save
from rnn_tui.network.trace import run
from tests.browser import chromium

SCRIPTS = Path(rnn_tui.export.__file__).parent / "page" / "script"
ENGINE = ("safetensors", "tokenizers", "cells", "network", "trace_json", "memory", "terms")
"""The scripts that compute, in the order in which they stand in a page."""
ODD = (
    "!",
    "…",
    "don't",
    "'",
    "--",
    "x-ray",
    "É",
    "é",
    "ǅungla",
    "İ",
    "ΟΔΟΣ",
    "🙂",
    "👩‍👧",
    "日本",
    "<b>",
    "\u200b",
    "a\u0301",
    "１",
    "_",
    "&",
)
SPACES = (" ", "  ", "\t", "\u00a0", "\u2003", "\n", "\x1c", "\x85")
NUMBERS = ("0", "1.5", "−2", "-0.25", "1e3", "1_000", ".5", "5.", "٣", "+7", "inf", "x", "0x10", "1__0", "")


class Case(NamedTuple):
    """A text with edits, in the form that is typed and as the page has them."""

    text: str
    typed: tuple[str, ...] = ()
    edits: Mapping[str, object] = MappingProxyType({})


def drawn_texts(model, count, seed=0):
    """Texts from a model's vocabulary, with odd and unknown words among them, or from numbers."""
    rng = random.Random(f"{model.name} {seed}")
    if model.tokenizer.kind == "numbers":
        return [_numbers(model, rng) for _ in range(count)]
    words = [word for word in model.vocabulary.words if word != model.vocabulary.unknown]
    texts = []
    for _ in range(count):
        odd = rng.random() < 0.4
        pieces = [
            rng.choice(ODD) if odd and rng.random() < 0.3 else rng.choice(words) for _ in range(rng.randint(1, 9))
        ]
        if rng.random() < 0.3:
            pieces[0] = pieces[0].upper()
        text = pieces[0]
        for piece in pieces[1:]:
            text += (rng.choice(SPACES) if odd else model.tokenizer.separator) + piece
        texts.append(text)
    return texts


def _numbers(model, rng):
    features = getattr(model.tokenizer, "features", 1)
    odd = rng.random() < 0.15
    one = [
        ",".join(
            rng.choice(NUMBERS) if odd and rng.random() < 0.3 else f"{rng.gauss(0, 1):.3f}" for _ in range(features)
        )
        for _ in range(rng.randint(1, 8))
    ]
    return rng.choice((" ", ";", "\n")).join(one)


def halves(value):
    """A JSON value as the checksum of its skeleton and its numbers."""
    numbers: list[float] = []

    def bare(part):
        if isinstance(part, dict):
            return {name: bare(inside) for name, inside in part.items()}
        if isinstance(part, list):
            return [bare(inside) for inside in part]
        if isinstance(part, int | float) and not isinstance(part, bool):
            numbers.append(part)
            return 0
        return part

    text = json.dumps(bare(value), ensure_ascii=False, separators=(",", ":"))
    return zlib.crc32(text.encode()), numbers


def expected(model, case):
    """The halves of a case's trace as the program prints it; None where it refuses the text."""
    try:
        tokens = model.tokenize(case.text)
    except InputError:
        return None
    trace = run(*apply_edits(model, tokens, [parse_edit(edit) for edit in case.typed]))
    return halves(json.loads("".join(lines(trace))))


SCRIPT = """
const table = Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});
const crc32 = (text) => {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
};
const encoded = (numbers) => {
  const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
  let text = "";
  for (let k = 0; k < bytes.length; k += 8192) text += String.fromCharCode(...bytes.subarray(k, k + 8192));
  return btoa(text);
};
const halves = (value) => {
  const numbers = [];
  const bare = JSON.stringify(value, (_, part) => typeof part === "number" ? (numbers.push(part), 0) : part);
  return [crc32(bare), encoded(numbers)];
};
const bytesOf = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer;
const attempt = (doing) => {
  try {
    return doing();
  } catch (error) {
    return error instanceof rnnTui.UserError ? error.message : `FAULT ${error.stack}`;
  }
};
const asked = JSON.parse(document.getElementById("asked").textContent);
const answers = asked.map(({ file, calls }) => attempt(() => {
  const network = rnnTui.network(bytesOf(file));
  return calls.map((call) => attempt(() => DOING(network, call)));
}));
document.getElementById("answers").textContent = JSON.stringify(answers);
"""


def in_chromium(asked, doing, folder):
    """What a function of JavaScript, of a network and a call, gives for [(model, calls), …]: a list for each model.

    Where a call fails there stands the message, and "FAULT …" where that is none for whoever reads the page.
    """
    files = []
    for model, calls in asked:
        if isinstance(model, bytes):
            content = model
        else:
            save(model, folder / "model.safetensors")
            content = (folder / "model.safetensors").read_bytes()
        files.append({"file": base64.b64encode(content).decode(), "calls": calls})
    data = json.dumps(files).replace("<", "\\u003c")
    scripts = "\n".join((SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in ENGINE)
    page = (
        f'<!doctype html><meta charset="utf-8"><script>{scripts}</script><pre id="answers"></pre>'
        f'<script type="application/json" id="asked">{data}</script><script>{SCRIPT.replace("DOING", doing)}</script>'
    )
    (folder / "engine.html").write_text(page, encoding="utf-8")
    done = chromium.run("--dump-dom", (folder / "engine.html").as_uri(), folder=folder)
    found = re.search(r'<pre id="answers">(.*?)</pre>', done.stdout, re.S)
    assert found is not None
    assert found[1], done.stderr[-2000:]
    return json.loads(html.unescape(found[1]))


def decoded(text):
    """The numbers that a page wrote."""
    return np.frombuffer(base64.b64decode(text), "<f8")

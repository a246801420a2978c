"""The network in JavaScript, asked in Chromium: calls in, and for each what came out of it.

A large value is handed back in two halves: its skeleton, in which every number is 0, as the checksum of its text, and
the numbers in their order. So a page of many thousand traces stays small, and a name that is wrong is found as well.
"""

from __future__ import annotations

import base64
import html
import json
import re
import zlib

import numpy as np

from rnn_tui.export.page.document import ENGINE, script_of
from rnn_tui.network.model import Model
from rnn_tui.network.storage import save
from tests.browser import chromium

DAMAGED = re.compile(
    r"the model in this page (is damaged \(.+\)|has .+ that it knows|has an unknown tokenizer); export it again"
)

SCRIPT = """
const table = Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});
const checksum = (text) => {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
};
const encoded = (numbers) => {
  const bytes = new Uint8Array(numbers.buffer);
  let text = "";
  for (let k = 0; k < bytes.length; k += 8192) text += String.fromCharCode(...bytes.subarray(k, k + 8192));
  return btoa(text);
};
const halves = (value) => {
  const numbers = [];
  const bare = (part) => {
    if (typeof part === "number") return numbers.push(part), 0;
    if (Array.isArray(part)) return part.map(bare);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([name, inside]) => [name, bare(inside)]));
  };
  return [checksum(JSON.stringify(bare(value))), encoded(Float32Array.from(numbers))];
};
const DOING = {
  trace: (network, text, edits) => halves(network.trace(text, edits).json()),
  memory: (network, ...asked) => encoded(Float64Array.from(network.memory(...asked).influence.flat())),
  terms: (network, text, edits, asked) => {
    const trace = network.trace(text, edits);
    return asked.map((one) => trace.terms(...one));
  },
  tokens: (network, texts) => texts.map((text) => attempt(() => network.tokenize(text))),
  pieces: (network, texts) => {
    const pieces = (text) => network.tokenize(text).map((token) => [token.text, token.surface]);
    return texts.map((text) => checksum(JSON.stringify(pieces(text))));
  },
  known: (network, text) => Array.from(text, (one) => !/\\p{Cn}/u.test(one)),
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
const answers = asked.map(([file, calls]) => attempt(() => {
  const network = rnnTui.network(bytesOf(file));
  return calls.map(([name, ...given]) => attempt(() => DOING[name](network, ...given)));
}));
document.getElementById("answers").textContent = JSON.stringify(answers);
"""


def in_chromium(asked, folder):
    """The answers to [(model, calls), …], a list for each model; a call is one of `DOING` by its name, and arguments.

    A model may be the bytes of a file. Where a call is refused there stands the message, and "FAULT …" where that is
    none for whoever reads the page; where a file is refused, that message alone.
    """
    listed = [(base64.b64encode(_bytes_of(model, folder)).decode(), calls) for model, calls in asked]
    data = json.dumps(listed).replace("<", "\\u003c")
    scripts = "\n".join(map(script_of, ENGINE))
    page = (
        f'<!doctype html><meta charset="utf-8"><script>{scripts}</script><pre id="answers"></pre>'
        f'<script type="application/json" id="asked">{data}</script><script>{SCRIPT}</script>'
    )
    (folder / "engine.html").write_text(page, encoding="utf-8")
    done = chromium.run("--dump-dom", (folder / "engine.html").as_uri(), folder=folder)
    found = re.search(r'<pre id="answers">(.*?)</pre>', done.stdout, re.S)
    assert found is not None, done.stderr[-2000:]
    assert found[1], done.stderr[-2000:]
    return json.loads(html.unescape(found[1]))


def _bytes_of(model, folder):
    if isinstance(model, Model):
        save(model, folder / "model.safetensors")
        return (folder / "model.safetensors").read_bytes()
    return model


def decoded(text, dtype=np.float64):
    """The numbers that a page wrote; those of traces have 32 bits there."""
    return np.frombuffer(base64.b64decode(text), np.dtype(dtype).newbyteorder("<"))


def halves(value):
    """A JSON value as the checksum of its skeleton and its numbers."""
    numbers: list[float] = []

    def bare(part):
        if isinstance(part, dict):
            return {name: bare(inside) for name, inside in part.items()}
        if isinstance(part, list):
            if set(map(type, part)) == {float}:  # most are, and there are millions of them
                numbers.extend(part)
                return [0] * len(part)
            return [bare(inside) for inside in part]
        if isinstance(part, int | float) and not isinstance(part, bool):
            numbers.append(part)
            return 0
        return part

    return checksum(bare(value)), numbers


def checksum(value):
    """That of the text of a JSON value."""
    return zlib.crc32(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

"""Random walks: nothing ends the program, nothing on the screen is obeyed, the printed command and undo lead back."""

from __future__ import annotations

import os
import shutil

import pytest

from rnn_tui import shelf
from rnn_tui.network.model import Example
from rnn_tui.network.storage import save
from tests.builders import build
from tests.deep import VECTORS, deep_model
from tests.hardening.cases import Fault
from tests.hardening.deep import DEEP
from tests.hardening.model_parts import SHIPPED
from tests.hardening.walks import Walk
from tests.tui.models import MODELS

pytestmark = pytest.mark.hardening
KIND, TOTAL, CHUNK = "walk", 300, 5
EXAMPLES = {"vectors": (Example(VECTORS, "of three features"),), "number": (Example("1 2.5 -3", "of one"),)}
NASTY = {
    "names-that-are-obeyed": build(
        labels=("\x1b[31mred", "[b]bold[/]", "\u202eabc", "猫" * 30),
        unit_names=("\x1b]0;x\x07", "[@click=app.quit]x[/]", "a\u0301\u0301"),
        words=("<unk>", "the", "dog", "\x1b[2J", "\r\n", "👨\u200d👩", "\x9b1m"),
        examples=(Example("the \x1b[2J dog", "\x1b[31m [red]why[/] \u202e"), Example("👨\u200d👩 \r\n \x9b1m", "")),
        title="\x1b]52;c;x\x07[b]title",
        summary="\u202e\x07" * 40,
    ),
    "one-unit": build(hidden=1, labels=("only",), seed=8),
    "large-weights": build("lstm", None, scale=1e4, seed=9, readout="each"),
    "long-names": build(labels=("x" * 500, "y" * 500), unit_names=("u" * 300, "v" * 300, "w" * 300), seed=10),
    "no-examples": build("gru", None, examples=(), seed=11),
}
STACKS = {name: deep_model(**kind, examples=EXAMPLES.get(kind.get("inputs"), ())) for name, kind in DEEP.items()}
BROKEN = {"broken": b"", "cut": b"\x10\0\0\0\0\0\0\0{"}
FROM_THE_SHELF = ("kicking-and-screaming", "names", "recall-lstm", "sunspots")


@pytest.fixture(scope="module")
def shelved(tmp_path_factory):
    """A folder of models: small ones, shipped ones, nasty ones, broken ones."""
    folder = tmp_path_factory.mktemp("shelf")
    for name, model in {**MODELS, **NASTY, **STACKS}.items():
        save(model, folder / f"{name}.safetensors")
    for name in FROM_THE_SHELF:
        shutil.copy(SHIPPED / f"{name}.safetensors", folder)
    for name, content in BROKEN.items():
        (folder / f"{name}.safetensors").write_bytes(content)
    return folder


async def test_a_walk_ends_nowhere_and_leads_back(cases, shelved, tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "folders", lambda: [shelved])
    monkeypatch.chdir(tmp_path)
    names = [*MODELS, *NASTY, *STACKS, *STACKS, *FROM_THE_SHELF]

    async def one(chance):
        await Walk(chance, names).go()
        if left := [name for name in os.listdir() if name.endswith(".tmp") or name.startswith(".")]:
            raise Fault(f"leaves {left}")

    await cases.each_awaited(one)

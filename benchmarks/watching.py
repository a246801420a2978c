"""A training that is watched: its pace beside the same training unwatched, and keys while it goes on."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, in_ms, p95, ratio
from benchmarks.programs import LEFT, RIGHT, RNN_TUI
from benchmarks.pseudo_terminal import PseudoTerminal

TEXTS, EPOCHS = 2_000, 12
RATIO, FRAME_MS = 1.1, 16.0
GOOD, BAD = ("great", "lovely"), ("awful", "boring")
OTHERS = ("the", "film", "was", "and", "story", "i", "saw", "very", "long", "actor")


def measure(*, quick: bool) -> list[Figure]:
    """Two rows."""
    rounds, count = (2, 20) if quick else (5, 80)
    with tempfile.TemporaryDirectory() as folder:
        data = _data(Path(folder))
        watched, alone = [], []
        for _ in range(rounds):
            alone.append(_trained(data, watched=False))
            watched.append(_trained(data, watched=True))
        keys, walk = _keys(data, count)
    return [
        Figure("watching a training", _said(watched), _said(alone), ratio(watched, alone), RATIO),
        Figure("key to paint while it trains", in_ms(keys), f"walk {in_ms(walk)}", p95(keys) * 1e3, FRAME_MS, "ms"),
    ]


def _said(seconds: list[float]) -> str:
    return f"{sorted(seconds)[len(seconds) // 2] / EPOCHS * 1e3:.0f} ms an epoch"


def _data(folder: Path) -> Path:
    """Texts whose label one word of them says."""
    rng = random.Random(1)
    texts: dict[str, str] = {}
    while len(texts) < TEXTS:
        words = rng.choices(OTHERS, k=rng.randint(5, 20))
        words[rng.randrange(len(words))] = word = rng.choice(GOOD + BAD)
        texts[" ".join(words)] = "Positive" if word in GOOD else "Negative"
    path = folder / "texts.csv"
    path.write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in texts.items()), encoding="utf-8")
    return path


def _command(data: Path, *options: str) -> list[str]:
    out, epochs = data.with_name("out.safetensors"), str(options[0])
    words = ["train", str(data), "-o", str(out), "--epochs", epochs, "--patience", epochs, "--keep-epochs"]
    return [sys.executable, "-m", "rnn_tui", *words, *options[1:]]


def _trained(data: Path, *, watched: bool) -> float:
    """The seconds of a training until its last epoch has ended, as its own history says."""
    options = ("--watch",) if watched else ("--quiet",)
    with PseudoTerminal(_command(data, str(EPOCHS), *options), environment={"TEXTUAL_ANIMATIONS": "none"}) as terminal:
        if watched:
            terminal.read_until(lambda: "the model file has epoch" in terminal.text, timeout=300)
            terminal.send("q")
        terminal.wait(300)
    history = data.with_name("out.run") / "history.jsonl"
    told = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    if told[-1]["epoch"] != EPOCHS:
        raise RuntimeError(f"it has ended after epoch {told[-1]['epoch']}")
    return float(told[-1]["seconds"])


def _keys(data: Path, count: int) -> tuple[list[float], list[float]]:
    """Seconds from a key to the first of what it paints, while a training goes on and of the walk beside it."""
    taken: tuple[list[float], list[float]] = ([], [])
    command = _command(data, "10000", "--watch")
    with PseudoTerminal(command, environment={"TEXTUAL_ANIMATIONS": "none"}) as watch, RNN_TUI.started() as walk:
        watch.read_until(lambda: "an epoch" in watch.text, timeout=60)
        for index in range(count + 10):
            for terminal, kept, keys in zip((watch, walk), taken, ((LEFT, RIGHT), (RIGHT, LEFT)), strict=True):
                terminal.settle(0.02)
                pressed = time.perf_counter()
                terminal.send(keys[index % 2])
                if terminal.read(1.0) and index >= 10:
                    kept.append(time.perf_counter() - pressed)
        watch.send("q")
        watch.wait(60)
    return taken

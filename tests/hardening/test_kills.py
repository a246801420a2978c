"""A training or a save that is ended at any moment leaves no file, or the old one, or a whole one; never a half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.network.storage import load, save
from tests.builders import build
from tests.hardening.cases import Fault
from tests.hardening.oracles import WARNING
from tests.hardening.running import ROOT, call

pytestmark = pytest.mark.hardening
KIND, TOTAL, CHUNK = "kill", 120, 6
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGTERM, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SLOW = """
import os, sys, time
replace = os.replace
def slow(*names, **more):
    time.sleep(0.4)
    replace(*names, **more)
    time.sleep(0.1)
os.replace = slow
"""
"""A save that takes so long that a moment in the middle of it can be met: all is written, and not yet in its place."""
PROGRAM = """
import os, sys
from rnn_tui.__main__ import start
os.close(int(sys.argv.pop(1)))
sys.exit(start())
"""
"""What the command `rnn-tui` is. It closes a pipe at its start: before that it is Python which a signal ends."""
LONGEST = 60.0
WORDS = "the a dog cat barked slept and not good bad film never again very much"
OUTPUT = "out.safetensors"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, with something to learn from and weights to import; and nothing else."""
    words = WORDS.split()
    rows = [
        f"{words[n % 7]} {words[(n * 5 + 1) % 14]} {words[(n * 3) % 11]},{'good' if n % 3 else 'bad'}"
        for n in range(400)
    ]
    (tmp_path / "data.csv").write_text("text,label\n" + "\n".join(rows) + "\n")
    (tmp_path / "words.txt").write_text("\n".join(build().vocabulary.words) + "\n")
    np.savez(tmp_path / "weights.npz", **build().tensors())
    save(build(), tmp_path / "model.safetensors")
    monkeypatch.chdir(tmp_path)
    return tmp_path


COMMANDS = {
    "train": ["train", "data.csv", "-o", OUTPUT, "--epochs", "40", "--patience", "40", "--hidden", "8"],
    "short": ["train", "data.csv", "-o", OUTPUT, "--epochs", "1", "--quiet", "--hidden", "2"],
    "import": ["import", "weights.npz", "--vocabulary", "words.txt", "--labels", "a,b", "-o", OUTPUT],
    "export": ["export", "-m", "./model.safetensors", "-s", "the dog", "-o", OUTPUT, "--force"],
}


def test_what_is_ended_at_any_moment_leaves_nothing_half(cases, folder):
    there = set(os.listdir())

    def one(chance):
        old = (folder / "model.safetensors").read_bytes() if chance.random() < 0.5 else None
        if old is not None:
            Path(OUTPUT).write_bytes(old)
        number = chance.choice(SIGNALS)
        try:
            saving = chance.random() < 0.5
            command = chance.choice(["short", "short", "import", "export"]) if saving else "train"
            code, said = ended_by(number, COMMANDS[command], chance, there, saving=saving)
            try:
                check_left(number, code, said, old, set(os.listdir()) - there - {OUTPUT})
            except Fault as fault:
                when = "while it saves" if saving else "while it learns"
                raise Fault(
                    *(f"{command} {when}, {number.name}: {line}" for line in str(fault).splitlines())
                ) from fault
        finally:
            for name in set(os.listdir()) - there:
                os.unlink(name)

    cases.each(one)


def ended_by(number, words, chance, there, *, saving):
    """Start a command and end it by a signal; returns its exit code and what it said on stderr.

    Where it is `saving` that is to be met, the moment is drawn from the time after its first file has come, else from
    that after its start.
    """
    begun, told = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", (SLOW if saving else "") + PROGRAM, str(told), *words],
        pass_fds=(told,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    os.close(told)
    with open(begun, "rb") as start:
        start.read()
    try:
        if saving:
            expected = there | {OUTPUT}
            end = time.monotonic() + LONGEST
            while process.poll() is None and set(os.listdir()) <= expected and time.monotonic() < end:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.45))
        else:
            time.sleep(chance.uniform(0, 2.5))
        process.send_signal(number)
        _, said = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Fault(f"goes on for {LONGEST:g} s after {number.name}") from None
    return process.returncode, said.decode("utf-8", "replace")


def check_left(number, code, said, old, left):
    """Raise Fault for a half file, a file that is neither the old one nor a whole one, or one that was forgotten."""
    path = Path(OUTPUT)
    if code not in (0, 1, 130, 128 + number, -number):
        raise Fault(f"exit code {code}: {said[-200:]}")
    if WARNING.search(said):
        raise Fault(f"says {said.strip().splitlines()[-1]}")
    if path.exists() and (old is None or path.read_bytes() != old):
        load(path)
    if code == 0 and not path.exists():
        raise Fault("ends with 0 and leaves no file")
    if old is not None and not path.exists():
        raise Fault("the old file is gone")
    if not left:
        return
    if number != signal.SIGKILL:
        raise Fault(f"leaves {sorted(left)}")
    call(*COMMANDS["short"])
    if still := left & set(os.listdir()):
        raise Fault(f"the next save leaves {sorted(still)}")

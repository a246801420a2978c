"""What is no file, under the name of one: a pipe that nobody writes to, a folder, a link to nowhere, a device."""

from __future__ import annotations

import os
import socket
from itertools import product

import pytest

from rnn_tui.network.storage import save
from tests.builders import build
from tests.hardening.cases import Fault
from tests.hardening.oracles import check
from tests.hardening.running import call_apart

pytestmark = pytest.mark.hardening


def fifo(path):
    os.mkfifo(path)


def folder(path):
    path.mkdir()


def link_to_nowhere(path):
    path.symlink_to("nowhere")


def link_to_itself(path):
    path.symlink_to(path.name)


def null(path):
    path.symlink_to("/dev/null")


def endless(path):
    path.symlink_to("/dev/zero")


def bound_socket(path):
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)  # short: the names of sockets are


def large(path):
    with path.open("wb") as file:
        file.truncate(65 * 2**20)


def vast(path):
    with path.open("wb") as file:
        file.truncate(2**40)


def empty(path):
    path.touch()


def link_to_a_folder(path):
    path.symlink_to(".")


NAMES = {
    "usual": "x",
    "of bytes": os.fsdecode(b"x\xff\xfe"),
    "of controls": "x\x1b[2J\n\u202e",
    "of quotes": "x'\"$(id) -m",
}
PLACES = (
    fifo,
    folder,
    link_to_nowhere,
    link_to_itself,
    null,
    endless,
    bound_socket,
    large,
    vast,
    empty,
    link_to_a_folder,
)
CALLS = {
    "open": lambda name: ["trace", "-m", f"./{name}"],
    "list": lambda name: ["models"],
    "list as JSON": lambda name: ["models", "--json"],
    "learn": lambda name: ["train", name, "-o", "out.safetensors", "--quiet", "--epochs", "1"],
    "evaluate": lambda name: ["evaluate", "-m", "./whole.safetensors", f"./{name}"],
    "import": lambda name: ["import", f"./{name}", "--labels", "a,b", "-o", "out.safetensors"],
    "read": lambda name: ["walk", "-m", "./whole.safetensors", "--sentence-file", f"./{name}"],
    "write": lambda name: ["export", "-m", "./whole.safetensors", "-s", "the dog", "--force", "-o", f"./{name}"],
    "set": lambda name: ["--settings", f"./{name}"],
    "tell": lambda name: ["lesson", f"./{name}", "--plain"],
}
WAIT = ("learn", "evaluate", "read", "set", "tell")
"""What waits at a pipe for somebody to write: a shell's <(…) is one."""
KIND, CHUNK = "special file", 6
TOTAL = len(NAMES) * len(PLACES) * len(CALLS)


def test_what_is_no_file_is_refused_in_one_line(cases, tmp_path, monkeypatch):
    monkeypatch.setenv("RNN_TUI_MODELS", str(tmp_path))

    def one(chance):
        named, make, (said, asked) = chance.in_turn([*product(NAMES, PLACES, CALLS.items())])
        here = tmp_path / str(chance.number)
        here.mkdir()
        monkeypatch.chdir(here)
        monkeypatch.setenv("RNN_TUI_MODELS", str(here))
        save(build(), here / "whole.safetensors")
        name = f"{NAMES[named]}.safetensors"
        if make is fifo and said in WAIT:
            return
        try:
            make(here / name)
        except OSError:  # this file system holds no such thing
            return
        try:
            ended = check(call_apart(*asked(name), folder=here), apart=True)
            if said.startswith("list"):
                if ended.code != 0 or "whole" not in ended.text:
                    raise Fault(f"ends with {ended.code}: {ended.complaint[:200]}")
            elif said not in ("write", "set", "read", "learn") and ended.code == 0:
                raise Fault(f"takes it: {ended.text[:200]}")
        except Fault as fault:
            raise Fault(*(f"{make.__name__} {named}, {said}: {line}" for line in str(fault).splitlines())) from fault
        finally:
            if left := {entry for entry in os.listdir() if entry.endswith(".tmp")}:
                raise Fault(f"leaves {left}")

    cases.each(one)

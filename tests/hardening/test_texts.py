"""Texts of every kind, wherever a text can be given: one clear answer, nothing that a terminal obeys."""

from __future__ import annotations

import os
from functools import partial

import pytest

from rnn_tui import shelf
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import save
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from rnn_tui.scene_text import arguments_of
from tests.builders import build
from tests.deep import deep_model
from tests.hardening import texts
from tests.hardening.cases import Fault
from tests.hardening.deep import DEEP
from tests.hardening.oracles import check, json_of
from tests.hardening.reopening import check_printed, reopened
from tests.hardening.running import call, call_apart

pytestmark = pytest.mark.hardening
KIND, TOTAL, CHUNK = "text", 2000, 50
MODELS = {
    "words": build("gru", None, inputs="embedding"),
    "raw": build(readout="attention"),
    "lenient": build("lstm", None, "each"),
    "numbers": build(inputs="number"),
    **{name: deep_model(**DEEP[name]) for name in ("both-ways", "a-number", "tags-both-ways", "hidden-layers")},
}
READ = {"numbers": "1 2 3", "a-number": "1,2,3 4,5,6"}
SECONDS = 6.0
"""Seconds of the processor, beside those for what is printed."""
APART, HUGE = 0.02, 0.02
"""The shares of the texts that go to a process of their own, and that have a megabyte."""
EDITS = ("word 1 {}", "insert 1 {}", "{}", "set weight_hh[1,1] {}", "hold 1 {}", "scale-memory {}", "silence {}")
OPTIONS = (
    "-m", "--at", "--layer", "--direction", "--lens", "--unit", "--settings", "--theme", "--keys", "--temperature",
    "--scroll", "--weight",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A shelf of small models, and nothing else, in the current folder."""
    for name, model in MODELS.items():
        save(model, tmp_path / f"{name}.safetensors")
    monkeypatch.setattr(shelf, "folders", lambda: [tmp_path])
    monkeypatch.setenv("RNN_TUI_MODELS", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", os.devnull)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_text_is_read_or_refused_in_one_line(cases, folder):
    cases.each(one)


def one(chance):
    """Give a text in one of the ways in which one can, and look at what comes of it."""
    ask = chance.choice((as_sentence, as_sentence, as_sentence, as_file, as_edit, as_option, as_command, as_scene))
    ask(chance, partial(call_apart if chance.random() < APART else call), str(chance.choice([*MODELS])))


def sentence(text):
    """The arguments that give a sentence, whatever it begins with."""
    return [f"--sentence={text}"]


def as_sentence(chance, called, name):
    """After -s, to each command that reads a sentence."""
    if chance.random() < HUGE and called.func is call:
        check(called("trace", "-m", "words", *sentence(texts.huge(chance)), "--json"))
        return
    text = texts.argument(chance)[: texts.LONGEST_ARGUMENT]
    command = chance.choice((
        ["trace", "--json"], ["trace", "--json"], ["trace"], ["walk"], ["walk", "--notation"], ["generate"], [],
        *(["lens", lens] for lens in ("memory", "gradient", "recency", "units", "path")),
        ["compare", "-s", "the dog"], ["compare", "-m", "raw", "--json"],
    ))  # fmt: skip
    ended = check(called(*command, "-m", name, *sentence(text)), seconds=SECONDS)
    if ended.code == 0 and command == ["trace", "--json"]:
        trace = json_of(ended.text)
        if not len(trace["steps"]) == len(trace["tokens"]) > 0:
            raise Fault(f"{len(trace['steps'])} steps of {len(trace['tokens'])} tokens")


def as_file(chance, called, name):
    """In a file, or through a pipe."""
    content = texts.content(chance)
    with open("sentence.txt", "wb") as file:
        file.write(content)
    path, stdin = chance.choice([("sentence.txt", b""), ("-", content)])
    check(called(chance.choice(["trace", "walk"]), "-m", name, "--sentence-file", path, stdin=stdin), seconds=SECONDS)


def as_edit(chance, called, name):
    """As an edit, or in one."""
    edit = chance.choice(EDITS).format(texts.argument(chance)[: texts.LONGEST_ARGUMENT])
    words = ["-m", name, "-s", READ.get(name, "the dog"), f"--edit={edit}"]
    check(called(chance.choice(["trace", "walk"]), *words))


def as_option(chance, called, name):
    """As the value of an option that takes a name, a path, a place or a number."""
    text = texts.argument(chance)[: texts.LONGEST_ARGUMENT]
    option = chance.choice(OPTIONS)
    check(called("walk", *(["-m", name] if option != "-m" else []), f"{option}{'=' if option[1] == '-' else ''}{text}"))


def as_command(chance, called, name):
    """As a command, an argument too many, or a file that is to be read or written."""
    text = texts.argument(chance)[: texts.LONGEST_ARGUMENT]
    model, output = ["-m", name], ["-o", "x.safetensors"]
    calls = (
        [text], ["trace", text], ["lens", text], ["walk", "-s", "a", text], ["evaluate", *model, text],
        ["train", text, *output], ["import", text, "--labels", "a,b", *output], ["export", "-o", text],
        ["export", *model, "-s", "1 2", "--force", "-o", f"{text[:200]}.json"],
    )  # fmt: skip
    ended = check(called(*chance.choice(calls)))
    if ended.code == 0 and not ended.text:
        raise Fault("ends with 0 and says nothing")


def as_scene(chance, called, name):
    """In a scene, whose printed command a shell and the program take for the same scene."""
    model, text = MODELS[name], texts.argument(chance)[: texts.LONGEST_ARGUMENT]
    edits = f"insert 1 {texts.argument(chance)[:200]}", f"word 1 {texts.word(chance)}"
    try:
        read = tuple(parse_edit(edit) for edit in edits[: chance.randint(0, 2)])
        trace = run(*apply_edits(model, model.tokenize(text), read))
    except UserError:  # a text or a word that is none to this model: the other ways to give one ask for its line
        return
    position = trace.order.at(chance.randrange(len(trace.order)))
    scene = Scene(Reading(name, text, read), position=position)
    back = reopened(check_printed(arguments_of(scene, model.floors)))
    if back != scene:
        raise Fault(f"{scene!r:.400} comes back as {back!r:.400}")

"""Every module and every command does without what Windows lacks, and does the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from rnn_tui.network.storage import is_name_on_windows, save
from tests.builders import build

ROOT = Path(__file__).resolve().parents[2]
LACKING, WHOLE = "tests.windows.lacking", "rnn_tui"
ASKED_BEFORE = re.compile(r'^assert sys\.platform != "win32"', re.MULTILINE)
"""The line of a module that can't be imported on Windows; mypy reads it, too, and knows no more of the module there."""
SENTENCES = "text,label\n" + "".join(f"{word} film,{label}\n" for word, label in 8 * [("bad", "no"), ("good", "yes")])


@pytest.fixture
def ran(tmp_path):
    """Run a module with arguments in a folder of its own: ran(module, *arguments) gives what it printed, as bytes."""

    def run(module, *arguments, encoding="utf-8", code=0):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "HOME": str(tmp_path)}
        environment |= {"XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONWARNDEFAULTENCODING": "1"}
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr.decode()
        return done.stdout + done.stderr if code else done.stdout

    yield run
    assert all(is_name_on_windows(path.name) for path in tmp_path.rglob("*"))


def assert_equal(one, other):
    """Two networks have the same tensors to the last bit."""
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[name], other[name]) for name in one)


def source(module):
    return Path(find_spec(module).origin).read_text(encoding="utf-8")


def test_every_module_is_there_or_is_asked_for_elsewhere_alone(ran):
    found = json.loads(ran("tests.windows.importing"))

    assert found["tried"] > 300
    assert [name for name in found["said"] if not ASKED_BEFORE.search(source(name))] == []


@pytest.mark.parametrize(
    "arguments",
    [
        "--help",
        "--version",
        "train --help",
        "models",
        "trace -m sentiment -s good",
        "trace -m names -s Ma --json",
        "walk -m sentiment-gru",
        "walk -m tagger --notation",
        "lens memory -m sentiment -s not/bad",
        "lens units -m sentiment",
        "lens path -m sentiment-lstm --json",
        "compare -m recall-elman -m recall-lstm -s obcdf",
        "generate -m names -s Ma --seed 1",
    ],
)
def test_a_command_prints_the_same(ran, arguments):
    assert ran(LACKING, *arguments.split()) == ran(WHOLE, *arguments.split())


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp932", "ascii"])
def test_pages_of_a_console_take_every_line_and_json_stays_as_it_is(ran, encoding):
    for arguments in (["walk", "-m", "sentiment"], ["lens", "memory", "-s", "日本 é −1 “not” \U0001f600"]):
        plain = ran(LACKING, *arguments, encoding=encoding).decode(encoding)
        assert plain.count("\n") == ran(LACKING, *arguments).decode().count("\n") > 5
    asked = "trace", "--json", "-s", "日本 é −1 “not”"
    assert json.loads(ran(LACKING, *asked, encoding=encoding).decode("ascii")) == json.loads(ran(WHOLE, *asked))


def test_what_is_trained_is_the_same_and_can_be_judged(ran, tmp_path):
    (tmp_path / "films.csv").write_text(SENTENCES, encoding="utf-8")
    for module in (LACKING, WHOLE):
        ran(module, "train", "films.csv", "--epochs", "2", "-o", f"{module}.safetensors")
        ran(module, "train", "films.csv", "--epochs", "2", "-o", f"{module}.safetensors")  # in the place of the first
    judged = ran(LACKING, "evaluate", "-m", f"./{LACKING}.safetensors", "films.csv")

    assert b"accuracy" in judged
    assert_equal(*(load_file(tmp_path / f"{module}.safetensors") for module in (LACKING, WHOLE)))
    assert sorted(os.listdir(tmp_path)) == ["films.csv", "rnn_tui.safetensors", f"{LACKING}.safetensors"]


def test_weights_become_a_model_and_a_scene_becomes_files(ran, tmp_path):
    model = build("gru", None, inputs="embedding", hidden=3)
    save(model, tmp_path / "weights.safetensors")
    tensors = load_file(tmp_path / "weights.safetensors")
    save_file(tensors, tmp_path / "weights.safetensors")  # the tensors alone
    (tmp_path / "words.txt").write_text("\n".join(model.vocabulary.words), encoding="utf-8")
    given = "--vocabulary", "words.txt", "--labels", ",".join(model.labels)
    scene = "-m", "./made.safetensors", "-s", " ".join(model.vocabulary.words[1:3])

    ran(LACKING, "import", "weights.safetensors", *given, "-o", "made.safetensors")
    for module, name in ((LACKING, "cut.safetensors"), (WHOLE, "expected.safetensors")):
        ran(module, "export", *scene, "--edit", "forget", "-o", name)
    ran(LACKING, "export", *scene, "-o", "made.json")

    assert_equal(load_file(tmp_path / "made.safetensors"), tensors)
    assert_equal(load_file(tmp_path / "cut.safetensors"), load_file(tmp_path / "expected.safetensors"))
    assert not load_file(tmp_path / "cut.safetensors")["rnn.weight_hh_l0"].any()
    shown = ran(WHOLE, "trace", "--json", *scene)
    assert json.loads((tmp_path / "made.json").read_text(encoding="utf-8")) == json.loads(shown)


def test_the_screen_opens_takes_keys_and_saves(ran, tmp_path):
    seen = json.loads(ran("tests.windows.opening"))

    assert (seen["fault"], seen["edits"]) == ("None", 1)
    assert [name for name in seen["modules"] if ASKED_BEFORE.search(source(name))] == []
    assert "rnn_tui.tui.app" in seen["modules"]
    assert not load_file(tmp_path / "mine.safetensors")["rnn.weight_hh_l0"].any()
    assert [path.stem for path in tmp_path.glob("*.svg")] == ["rnn-tui-kicking-and-screaming-1-add"]


@pytest.mark.parametrize("name", ["nul.safetensors", "a:b.safetensors", "com1.model.safetensors", "what?.safetensors"])
def test_a_name_that_no_file_can_have_is_refused_before_the_training(ran, tmp_path, name):
    (tmp_path / "films.csv").write_text(SENTENCES, encoding="utf-8")

    said = ran(LACKING, "train", "films.csv", "-o", name, code=1).decode()

    assert said == f"rnn-tui: {name}: is a name that Windows gives to no file; give another name\n"
    assert os.listdir(tmp_path) == ["films.csv"]


MISSED = """
import sys
from tests.windows.lacking import take_away
take_away()
asking = {"__name__": "rnn_tui.asking", "path": sys.argv[1]}
for line in (
    "import termios",
    "from textual.drivers.linux_driver import LinuxDriver",
    "from os import getuid",
    "import os; os.kill",
    "import os; os.O_NONBLOCK",
    "import signal; signal.SIGTSTP",
    "import os; os.open('/dev/tty', os.O_RDWR)",
    "open('/')",
    "import os; held = open(path, 'w'); os.replace(os.devnull, path)",
    "import os, signal; assert (os.name, signal.SIGTERM) == ('nt', 15); os.close(os.open(path, os.O_RDONLY))",
):
    try:
        exec(line, dict(asking))
    except Exception as error:
        print(type(error).__name__)
import os, termios
os.kill, os.O_NONBLOCK
"""


def test_what_is_taken_away_is_missed_by_the_package_alone(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", MISSED, str(tmp_path / "x")], capture_output=True, text=True, check=True, env=environment
    )

    assert done.stdout.split() == [
        *("ModuleNotFoundError", "ModuleNotFoundError", "ImportError"),
        *("AttributeError", "AttributeError", "AttributeError"),
        *("FileNotFoundError", "PermissionError", "PermissionError"),
    ]

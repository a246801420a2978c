"""The wheel in an empty virtual environment: the command starts and finds its models."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.terminal.screen import Terminal

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("rnn_tui", "models", "pyproject.toml", "README.md", "LICENSE")


def pip(*arguments):
    """Run the pip of these tests, whose own deprecated calls are no concern of theirs."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    subprocess.run(command, env=environment, check=True, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy, so that nothing is left behind in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    for name in SOURCES:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        copy(source, checkout / name)
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(checkout))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    """Run the installed `rnn-tui` in another folder; only its dependencies come from the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    site = Path(where.stdout.strip())
    pip("--python", str(python), "install", "--no-deps", str(wheel))
    # A .pth adds the folder behind the own one, and what it installs in an editable way is not followed.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "RNN_TUI_MODELS")}
    environment["XDG_DATA_HOME"] = str(folder / "nothing")

    def run(*arguments):
        return subprocess.run(
            [run.executable, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    run.folder = folder
    run.executable = python.with_name("rnn-tui")
    return run


def test_it_says_its_version(command, wheel):
    done = command("--version")
    assert (done.returncode, done.stdout) == (0, f"rnn-tui {wheel.name.split('-')[1]}\n")


def test_it_finds_every_model_inside_itself(command):
    # given the checkout's models
    expected = {path.stem for path in (ROOT / "models").glob("*.safetensors")}
    # when the installed command lists its own
    done = command("models", "--json")
    # then they are the same, and lie where it is installed
    assert done.returncode == 0, done.stderr
    models = json.loads(done.stdout)["models"]
    assert {model["name"] for model in models} == expected
    assert all(Path(model["path"]).is_relative_to(command.folder) for model in models)


def test_it_walks_through_the_default_sentence(command):
    done = command("walk")
    assert done.returncode == 0, done.stderr
    assert "screaming" in done.stdout


def test_it_has_the_course_and_the_template(command):
    listed = command("lessons", "--json")
    assert listed.returncode == 0, listed.stderr
    lessons = json.loads(listed.stdout)["lessons"]
    assert len(lessons) == len(list((ROOT / "rnn_tui" / "lessons" / "course").glob("*.md"))) == 10
    assert all(Path(lesson["path"]).is_relative_to(command.folder) for lesson in lessons)
    assert command("lesson", "9").stdout.endswith("That was the lesson.\n")
    assert command("lesson", "--new", "own.md").returncode == 0
    assert command("lesson", "--check", "own.md").returncode == 0


def test_the_installed_program_draws_its_screen(command):
    # given the style sheet and the model, which an installed program must bring along
    # when it starts in a terminal, with nothing of the checkout on its path
    screen = Terminal(command=[str(command.executable)], PYTHONPATH="")
    # then the screen is whole
    try:
        screen.wait_for("word 1 of 3", "Multiply", "Memory", "help")
    finally:
        screen.program.close()


def test_the_wheel_holds_models_and_style_sheet_but_no_recipes_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "rnn_tui/tui/rnn_tui.tcss" in names
    assert "rnn_tui/shipped_models/kicking-and-screaming.safetensors" in names
    assert [name for name in names if "recipes" in name or name.startswith(("tests/", "benchmarks/"))] == []
    assert [name for name in names if "__pycache__" in name] == []

"""The pages in docs/ and CONTRIBUTING say what is so; those that are written by docs/write.py are up to date."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import tomllib
from importlib import import_module

import numpy as np
import pytest
from safetensors.numpy import save_file

from rnn_tui.cli.commands import COMMANDS, PLAIN
from rnn_tui.edits import FORMS
from rnn_tui.network.cells import CELLS
from rnn_tui.network.outputs import Number
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.storage import MAX_BYTES, load
from rnn_tui.network.storage.metadata import FORMAT, PUNCTUATION
from rnn_tui.network.storage.model_file import to_json
from rnn_tui.network.tokens import TOKENIZERS
from rnn_tui.settings import EXAMPLES, VARIABLE, Settings, read_settings
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.keymap import keymap_of
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.registry import SCREENS, keys_of
from rnn_tui.tui.screen import shared
from rnn_tui.tui.screen.acting import ActingScreen
from rnn_tui.tui.screen.keys import Change, Group, Key, by_group
from rnn_tui.tui.screen.playing import SECONDS
from rnn_tui.tui.screen.showing import ShowingScreen
from rnn_tui.tui.screen.timeline import Timeline
from tests.builders import READOUT_KINDS, build
from tests.deep import HIDDEN_LAYER, deep_model
from tests.markdown import ROOT, fenced, names, read, rows, section
from tests.tui.conftest import app_of

spec = importlib.util.spec_from_file_location("write", ROOT / "docs" / "write.py")
write = importlib.util.module_from_spec(spec)
sys.modules["write"] = write  # where its dataclass looks for its names
spec.loader.exec_module(write)

DOCUMENTS = ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]


# The pages that are written from the program


@pytest.mark.parametrize("name", write.PAGES)
def test_a_page_is_up_to_date(name):
    assert read(f"docs/{name}") == write.page(name), "renew it with: python docs/write.py"


@pytest.mark.parametrize("screen", SCREENS)
def test_every_key_of_a_screen_is_on_the_page_in_its_group(screen):
    text = section(read("docs/keys.md"), write.SCREEN_TITLES[screen])
    parts = re.split(r"^### (\w+)$", text, flags=re.M)[1:]
    groups = dict(zip(parts[::2], parts[1::2], strict=True))
    listed = by_group(keys_of(screen))
    assert list(groups) == [group for group in Group if group in listed]
    for group, keys in listed.items():
        shown = {(sign, does) for sign, does, _ in rows(groups[group])}
        assert {(key.printed, key.help) for key in keys} <= shown


class Recorder:
    """Takes options as a parser does, and keeps their names."""

    listing = usage = None

    def __init__(self):
        self.names = []

    def add_argument(self, *names, **_):
        self.names += names

    def add_argument_group(self, *_):
        return self

    def add_mutually_exclusive_group(self):
        return self


@pytest.mark.parametrize("command", [PLAIN(), *(load() for load in COMMANDS.values())], ids=lambda it: it.name)
def test_every_option_of_a_command_is_on_the_page(command):
    page = read("docs/command-line.md")
    text = section(page, f"rnn-tui {command.name}".strip())
    for title in ("the scene", "the program"):
        if f"all options of [{title}]" in text:
            text += re.search(rf"^### {title.capitalize()}\n(.*?)^##", page, re.M | re.S)[1]
    recorder = Recorder()
    command.add_arguments(recorder)
    written = {name.split()[0] for name in names(text)}
    assert {name for name in recorder.names if name.startswith("-")} <= written
    assert command.description.strip() in text


def test_every_edit_is_on_the_page_in_its_order():
    shown = rows(section(read("docs/command-line.md"), "Edits"))
    assert shown == [(f"`{form.example}`", form.summary) for form in FORMS.values()]


# The settings file


def test_the_example_of_settings_opens_the_program_with_all_of_them(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(fenced(read("docs/settings.md"), "toml"), encoding="utf-8")
    settings = read_settings(path)
    assert set(settings.origins) == set(EXAMPLES)
    app = RnnApp(app_of("wired").first, settings=settings)
    assert (app.theme, app.first.player.seconds) == (settings.theme, settings.pace)
    assert keymap_of(settings)["next"] == "N,right"


def test_the_page_of_settings_has_every_pace_and_option():
    page = read("docs/settings.md")
    said = re.search(r"# seconds a phase stays while it plays: (.*)$", page, re.M)[1]
    assert [float(seconds) for seconds in re.split(", | or ", said)] == list(SECONDS)
    assert {VARIABLE, "--settings FILE", "--theme NAME", "--keys FILE", "--no-notation"} <= set(names(page))
    assert Settings().with_options() == Settings()  # as it comes


# The model file


MODEL_FILE = read("docs/model-file.md")
IN_NUMBERS = {"inputs": "vectors", "output": "number"}


def test_the_network_of_format_2_on_the_page_opens(tmp_path):
    fields = json.loads(re.findall(r"```json\n(.*?)```", MODEL_FILE, re.S)[1])
    model = deep_model(**{"bidirectional": True, "readout": "mean", "head": HIDDEN_LAYER}, **IN_NUMBERS)
    path = tmp_path / "m.safetensors"
    save_file(model.tensors(), path, {"rnn_tui": json.dumps(fields)})
    opened = load(path)
    assert (opened.output, opened.tokenizer.features) == (Number((280.0,), (120.0,)), 3)
    assert to_json(opened)["layers"] == [{**layer, "activation": None, "merge": "concat"} for layer in fields["layers"]]
    assert to_json(opened)["head"] == fields["head"]


def smallest():
    """The smallest metadata, as the page has it."""
    return json.loads(fenced(MODEL_FILE, "json"))


def test_every_tensor_is_on_the_page_with_its_shape():
    tables = {cells[0].strip("`"): cells[1] for cells in rows(MODEL_FILE) if "." in cells[0]}
    sizes = {"V": 8, "E": 5, "H": 3, "K": 2, "1": 1}
    written = {}
    for kind, cell in CELLS.items():
        for readout in READOUT_KINDS:
            activation = "tanh" if cell.activations else None
            tensors = build(kind, activation, readout, "embedding").tensors()
            for name in tables.keys() & tensors.keys():
                blocks = {**sizes, "G·H": 3 * cell.row_blocks()}
                wanted = tuple(blocks[size] for size in tables[name].strip("()").split(", "))
                assert tensors[name].shape == wanted
            written |= tensors
    deep = deep_model("gru", 2, bidirectional=True, head=HIDDEN_LAYER).tensors()  # format 2
    for name in set(tables) - set(written):
        blocks = {**sizes, "G·H": 9, "I": 6, "M": 4}
        assert deep[name].shape == tuple(blocks[size] for size in tables[name].strip("()").split(", "))
    assert {re.sub(r"_l\d(_reverse)?$", "", name) for name in {**deep, **written}} == {
        re.sub(r"_l\d(_reverse)?$", "", name) for name in tables
    }
    assert "embedding.weight" not in build().tensors()


def test_every_field_of_the_metadata_is_on_the_page():
    assert {cells[0].strip("`") for cells in rows(MODEL_FILE)} >= set(to_json(build()))
    for choices in (CELLS, READOUTS, TOKENIZERS, PUNCTUATION):
        assert {f"`{choice}`" for choice in choices} <= set(re.findall(r"`\w+`", MODEL_FILE))
    for tokenizer in ("words", "numbers"):
        options = to_json(build(inputs="number" if tokenizer == "numbers" else "one-hot"))["tokenizer"]
        (said,) = (cells[1] for cells in rows(MODEL_FILE) if cells[0] == f"`{tokenizer}`")
        assert all(f"`{option}`" in said for option in options if option != "kind")
    assert f"at most {MAX_BYTES // 2**20} MiB" in MODEL_FILE
    assert f"| `format` | {FORMAT} |" in MODEL_FILE


def written(tmp_path, fields):
    """A model file with this metadata, of a GRU with two hidden units."""
    model = build("gru", None, hidden=2, words=("<unk>", "good", "bad"))
    path = tmp_path / "small.safetensors"
    tensors = {name: np.ascontiguousarray(array) for name, array in model.tensors().items()}
    save_file(tensors, path, {"rnn_tui": json.dumps(fields)})
    return path


def test_the_smallest_metadata_opens_with_the_defaults_that_the_page_names(tmp_path):
    model = load(written(tmp_path, smallest()))
    assert (model.name, model.title, model.summary, model.unit_names) == ("small", "small", "", None)
    assert (model.examples, model.provenance) == ((), {})
    assert (model.tokenizer.lowercase, model.tokenizer.punctuation) == (True, "keep")


@pytest.mark.parametrize("field", list(smallest()))
def test_what_the_page_calls_refused_is_refused(tmp_path, field):
    (said,) = (cells[2] for cells in rows(MODEL_FILE) if cells[0] == f"`{field}`")
    fields = {name: value for name, value in smallest().items() if name != field}
    if said.startswith("refused"):
        with pytest.raises(Exception, match=f"no field “{field}”"):
            load(written(tmp_path, fields))
    else:
        assert load(written(tmp_path, fields))


# CONTRIBUTING


CONTRIBUTING = read("CONTRIBUTING.md")


def test_the_map_has_every_room_and_no_other():
    shown = [cells[0].strip("`") for cells in rows(section(CONTRIBUTING, "The rooms"))]
    rooms = {f"{path.parent.relative_to(ROOT)}/" for path in (ROOT / "rnn_tui").rglob("__init__.py")}
    assert len(shown) == len(set(shown))
    assert set(shown) == rooms


def test_the_dependencies_are_those_that_are_checked():
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = [re.findall(r"rnn_tui\.(\w+)", layer) for layer in contracts[0]["layers"]]
    order = {name: index for index, layer in enumerate(reversed(layers)) for name in layer}
    said = next(name for name in names(CONTRIBUTING.replace("\n`text", " `text")) if name.startswith("text ←"))
    indices = [[order[name] for name in step.split(", ")] for step in said.split(" ← ")]
    assert all(len(set(step)) == 1 for step in indices)
    assert [step[0] for step in indices] == sorted({step[0] for step in indices})


OWNERS = {each.__name__: each for each in (ActingScreen, ShowingScreen, Panel, Timeline, Key, Change)}


def test_every_name_on_the_way_of_a_key_is_there():
    named = [name for name in names(section(CONTRIBUTING, "One key, from press to paint")) if "." in name]
    assert {name.split(".")[0] for name in named} == {*OWNERS, "shared"}
    for name in named:
        owner, attribute = name.split(".")
        there = {"shared": shared, **OWNERS}[owner]
        assert hasattr(there, attribute) or attribute in there.__annotations__, name


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_is_there(document):
    text = read(document)
    folder = (ROOT / document).parent
    linked = [folder / link for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)]
    named = [ROOT / name for name in names(text) if re.match(r"(rnn_tui|tests|docs)/[\w/.]*$", name)]
    new = [path for path in named if "NAME" in path.parts or path.stem == "NAME"]
    assert [path for path in [*linked, *named] if path not in new and not path.exists()] == []
    assert all(path.parent.is_dir() for path in new)
    for anchor in re.findall(r"\]\(docs/command-line\.md#([\w-]+)\)|\]\(#([\w-]+)\)", text):
        page = read("docs/command-line.md")
        headings = {title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.*)$", page, re.M)}
        assert set(filter(None, anchor)) <= headings


@pytest.mark.parametrize("what", ["cell", "lens", "command", "edit", "export", "screen"])
def test_what_can_be_added_has_its_steps_and_its_proof(what):
    steps = section(CONTRIBUTING, "To add something")
    (said,) = re.findall(rf"^\*\*An? {what}\.\*\* (.*?)(?=^\*\*|\Z)", steps, re.M | re.S)
    proofs = [name for name in names(said[said.index("Proof:") :]) if name.endswith(".py")]
    assert proofs
    for proof in proofs:
        assert import_module(proof.removesuffix(".py").replace("/", ".")).__doc__
    registries = set(re.findall(r"`([A-Z]{4,}(?:_[A-Z]+)?)`", said)) - {"NAME", "KEYS", "FORM", "COMMAND"}
    modules = [import_module(name.removesuffix("/__init__.py").removesuffix(".py").replace("/", "."))
               for name in names(said) if name.endswith(".py") and "NAME" not in name]  # fmt: skip
    assert all(any(hasattr(module, registry) for module in modules) for registry in registries), registries

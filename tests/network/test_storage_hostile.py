"""Model files that were made to do harm, and what is no file at all: one line each, at once, or whole."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from rnn_tui.network import storage
from rnn_tui.network.errors import ModelFileError, UserError
from rnn_tui.network.storage import tensorfile
from rnn_tui.network.storage.model_file import MAX_HEADER_BYTES
from rnn_tui.network.storage.strict import MOST_NESTED, has_half, parsed, storable
from tests.builders import build

SHIPPED = Path(__file__).parents[2] / "models"


def parts(model=None):
    """The header and the body of a model file."""
    model = model or build(inputs="embedding")
    header, body = {"__metadata__": {"rnn_tui": json.dumps(storage.to_json(model))}}, b""
    for name, array in model.tensors().items():
        content = array.astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [len(body), len(body) + len(content)],
        }
        body += content
    return header, body


def written(folder, header, body, length=None):
    """A file of these parts; the header may be a text."""
    text = (header if isinstance(header, str) else json.dumps(header)).encode("utf-8", "surrogatepass")
    path = folder / "m.safetensors"
    path.write_bytes(struct.pack("<Q", len(text) if length is None else length) + text + body)
    return path


def refusal(path, **options):
    """The one line in which a file is refused, without its path."""
    with pytest.raises(ModelFileError) as raised:
        storage.load(path, **options)
    with pytest.raises(ModelFileError):
        storage.load_metadata(path)
    message = str(raised.value)
    assert message.count(str(path)) == 1
    assert len(message.splitlines()) == 1
    assert len(message) < 600
    return message.removeprefix(f"{path}: ")


def test_what_is_read_is_what_the_library_reads():
    paths = sorted(SHIPPED.glob("*.safetensors"))
    assert paths
    for path in paths:
        model = storage.load(path)
        with safe_open(path, framework="numpy") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            assert file.metadata()["rnn_tui"]
        assert tensors.keys() == model.tensors().keys()
        for name, array in model.tensors().items():
            np.testing.assert_array_equal(array, tensors[name])


def test_weights_begin_on_a_cache_line(tmp_path):
    storage.save(build(inputs="embedding"), tmp_path / "m.safetensors")
    arrays = storage.load(tmp_path / "m.safetensors").tensors().values()
    assert {array.ctypes.data % 64 for array in arrays} == {0}


HEADERS = {
    "an entry that is a list": (lambda h: h.update({"fc.bias": []}), "tensor fc.bias lacks its dtype"),
    "a shape of fractions": (lambda h: h["fc.bias"].update(shape=[1.5]), "tensor fc.bias lacks"),
    "a shape that is negative": (lambda h: h["fc.bias"].update(shape=[-2]), "tensor fc.bias lacks"),
    "a shape that is true": (lambda h: h["fc.bias"].update(shape=[True]), "tensor fc.bias lacks"),
    "a product beyond 64 bits": (lambda h: h["fc.bias"].update(shape=[2**62, 2**62]), "has not as many bytes"),
    "a thousand sizes": (lambda h: h["fc.bias"].update(shape=[1] * 1000), "tensor fc.bias lacks"),
    "a size beyond 64 bits": (lambda h: h["fc.bias"].update(shape=[2**64]), "tensor fc.bias lacks"),
    "three offsets": (lambda h: h["fc.bias"].update(data_offsets=[0, 1, 2]), "tensor fc.bias lacks"),
    "offsets backwards": (lambda h: h["fc.bias"].update(data_offsets=[8, 0]), "has not as many bytes"),
    "offsets that overlap": (lambda h: h["fc.bias"].update(data_offsets=[0, 8]), "doesn't begin where the one before"),
    "offsets behind the end": (lambda h: h["fc.bias"].update(data_offsets=[2**40, 2**40 + 8]), "doesn't begin"),
    "metadata of numbers": (lambda h: h.update(__metadata__={"rnn_tui": 3}), "its metadata is no object of texts"),
    "metadata that is a list": (lambda h: h.update(__metadata__=["rnn_tui"]), "its metadata is no object of texts"),
    "ten thousand tensors": (
        lambda h: h.update({f"{n}": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for n in range(10_000)}),
        "it says that it has 10007 tensors",
    ),
    "a dtype nobody knows": (lambda h: h["fc.bias"].update(dtype="\x1b[31m" + "x" * 99), "has dtype ␛[31mxx"),
    "a name that is endless": (
        lambda h: h.update({"x" * 10**6: {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}}),
        "x… (0,) is not expected",
    ),
}


@pytest.mark.parametrize("fault", HEADERS)
def test_a_header_that_lies_is_refused(tmp_path, fault):
    change, expected = HEADERS[fault]
    header, body = parts()
    change(header)
    assert expected in refusal(written(tmp_path, header, body))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("[1]", "its header is no object"),
        ("[" * 100_000, "its header is no JSON: it is nested too deeply"),
        ('{"a":' * 100_000, "its header is no JSON: it is nested too deeply"),
        ('{"a": {}, "a": {}}', "its header is no JSON: “a” is there twice"),
        ('{"a": ' + "9" * 5000 + "}", "its header is no JSON: a number of 5000 digits"),
        ('{"\\ud800": {}}', "half a character"),
        ('{"\ud800": {}}', "its header is not UTF-8"),
        ('{"a": nan}', "its header is no JSON: Expecting value"),
    ],
)
def test_a_header_that_is_a_bomb_is_refused(tmp_path, header, expected):
    assert expected in refusal(written(tmp_path, header, b""))


def test_bytes_that_belong_to_no_tensor_are_refused(tmp_path):
    header, body = parts()
    assert "it goes on behind its last tensor" in refusal(written(tmp_path, header, body + b"\0"))
    assert "it is cut short" in refusal(written(tmp_path, header, body[:-1]))
    assert "its header has 9 MiB" in refusal(written(tmp_path, " " * 9 * 2**20, b""))


def test_a_long_header_is_read_where_it_is_asked_for(tmp_path):
    header, body = parts()
    path = written(tmp_path, json.dumps(header) + " " * 9 * 2**20, body)
    assert storage.load(path, max_bytes=None).hidden_size == 3


METADATA = {
    "twice": ('{"format": 1, ', "“format” is there twice"),
    "deep": ('{"deep": ' + "[" * 500 + "]" * 500 + ", ", "it is nested too deeply"),
    "digits": ('{"n": 1' + "0" * 400 + ", ", "a number of 401 digits"),
    "half": ('{"half": "\\udcff", ', "half a character"),
}


@pytest.mark.parametrize("fault", METADATA)
def test_metadata_that_no_file_of_ours_holds_is_refused(tmp_path, fault):
    begin, expected = METADATA[fault]
    header, body = parts()
    text = begin + header["__metadata__"]["rnn_tui"][1:]
    assert expected in refusal(written(tmp_path, {**header, "__metadata__": {"rnn_tui": text}}, body))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"tokenizer": {"kind": []}}, "tokenizer kind is [], expected one of words, characters, numbers"),
        ({"tokenizer": {"kind": "numbers", "mean": 1e999}}, "tokenizer mean is Infinity, expected a number"),
        ({"tokenizer": {"kind": "numbers", "scale": -1}}, "tokenizer scale is -1, expected a number above 0"),
        ({"vocabulary": {"a": 1}}, 'vocabulary is {"a": 1}, expected a list of texts'),
        ({"labels": ["a", 3]}, "labels is"),
        ({"unknown": ["<unk>"]}, 'unknown is ["<unk>"], expected a word of the vocabulary'),
        ({"cell": {"elman": 1}}, 'cell is {"elman": 1}, expected one of'),
    ],
)
def test_a_field_of_another_type_is_refused(tmp_path, change, expected):
    header, body = parts()
    fields = json.loads(header["__metadata__"]["rnn_tui"]) | change
    header["__metadata__"]["rnn_tui"] = json.dumps(fields)
    assert expected in refusal(written(tmp_path, header, body))


def test_json_of_ours_is_read_as_it_is():
    text = '{"a": [1, -2.5, "é", "\\ud83d\\ude00", null, true], "b": {"a": 1e3}}'
    assert parsed(text) == json.loads(text)
    assert parsed("[" * MOST_NESTED + "]" * MOST_NESTED) == json.loads("[" * MOST_NESTED + "]" * MOST_NESTED)


def test_half_a_character_is_stored_as_a_sign_for_it():
    assert storable("caf\udce9 \ud800 😀") == "caf� � 😀"
    assert has_half("\udcff")
    assert not has_half("caf\u00e9 😀")


# What is no file


def made(folder, kind):
    path = folder / "x.safetensors"
    match kind:
        case "a pipe":
            os.mkfifo(path)
        case "a socket":
            socket.socket(socket.AF_UNIX).bind(str(path))
        case "a folder":
            path.mkdir()
        case "a device":
            path.symlink_to("/dev/zero")
        case "a link":
            path.symlink_to(folder / "nowhere")
        case "a loop":
            path.symlink_to(path)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["a pipe", "a socket", "a folder", "a device", "a link", "a loop"])
def test_what_is_no_file_is_refused_at_once(tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    path = made(Path(), kind)
    expected = {"a link": "is a link to a file that is not there", "a loop": "can't be read: Too many levels"}
    start = time.perf_counter()
    assert expected.get(kind, f"is {kind}; give a .safetensors file") in refusal(path)
    assert time.perf_counter() - start < 2


def test_a_path_that_no_file_can_have_is_refused(tmp_path):
    assert "can't be read: embedded null byte" in refusal(Path("a\0b.safetensors"))
    assert "can't be read: File name too long" in refusal(tmp_path / ("x" * 400))


def test_a_pipe_that_takes_the_place_of_a_file_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, *parts())
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    opening = os.open
    monkeypatch.setattr(os, "open", lambda _, *flags: opening(pipe, *flags))
    assert "is a pipe" in refusal(path)


def test_a_file_that_is_cut_short_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, *parts(build(hidden=64)))  # more than is read ahead
    reading = tensorfile.read_header

    def cut(*arguments):
        found = reading(*arguments)
        os.truncate(path, path.stat().st_size - 4)
        return found

    monkeypatch.setattr(tensorfile, "read_header", cut)
    with pytest.raises(ModelFileError, match="it was cut short while it was read"):
        storage.load(path)


def test_a_file_that_is_replaced_while_it_is_read_is_read_as_it_was(tmp_path, monkeypatch):
    path = written(tmp_path, *parts())
    before = storage.load(path).tensors()
    reading = tensorfile.read_header

    def replaced(*arguments):
        found = reading(*arguments)
        storage.save(build(seed=9, inputs="embedding"), path)
        return found

    monkeypatch.setattr(tensorfile, "read_header", replaced)
    for name, array in storage.load(path).tensors().items():
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize("step", ["read_header", "read_tensor"])
def test_a_disk_that_fails_is_said(tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError(5, "Input/output error")

    path = written(tmp_path, *parts())
    monkeypatch.setattr(tensorfile, step, fail)
    with pytest.raises(ModelFileError) as raised:
        storage.load(path)
    assert str(raised.value) == f"{path}: can't be read: Input/output error"


def test_weights_of_another_program_are_told_from_a_model(tmp_path):
    header, body = parts()
    assert not storage.is_foreign(written(tmp_path, header, body))
    del header["__metadata__"]
    assert storage.is_foreign(written(tmp_path, header, body))
    assert not storage.is_foreign(written(tmp_path, "no", b""))
    assert not storage.is_foreign(tmp_path / "nothing")


# What is written


def test_texts_that_no_file_can_hold_are_stored_as_a_sign_or_refused(tmp_path):
    path = tmp_path / "m.safetensors"
    storage.save(build(title="caf\udce9", name="\ud800", provenance={"command": "x\udcff"}), path)
    model = storage.load(path)
    assert (model.title, model.name, model.provenance) == ("caf�", "�", {"command": "x�"})
    with pytest.raises(UserError, match="a label, “a�”, holds half a character"):
        storage.save(build(labels=("a\udcff", "b")), path)
    with pytest.raises(UserError, match="the name of a unit"):
        storage.save(build(unit_names=("a", "b", "\ud800")), path)
    with pytest.raises(UserError, match="a word of the vocabulary"):
        storage.save(build(words=("a", "\ud800"), unknown=None), path)


# The cost of a file

MEASURED = """
import sys, time
from pathlib import Path
from rnn_tui.network import storage
from rnn_tui.network.errors import ModelFileError
start = time.process_time()
try:
    storage.load(sys.argv[1])
except ModelFileError as error:
    print(len(str(error)))
seconds = time.process_time() - start
(peak,) = (line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(seconds, peak)
"""
MOST_SECONDS, MOST_KILOBYTES = 2.0, 300_000
BOMBS = {
    "empty lists": '{"x": [' + "[]," * 2_050_000 + "[]]}",
    "small objects": '{"x": [' + '{"":0},' * 890_000 + "{}]}",
    "tensors": "{"
    + ",".join(f'"{n}":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}' for n in range(108_000))
    + "}",
    "a text": '{"' + "x" * 6_200_000 + '": 1}',
    "a number": '{"x": ' + "1" * 6_200_000 + "}",
    "fractions": '{"x": [' + "1.5," * 1_550_000 + "1.5]}",
}


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of its memory")
@pytest.mark.parametrize("bomb", [*BOMBS, "weights"])
def test_no_file_takes_more_than_two_seconds_and_300_mb(tmp_path, bomb):
    if bomb == "weights":  # 62 MiB of them, all of which are looked at
        path = written(tmp_path, *parts(build("lstm", None, hidden=2000, words=("a", "b"), unknown=None)))
        assert path.stat().st_size > 0.9 * storage.MAX_BYTES
    else:
        path = written(tmp_path, BOMBS[bomb], b"")
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True)
    if bomb != "weights":  # it is as large as one that is read can be
        assert 0.9 * MAX_HEADER_BYTES < path.stat().st_size < MAX_HEADER_BYTES
    *said, measured = done.stdout.splitlines()
    seconds, kilobytes = map(float, measured.split())
    assert len(said) == (bomb != "weights")
    assert seconds < MOST_SECONDS
    assert kilobytes < MOST_KILOBYTES

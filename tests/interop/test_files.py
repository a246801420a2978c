"""Files from elsewhere: what is in them is read, nothing in them is run, and no damage makes a traceback."""

import io
import json
import sys
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save, save_file

from rnn_tui.interop import files, from_file
from rnn_tui.network.errors import UserError
from tests.interop.networks import LABELS, ODD_NAMES, TOLERANCE, WORDS, recorded, states
from tests.network import record_keras

ARRAYS = {"a.weight": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.float64(2.5).reshape(1)}
GARBAGE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refusal(path, read=files.read_tensors, *arguments):
    with pytest.raises(UserError) as raised:
        read(path, *arguments)
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def outcome(read, *arguments):
    """What a call gives, and None; or None and the line that it is refused with."""
    try:
        return read(*arguments), None
    except UserError as error:
        return None, str(error)


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def packed(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["elman-tanh", "gru", "lstm"])
@pytest.mark.parametrize("ending", [".npz", ".safetensors", ".NPZ"])
def test_a_state_dict_in_a_file_is_imported(tmp_path, kind, ending):
    # given a state_dict under odd names in a file
    state_dict, results = recorded(kind, ODD_NAMES)
    path = tmp_path / f"weights{ending}"
    path.write_bytes(save(state_dict) if ending == ".safetensors" else packed(**state_dict))
    # when it is imported
    model = from_file(path, WORDS, LABELS)
    # then it has PyTorch's hidden states
    np.testing.assert_allclose(states(model, results["tokens"])["h"], results["h"], atol=TOLERANCE)


@pytest.mark.parametrize("save_arrays", [np.savez, np.savez_compressed])
def test_npz_is_read_as_numpy_wrote_it(tmp_path, save_arrays):
    arrays = {**ARRAYS, "turned": np.asfortranarray(np.arange(6.0).reshape(2, 3)), "empty": np.zeros((0, 3))}
    save_arrays(tmp_path / "w.npz", **arrays)
    found = files.read_tensors(tmp_path / "w.npz")
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype


def test_npz_with_a_header_of_the_second_version(tmp_path):
    content = io.BytesIO()
    np.lib.format.write_array(content, ARRAYS["a.weight"], version=(2, 0))
    with zipfile.ZipFile(tmp_path / "w.npz", "w") as archive:
        archive.writestr("a.npy", content.getvalue())
    np.testing.assert_array_equal(files.read_tensors(tmp_path / "w.npz")["a"], ARRAYS["a.weight"])


def test_a_file_of_other_names(tmp_path):
    save_file(ARRAYS, tmp_path / "w.safetensors")
    message = refusal(tmp_path / "w.safetensors", from_file, WORDS, LABELS)
    assert message.startswith("no recurrent layer among a.weight, b; expected the names of PyTorch")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("w.pt", "no such file"),
        ("w.npy", 'one array; save all with np.savez("weights.npz", **arrays)'),
        ("w.onnx", "expected a .safetensors, .npz, .h5 or .keras file, or a checkpoint of PyTorch (.pt, .pth, .ckpt)"),
        ("none.npz", "no such file"),
    ],
)
def test_files_that_are_not_read(tmp_path, name, says):
    assert says in refusal(tmp_path / name)


def test_a_folder(tmp_path):
    (tmp_path / "w.npz").mkdir()
    assert refusal(tmp_path / "w.npz") == "is a folder; give a file in it"


class Trap:
    """An object whose pickle runs something when it is opened."""

    def __reduce__(self):
        return (sys.exit, ("the pickle was run",))


def test_a_pickle_in_an_npz_is_not_run(tmp_path):
    path = written(tmp_path, "w.npz", packed(a=np.array([Trap()], object)))
    assert "a.npy holds Python objects, a pickle, which is never opened" in refusal(path)


def test_an_array_smaller_than_it_says(tmp_path):
    with zipfile.ZipFile(tmp_path / "w.npz", "w") as archive:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (10**12,)})
        archive.writestr("a.npy", header.getvalue() + b"1234")
    assert "is cut short or damaged (a.npy has not the size that it says)" in refusal(tmp_path / "w.npz")


def test_the_size_is_limited_packed_and_unpacked(tmp_path):
    path = tmp_path / "w.npz"
    np.savez_compressed(path, a=np.zeros(2**20, np.float32))
    assert path.stat().st_size < 2**16
    assert "4 MiB, more than the 2 MiB that are opened unasked; add --allow-large" in refusal(
        path, files.read_tensors, 2**21
    )
    assert "more than the 0 MiB" in refusal(path, files.read_tensors, 100)
    assert files.read_tensors(path, None)["a"].shape == (2**20,)


def raw(dtype, size, content, **metadata):
    """A safetensors file with one tensor a of so many numbers."""
    said = {"a": {"dtype": dtype, "shape": [size], "data_offsets": [0, len(content)]}}
    header = json.dumps({"__metadata__": metadata, **said} if metadata else said).encode()
    return len(header).to_bytes(8, "little") + header + content


def test_bfloat16_is_converted(tmp_path):
    # given 1.0, -2.5 and 2 ** -130 as the upper halves of their float32
    halves = np.array([1.0, -2.5, 2.0**-130], "<f4").view("<u4") >> 16
    path = written(tmp_path, "w.safetensors", raw("BF16", 3, halves.astype("<u2").tobytes()))
    found = files.read_tensors(path)["a"]
    assert found.dtype == np.float32
    assert found.tolist() == [1.0, -2.5, 2.0**-130]


@pytest.mark.parametrize("dtype", ["BF16", "F16"])
def test_a_network_of_half_precision_is_imported(tmp_path, dtype):
    torch = pytest.importorskip("torch")
    from safetensors.torch import save_file as save_torch

    state_dict, results = recorded("gru")
    kind = torch.bfloat16 if dtype == "BF16" else torch.float16
    save_torch({name: torch.tensor(array).to(kind) for name, array in state_dict.items()}, tmp_path / "w.safetensors")
    model = from_file(tmp_path / "w.safetensors", WORDS, LABELS)
    expected = torch.tensor(state_dict["rnn.weight_ih_l0"]).to(kind).float().numpy()
    np.testing.assert_array_equal(model.cell.weight_ih, expected)
    np.testing.assert_allclose(states(model, results["tokens"])["h"], results["h"], atol=0.05)


def test_a_dtype_that_numpy_lacks(tmp_path):
    path = written(tmp_path, "w.safetensors", raw("F8_E4M3", 4, b"\0\0\0\0"))
    assert "tensor a has dtype F8_E4M3, which NumPy doesn't hold; save float32: model.float()" in refusal(path)


def test_tied_weights_are_there_under_both_names(tmp_path):
    # given a network whose output nodes are its embedding, of which safetensors keeps one and names the other
    rng = np.random.default_rng(4)
    shapes = {"rnn.weight_ih_l0": (5, 5), "rnn.weight_hh_l0": (5, 5), "encoder.weight": (7, 5)}
    arrays = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    said = {"decoder.weight": "encoder.weight", "format": "pt", "cell.weight_hh_l0": "rnn.weight_hh_l0"}
    save_file(arrays, tmp_path / "w.safetensors", metadata=said)
    # when it is read
    assert files.read_tensors(tmp_path / "w.safetensors").keys() == {*arrays, "decoder.weight"}
    model = from_file(tmp_path / "w.safetensors", WORDS, WORDS)
    # then both are the one matrix
    np.testing.assert_array_equal(model.embedding.weight, arrays["encoder.weight"])
    np.testing.assert_array_equal(model.fc.weight, arrays["encoder.weight"])


def test_h5_is_read_without_what_leads_elsewhere(tmp_path):
    h5py = pytest.importorskip("h5py")
    path = tmp_path / "w.h5"
    with h5py.File(path, "w") as file:
        file["group/plain"] = ARRAYS["a.weight"]
        file["step"] = np.int64(3)
        file["link"] = h5py.ExternalLink("/etc/other.h5", "secret")
    found = files.read_tensors(path)
    assert found.keys() == {"group/plain", "step"}
    np.testing.assert_array_equal(found["group/plain"], ARRAYS["a.weight"])
    assert found["step"] == 3
    assert "more than the 0 MiB" in refusal(path, files.read_tensors, 20)


def external(file):
    file.create_dataset("a", (4,), "f4", external=[("/etc/hostname", 0, 16)])


def unpacking(file):
    file.create_dataset("a", (2**20,), "f4", compression="gzip")


@pytest.mark.parametrize(
    ("fill", "says"),
    [
        (external, "a is no plain array of numbers"),
        (lambda file: file.create_dataset("a", data="text"), "a is no plain array of numbers"),
        (lambda file: file.create_dataset("a", dtype="f4"), "a is no plain array of numbers"),
        (unpacking, "4 MiB, more than the 2 MiB"),
    ],
    ids=["external", "text", "empty", "unpacking"],
)
def test_h5_with_more_than_arrays_is_refused(tmp_path, fill, says):
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "w.h5", "w") as file:
        fill(file)
    assert says in refusal(tmp_path / "w.h5", files.read_tensors, 2**21)


def test_h5_needs_h5py(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "h5py", None)
    path = written(tmp_path, "w.weights.h5", b"")
    assert refusal(path) == "reading .h5 needs h5py: pip install 'rnn-tui[keras]', or save as .npz"


@GARBAGE
@given(content=st.binary(max_size=300), name=st.sampled_from(["w.safetensors", "w.npz", "w.h5", "w.pt", "w.keras"]))
def test_garbage_is_refused(tmp_path, content, name):
    refusal(written(tmp_path, name, content))


def whole(name):
    state_dict, _ = recorded("gru")
    if name == "w.h5":
        return (record_keras.RECORDED / "keras-gru.weights.h5").read_bytes()
    return save(state_dict) if name == "w.safetensors" else packed(**state_dict)


@GARBAGE
@given(drawn=st.data(), name=st.sampled_from(["w.safetensors", "w.npz"]))
def test_a_damaged_file_is_read_or_refused(tmp_path, drawn, name):
    # given a good file that is cut short, or in which some bytes are others
    content = bytearray(whole(name))
    for place in drawn.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] = drawn.draw(st.integers(0, 255))
    content = content[: drawn.draw(st.integers(0, len(content)))]
    path = written(tmp_path, name, bytes(content))
    # when it is imported
    model, complaint = outcome(from_file, path, WORDS, LABELS)
    # then it is a model or one line
    if model:
        assert model.hidden_size == 5
    else:
        assert complaint.startswith(f"{path}: ")
        assert "\n" not in complaint


HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"


@GARBAGE
@given(drawn=st.data())
def test_a_damaged_header_is_read_or_refused(tmp_path, drawn):
    # given an array whose header is another text, which a checksum doesn't show
    header = drawn.draw(st.text("{}()[]',:<>f48O -0123456789eE\n\\#\"TrueFalse", max_size=40)).encode()
    kept = drawn.draw(st.integers(0, len(HEADER)))
    text = HEADER[:kept].encode() + header + drawn.draw(st.sampled_from([b"", HEADER[kept:].encode()]))
    version = drawn.draw(st.sampled_from([b"\1\0", b"\2\0", b"\3\0", b"\7\7"]))
    length = len(text).to_bytes(2 if version == b"\1\0" else 4, "little")
    with zipfile.ZipFile(tmp_path / "w.npz", "w") as archive:
        archive.writestr("a.npy", b"\x93NUMPY" + version + length + text + b"\0" * 8)
    # when it is read
    arrays, complaint = outcome(files.read_tensors, tmp_path / "w.npz")
    # then it is an array or one line
    if arrays:
        assert arrays["a"].nbytes == 8
    else:
        assert "\n" not in complaint


@pytest.mark.parametrize("length", [0, 8, 100, 2000, 12000, 25000])
def test_h5_that_is_cut_short(tmp_path, length):
    pytest.importorskip("h5py")
    assert "cut short or damaged" in refusal(written(tmp_path, "w.h5", whole("w.h5")[:length]))


VOCABULARIES = {
    "lines": ("v.txt", "a\nb\nc", ["a", "b", "c"]),
    "a last line end": ("v.txt", "a\nb\n", ["a", "b"]),
    "empty words": ("v.txt", "\n[UNK]\na\n", ["", "[UNK]", "a"]),
    "Windows": ("v.txt", b"\xef\xbb\xbfa\r\n\xc3\xa9\r\n", ["a", "é"]),
    "a space": ("v.txt", "a\n \n", ["a", " "]),
    "nothing": ("v.txt", "", []),
    "a list": ("v.txt", '["a", "b"]', ["a", "b"]),
    "rows": ("v.json", '{"b": 1, "a": 0}', {"b": 1, "a": 0}),
    "brackets": ("v.txt", "[\n]\n", ["[", "]"]),
    "digits in brackets": ("v.txt", "[\n1\n]", ["[", "1", "]"]),
    "braces": ("v.txt", "{\n}", ["{", "}"]),
    "an open bracket": ("v.txt", "[UNK]\na", ["[UNK]", "a"]),
}


@pytest.mark.parametrize("case", VOCABULARIES)
def test_a_vocabulary(tmp_path, case):
    name, content, expected = VOCABULARIES[case]
    assert files.read_words(written(tmp_path, name, content)) == expected


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("v.txt", b"a\nb\xff\n", "byte 3 is not UTF-8; save it as UTF-8, one word a line"),
        ("v.json", "[", "can't be used (Expecting value"),
        ("v.json", "[" * 100_000, "can't be used ("),
        ("v.json", '{"a": 0, "a": 1}', "can't be used (“a” is there twice)"),
        ("v.json", "[]", "expected a JSON list of words, or an object with the row of each word"),
        ("v.json", "[1]", "expected a JSON list of words"),
        ("v.json", '{"a": 0.5}', "expected a JSON list of words"),
        ("v.json", "7", "expected a JSON list of words"),
    ],
)
def test_a_vocabulary_that_can_not_be_used(tmp_path, name, content, says):
    assert says in refusal(written(tmp_path, name, content), files.read_words)


def test_a_vocabulary_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "none.txt", files.read_words) == "no such file"


@GARBAGE
@given(content=st.binary(max_size=200) | st.text('[]{}",:a1\n\\u', max_size=40).map(str.encode))
def test_any_bytes_are_words_or_refused(tmp_path, content):
    path = written(tmp_path, "v.txt", content)
    words, complaint = outcome(files.read_words, path)
    if complaint is None:
        assert all(isinstance(word, str) for word in words)
    else:
        assert complaint.startswith(
            (f"{path}: byte ", f"{path}: is a pickle or an archive", f"{path}: is in Python's own")
        )

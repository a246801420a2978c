"""Checkpoints of PyTorch: the state_dict in them is read, and nothing in them is run."""

import io
import pickle
import sys
import tarfile

import numpy as np
import pytest

from rnn_tui.interop import files, from_file
from rnn_tui.network.errors import UserError
from tests.interop.networks import LABELS, TOLERANCE, WORDS, recorded, states

torch = pytest.importorskip("torch")


def tensors(kind="gru", prefix=""):
    return {f"{prefix}{name}": torch.tensor(array) for name, array in recorded(kind)[0].items()}


def trained(kind="gru"):
    """A checkpoint as the tutorials save it, with an optimizer that has taken a step."""
    weight = torch.nn.Parameter(torch.ones(3))
    optimizer = torch.optim.Adam([weight])
    weight.sum().backward()
    optimizer.step()
    return {"epoch": 4, "model_state_dict": tensors(kind), "optimizer_state_dict": optimizer.state_dict(), "loss": 0.5}


def saved(folder, content, name="c.pt", **options):
    torch.save(content, folder / name, **options)
    return folder / name


def refusal(path, **options):
    with pytest.raises(UserError) as raised:
        files.read_tensors(path, **options)
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


CHECKPOINTS = {
    "state_dict": tensors,
    "tutorial": trained,
    "lightning": lambda: {
        "state_dict": tensors(prefix="model."),
        "pytorch-lightning_version": "2.0",
        "optimizer_states": [],
        "hyper_parameters": {"hidden": 5},
    },
    "nested": lambda: {"best": {"net": tensors(), "score": torch.tensor(0.5)}},
    "data parallel": lambda: {"state_dict": tensors(prefix="module."), "args": None},
}


@pytest.mark.parametrize("form", CHECKPOINTS)
@pytest.mark.parametrize("ending", [".pt", ".pth", ".ckpt", ".tar"])
def test_a_checkpoint_has_pytorchs_hidden_states(tmp_path, form, ending):
    path = saved(tmp_path, CHECKPOINTS[form](), f"c{ending}")
    results = recorded("gru")[1]
    found = states(from_file(path, WORDS, LABELS), results["tokens"])
    np.testing.assert_allclose(found["h"], results["h"], atol=TOLERANCE)
    np.testing.assert_allclose(found["logits"], results["logits"], atol=TOLERANCE)


def test_the_format_of_before_1_6_is_read(tmp_path):
    path = saved(tmp_path, tensors(), _use_new_zipfile_serialization=False)
    np.testing.assert_array_equal(files.read_tensors(path)["fc.weight"], recorded("gru")[0]["fc.weight"])


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_converted(tmp_path, dtype):
    path = saved(tmp_path, {name: tensor.to(dtype) for name, tensor in tensors().items()})
    found = files.read_tensors(path)
    for name, tensor in tensors().items():
        assert found[name].dtype == np.float32
        np.testing.assert_array_equal(found[name], tensor.to(dtype).float().numpy())


class Trap:
    """An object whose pickle runs something when it is opened."""

    def __reduce__(self):
        return (sys.exit, ("the pickle was run",))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: torch.nn.GRU(4, 5), "holds more than tensors (a whole module, or objects of a class)"),
        (lambda: {"state_dict": tensors(), "extra": Trap()}, "holds more than tensors"),
        (lambda: [torch.ones(2)], "holds a list, no state_dict; save it with safetensors.torch.save_file("),
        (lambda: {"epoch": 3, "loss": 0.5}, "no state_dict in it, it holds epoch, loss; save it with"),
        (dict, "no state_dict in it, it holds nothing"),
        (lambda: {"encoder": tensors(), "decoder": tensors()}, "2 networks: encoder, decoder; save the state_dict of"),
    ],
    ids=["module", "object", "list", "no tensors", "nothing", "two"],
)
def test_what_is_no_state_dict_is_refused(tmp_path, content, says):
    assert says in refusal(saved(tmp_path, content()))


def test_a_plain_pickle_is_not_run(tmp_path):
    (tmp_path / "w.pkl").write_bytes(pickle.dumps(Trap()))
    refusal(tmp_path / "w.pkl")


def test_an_archive_is_to_be_unpacked(tmp_path):
    with tarfile.open(tmp_path / "w.tar", "w") as archive:
        member = tarfile.TarInfo("w.pt")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"1234"))
    assert refusal(tmp_path / "w.tar") == "is an archive; unpack it, and import the checkpoint in it"


@pytest.mark.parametrize("length", [0, 1, 60, 400, 1500])
def test_a_checkpoint_that_is_cut_short(tmp_path, length):
    path = saved(tmp_path, tensors())
    path.write_bytes(path.read_bytes()[:length])
    assert "cut short or damaged" in refusal(path)


def test_a_dtype_that_numpy_lacks(tmp_path):
    path = saved(tmp_path, {"a": torch.ones(2, 2).to_sparse()})
    assert "tensor a is of torch.float32" in refusal(path)


def test_the_size_is_limited(tmp_path):
    path = saved(tmp_path, {"a": torch.zeros(2**20)})
    assert "4 MiB, more than the 1 MiB that are opened unasked" in refusal(path, max_bytes=2**20)


def test_without_torch_the_line_that_converts_it_is_given(tmp_path, monkeypatch):
    path = saved(tmp_path, trained())
    monkeypatch.setitem(sys.modules, "torch", None)
    message = refusal(path)
    assert "opened through PyTorch alone, and that is not installed here; where it is: python -c 'import sys" in message
    monkeypatch.undo()
    # and that line makes a file that is imported
    script = message.partition("python -c '")[2].partition("'")[0]
    monkeypatch.setattr(sys, "argv", ["-c", str(path), str(tmp_path / "c.safetensors")])
    exec(compile(script, "the line", "exec"), {})
    results = recorded("gru")[1]
    model = from_file(tmp_path / "c.safetensors", WORDS, LABELS)
    np.testing.assert_allclose(states(model, results["tokens"])["h"], results["h"], atol=TOLERANCE)


def test_a_tensor_that_claims_more_than_the_file_holds_is_not_converted(tmp_path):
    path = saved(tmp_path, tensors() | {"a": torch.zeros(1).expand(2**21, 2**21)})
    assert path.stat().st_size < 2**14
    assert "MiB that are opened unasked" in refusal(path)

"""Opens every network of list.csv, and records what came of it: python -m tests.tutorials.record.

Needs PyTorch and Keras (its torch backend). Writes recorded/verdicts.json; for each network that opens its weights,
the drawn sequences and its own answers, recorded/NAME.safetensors; and the tables of docs/own-model.md.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

import rnn_tui
from rnn_tui.network.model import Model
from rnn_tui.network.trace import run
from tests.tutorials import page
from tests.tutorials.networks import FRAMEWORKS, MODULES, NETWORKS, RECORDED, Network, listed

VERDICTS = RECORDED / "verdicts.json"
OPENS, REFUSED = "opens", "refused"
AS_OPENED = "the weights as opened, in PyTorch's names"
"""Said of a network whose weights alone can't be read, since their names say too little."""
_COMPARED = re.compile(r"on “.*” its own forward says .* sequences where the two part\); ")
_ADVICE = re.compile(r"(give|say|train|save|supported is|expected|leave|put|if it is called) ?")
_UNSUPPORTED = re.compile(r"\([^()]* not supported\)")
_SOURCE = re.compile(r"(the (module|state_dict|Keras weights|Keras model)): ")


def networks(framework: str) -> dict[str, Network]:
    """The networks of a framework by their names, in the order of the list; imports the framework."""
    for module in MODULES[framework]:
        importlib.import_module(f"tests.tutorials.{module}")
    return {one.name: NETWORKS[one.name] for one in listed() if one.framework == framework}


def made(network: Network, framework: str) -> Any:
    """The module or model with its drawn weights, as after training."""
    return (_module if framework == "PyTorch" else _keras_model)(network)


def _module(network: Network) -> Any:
    import torch

    torch.manual_seed(network.seed)
    module = network.make().eval()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(2)  # far enough from 0 that the squashing matters
    return module


def _keras_model(network: Network) -> Any:
    import keras

    keras.utils.clear_session()  # layers are numbered anew, and so have the same names in every order
    rng = np.random.default_rng(network.seed)
    model = network.make()
    network.ask(model, network.drawn()[-1])  # builds one whose input isn't said
    for weight in model.weights:  # Keras begins with biases of 0, which would prove nothing
        if weight.dtype == "float32":
            drawn = rng.normal(0, 0.8, weight.shape)
            weight.assign(np.abs(drawn) if "variance" in weight.path else drawn)
    return model


def answers(network: Network, module: Any) -> list[np.ndarray]:
    """What a module itself answers to each drawn sequence: probabilities, or numbers."""
    import torch

    with torch.no_grad():
        found = [network.ask(module, x) for x in network.drawn()]
    return [network.answer(one.detach().numpy() if hasattr(one, "detach") else one) for one in found]


def opened(network: Network, framework: str, module: Any) -> Model:
    """The model that is made of a module; raises UserError where it is refused."""
    return opening_of(framework)(module, network.vocabulary, network.labels, **said_of(network, module))


def opening_of(framework: str) -> Any:
    """The function that opens the networks of a framework."""
    return rnn_tui.from_torch if framework == "PyTorch" else rnn_tui.from_keras


def said_of(network: Network, module: Any) -> dict[str, Any]:
    """The options that someone gives who knows the network, and that it gives numbers."""
    return {**({"output": "number"} if network.number else {}), **network.says(module)}


def largest_difference(
    model: Model, sequences: Sequence[np.ndarray], own: Sequence[np.ndarray], *, number: bool = False
) -> float:
    """The largest difference between a probability of the model and of the network's own answers.

    Of numbers in units of the largest of an answer, where that is more than 1.
    """
    differences = []
    for x, theirs in zip(sequences, own, strict=True):
        words = model.vocabulary.words
        text = [words[row] for row in x] if len(words) else numbers_in_text(x)
        trace = run(model, model.tokens_of(text) if len(words) else model.tokenize(text))
        ours = trace.values[model.output.answer][-len(theirs) :]
        differences.append(np.abs(ours - theirs) / max(1.0, np.abs(theirs).max() if number else 1.0))
    return float(np.concatenate(differences).max())  # NaN, of a step that has no answer, is larger than everything


def numbers_in_text(x: np.ndarray) -> str:
    """A series (T,) or (T, features) as it is typed: commas in a timestep, spaces between them."""
    return " ".join(",".join(map(str, step)) for step in x.reshape(len(x), -1).tolist())


def found_options(model: Model) -> dict[str, Any]:
    """The options with which the weights alone give the model."""
    options: dict[str, Any] = {"readout": model.readout.kind}
    if model.cell.activations:
        options["nonlinearity"] = model.activation
    if "merge" in model.provenance:
        options["merge"] = model.provenance["merge"]
    if head := [entry.activation for entry in getattr(model, "head", ())]:
        options["head"] = head
    return options


def verdict(network: Network, framework: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The verdict on a network, and where it opens the arrays that are recorded of it."""
    module = made(network, framework)
    own = answers(network, module)
    try:
        model = opened(network, framework, module)
    except rnn_tui.UserError as error:
        return {"verdict": REFUSED, "message": str(error), "reason": reason(str(error))}, {}
    said = {option: value for option, value in said_of(network, module).items() if option != "forward"}
    largest = largest_difference(model, network.drawn(), own, number=network.number)
    told = {
        "verdict": OPENS,
        "as": shape_of(model),
        "largest_difference": float(f"{largest:.1e}"),
        "number": network.number,
        "vocabulary": list(network.vocabulary),
        "labels": list(network.labels),
        "options": said | found_options(model),
    }
    weights = weights_of(module, framework)
    if not _tell(weights, network, framework, told["options"], own):  # what its own forward told
        weights, told["recorded"] = model.tensors(), AS_OPENED
    arrays = {f"weights/{name}": array for name, array in weights.items()}
    for index, (x, answer) in enumerate(zip(network.drawn(), own, strict=True)):
        arrays |= {f"sequence/{index}": x, f"answer/{index}": np.float32(answer)}
    return told, {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def _tell(
    weights: Mapping[str, np.ndarray],
    network: Network,
    framework: str,
    options: Mapping[str, Any],
    own: Sequence[np.ndarray],
) -> bool:
    """Tell whether weights alone are read as the network that they are of."""
    try:
        alone = opening_of(framework)(weights, network.vocabulary, network.labels, **options)
    except rnn_tui.UserError:
        return False
    return largest_difference(alone, network.drawn(), own, number=network.number) <= 1e-5


def weights_of(module: Any, framework: str) -> dict[str, np.ndarray]:
    """The weights by their names: the state_dict, or those of Keras by their paths."""
    if framework == "PyTorch":
        return {name: tensor.numpy() for name, tensor in module.state_dict().items()}
    return {weight.path: np.asarray(weight.numpy()) for weight in module.weights if weight.dtype == "float32"}


def shape_of(model: Model) -> str:
    """A model in words without its name and sizes, as it writes itself: "GRU, readout last"."""
    written = repr(model).partition(": ")[2].partition(";")[0]
    return ", ".join(part for part in written.split(", ") if "_size " not in part)


def reason(message: str) -> str:
    """The reason in the line of a refusal: without its source, the figures compared, and what to do about it."""
    clauses = _COMPARED.sub("", _SOURCE.sub("", message, count=1)).split("; ")
    kept = [clause for clause in clauses if not _ADVICE.match(clause)]
    unsupported = [match[0] for clause in clauses if _ADVICE.match(clause) for match in _UNSUPPORTED.finditer(clause)]
    return " ".join(["; ".join(kept), *unsupported])


def verdicts() -> dict[str, dict[str, Any]]:
    """The recorded verdicts, by the networks' names."""
    recorded: dict[str, dict[str, Any]] = json.loads(VERDICTS.read_text(encoding="utf-8"))
    return recorded


def _record() -> None:
    from safetensors.numpy import save_file

    for old in RECORDED.glob("*.safetensors"):
        old.unlink()
    told: dict[str, dict[str, Any]] = {}
    for framework in FRAMEWORKS:
        for name, network in networks(framework).items():
            told[name], arrays = verdict(network, framework)
            if arrays:
                save_file(arrays, RECORDED / f"{name}.safetensors")
    VERDICTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page.write(listed(), told)


if __name__ == "__main__":
    RECORDED.mkdir(exist_ok=True)
    _record()

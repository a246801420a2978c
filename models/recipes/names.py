"""Train the model `names`: which letter comes next in a first name, and so writes new ones.

    python models/recipes/names.py

Fetches the package names 0.3.0 (MIT), which holds the US census's lists of 1990: 5,494 first
names, 5,163 of them different.
"""

from __future__ import annotations

import argparse
import tarfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from packages import fetch

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.generation import END, generate
from rnn_tui.network.model import Example, Model
from rnn_tui.network.storage import assemble, save
from rnn_tui.network.storage.metadata import Metadata
from rnn_tui.network.tokens import CharacterTokenizer, Vocabulary
from rnn_tui.network.training import Epoch, Figures, TrainingSettings, initial_parameters, measure, train
from rnn_tui.network.training.corpus import Corpus

MODELS = Path(__file__).resolve().parents[1]
START = "^"
HIDDEN_SIZE, INPUT_SIZE, SEED = 32, 12, 0
ARCHITECTURE = Architecture("elman", "tanh", "each")
SETTINGS = TrainingSettings(
    epochs=60, batch_size=16, learning_rate=3e-3, final_learning_rate=0.02, judge="loss", seed=SEED
)

# A name begins with the start mark, as in training: without it the net stands in the middle of nowhere.
EXAMPLES = (
    Example("^Mar", "A common beginning. What may follow?"),
    Example("^Christophe", "You know the next letter. How sure is it, and of what else?"),
    Example("^Q", "Nobody told it what comes after a Q."),
    Example("^Jacqu", "It has to remember a little more than the last letter."),
    Example("^Anna", "A whole name: does it know that it may end here?"),
    Example("^Xzq", "Nothing like it was ever read. What does it make of it?"),
)


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=MODELS, help="the folder to write to")
    options = parser.parse_args()
    parts = split(read_names())
    letters = tuple(sorted(set("".join(parts["training"]))))
    vocabulary, labels = Vocabulary((START, *letters)), (*letters, END)
    corpora = {name: encode(names, vocabulary, labels) for name, names in parts.items()}
    parameters = initial_parameters(ARCHITECTURE, INPUT_SIZE, HIDDEN_SIZE, len(labels), SEED, len(vocabulary))
    trained = train(ARCHITECTURE, parameters, corpora["training"], corpora["validation"], SETTINGS, on_epoch=report)
    test = measure(ARCHITECTURE, trained.parameters, corpora["test"])
    compared = {
        f"{name} counts": ngram_bits(parts["training"], parts["test"], n, len(labels))
        for name, n in (("letter", 1), ("pair", 2), ("triple", 3))
    }
    model = model_of(vocabulary, labels, trained.parameters, provenance(parts, test, compared))
    save(model, options.into / "names.safetensors")
    show(
        model, test, compared, {name for names in parts.values() for name in names}, options.into / "names.safetensors"
    )


def read_names() -> list[str]:
    """First names, each once, in lower case, sorted."""
    found: set[str] = set()
    with tarfile.open(fetch("names==0.3.0", "names-0.3.0.tar.gz", "--no-binary", ":all:")) as archive:
        for part in ("male.first", "female.first"):
            file = archive.extractfile(f"names-0.3.0/names/dist.{part}")
            assert file is not None
            found |= {line.split()[0].lower() for line in file.read().decode("ascii").splitlines() if line.strip()}
    return sorted(found)


def split(names: Sequence[str]) -> dict[str, list[str]]:
    """A tenth for the test, a twentieth for validation, the rest to train on."""
    order = np.random.default_rng(SEED).permutation(len(names))
    tenth, twentieth = len(names) // 10, len(names) // 20
    places = {
        "test": order[:tenth],
        "validation": order[tenth : tenth + twentieth],
        "training": order[tenth + twentieth :],
    }
    return {part: [names[place] for place in places[part]] for part in ("training", "validation", "test")}


def encode(names: Sequence[str], vocabulary: Vocabulary, labels: Sequence[str]) -> Corpus:
    """Each letter asks for the next: the start mark for the first, the last for the end mark."""
    place = {label: number for number, label in enumerate(labels)}
    inputs = tuple(np.array([0, *(vocabulary.index[letter] for letter in name)]) for name in names)
    targets = tuple(np.array([*(place[letter] for letter in name), place[END]]) for name in names)
    return Corpus(inputs, targets)


def ngram_bits(training: Sequence[str], test: Sequence[str], n: int, n_labels: int) -> float:
    """Bits a letter of counting runs of n letters, with 0.1 added to every count."""
    runs, contexts = Counter[str](), Counter[str]()
    for name in training:
        for run in _runs(name, n):
            runs[run] += 1
            contexts[run[:-1]] += 1
    bits = [
        -np.log2((runs[run] + 0.1) / (contexts[run[:-1]] + 0.1 * n_labels)) for name in test for run in _runs(name, n)
    ]
    return float(np.mean(bits))


def _runs(name: str, n: int) -> list[str]:
    padded = START * (n - 1) + name + "$"
    return [padded[place : place + n] for place in range(len(padded) - n + 1)]


def provenance(parts: dict[str, list[str]], test: Figures, compared: dict[str, float]) -> dict[str, object]:
    """Where the model comes from and how well it does."""
    return {
        "data": "first names of the US census of 1990, each once (package names 0.3.0)",
        "licence": "MIT",
        "split": ", ".join(f"{len(names)} {part}" for part, names in parts.items()),
        "metric": "test bits a character",
        "figure": round(test.loss / np.log(2), 4),
        "n_test": test.n,
        "baselines": {name: round(bits, 4) for name, bits in compared.items()},
        "start": START,
        "end": END,
        "command": "python models/recipes/names.py",
        "seed": SEED,
    }


def model_of(
    vocabulary: Vocabulary, labels: tuple[str, ...], parameters: dict[str, Array], origin: dict[str, object]
) -> Model:
    """The model as it is shipped."""
    metadata = Metadata(
        name="names",
        title="Names",
        summary="Which letter comes next? It has learned, letter by letter, what first names look like, "
        "and writes new ones.",
        cell=ARCHITECTURE.cell,
        activation=ARCHITECTURE.activation,
        readout=ARCHITECTURE.readout,
        tokenizer=CharacterTokenizer(lowercase=True),
        vocabulary=vocabulary,
        labels=labels,
        unit_names=None,
        examples=EXAMPLES,
        provenance=origin,
    )
    return assemble(metadata, parameters)


def report(epoch: Epoch) -> None:
    """One line an epoch."""
    print(f"{epoch.number:3} loss {epoch.training_loss:.4f}  validation {epoch.validation.loss / np.log(2):.4f} bits")


def show(model: Model, test: Figures, compared: dict[str, float], real: set[str], path: Path) -> None:
    """What the card needs."""
    print(f"\n{path}: {path.stat().st_size:,} bytes, {len(model.vocabulary)} characters")
    print(f"test {test.loss / np.log(2):.4f} bits a character, n {test.n}, accuracy {test.accuracy:.4f}")
    for name, bits in compared.items():
        print(f"  {name} {bits:.4f}")
    rng = np.random.default_rng(0)
    for temperature in (0.3, 0.7, 1.0, 1.5):
        written = ["".join(t.text for t in generate(model, [], 20, temperature, rng)) for _ in range(12)]
        print(f"  temperature {temperature}: {' '.join(name + ('*' if name in real else '') for name in written)}")


if __name__ == "__main__":
    main()

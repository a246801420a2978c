"""Train the model `names`: which letter comes next in a first name, and so writes new ones.

    python models/recipes/names.py

Fetches the package names 0.3.0 (MIT), which holds the US census's lists of 1990: 5,494 first
names, 5,163 of them different.
"""

from __future__ import annotations

import tarfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from packages import fetch
from steps import parser, report, show, write

from rnn_tui.learning.baselines import count_bits
from rnn_tui.learning.cards import measured
from rnn_tui.learning.encoding import START, Encoding
from rnn_tui.learning.making import model_of
from rnn_tui.learning.samples import Sample, dealt
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.generation import END, Writing, generate
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example, Model
from rnn_tui.network.tokens import CharacterTokenizer, Vocabulary
from rnn_tui.network.training import TrainingSettings, evaluate, initial_parameters, train
from rnn_tui.network.training.corpus import Corpus

HIDDEN_SIZE, INPUT_SIZE, SEED = 32, 12, 0
ARCHITECTURE = Architecture((LayerKind("elman", "tanh"),), "each")
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
    options = parser(__doc__).parse_args()
    names = read_names()
    parts = split(names)
    encoding = encoding_of(parts["training"])
    corpora = {part: encode(encoding, some) for part, some in parts.items()}
    labels, words = len(encoding.labels), len(encoding.vocabulary)
    start = initial_parameters(ARCHITECTURE, INPUT_SIZE, HIDDEN_SIZE, labels, SEED, words)
    trained = train(ARCHITECTURE, start, corpora["training"], corpora["validation"], SETTINGS, on_epoch=report)
    model = model_of(
        encoding,
        ARCHITECTURE,
        trained.parameters,
        name="names",
        title="Names",
        summary="Which letter comes next? It has learned, letter by letter, what first names look like, "
        "and writes new ones.",
        examples=EXAMPLES,
    )
    found = evaluate(model, corpora["test"])
    figures = measured("test bits a character", found.bits, len(found), baselines(corpora, labels), counted="n_test")
    origin = provenance(parts, figures | {"test_accuracy": round(found.accuracy, 4)})
    model = replace(model, provenance=origin)
    write(model, options.into)
    show(model, found)
    show_written(model, names)


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
    sizes = {"test": len(names) // 10, "validation": len(names) // 20, "training": len(names)}
    parts = dealt(names, sizes, SEED)
    return {part: parts[part] for part in ("training", "validation", "test")}


def encoding_of(names: Sequence[str]) -> Encoding:
    """The letters of the names in the order of the alphabet, a start mark before them and an end mark behind."""
    letters, start = tuple(sorted(set("".join(names)))), START["characters"]
    return Encoding(
        "next",
        CharacterTokenizer(lowercase=True),
        Vocabulary((start, *letters)),
        (*letters, END),
        Writing(len(letters), start),
    )


def encode(encoding: Encoding, names: Sequence[str]) -> Corpus:
    """Every letter is answered with the next: the start mark with the first, the last with the end mark."""
    return encoding.corpus(Path("names"), [Sample(number, name) for number, name in enumerate(names, 1)])


def baselines(corpora: dict[str, Corpus], labels: int) -> dict[str, float]:
    """Bits a letter of counting runs of one, two and three letters, with 0.1 added to every count."""
    training, test = ([targets.tolist() for targets in corpora[part].targets] for part in ("training", "test"))
    runs = {"letter": 1, "pair": 2, "triple": 3}
    return {
        f"{name} counts": count_bits(training, test, labels, length=length, added=0.1) for name, length in runs.items()
    }


def provenance(parts: dict[str, list[str]], figures: dict[str, object]) -> dict[str, object]:
    """The origin of the model and its figures."""
    return {
        "data": "first names of the US census of 1990, each once (package names 0.3.0)",
        "licence": "MIT",
        "split": ", ".join(f"{len(names)} {part}" for part, names in parts.items()),
        **figures,
        "start": START["characters"],
        "end": END,
        "command": "python models/recipes/names.py",
        "seed": SEED,
    }


def show_written(model: Model, real: Collection[str]) -> None:
    """Print names that the model writes, at four temperatures; a star marks those that were in the lists."""
    rng = np.random.default_rng(0)
    for temperature in (0.3, 0.7, 1.0, 1.5):
        written = ["".join(t.text for t in generate(model, [], 20, temperature, rng)) for _ in range(12)]
        print(f"  temperature {temperature}: {' '.join(name + ('*' if name in real else '') for name in written)}")


if __name__ == "__main__":
    main()

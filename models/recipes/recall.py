"""Train the models `recall-elman`, `recall-gru` and `recall-lstm`: after a row of letters, which was the first?

    python models/recipes/recall.py

Nothing is fetched: the sequences are drawn at random. All three networks get the same ones, the same settings and the
same seed. Their first letter lies 2 to 40 letters back, mostly few: a distance of d is 1/d³ as frequent. So each must
find out on short sequences how to keep a letter, and on the rare long ones it shows whether that was keeping.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.corpus import Corpus, labelled
from rnn_tui.network.metadata import Metadata
from rnn_tui.network.model import Example, Model
from rnn_tui.network.storage import assemble, save
from rnn_tui.network.tokens import CharacterTokenizer, Vocabulary
from rnn_tui.network.training import TrainingSettings, initial_parameters, measure, train

MODELS = Path(__file__).resolve().parents[1]
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
DISTANCES = np.arange(2, 41)
MEASURED = (2, 3, 5, 10, 20, 30, 40)
HIDDEN_SIZE, SEED = 16, 1
TRAINING, VALIDATION, TEST = 6_000, 600, 2_000
SETTINGS = TrainingSettings(epochs=8, learning_rate=3e-3, final_learning_rate=0.05, seed=SEED)
CELLS = {
    "elman": ("Elman", "A plain recurrent net", Architecture("elman", "tanh")),
    "gru": ("GRU", "A net with gates", Architecture("gru", None)),
    "lstm": ("LSTM", "A net with gates and a second memory", Architecture("lstm", None)),
}

EXAMPLES = (
    Example("qab", "The first letter is two letters back: all three nets know it."),
    Example("qabcdx", "Five back. The plain net begins to lose it, those with gates don't."),
    Example("qabcdxyzabh", "Ten back."),
    Example("qabcdxyzabhmnorstuvwa", "Twenty back. Compare what is left of the q in the memory."),
    Example("qaaaaaaaaaaaaaaaaaaaa", "Twenty back again, but always the same letter in between."),
    Example("qabcdxyzabhmnorstuvwabcdefghijklmnoprstuv", "Forty back, the longest that there was in training."),
)


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=MODELS, help="the folder to write to")
    options = parser.parse_args()
    rng = np.random.default_rng(SEED)
    frequency = DISTANCES**-3.0
    drawn = [rng.choice(DISTANCES, n, p=frequency / frequency.sum()) for n in (TRAINING, VALIDATION)]
    training, validation = (sequences(distances, rng) for distances in drawn)
    tests = {distance: sequences(np.full(TEST, distance), rng) for distance in MEASURED}
    for cell, (_, _, architecture) in CELLS.items():
        parameters = initial_parameters(architecture, len(LETTERS), HIDDEN_SIZE, len(LETTERS), SEED)
        trained = train(architecture, parameters, training, validation, SETTINGS)
        found = {distance: measure(architecture, trained.parameters, test).accuracy for distance, test in tests.items()}
        model = model_of(cell, trained.parameters, provenance(found))
        path = options.into / f"{model.name}.safetensors"
        save(model, path)
        print(f"{path}: {path.stat().st_size:,} bytes; accuracy by distance:")
        print("  " + "  ".join(f"{distance}: {accuracy:.3f}" for distance, accuracy in found.items()))


def sequences(distances: np.ndarray, rng: np.random.Generator) -> Corpus:
    """Random letters, the first of which lies `distances[k]` letters before the last; it is the label."""
    inputs = [rng.integers(len(LETTERS), size=distance + 1) for distance in distances]
    return labelled(inputs, [int(letters[0]) for letters in inputs])


def provenance(found: dict[int, float]) -> dict[str, object]:
    """Where the model comes from and how well it does."""
    return {
        "data": "random letters; the label is the first of them",
        "licence": "MIT",
        "split": f"{TRAINING} training, {VALIDATION} validation sequences; {TEST} test sequences of each distance",
        "metric": "test accuracy at distance 40",
        "figure": round(found[40], 4),
        "by_distance": {str(distance): round(accuracy, 4) for distance, accuracy in found.items()},
        "baselines": {"guessing": round(1 / len(LETTERS), 4)},
        "command": "python models/recipes/recall.py",
        "seed": SEED,
    }


def model_of(cell: str, parameters: dict[str, Array], origin: dict[str, object]) -> Model:
    """The model as it is shipped."""
    title, what, architecture = CELLS[cell]
    metadata = Metadata(
        name=f"recall-{cell}",
        title=f"Recall, {title}",
        summary=f"Which letter was the first? {what}, asked after 2 to 40 more letters.",
        cell=architecture.cell,
        activation=architecture.activation,
        readout=architecture.readout,
        tokenizer=CharacterTokenizer(lowercase=True),
        vocabulary=Vocabulary(LETTERS),
        labels=LETTERS,
        unit_names=None,
        examples=EXAMPLES,
        provenance=origin,
    )
    return assemble(metadata, parameters)


if __name__ == "__main__":
    main()

"""Train the models `recall-elman`, `recall-gru` and `recall-lstm`: a vowel, then consonants; which vowel was it?

    python models/recipes/recall.py

Nothing is fetched: the letters are drawn at random. All three networks get the same ones, the same settings, the same
seed and the same rule: no square block of weight_hh may have a spectral norm above 0.9. Pascanu, Mikolov & Bengio
(2013) show that an Elman net with tanh must then forget: what a letter moved shrinks to less than 0.9 of itself with
every letter that follows. For the gated nets the same rule is no sentence: there the old memory is carried past
weight_hh as well, times a gate (z of a GRU, f of an LSTM), and the two ways together can keep all of it. Without the
rule (`--largest-norm inf`) the Elman net finds another way not to forget: it drives most units close to ±1 and latches.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture, Batch, loss_and_gradients
from rnn_tui.network.model import Example, Model
from rnn_tui.network.storage import assemble, save
from rnn_tui.network.storage.metadata import Metadata
from rnn_tui.network.tokens import CharacterTokenizer, Vocabulary
from rnn_tui.network.training import initial_parameters, measure
from rnn_tui.network.training.corpus import Corpus, batches, labelled
from rnn_tui.network.training.optimizer import Adam, FlatParameters, clip_norm
from rnn_tui.network.workspace import Workspace

MODELS = Path(__file__).resolve().parents[1]
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
VOWELS = tuple("aeiou")
DISTANCES = np.arange(2, 41)
MEASURED = (2, 3, 4, 5, 7, 10, 20, 30, 40)
HIDDEN_SIZE, SEED, LARGEST_NORM = 16, 1, 0.9
TRAINING, TEST = 6_000, 2_000
EPOCHS, BATCH_SIZE, CLIP_NORM = 8, 32, 1.0
LEARNING_RATES = np.linspace(2e-2, 1e-3, EPOCHS)
CELLS = {
    "elman": ("Elman", "A plain recurrent net", Architecture("elman", "tanh")),
    "gru": ("GRU", "A net with gates", Architecture("gru", None)),
    "lstm": ("LSTM", "A net with gates and a second memory", Architecture("lstm", None)),
}

EXAMPLES = (
    Example("angst", "The vowel is four letters back: all three nets know it."),
    Example("obcdfghjklmnpq", "Thirteen back. The plain net has lost it. Compare the first rows of the lens memory."),
    Example("utnsrhldcmfpgy", "Thirteen back again, another vowel and other consonants."),
    Example("ebcdfghjklmnpq", "The plain net is right, but remembers nothing: e is what it says when nothing is left."),
    Example("elephant", "Vowels again later on: no net has seen that in training."),
    Example("obcdfghjklmnpqrstvwxyzbcdfghjklmnpqrstvwx", "Forty back, the longest that there was in training."),
)


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=MODELS, help="the folder to write to")
    parser.add_argument("--seed", type=int, default=SEED, help="another draw of letters and of first weights")
    parser.add_argument("--largest-norm", type=float, default=LARGEST_NORM, help="of weight_hh; inf is no bound")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    frequency = DISTANCES**-3.0
    training = sequences(rng.choice(DISTANCES, TRAINING, p=frequency / frequency.sum()), rng)
    tests = {distance: sequences(np.full(TEST, distance), rng) for distance in MEASURED}
    for cell, (_, _, architecture) in CELLS.items():
        parameters = trained(architecture, training, options.seed, options.largest_norm)
        found = {distance: measure(architecture, parameters, test).accuracy for distance, test in tests.items()}
        carried = carried_past_weight_hh(architecture, parameters, tests[40])
        model = model_of(cell, parameters, provenance(found, carried, options.seed, options.largest_norm))
        path = options.into / f"{model.name}.safetensors"
        save(model, path)
        print(f"{path}: {path.stat().st_size:,} bytes; accuracy by distance:")
        print("  " + "  ".join(f"{distance}: {accuracy:.3f}" for distance, accuracy in found.items()))
        print(f"  40, and weight_hh set to 0: {carried:.3f}")


def sequences(distances: np.ndarray, rng: np.random.Generator) -> Corpus:
    """A vowel and `distances[k]` consonants, all at random; the label is the vowel."""
    vowels = np.array([LETTERS.index(letter) for letter in VOWELS])
    consonants = np.setdiff1d(np.arange(len(LETTERS)), vowels)
    labels = rng.integers(len(VOWELS), size=len(distances))
    rest = (rng.choice(consonants, distance) for distance in distances)
    return labelled((np.append(vowel, after) for vowel, after in zip(vowels[labels], rest, strict=True)), list(labels))


def trained(architecture: Architecture, training: Corpus, seed: int, largest_norm: float) -> dict[str, Array]:
    """The parameters after the last step; after every one of them weight_hh is brought back inside its bound."""
    flat = FlatParameters(initial_parameters(architecture, len(LETTERS), HIDDEN_SIZE, len(VOWELS), seed))
    adam, room = Adam(flat.vector.size, flat.vector.dtype), Workspace(flat.vector.dtype)
    for batch, learning_rate in drawn(training, seed):
        loss_and_gradients(architecture, flat.parameters, batch, flat.gradients, room)
        clip_norm(flat.gradient, CLIP_NORM)
        adam.step(flat.vector, flat.gradient, learning_rate)
        bound(flat.parameters["rnn.weight_hh_l0"], largest_norm)
    return dict(flat.parameters)


def drawn(training: Corpus, seed: int) -> Iterator[tuple[Batch, float]]:
    """The batches of all epochs, each with its learning rate."""
    rng = np.random.default_rng(seed)
    for learning_rate in LEARNING_RATES:
        for batch in batches(training, BATCH_SIZE, rng):
            yield batch, float(learning_rate)


def bound(weight_hh: Array, largest_norm: float) -> None:
    """Scale in place, gate by gate, what has a larger spectral norm: (G·H, H), G gates."""
    gates = weight_hh.reshape(-1, HIDDEN_SIZE, HIDDEN_SIZE)
    norms = np.linalg.norm(gates, 2, axis=(1, 2))
    gates /= np.maximum(1, norms / largest_norm)[:, None, None]


def carried_past_weight_hh(architecture: Architecture, parameters: dict[str, Array], test: Corpus) -> float:
    """The accuracy that is left without weight_hh: what the gates alone carry along."""
    without = parameters | {"rnn.weight_hh_l0": np.zeros_like(parameters["rnn.weight_hh_l0"])}
    return measure(architecture, without, test).accuracy


def provenance(found: dict[int, float], carried: float, seed: int, largest_norm: float) -> dict[str, object]:
    """Where the model comes from and how well it does."""
    return {
        "data": "random letters, a vowel and then consonants; the label is the vowel",
        "licence": "MIT",
        "split": f"{TRAINING} training sequences; {TEST} test sequences of each distance",
        "metric": "test accuracy at distance 40",
        "figure": round(found[40], 4),
        "by_distance": {str(distance): round(accuracy, 4) for distance, accuracy in found.items()},
        "without_weight_hh": round(carried, 4),
        "baselines": {"guessing": round(1 / len(VOWELS), 4)},
        "command": "python models/recipes/recall.py",
        "seed": seed,
        "largest_norm": largest_norm if np.isfinite(largest_norm) else None,
    }


def model_of(cell: str, parameters: dict[str, Array], origin: dict[str, object]) -> Model:
    """The model as it is shipped."""
    title, what, architecture = CELLS[cell]
    metadata = Metadata(
        name=f"recall-{cell}",
        title=f"Recall, {title}",
        summary=f"Which vowel came first? {what}, asked after 2 to 40 consonants.",
        cell=architecture.cell,
        activation=architecture.activation,
        readout=architecture.readout,
        tokenizer=CharacterTokenizer(lowercase=True),
        vocabulary=Vocabulary(LETTERS),
        labels=VOWELS,
        unit_names=None,
        examples=EXAMPLES,
        provenance=origin,
    )
    return assemble(metadata, parameters)


if __name__ == "__main__":
    main()

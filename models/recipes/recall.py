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

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from steps import parser, write

from rnn_tui.learning.encoding import Encoding
from rnn_tui.learning.making import model_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.changes import scaled_memory
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example, Model
from rnn_tui.network.tokens import CharacterTokenizer, Vocabulary
from rnn_tui.network.training import TrainingLoop, TrainingSettings, evaluate, initial_parameters
from rnn_tui.network.training.corpus import Corpus, labelled

LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
VOWELS = tuple("aeiou")
ENCODING = Encoding("labels", CharacterTokenizer(lowercase=True), Vocabulary(LETTERS), VOWELS)
DISTANCES = np.arange(2, 41)
MEASURED = (2, 3, 4, 5, 7, 10, 20, 30, 40)
HIDDEN_SIZE, SEED, LARGEST_NORM = 16, 1, 0.9
TRAINING, TEST = 6_000, 2_000
LEARNING_RATES = np.linspace(2e-2, 1e-3, 8)
"""That of each epoch."""
CELLS = {
    "elman": ("Elman", "A plain recurrent net", Architecture((LayerKind("elman", "tanh"),))),
    "gru": ("GRU", "A net with gates", Architecture((LayerKind("gru", None),))),
    "lstm": ("LSTM", "A net with gates and a second memory", Architecture((LayerKind("lstm", None),))),
}

EXAMPLES = (
    Example("angst", "The vowel is four letters back: all three nets know it."),
    Example("obcdfghjklmnpq", "Thirteen back. The plain net has lost it. Compare the first rows of the lens memory."),
    Example("utnsrhldcmfpgy", "Thirteen back again, another vowel and other consonants."),
    Example("ebcdfghjklmnpq", "The plain net is right, but hardly remembers: e is what it says when little is left."),
    Example("elephant", "Vowels again later on: no net has seen that in training."),
    Example("obcdfghjklmnpqrstvwxyzbcdfghjklmnpqrstvwx", "Forty back, the longest that there was in training."),
)


def main() -> None:
    """Train, measure, write."""
    command = parser(__doc__)
    command.add_argument("--seed", type=int, default=SEED, help="another draw of letters and of first weights")
    command.add_argument("--largest-norm", type=float, default=LARGEST_NORM, help="of weight_hh; inf is no bound")
    options = command.parse_args()
    rng = np.random.default_rng(options.seed)
    frequency = DISTANCES**-3.0
    training = sequences(rng.choice(DISTANCES, TRAINING, p=frequency / frequency.sum()), rng)
    tests = {distance: sequences(np.full(TEST, distance), rng) for distance in MEASURED}
    for cell, (_, _, architecture) in CELLS.items():
        model = model_with(cell, trained(architecture, training, options.seed, options.largest_norm))
        found = {distance: evaluate(model, test).accuracy for distance, test in tests.items()}
        carried = evaluate(scaled_memory(model, 0.0), tests[40]).accuracy  # the gates alone carry something along
        write(replace(model, provenance=provenance(found, carried, options.seed, options.largest_norm)), options.into)
        print("accuracy by distance:")
        print("  " + "  ".join(f"{distance}: {accuracy:.3f}" for distance, accuracy in found.items()))
        print(f"  40, and weight_hh set to 0: {carried:.3f}")


def sequences(distances: np.ndarray, rng: np.random.Generator) -> Corpus:
    """A vowel and `distances[k]` consonants, all at random; the label is the vowel."""
    vowels = np.array([LETTERS.index(letter) for letter in VOWELS])
    consonants = np.setdiff1d(np.arange(len(LETTERS)), vowels)
    labels = rng.integers(len(VOWELS), size=len(distances))
    rest = (rng.choice(consonants, distance) for distance in distances)
    return labelled((np.append(vowel, after) for vowel, after in zip(vowels[labels], rest, strict=True)), list(labels))


def trained(architecture: Architecture, training: Corpus, seed: int, largest_norm: float) -> Mapping[str, Array]:
    """The parameters after the last step; after every one of them weight_hh is pulled back inside its bound."""
    start = initial_parameters(architecture, len(LETTERS), HIDDEN_SIZE, len(VOWELS), seed)
    settings = TrainingSettings(batch_size=32, clip_norm=1.0, seed=seed)
    loop = TrainingLoop(architecture, start, settings, after_step=partial(bound, largest_norm))
    for learning_rate in LEARNING_RATES:
        loop.epoch(training, float(learning_rate))
    return loop.parameters


def bound(largest_norm: float, parameters: Mapping[str, Array]) -> None:
    """Scale weight_hh in place, gate by gate, where its spectral norm is larger: (G·H, H), G gates."""
    gates = parameters["rnn.weight_hh_l0"].reshape(-1, HIDDEN_SIZE, HIDDEN_SIZE)
    norms = np.linalg.norm(gates, 2, axis=(1, 2))
    gates /= np.maximum(1, norms / largest_norm)[:, None, None]


def provenance(found: dict[int, float], carried: float, seed: int, largest_norm: float) -> dict[str, object]:
    """The origin of the model and its figures."""
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


def model_with(cell: str, parameters: Mapping[str, Array]) -> Model:
    """The model of some parameters, still without its provenance."""
    title, what, architecture = CELLS[cell]
    return model_of(
        ENCODING,
        architecture,
        parameters,
        name=f"recall-{cell}",
        title=f"Recall, {title}",
        summary=f"Which vowel came first? {what}, asked after 2 to 40 consonants.",
        examples=EXAMPLES,
    )


if __name__ == "__main__":
    main()

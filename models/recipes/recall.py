"""Train the models `recall-elman`, `recall-gru` and `recall-lstm`: a vowel, then consonants; which vowel was it?

    OPENBLAS_NUM_THREADS=1 python models/recipes/recall.py

One thread adds in one order, so it gives the shipped bytes. The trainings of `recall-elman` and `recall-lstm` are kept
as runs, epoch by epoch.

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
from pathlib import Path

import numpy as np
from steps import finish_run, parser, write

from rnn_tui.learning.encoding import Encoding
from rnn_tui.learning.making import model_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.changes import scaled_memory
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example, Model
from rnn_tui.network.runs import SUFFIX, Recorder, Told
from rnn_tui.network.tokens import CharacterTokenizer, Vocabulary
from rnn_tui.network.training import TrainingLoop, TrainingSettings, evaluate, initial_parameters, measure
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
SETTINGS = TrainingSettings(batch_size=32, clip_norm=1.0)
RECORDED, FAR, HELD_OUT = ("elman", "lstm"), 10, 500
"""The cells whose training is kept as a run; after every epoch they are asked about rows of so many letters."""
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
    held_out = sequences(np.full(HELD_OUT, FAR), np.random.default_rng([options.seed, FAR]))
    for cell in CELLS:
        recording = Recording(cell, options.into, held_out) if cell in RECORDED else None
        model = model_with(cell, trained(cell, training, options.seed, options.largest_norm, recording))
        found = {distance: evaluate(model, test).accuracy for distance, test in tests.items()}
        carried = evaluate(scaled_memory(model, 0.0), tests[40]).accuracy  # the gates alone carry something along
        model = replace(model, provenance=provenance(found, carried, options.seed, options.largest_norm))
        write(model, options.into)
        if recording is not None:
            finish_run(recording.recorder.folder, model)
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


class Recording:
    """The run of one cell's training. The last epoch is the model: the weights are taken as they are at the end.

    A line has the share of right answers at a distance that is rare in training, where gates make the difference.
    """

    def __init__(self, cell: str, folder: Path, held_out: Corpus) -> None:
        self.cell, self.held_out = cell, held_out
        self.folder = folder / f"recall-{cell}{SUFFIX}"

    def begin(self, loop: TrainingLoop) -> None:
        """Keep the network before training."""
        training = {
            "judge": "the last epoch",
            "metric": f"held-out accuracy at distance {FAR}",
            "baselines": {"guessing": round(1 / len(VOWELS), 4)},
            "epochs": len(LEARNING_RATES),
            "batch_size": SETTINGS.batch_size,
            "clip_norm": SETTINGS.clip_norm,
            "n": TRAINING,
            "command": "python models/recipes/recall.py",
        }
        self.recorder = Recorder(self.folder, model_with(self.cell, loop.parameters), training)
        self.add(loop, 0)

    def add(self, loop: TrainingLoop, epoch: int, rate: float | None = None, loss: float | None = None) -> None:
        """Keep the network after an epoch."""
        figures = measure(loop.architecture, loop.parameters, self.held_out)
        told = Told(
            epoch,
            training_loss=loss,
            validation_loss=figures.loss,
            validation_accuracy=figures.accuracy,
            best=epoch == len(LEARNING_RATES),
            learning_rate=rate,
            clipped=loop.clipped if epoch else None,
            moved=self.recorder.moved(loop.parameters),
        )
        self.recorder.add(told, loop.parameters)


def trained(
    cell: str, training: Corpus, seed: int, largest_norm: float, recording: Recording | None = None
) -> Mapping[str, Array]:
    """The parameters after the last step; after every one of them weight_hh is pulled back inside its bound."""
    _, _, architecture = CELLS[cell]
    start = initial_parameters(architecture, len(LETTERS), HIDDEN_SIZE, len(VOWELS), seed)
    loop = TrainingLoop(architecture, start, replace(SETTINGS, seed=seed), after_step=partial(bound, largest_norm))
    if recording is not None:
        recording.begin(loop)
    for number, learning_rate in enumerate(LEARNING_RATES.tolist(), 1):
        loss = loop.epoch(training, learning_rate)
        if recording is not None:
            recording.add(loop, number, learning_rate, loss)
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

"""Train the model `digits`: eight rows of a small picture, one after the other, and which digit is it?

    python models/recipes/digits.py

Fetches the package scikit-learn, in which the pictures lie as a CSV file: 1,797 handwritten digits of 8×8 numbers from
0, white, to 16, black (E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning Repository, CC BY 4.0).
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from packages import cache_folder, fetch
from steps import of_least_loss, parser, show, trained_by_seed, write

from rnn_tui.learning.baselines import accuracies
from rnn_tui.learning.cards import measured
from rnn_tui.learning.encoding import Encoding
from rnn_tui.learning.making import model_of
from rnn_tui.learning.reading import read
from rnn_tui.learning.samples import Sample, dealt
from rnn_tui.learning.source import Asked
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example, Model
from rnn_tui.network.tokens import NumberTokenizer, Vocabulary
from rnn_tui.network.training import TrainingSettings, evaluate, initial_parameters
from rnn_tui.network.training.corpus import Corpus, labelled

ROWS, HIDDEN_SIZE, HEAD_SIZE, SPLIT_SEED = 8, 24, 16, 0
SEEDS = range(5)
PARTS = {"training": 1_257, "validation": 180, "test": 360}
ARCHITECTURE = Architecture((LayerKind("elman", "tanh"),), "last", head=(EntryKind(True, "relu"),))
LABELS = tuple("0123456789")
# 0 for white and 1 for black, so that a white column brings nothing.
TOKENIZER = NumberTokenizer(0.0, 16.0, features=ROWS)
WHY = {
    932: "A 6, and from the second row to the last it says so.",
    248: "A 4 whose upper half is a plain stroke: it says 1 up to the crossbar.",
    51: "A 2: its arc may become many things, and the foot makes it plain.",
    1184: "Another 6. Turn it round: the rows from the last to the first, each from right to left.",
    342: "A mistake: a 1 with a foot. It says 1 for five rows, and 8 in the end.",
    30: "A mistake at the last moment: it says 9 after seven rows, which is right, and 3 after the eighth.",
}
"""Pictures of the test part that are worth a look, by their line in the package's file, from 1."""
# A blank picture is no digit, and there is no way to say so.
BLANK = Example(" ".join([",".join("0" * ROWS)] * ROWS), "A mistake that it has to make: a blank picture is no digit.")
# A fifth of the loss is taken after every row, so that the answers on the way down mean something.
SETTINGS = TrainingSettings(
    epochs=150,
    learning_rate=3e-3,
    final_learning_rate=0.02,
    weight_decay=0.01,
    every_word=0.2,
    patience=50,
    judge="loss",
)


def main() -> None:
    """Train, measure, write."""
    options = parser(__doc__).parse_args()
    path = pictures_file()
    samples = read(path, "labels", asked=Asked(rows=ROWS, label_column="digit")).samples
    parts = dealt(samples, PARTS, SPLIT_SEED)
    encoding = Encoding("labels", TOKENIZER, Vocabulary(()), LABELS)
    corpora = {name: encoding.corpus(path, part) for name, part in parts.items()}
    candidates = trained_by_seed(SEEDS, start, ARCHITECTURE, corpora, SETTINGS)
    seed = of_least_loss(candidates)
    model = model_of(
        encoding,
        ARCHITECTURE,
        candidates[seed].parameters,
        name="digits",
        title="Digits",
        summary="Which digit is it? Reads a small picture row by row, eight numbers a row, and answers after each.",
        examples=examples(samples),
    )
    found = evaluate(model, corpora["test"])
    rules = accuracies("labels", parts["training"], parts["test"]) | nearest(parts)
    figures = measured("test accuracy", found.accuracy, len(found), rules, counted="n_test")
    figures |= {"loss": round(found.loss, 4)}
    model = replace(model, provenance=provenance(figures, accuracy_by_row(model, corpora["test"]), seed))
    write(model, options.into)
    print(f"seed {seed}; after each row {model.provenance['by_row']}")
    show(model, found, [example.text for example in model.examples])
    for index in found.worst(20):
        sample = parts["test"][found.sequences[index]]
        print(f"  line {sample.row - 1}, a {sample.answers[0]}, read as {LABELS[found.predictions[index]]}")


def pictures_file() -> Path:
    """The pictures as a table: 64 numbers a line, row by row, and the digit; the file of the package with a header."""
    path = cache_folder() / "digits.csv"
    with zipfile.ZipFile(fetch("scikit-learn", "scikit_learn-*.whl", "--only-binary", ":all:")) as wheel:
        text = gzip.decompress(wheel.read("sklearn/datasets/data/digits.csv.gz")).decode()
    pixels = [f"p{row}{column}" for row in range(1, ROWS + 1) for column in range(1, ROWS + 1)]
    path.write_text(",".join([*pixels, "digit"]) + "\n" + text, encoding="utf-8")
    return path


def start(seed: int) -> dict[str, Array]:
    """The parameters of a training before its first step."""
    return initial_parameters(ARCHITECTURE, ROWS, HIDDEN_SIZE, len(LABELS), seed, head_sizes=(HEAD_SIZE,))


def pixels(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """The numbers of pictures, (n, 64)."""
    return np.array([[float(number) for number in sample.text.replace(" ", ",").split(",")] for sample in samples])


def nearest(parts: Mapping[str, Sequence[Sample]]) -> dict[str, float]:
    """Test accuracy of the digit of the training picture that is nearest, and of that whose mean picture is.

    Near is by the Euclidean distance of the 64 numbers, which are seen all at once.
    """
    known, asked = pixels(parts["training"]), pixels(parts["test"])
    known_digits, digits = (
        np.array([int(sample.answers[0]) for sample in parts[name]]) for name in ("training", "test")
    )
    means = np.array([known[known_digits == digit].mean(axis=0) for digit in range(len(LABELS))])
    said = {
        "nearest picture": known_digits[_distances(asked, known).argmin(axis=1)],
        "nearest mean": _distances(asked, means).argmin(axis=1),
    }
    return {name: float(np.mean(found == digits)) for name, found in said.items()}


def _distances(asked: NDArray[np.float64], known: NDArray[np.float64]) -> NDArray[np.float64]:
    """The squared distance of each of (n, 64) to each of (m, 64): (n, m), |a|² − 2·a·b + |b|²."""
    return np.square(asked).sum(axis=1)[:, None] - 2 * (asked @ known.T) + np.square(known).sum(axis=1)


def accuracy_by_row(model: Model, corpus: Corpus) -> list[float]:
    """The share of pictures that the answer after each row is right on."""
    inputs = [np.array(picture[:rows]) for rows in range(1, ROWS + 1) for picture in corpus.inputs]
    targets = [int(answers[-1]) for _ in range(ROWS) for answers in corpus.targets]
    found = evaluate(model, labelled(inputs, targets))
    right = (found.predictions == found.targets).reshape(ROWS, len(corpus))
    return [round(float(share), 4) for share in right.mean(axis=1)]


def provenance(figures: dict[str, object], by_row: list[float], seed: int) -> dict[str, object]:
    """The origin of the model and its figures, and all that is needed to read a file as it was trained."""
    return {
        "data": "handwritten digits of 8×8 numbers (E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten "
        "Digits, 1998, UCI Machine Learning Repository; the 1,797 of them in the package scikit-learn)",
        "licence": "CC BY 4.0",
        "split": f"at random, seed {SPLIT_SEED}: " + ", ".join(f"{size:,} {name}" for name, size in PARTS.items()),
        **figures,
        "counted": "pictures",
        "by_row": by_row,
        "task": "labels",
        "rows": ROWS,
        "target": "digit",
        "command": "python models/recipes/digits.py",
        "seed": seed,
    }


def examples(samples: Sequence[Sample]) -> tuple[Example, ...]:
    """The pictures that are worth a look, and a blank one."""
    texts = {sample.row - 1: sample.text for sample in samples}  # a header stands before the first
    return (*(Example(texts[line], why) for line, why in WHY.items()), BLANK)


if __name__ == "__main__":
    main()

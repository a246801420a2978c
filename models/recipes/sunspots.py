"""Train the model `sunspots`: twelve years of sunspots in, will there be more or fewer in the next?

    python models/recipes/sunspots.py

Fetches the package statsmodels, in which the yearly numbers of 1700 to 2008 lie as a CSV file (public domain, NOAA).
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from packages import cache_folder, fetch
from steps import of_least_loss, parser, show, trained_by_seed, write

from rnn_tui.learning.baselines import accuracies
from rnn_tui.learning.cards import measured
from rnn_tui.learning.encoding import Encoding
from rnn_tui.learning.making import model_of
from rnn_tui.learning.rows import read_rows
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.series import LABELS, numbers_of, windows
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example
from rnn_tui.network.tokens import NumberTokenizer, Vocabulary
from rnn_tui.network.training import TrainingSettings, evaluate, initial_parameters

WINDOW = 12
HIDDEN_SIZE = 8
SEEDS = range(5)
ARCHITECTURE = Architecture((LayerKind("elman", "tanh"),), "last")
FIRST_YEAR, COLUMN = 1700, "SUNACTIVITY"
# The years that are asked for; each part reads the twelve years before it.
YEARS = {"training": (1712, 1879), "validation": (1880, 1928), "test": (1929, 2008)}
SETTINGS = TrainingSettings(
    epochs=300, batch_size=16, learning_rate=3e-3, weight_decay=0.01, every_word=0.0, patience=60, judge="loss"
)


def main() -> None:
    """Train, measure, write."""
    options = parser(__doc__).parse_args()
    path = series_file()
    rows = read_rows(path)
    numbers = numbers_of(path, rows, COLUMN)
    parts = by_year(windows(path, rows, WINDOW, COLUMN))
    encoding = Encoding("series", scaling(numbers), Vocabulary(()), LABELS)
    corpora = {name: encoding.corpus(path, part) for name, part in parts.items()}
    candidates = trained_by_seed(SEEDS, start, ARCHITECTURE, corpora, SETTINGS)
    seed = of_least_loss(candidates)
    model = model_of(
        encoding,
        ARCHITECTURE,
        candidates[seed].parameters,
        name="sunspots",
        title="Sunspots",
        summary="More sunspots next year, or fewer? Reads twelve years, one number after the other.",
        examples=examples(numbers),
    )
    found = evaluate(model, corpora["test"])
    baselines = accuracies("series", parts["training"], parts["test"])
    figures = measured("test accuracy", found.accuracy, len(found), baselines, counted="n_test")
    figures |= {"loss": round(found.loss, 4), "counted": "years"}
    model = replace(model, provenance=provenance(figures, seed))
    write(model, options.into)
    print(f"seed {seed}; {encoding.tokenizer.options()}")
    show(model, found, [example.text for example in model.examples])


def series_file() -> Path:
    """The CSV file of the yearly numbers, 1700 to 2008, taken out of its package."""
    path = cache_folder() / "sunspots.csv"
    with zipfile.ZipFile(fetch("statsmodels", "statsmodels-*.whl", "--only-binary", ":all:")) as wheel:
        path.write_bytes(wheel.read("statsmodels/datasets/sunspots/sunspots.csv"))
    return path


def before(numbers: Sequence[str], year: int) -> Sequence[str]:
    """The twelve numbers before a year, as they are written."""
    return numbers[year - WINDOW - FIRST_YEAR : year - FIRST_YEAR]


def by_year(samples: Sequence[Sample]) -> dict[str, list[Sample]]:
    """The samples of each part; the year that a sample asks for is the one behind its window."""
    return {
        name: [sample for sample in samples if first <= FIRST_YEAR + sample.row - 1 + WINDOW <= last]
        for name, (first, last) in YEARS.items()
    }


def scaling(numbers: Sequence[str]) -> NumberTokenizer:
    """The tokenizer that scales by mean and standard deviation of the years to train on, and the twelve before."""
    first, last = YEARS["training"]
    known = np.array([float(number) for number in numbers[first - WINDOW - FIRST_YEAR : last + 1 - FIRST_YEAR]])
    return NumberTokenizer(round(float(known.mean()), 1), round(float(known.std()), 1))


def start(seed: int) -> dict[str, Array]:
    """The parameters of a training before its first step."""
    return initial_parameters(ARCHITECTURE, 1, HIDDEN_SIZE, len(LABELS), seed)


def provenance(figures: dict[str, object], seed: int) -> dict[str, object]:
    """The origin of the model and its figures."""
    return {
        "data": "yearly sunspot numbers, 1700 to 2008, National Geophysical Data Center (package statsmodels)",
        "licence": "public domain",
        "split": "by year: " + ", ".join(f"{name} {first} to {last}" for name, (first, last) in YEARS.items()),
        **figures,
        "window": WINDOW,
        "command": "python models/recipes/sunspots.py",
        "seed": seed,
    }


def examples(numbers: Sequence[str]) -> tuple[Example, ...]:
    """Years that are worth a look, and a sun that never was."""
    texts = {
        1960: "1948 to 1959: up to the highest peak on record, and just over it.",
        1934: "1922 to 1933: over a peak and down into a valley. When does the answer turn?",
        1988: "1976 to 1987: it has just turned upward.",
        2009: "1997 to 2008, the last years of the series: what came next, you know and it doesn't.",
    }
    real = (Example(" ".join(before(numbers, year)), why) for year, why in texts.items())
    return (*real, Example(" ".join(["50"] * WINDOW), "A sun that never was: nothing changes."))


if __name__ == "__main__":
    main()

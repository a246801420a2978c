"""Train the model `sunspots`: twelve years of sunspots in, will there be more or fewer in the next?

    python models/recipes/sunspots.py

Fetches the package statsmodels, in which the yearly numbers of 1700 to 2008 lie as a CSV file (public domain, NOAA).
"""

from __future__ import annotations

import argparse
import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from packages import fetch

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.model import Example, Model
from rnn_tui.network.storage import assemble, save
from rnn_tui.network.storage.metadata import Metadata
from rnn_tui.network.tokens import NumberTokenizer, Vocabulary
from rnn_tui.network.trace import run
from rnn_tui.network.training import Epoch, Trained, TrainingSettings, initial_parameters, measure, train
from rnn_tui.network.training.corpus import Corpus, labelled

MODELS = Path(__file__).resolve().parents[1]
WINDOW = 12
HIDDEN_SIZE = 8
SEEDS = range(5)
LABELS = ("falls", "rises")
ARCHITECTURE = Architecture("elman", "tanh", "last")
# The years that are asked for; each part reads the twelve years before it.
YEARS = {"training": (1712, 1879), "validation": (1880, 1928), "test": (1929, 2008)}
SETTINGS = TrainingSettings(
    epochs=300, batch_size=16, learning_rate=3e-3, weight_decay=0.01, every_word=0.0, patience=60, judge="loss"
)

Series = dict[int, str]
"""The number of every year, as it is written."""


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=MODELS, help="the folder to write to")
    options = parser.parse_args()
    series = read_series()
    first, last = YEARS["training"]
    known = np.array([float(series[year]) for year in range(first - WINDOW, last + 1)])
    tokenizer = NumberTokenizer(round(float(known.mean()), 1), round(float(known.std()), 1))
    parts = {name: questions(series, *years) for name, years in YEARS.items()}
    corpora = {name: encode(part, tokenizer) for name, part in parts.items()}
    candidates = [train_with(seed, corpora) for seed in SEEDS]
    seed = min(SEEDS, key=lambda seed: best_of(candidates[seed]).validation.loss)
    parameters = candidates[seed].parameters
    test = measure(ARCHITECTURE, parameters, corpora["test"])
    compared = baselines(parts)
    model = model_of(tokenizer, parameters, provenance(parts, test.accuracy, compared, seed))
    path = options.into / "sunspots.safetensors"
    save(model, path)
    print(f"\n{path}: {path.stat().st_size:,} bytes; seed {seed}; {tokenizer.options()}")
    print(f"test accuracy {test.accuracy:.4f}, loss {test.loss:.4f}, n {test.n}; {compared}")
    for example in model.examples:
        label, probability = run(model, model.tokenize(example.text)).prediction()
        print(f"  {LABELS[label]} {probability:.0%}  {example.text}  ({example.why})")


def read_series() -> Series:
    """The yearly numbers, 1700 to 2008."""
    with zipfile.ZipFile(fetch("statsmodels", "statsmodels-*.whl", "--only-binary", ":all:")) as wheel:
        text = wheel.read("statsmodels/datasets/sunspots/sunspots.csv").decode("ascii")
    return {int(float(row["YEAR"])): row["SUNACTIVITY"] for row in csv.DictReader(io.StringIO(text))}


def questions(series: Series, first: int, last: int) -> list[tuple[str, int]]:
    """For every year of first to last: the twelve numbers before it, and whether it rises (1) or falls (0)."""
    found = []
    for year in range(first, last + 1):
        before, now = float(series[year - 1]), float(series[year])
        if now != before:
            found.append((" ".join(series[y] for y in range(year - WINDOW, year)), int(now > before)))
    return found


def encode(part: list[tuple[str, int]], tokenizer: NumberTokenizer) -> Corpus:
    """Scaled numbers (12, 1) and labels."""
    inputs = [
        np.array([[tokenizer.token(number, Vocabulary(())).value] for number in tokenizer.split(text)], np.float32)
        for text, _ in part
    ]
    return labelled(inputs, [label for _, label in part])


def train_with(seed: int, corpora: dict[str, Corpus]) -> Trained:
    """One training."""
    parameters = initial_parameters(ARCHITECTURE, 1, HIDDEN_SIZE, len(LABELS), seed)
    settings = replace(SETTINGS, seed=seed)
    trained = train(ARCHITECTURE, parameters, corpora["training"], corpora["validation"], settings)
    epoch = best_of(trained)
    figures = epoch.validation
    print(f"seed {seed}: best epoch {epoch.number}, validation {figures.accuracy:.4f} {figures.loss:.4f}")
    return trained


def best_of(trained: Trained) -> Epoch:
    """The epoch whose weights are kept."""
    assert trained.best is not None
    return trained.best


def baselines(parts: dict[str, list[tuple[str, int]]]) -> dict[str, float]:
    """Test accuracy of the more frequent answer in training, and of "as last time": what rose goes on rising."""
    frequent = int(np.mean([label for _, label in parts["training"]]) > 0.5)
    continued = []
    for text, label in parts["test"]:
        *_, before, last = (float(number) for number in text.split())
        continued.append(int(last > before) == label)
    return {
        "majority": round(float(np.mean([label == frequent for _, label in parts["test"]])), 4),
        "the same as last time": round(float(np.mean(continued)), 4),
    }


def provenance(
    parts: dict[str, list[tuple[str, int]]], accuracy: float, compared: dict[str, float], seed: int
) -> dict[str, object]:
    """Where the model comes from and how well it does."""
    return {
        "data": "yearly sunspot numbers, 1700 to 2008, National Geophysical Data Center (package statsmodels)",
        "licence": "public domain",
        "split": "by year: " + ", ".join(f"{name} {first} to {last}" for name, (first, last) in YEARS.items()),
        "metric": "test accuracy",
        "figure": round(accuracy, 4),
        "n_test": len(parts["test"]),
        "baselines": compared,
        "window": WINDOW,
        "command": "python models/recipes/sunspots.py",
        "seed": seed,
    }


def model_of(tokenizer: NumberTokenizer, parameters: dict[str, Array], origin: dict[str, object]) -> Model:
    """The model as it is shipped."""
    series = read_series()

    def before(year: int) -> str:
        return " ".join(series[y] for y in range(year - WINDOW, year))

    metadata = Metadata(
        name="sunspots",
        title="Sunspots",
        summary="More sunspots next year, or fewer? Reads twelve years, one number after the other.",
        cell=ARCHITECTURE.cell,
        activation=ARCHITECTURE.activation,
        readout=ARCHITECTURE.readout,
        tokenizer=tokenizer,
        vocabulary=Vocabulary(()),
        labels=LABELS,
        unit_names=None,
        examples=(
            Example(before(1960), "1948 to 1959: up to the highest peak on record, and just over it."),
            Example(before(1934), "1922 to 1933: down into a valley. When does it turn?"),
            Example(before(1988), "1976 to 1987: it has just turned upward."),
            Example(
                before(2009), "1997 to 2008, the last years of the series: what came next, you know and it doesn't."
            ),
            Example("50 50 50 50 50 50 50 50 50 50 50 50", "A sun that never was: nothing changes."),
        ),
        provenance=origin,
    )
    return assemble(metadata, parameters)


if __name__ == "__main__":
    main()

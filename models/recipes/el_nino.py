"""Train the model `el-nino`: twelve months of the sea off Peru in, how warm is it in the next, in degrees Celsius?

    python models/recipes/el_nino.py

Fetches the package statsmodels, in which the monthly temperatures of 1950 to 2010 lie as a CSV file (public domain,
NOAA). Of each month the network reads two numbers: the temperature, and which month of the year it was.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from packages import cache_folder, fetch
from steps import of_least_loss, parser, show_numbers, trained_by_seed, write

from rnn_tui.learning.baselines import absolute_errors
from rnn_tui.learning.cards import ERROR, measured
from rnn_tui.learning.encoding import Encoding, output_of, tokenizer_of
from rnn_tui.learning.making import model_of
from rnn_tui.learning.reading import read
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Asked
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example
from rnn_tui.network.tokens import Vocabulary
from rnn_tui.network.training import TrainingSettings, evaluate_numbers, initial_parameters

WINDOW, HIDDEN_SIZE = 12, 8
SEEDS = range(5)
ARCHITECTURE = Architecture((LayerKind("elman", "tanh"),), "last", output="number")
FIRST_YEAR, COLUMNS, TARGET, UNIT = 1950, ("sea", "month"), "sea", "°C"
# The years that are asked for; each part reads the twelve months before the month that it asks for.
YEARS = {"training": (1951, 1988), "validation": (1989, 1996), "test": (1997, 2010)}
SETTINGS = TrainingSettings(
    epochs=300,
    batch_size=16,
    learning_rate=3e-3,
    final_learning_rate=0.05,
    weight_decay=0.01,
    patience=60,
    judge="loss",
)


def main() -> None:
    """Train, measure, write."""
    options = parser(__doc__).parse_args()
    path = series_file()
    samples = read(path, asked=Asked(columns=COLUMNS, target=TARGET, window=WINDOW, output="number"))
    parts = by_year(samples.samples)
    encoding = encoding_of(path, parts["training"])
    corpora = {name: encoding.corpus(path, part) for name, part in parts.items()}
    candidates = trained_by_seed(SEEDS, start, ARCHITECTURE, corpora, SETTINGS)
    seed = of_least_loss(candidates)
    model = model_of(
        encoding,
        ARCHITECTURE,
        candidates[seed].parameters,
        name="el-nino",
        title="El Niño",
        summary="How warm will the sea off Peru be next month? Reads twelve months and answers in degrees Celsius.",
        examples=examples(samples.samples),
    )
    found = evaluate_numbers(model, corpora["test"])
    rules = absolute_errors(parts["training"], parts["test"]) | seasonal_errors(parts)
    figures = measured(f"test {ERROR}", found.figures.mae, len(found), rules, counted="n_test")
    model = replace(model, provenance=provenance(figures, seed) | {"r2": round(found.figures.r2 or 0, 4)})
    write(model, options.into)
    print(f"seed {seed}; {encoding.tokenizer.options()}; {encoding.output.fields()}")
    show_numbers(model, found, [example.text for example in model.examples])


def series_file() -> Path:
    """The temperatures as a table with a month a row, made of the table with a year a row that lies in the package."""
    path = cache_folder() / "el-nino.csv"
    with zipfile.ZipFile(fetch("statsmodels", "statsmodels-*.whl", "--only-binary", ":all:")) as wheel:
        text = wheel.read("statsmodels/datasets/elnino/elnino.csv").decode()
    years = list(csv.reader(io.StringIO(text)))[1:]
    rows = [
        f"{float(number):.2f},{month}" for _, *numbers in years for month, number in enumerate(numbers, start=1)
    ]  # degrees Celsius, and the month of the year from 1
    path.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return path


def asked_for(sample: Sample) -> tuple[int, int]:
    """The year, and the month from 0, that a sample asks for: the one behind its window."""
    years, month = divmod(sample.row - 1 + WINDOW, 12)
    return FIRST_YEAR + years, month


def by_year(samples: Sequence[Sample]) -> dict[str, list[Sample]]:
    """The samples of each part, by the year that they ask for."""
    return {
        name: [sample for sample in samples if first <= asked_for(sample)[0] <= last]
        for name, (first, last) in YEARS.items()
    }


def encoding_of(path: Path, training: Sequence[Sample]) -> Encoding:
    """The scaling of what is read and of what is answered, by mean and standard deviation of the months to train on."""
    tokenizer = tokenizer_of("numbers", "series", path, training, features=len(COLUMNS), feature_names=COLUMNS)
    return Encoding("series", tokenizer, Vocabulary(()), (TARGET,), output=output_of("number", path, training))


def start(seed: int) -> dict[str, Array]:
    """The parameters of a training before its first step."""
    return initial_parameters(ARCHITECTURE, len(COLUMNS), HIDDEN_SIZE, 1, seed)


def temperatures(samples: Sequence[Sample]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """The temperatures of each window (n, WINDOW), the one that is asked for (n,), and its month, from 0 (n,)."""
    read = [[float(step.partition(",")[0]) for step in sample.text.split()] for sample in samples]
    answers = [float(sample.answers[-1]) for sample in samples]
    return np.array(read), np.array(answers), np.array([asked_for(sample)[1] for sample in samples])


def seasonal_errors(parts: Mapping[str, Sequence[Sample]]) -> dict[str, float]:
    """Mean absolute test errors of rules that know the seasons, learned from the training part alone.

    "as far off": the usual temperature of the month, and as far off it as the month before was off its own.
    "linear": least squares on the twelve temperatures, and a constant for each month of the year.
    """
    windows, answers, months = temperatures(parts["training"])
    usual = np.array([answers[months == month].mean() for month in range(12)])
    weights = np.linalg.lstsq(_with_months(windows, months), answers, rcond=None)[0]
    windows, answers, months = temperatures(parts["test"])
    rules = {
        "a year ago": windows[:, 0],
        "usual for the month": usual[months],
        "as far off": usual[months] + windows[:, -1] - usual[months - 1],
        "linear": _with_months(windows, months) @ weights,
    }
    return {name: float(np.abs(said - answers).mean()) for name, said in rules.items()}


def _with_months(windows: NDArray[np.float64], months: NDArray[np.int64]) -> NDArray[np.float64]:
    """The windows, and a column for each month that is 1 where that one is asked for."""
    return np.hstack([windows, np.eye(12)[months]])


def provenance(figures: dict[str, object], seed: int) -> dict[str, object]:
    """The origin of the model and its figures, and all that is needed to read a file as it was trained."""
    return {
        "data": "monthly sea surface temperatures 1950 to 2010, 0 to 10° S and 80 to 90° W (Niño 1+2, ERSST.v3b), NOAA "
        "(package statsmodels)",
        "licence": "public domain",
        "split": "by year: " + ", ".join(f"{name} {first} to {last}" for name, (first, last) in YEARS.items()),
        **figures,
        "unit": UNIT,
        "counted": "months",
        "task": "series",
        "window": WINDOW,
        "columns": list(COLUMNS),
        "target": TARGET,
        "command": "python models/recipes/el_nino.py",
        "seed": seed,
    }


def examples(samples: Sequence[Sample]) -> tuple[Example, ...]:
    """Months that are worth a look, by the one that is asked for, and a sea that never was."""
    texts = {asked_for(sample): sample.text for sample in samples}
    real = {
        (2004, 3): "April 2003 to March 2004, an ordinary year: after summer's peak it expects the sea to cool down.",
        (1997, 11): "December 1996 to November 1997, into El Niño: far warmer than is usual, and it says so.",
        (1998, 6): "July 1997 to June 1998: El Niño is ending, and winter begins. It lets the sea cool, but not to the "
        "usual.",
        (2009, 3): "April 2008 to March 2009, a mistake: its worst of 168 months. It lets the sea cool, and it warmed.",
    }
    flat = " ".join(f"23,{month}" for month in range(1, WINDOW + 1))
    why = "A sea that never was: 23 degrees all year. In the end it is the calendar alone that moves the answer."
    return (*(Example(texts[asked], why) for asked, why in real.items()), Example(flat, why))


if __name__ == "__main__":
    main()

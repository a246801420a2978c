"""Train the model `sun-or-rain`, and keep its training epoch by epoch: more sun or more rain?

    OPENBLAS_NUM_THREADS=1 python models/recipes/sun_or_rain.py

Nothing is fetched: the data are all rows of up to nine days, an odd number of them so that none is a draw, and as many
of eleven days as make 1,500. Everybody can check an answer by counting. The network has three hidden units and one-hot
words, and learns within seconds. This is the training of

    rnn-tui train sun-or-rain.csv -o OUT.safetensors --hidden 3 --embedding 0 --learning-rate 0.002 --epochs 30 --seed 1

whose examples and whose provenance are then written anew. The seed was picked because its training has two halves that
can be told apart: first the answer is that of the last day, then the days are counted. With other seeds it counts
sooner.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
from steps import finish_run, parser, report, write

from rnn_tui.learning.answering import answered
from rnn_tui.learning.making import TrainingPlan, make, prepare
from rnn_tui.learning.reading import read
from rnn_tui.learning.samples import Sample
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example
from rnn_tui.network.runs import SUFFIX
from rnn_tui.network.training import TrainingSettings

NAME = "sun-or-rain"
DAYS, LABELS = ("sun", "rain"), {True: "More sun", False: "More rain"}
WHOLE, LONGEST, ROWS, DATA_SEED = (1, 3, 5, 7, 9), 11, 1_500, 0
SETTINGS = TrainingSettings(epochs=30, learning_rate=0.002, final_learning_rate=0.1, patience=30, seed=1)
LAST_DAY = "the last day"
"""The rule that answers with what the last day was."""
EXAMPLES = (
    Example("sun sun rain", "More sun; but while it learns it says rain, as the last day was."),
    Example("rain rain sun", "The same the other way round."),
    Example("sun sun sun rain rain", "It has to carry the three days of sun past two of rain."),
    Example("sun sun sun sun sun rain rain rain rain", "A mistake: five against four, and the last days shout."),
)


def main() -> None:
    """Write the table, train on it, and write the model and its run."""
    folder = parser(__doc__).parse_args().into
    table = folder / f"{NAME}.csv"
    write_table(table)
    plan = TrainingPlan(
        name=NAME,
        title="Sun or rain",
        summary="A row of days: was there more sun, or more rain? It learns within seconds.",
        architecture=Architecture((LayerKind("elman", "tanh"),)),
        hidden_size=3,
        embedding=0,
        settings=SETTINGS,
        command="python models/recipes/sun_or_rain.py",
    )
    prepared = prepare(answered(read(table, None), None), plan)
    with tempfile.TemporaryDirectory() as beside:
        recorded = Path(beside) / f"{NAME}{SUFFIX}"
        made = make(prepared, plan, report, recorded)
        origin = made.model.provenance
        baselines = {**origin["baselines"], LAST_DAY: round(by_the_last_day(prepared.validation), 4)}
        own = {
            "data": f"rows of days, an odd number: all of 1 to {WHOLE[-1]} and some of {LONGEST}, {ROWS:,} in all",
            "licence": "MIT",
            "baselines": baselines,
        }
        model = replace(made.model, examples=EXAMPLES, provenance={**origin, **own})
        write(model, folder)
        finish_run(recorded, model, baselines=baselines)
        shutil.rmtree(folder / recorded.name, ignore_errors=True)
        shutil.copytree(recorded, folder / recorded.name)


def write_table(path: Path) -> None:
    """Write the rows of days and their labels, in an order that is drawn once."""
    rng = np.random.default_rng(DATA_SEED)
    rows = [row for length in WHOLE for row in product(DAYS, repeat=length)]
    longest = list(product(DAYS, repeat=LONGEST))
    rows += [longest[index] for index in rng.choice(len(longest), ROWS - len(rows), replace=False)]
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("text", "label"))
        for index in rng.permutation(len(rows)):
            table.writerow((" ".join(rows[index]), counted(rows[index])))


def counted(days: tuple[str, ...] | list[str]) -> str:
    """The label of a row of days."""
    return LABELS[2 * days.count("sun") > len(days)]


def by_the_last_day(samples: list[Sample]) -> float:
    """The share of rows whose label is that of their last day alone."""
    return float(np.mean([counted(sample.text.split()[-1:]) == sample.answers[0] for sample in samples]))


if __name__ == "__main__":
    main()

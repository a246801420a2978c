"""The steps that every recipe takes: its command line, a training a seed, the file, and what the card needs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from rnn_tui.learning.cards import answers
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.model import Model
from rnn_tui.network.runs import open_run
from rnn_tui.network.runs.reading import DESCRIPTION, HISTORY
from rnn_tui.network.storage import save, to_json, write_whole
from rnn_tui.network.training import Epoch, Evaluation, NumberEvaluation, Trained, TrainingSettings, train
from rnn_tui.network.training.corpus import Corpus

MODELS = Path(__file__).resolve().parents[1]


def parser(document: str | None) -> argparse.ArgumentParser:
    """A command line that is described by the first line of a recipe's docstring, with the option --into FOLDER."""
    made = argparse.ArgumentParser(description=(document or "").partition("\n")[0])
    made.add_argument("--into", type=Path, default=MODELS, help="the folder to write to")
    return made


def trained_by_seed(
    seeds: Iterable[int],
    start: Callable[[int], Mapping[str, Array]],
    architecture: Architecture,
    corpora: Mapping[str, Corpus],
    settings: TrainingSettings,
    unknown: int | None = None,
) -> dict[int, Trained]:
    """One training a seed on the corpora training and validation; `start` makes the parameters of a seed."""
    found = {}
    for seed in seeds:
        seeded = replace(settings, seed=seed)
        found[seed] = train(
            architecture, start(seed), corpora["training"], corpora["validation"], seeded, unknown=unknown
        )
        print(f"seed {seed}: best {in_words(found[seed].kept())}")
    return found


def of_least_loss(candidates: Mapping[int, Trained]) -> int:
    """The seed whose best epoch has the least validation loss."""
    return min(candidates, key=lambda seed: candidates[seed].kept().validation.loss)


def in_words(epoch: Epoch) -> str:
    """An epoch in one line, its losses in nats, or where it answers with numbers the squared errors of these."""
    figures = epoch.validation
    right = "" if figures.accuracy is None else f"{figures.accuracy:.4f}, "  # numbers have none
    return f"epoch {epoch.number:3}  loss {epoch.training_loss:.4f}  validation {right}loss {figures.loss:.4f}"


def report(epoch: Epoch) -> None:
    """Print an epoch in one line."""
    print(in_words(epoch))


def write(model: Model, folder: Path) -> None:
    """Write the model file and print its path and its size."""
    path = folder / f"{model.name}.safetensors"
    save(model, path)
    print(f"\n{path}: {path.stat().st_size:,} bytes, a vocabulary of {len(model.vocabulary):,}")


def finish_run(folder: Path, model: Model, **training: object) -> None:
    """Let a run say what the model says of itself, and what else is known of the training; print its size.

    How long each epoch took is left out: it is another time on every machine, and the same seed is to give the same
    bytes.
    """
    description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    described = {**description, "model": to_json(model), "training": {**description["training"], **training}}
    write_whole(folder / DESCRIPTION, json.dumps(described, ensure_ascii=False).encode())
    lines = [replace(told, seconds=None).line for told in open_run(folder).history]
    write_whole(folder / HISTORY, "".join(lines).encode())
    run = open_run(folder)
    print(f"{folder}: {run.size:,} bytes, {len(run.epochs)} epochs, the best is {run.best}")


def show(model: Model, found: Evaluation, texts: Iterable[str] = ()) -> None:
    """Print what the card needs: the figures on the test part, the baselines, and the answers to some texts."""
    print(f"test accuracy {found.accuracy:.4f}, loss {found.loss:.4f} nats, {found.bits:.4f} bits, n {len(found)}")
    _show(model, texts)


def show_numbers(model: Model, found: NumberEvaluation, texts: Iterable[str] = ()) -> None:
    """Print the same of a model that answers with a number: the errors are in its unit."""
    figures = found.figures
    print(f"test mean absolute error {figures.mae:.4f}, squared {figures.mse:.4f}, R² {figures.r2:.4f}, n {figures.n}")
    _show(model, texts)


def _show(model: Model, texts: Iterable[str]) -> None:
    for name, value in model.provenance["baselines"].items():
        print(f"  {name} {value:.4f}")
    for line in answers(model, texts):
        print(f"  {line}")

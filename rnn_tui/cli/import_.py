"""`rnn-tui import`: a model file from weights that PyTorch or Keras trained."""

from __future__ import annotations

import math
from argparse import Namespace
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.cli.command import Command
from rnn_tui.cli.console import say
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.import_options import DESCRIPTION, EXAMPLES, SUFFIX, add_arguments
from rnn_tui.cli.outputs import check_model_output
from rnn_tui.cli.undisturbed import undisturbed
from rnn_tui.network.errors import InputError
from rnn_tui.network.kinds import ACTIVATIONS
from rnn_tui.quoting import command_line
from rnn_tui.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rnn_tui.cli.checking import Expected
    from rnn_tui.interop.description import Options
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Tokenizer

_FEW = 8
"""So many texts tell most networks apart that answer otherwise, before all are read."""


def run(arguments: Namespace) -> int:
    """Write the model file, and print what it is and how to open it."""
    from rnn_tui.network.storage import save

    _check(arguments)
    output: Path = arguments.output
    labels = arguments.labels[1:] if arguments.labels.startswith("@") else None
    check_model_output(output, (arguments.weights, arguments.vocabulary, arguments.check, labels))
    model = _imported(arguments)
    if arguments.check is not None:
        model = _verified(model, arguments)
    command = command_line(["rnn-tui", *arguments.argv])
    with undisturbed():
        save(replace(model, provenance={**model.provenance, "command": command}), output)
    say(*map(printable, _doubts(model)))
    say(printable(f"{output}: {_what(model)}; open it with: {_command(model, output)}"))
    return 0


def _imported(arguments: Namespace, nonlinearity: str | None = None) -> Model:
    """The model that the arguments describe, or one with another nonlinearity than they say."""
    from rnn_tui.interop import from_file
    from rnn_tui.interop.files import read_vocabulary
    from rnn_tui.interop.vocabularies import SavedVocabulary
    from rnn_tui.network.storage import MAX_BYTES

    characters = arguments.tokenizer == "characters"
    none = SavedVocabulary([])
    saved = none if arguments.vocabulary is None else read_vocabulary(arguments.vocabulary, characters=characters)
    output: Path = arguments.output
    options: Options = {
        "nonlinearity": nonlinearity or arguments.nonlinearity,
        "tokenizer": _tokenizer(arguments),
        "punctuation": arguments.punctuation,
        "unknown": saved.unknown if arguments.unknown is None else arguments.unknown,
        "unit_names": None if arguments.unit_names is None else _split(arguments.unit_names),
        "name": output.name.removesuffix(SUFFIX) if arguments.name is None else arguments.name,
        "title": arguments.title,
        "summary": arguments.summary,
        "examples": arguments.example,
    }
    if arguments.readout is not None:
        options["readout"] = arguments.readout
    given = {name: getattr(arguments, name) for name in ("head", "merge", "output_mean", "output_std")}
    options.update({name: value for name, value in given.items() if value is not None})  # type: ignore[typeddict-item]
    if "answers" in arguments:
        options["output"] = arguments.answers
    return from_file(
        arguments.weights,
        saved.words,
        _labels(arguments.labels, characters=characters),
        max_bytes=None if arguments.allow_large else MAX_BYTES,
        **options,
    )


def _verified(model: Model, arguments: Namespace) -> Model:
    """The model, once it gives the probabilities of --check FILE; raises UserError with the first text that differs."""
    from rnn_tui.cli.checking import TOLERANCE, differences, largest, read_expected, refusal
    from rnn_tui.cli.fitting import mend

    path: Path = arguments.check
    expected = read_expected(path, model)
    found = differences(model, expected, path)
    if not largest(found) <= TOLERANCE:
        computed = model.provenance.get("assumed") or model.provenance.get("said")
        fitting = _fitting(model, arguments, expected) if "assumed" in model.provenance else None
        raise refusal(path, found, f"imported as {computed}", mend(model, fitting))
    texts = f"{path.name} ({len(found)} text{'s' * (len(found) != 1)})"
    verified = {"against": texts, "largest_difference": largest(found)}
    return replace(model, provenance={**model.provenance, "verified": verified})


def _fitting(model: Model, arguments: Namespace, expected: list[Expected]) -> str | None:
    """The way in which the same weights give the expected answers, in words; None where there is none."""
    from rnn_tui.cli.checking import TOLERANCE, differences, largest
    from rnn_tui.cli.fitting import fitting

    def agrees(other: Model) -> bool:
        parts = (expected[:_FEW], expected)
        return all(largest(differences(other, some, arguments.check)) <= TOLERANCE for some in parts)

    others = [name for name in ACTIVATIONS if name != model.activation] if model.activation is not None else []
    return fitting([model, *(_imported(arguments, name) for name in others)], agrees)


def _doubts(model: Model) -> Iterator[str]:
    """The lines that say what was believed or assumed of the network, and what becomes of unknown words."""
    from rnn_tui.cli.fitting import ways

    said, assumed, verified = (model.provenance.get(name) for name in ("said", "assumed", "verified"))
    if said:
        yield f"as the file says: {said}"
    if verified and verified["against"]:
        off = f"{verified['largest_difference']:.0e} at most"
        yield f"verified against {verified['against']}, {off}" + ("" if said else f": {assumed}")
    elif assumed:
        otherwise = f"{ways(model)} says otherwise"
        compares = "--check FILE compares it with the network's own answers"
        yield f"assumed, since weights don't tell: {assumed} ({otherwise}; {compares})"
    if model.vocabulary.words:
        unknown, unit = model.vocabulary.unknown, model.tokenizer.unit
        way = "as zeros: --unknown WORD names one for them" if unknown is None else unknown
        yield f"unknown {unit}s read {way}"
        if "vocabulary" in model.provenance:
            yield f"{model.provenance['vocabulary']}"


def _check(arguments: Namespace) -> None:
    """Raise CallError for arguments that can't go together."""
    numbers = arguments.tokenizer == "numbers"
    if arguments.output is None:
        raise CallError("-o/--output is missing: -o OUT.safetensors names the model file to write")
    if arguments.output.suffix != SUFFIX or arguments.output.name == SUFFIX:
        raise CallError(f"-o {arguments.output}: a model file's name ends in {SUFFIX}")
    if not numbers and arguments.vocabulary is None:
        raise CallError("--vocabulary FILE is missing: the words in the order of the rows, one a line")
    if numbers and arguments.vocabulary is not None:
        raise CallError("--vocabulary: a network that reads numbers has none; leave it out")
    if not numbers and not (arguments.mean is arguments.scale is arguments.features is None):
        raise CallError("--mean, --scale and --features go with --tokenizer numbers")
    mean, scale = arguments.mean or (0.0,), arguments.scale or (1.0,)
    if not all(math.isfinite(value) for value in (*mean, *scale)) or min(scale) <= 0:
        raise CallError("--mean is a number, --scale is one above 0")
    outputs = (arguments.output_mean or 0.0, arguments.output_std or 1.0)
    if not all(map(math.isfinite, outputs)) or outputs[1] <= 0:
        raise CallError("--output-mean is a number, --output-std is one above 0")
    if arguments.punctuation is not None and arguments.tokenizer != "words":
        raise CallError("--punctuation goes with --tokenizer words")


def _tokenizer(arguments: Namespace) -> str | Tokenizer:
    from rnn_tui.network.tokens import NumberTokenizer

    kind: str = arguments.tokenizer
    names = () if arguments.features is None else _split(arguments.features)
    mean, scale = arguments.mean or (0.0,), arguments.scale or (1.0,)
    if kind != "numbers" or (mean, scale, names) == ((0.0,), (1.0,), ()):
        return kind
    features = max(len(mean), len(scale), len(names))
    each = [one * features if len(one) == 1 else one for one in (mean, scale)]
    try:
        return NumberTokenizer(each[0], each[1], features, names if features > 1 else ())
    except ValueError as error:
        raise CallError(f"--mean, --scale and --features don't go together: {error}; give each as many") from error


def _labels(text: str, *, characters: bool) -> tuple[str, ...]:
    from rnn_tui.interop.description import by_row
    from rnn_tui.interop.files import read_words

    if not text.startswith("@") or len(text) == 1:
        return _split(text)
    listed = read_words(Path(text[1:]), characters=characters)
    return by_row(listed) if isinstance(listed, dict) else tuple(listed)


def _split(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _what(model: Model) -> str:
    """The network in a few words."""
    kind = model.architecture
    reads = f"reads {model.tokenizer.unit}s" if not model.vocabulary.words else f"{len(model.vocabulary)} words"
    one = f" (one output, read as the logit of {model.labels[1]})" if model.output.kind == "yes_no" else ""
    one = " (numbers)" if model.output.is_number else one
    return f"{kind}, {model.hidden_size} hidden, {reads}, labels {_first(model.labels)}{one}"


def _first(labels: tuple[str, ...]) -> str:
    return ", ".join(labels[:4]) + (f", … ({len(labels)})" if len(labels) > 4 else "")


def _command(model: Model, output: Path) -> str:
    """The command that opens it: with a sentence of words that it knows, unless it brings an example."""
    path = str(output) if not str(output).startswith("-") else f"./{output}"
    words = ["rnn-tui", "-m", path]
    if not model.examples:
        words += ["-s", _sample(model)]
    return command_line(words)


def _sample(model: Model) -> str:
    """Three tokens that the model knows, special words not among them; numbers for a model that reads numbers."""
    from rnn_tui.network.tokens import join

    if not model.vocabulary.words:
        steps = [",".join(f"0.{step}" for _ in range(model.embedding.input_size)) for step in range(1, 4)]
        return " ".join(steps) if model.embedding.input_size > 1 else "1 2 3"
    known = (word for word in model.vocabulary.words if word != model.vocabulary.unknown and _typed(model, word))
    return join(list(islice(known, 3)), model.tokenizer) or "…"


def _typed(model: Model, word: str) -> bool:
    """True where typing the word makes just that token."""
    try:
        tokens = model.tokenize(word)
    except InputError:
        return False
    return len(tokens) == 1 and tokens[0].text == word and not word.startswith(("<", "["))


COMMAND = Command("import", "a model from PyTorch or Keras", DESCRIPTION, EXAMPLES, add_arguments, run)

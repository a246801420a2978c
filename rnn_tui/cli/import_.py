"""`rnn-tui import`: a model file from weights that PyTorch or Keras trained."""

from __future__ import annotations

import math
import shlex
from argparse import Namespace
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say
from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import InputError
from rnn_tui.network.kinds import ACTIVATIONS
from rnn_tui.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rnn_tui.interop.description import Options
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Tokenizer

DESCRIPTION = "Make a model file from the weights of a network that PyTorch or Keras trained."
EXAMPLES = """\
examples:
  rnn-tui import weights.safetensors --vocabulary words.txt --labels Negative,Positive -o mine.safetensors
  rnn-tui import model.weights.h5 --vocabulary words.json --labels no,yes --name "Our class" -o ours.safetensors
  rnn-tui import checkpoint.pt --vocabulary words.txt --labels no,yes --check answers.csv -o checked.safetensors
  rnn-tui import tagger.npz --vocabulary words.txt --labels @tags.txt --readout each -o tagger.safetensors

weights:
  PyTorch: one nn.RNN, GRU or LSTM, one nn.Linear on its hidden state, an nn.Embedding or none (one-hot words), under
  any names: safetensors.torch.save_file(model.state_dict(), "weights.safetensors"), or a checkpoint (.pt, .pth, .ckpt)
  with the state_dict in it, which is opened where PyTorch is, through its weights-only loading
  Keras: SimpleRNN, GRU (reset_after=True) or LSTM, Dense, an Embedding or none: model.save_weights("model.weights.h5")
  (needs pip install 'rnn-tui[keras]'), or np.savez("weights.npz", **{w.path: w.numpy() for w in model.weights})
  A whole model (.keras, .h5) says itself which activation and which readout it has
  NumPy: Wxh, Whh, Why, bh, by (or W_xh, W_hh, b_h, …) in an .npz
  One layer, one direction. One output is read as the logit of the second of two labels.

check: weights alone don't tell the nonlinearity, nor which of its states a network answers from; what is assumed is
said. --check FILE is a CSV with a column text and a column a label, which has its probability (of two labels one is
enough). Nothing is written where an answer is more than 0.0001 off.

vocabulary: one word a line in the order of the rows, or JSON: a list of words, or an object with the row of each word
(rows counted from 1 have padding in row 0). A vocabulary with upper-case letters keeps the case of what is typed, one
with punctuation keeps the punctuation.
"""
SUFFIX = ".safetensors"


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui import`."""
    parser.add_argument("weights", metavar="WEIGHTS", type=Path, help="a .safetensors, .pt, .npz, .h5 or .keras file")
    parser.add_argument("--vocabulary", metavar="FILE", type=Path, help="the words in the order of the rows")
    parser.add_argument(
        "--labels", metavar="A,B,…", required=True, help="in the order of the outputs; @FILE: one a line"
    )
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="the model file to write")
    parser.add_argument("--nonlinearity", choices=ACTIVATIONS, help=f"of nn.RNN or SimpleRNN ({ACTIVATIONS[0]})")
    parser.add_argument("--readout", choices=("last", "each", "attention"), help="what it answers from (last)")
    parser.add_argument(
        "--check",
        metavar="FILE",
        type=Path,
        help="a CSV of texts and the network's own answers: refuse it if they differ",
    )
    parser.add_argument(
        "--tokenizer", choices=("words", "characters", "numbers"), default="words", help="how a text is split"
    )
    parser.add_argument("--punctuation", choices=("keep", "drop", "spaces"), help="of words; spaces: split there alone")
    parser.add_argument("--mean", metavar="X", type=float, help="of numbers: it reads (number − mean) / scale (0)")
    parser.add_argument("--scale", metavar="X", type=float, help="of numbers (1)")
    parser.add_argument(
        "--unknown", metavar="WORD", help='the word for unknown ones, "" for none (<unk>, [UNK], <OOV>, …)'
    )
    parser.add_argument("--unit-names", metavar="A,B,…", help="a name for each hidden unit")
    parser.add_argument("--name", metavar="NAME", help="of the model (OUT without its ending)")
    parser.add_argument("--title", metavar="TEXT", default="", help="of the model (its name)")
    parser.add_argument("--summary", metavar="TEXT", default="", help="what it does, in a line")
    parser.add_argument(
        "--example", metavar="TEXT", action="append", default=[], help="a sentence it opens with; may come again"
    )
    parser.add_argument("--allow-large", action="store_true", help="open a file of any size")


def run(arguments: Namespace) -> int:
    """Write the model file, and print what it is and how to open it."""
    from rnn_tui.network.storage import save

    _check(arguments)
    output: Path = arguments.output
    model = _imported(arguments)
    if arguments.check is not None:
        model = _verified(model, arguments)
    command = shlex.join(["rnn-tui", *arguments.argv])
    save(replace(model, provenance={**model.provenance, "command": command}), output)
    say(*map(printable, _doubts(model)))
    say(printable(f"{output}: {_what(model)}; open it with: {_command(model, output)}"))
    return 0


def _imported(arguments: Namespace, **others: str) -> Model:
    """The model that the arguments describe, or one with `others` in place of what they say."""
    from rnn_tui.interop import from_file
    from rnn_tui.interop.files import read_words
    from rnn_tui.network.storage import MAX_BYTES

    output: Path = arguments.output
    options: Options = {
        "nonlinearity": others.get("nonlinearity", arguments.nonlinearity),
        "tokenizer": _tokenizer(arguments),
        "punctuation": arguments.punctuation,
        "unknown": arguments.unknown,
        "unit_names": None if arguments.unit_names is None else _split(arguments.unit_names),
        "name": output.name.removesuffix(SUFFIX) if arguments.name is None else arguments.name,
        "title": arguments.title,
        "summary": arguments.summary,
        "examples": arguments.example,
    }
    readout = others.get("readout", arguments.readout)
    if readout is not None:
        options["readout"] = readout
    return from_file(
        arguments.weights,
        [] if arguments.vocabulary is None else read_words(arguments.vocabulary),
        _labels(arguments.labels),
        max_bytes=None if arguments.allow_large else MAX_BYTES,
        **options,
    )


def _verified(model: Model, arguments: Namespace) -> Model:
    """The model, once it gives the probabilities of --check FILE; raises UserError with the first text that differs."""
    from rnn_tui.cli.checking import TOLERANCE, differences, largest, read_expected, refusal

    path: Path = arguments.check
    expected = read_expected(path, model)
    found = differences(model, expected, path)
    if not largest(found) <= TOLERANCE:
        computed = model.provenance.get("assumed") or model.provenance.get("said")
        fitting = None
        for option, other in _others(model) if "assumed" in model.provenance else ():
            if largest(differences(_imported(arguments, **{option: other}), expected, path)) <= TOLERANCE:
                fitting = f"--{option} {other}"
                break
        raise refusal(path, found, f"imported as {computed}", fitting)
    texts = f"{path.name} ({len(found)} text{'s' * (len(found) != 1)})"
    verified = {"against": texts, "largest_difference": largest(found)}
    return replace(model, provenance={**model.provenance, "verified": verified})


def _others(model: Model) -> Iterator[tuple[str, str]]:
    """Every other option that the same weights could be read with."""
    from rnn_tui.network.readouts import READOUTS

    if model.activation is not None:
        yield from (("nonlinearity", name) for name in ACTIVATIONS if name != model.activation)
    if model.readout.kind != "attention":
        same = ("attention", "each", "last") if model.readout.kind in ("each", "last") else ("attention", "each")
        yield from (("readout", name) for name in READOUTS if name not in (*same, model.readout.kind))


def _doubts(model: Model) -> Iterator[str]:
    """The lines that say what was believed or assumed of the network, and what becomes of unknown words."""
    said, assumed, verified = (model.provenance.get(name) for name in ("said", "assumed", "verified"))
    if said:
        yield f"as the file says: {said}"
    if verified and verified["against"]:
        off = f"{verified['largest_difference']:.0e} at most"
        yield f"verified against {verified['against']}, {off}" + ("" if said else f": {assumed}")
    elif assumed:
        yield f"assumed, since weights don't tell: {assumed} (--check FILE compares it with the network's own answers)"
    if model.vocabulary.words:
        unknown, unit = model.vocabulary.unknown, model.tokenizer.unit
        way = "as zeros: --unknown WORD names one for them" if unknown is None else unknown
        yield f"unknown {unit}s read {way}"


def _check(arguments: Namespace) -> None:
    """Raise CallError for arguments that can't go together."""
    numbers = arguments.tokenizer == "numbers"
    if arguments.output.suffix != SUFFIX or arguments.output.name == SUFFIX:
        raise CallError(f"-o {arguments.output}: a model file's name ends in {SUFFIX}")
    if arguments.output.exists() and arguments.weights.exists() and arguments.output.samefile(arguments.weights):
        raise CallError(f"-o {arguments.output}: would replace the weights themselves; give another name")
    if not numbers and arguments.vocabulary is None:
        raise CallError("--vocabulary FILE is missing: the words in the order of the rows, one a line")
    if numbers and arguments.vocabulary is not None:
        raise CallError("--vocabulary: a network that reads numbers has none; leave it out")
    if not numbers and (arguments.mean is not None or arguments.scale is not None):
        raise CallError("--mean and --scale go with --tokenizer numbers")
    if not all(math.isfinite(value) for value in (arguments.mean or 0, arguments.scale or 0)) or (
        arguments.scale is not None and arguments.scale <= 0
    ):
        raise CallError("--mean is a number, --scale is one above 0")
    if arguments.punctuation is not None and arguments.tokenizer != "words":
        raise CallError("--punctuation goes with --tokenizer words")


def _tokenizer(arguments: Namespace) -> str | Tokenizer:
    from rnn_tui.network.tokens import NumberTokenizer

    if arguments.tokenizer == "numbers":
        return NumberTokenizer(arguments.mean or 0.0, arguments.scale or 1.0)
    kind: str = arguments.tokenizer
    return kind


def _labels(text: str) -> tuple[str, ...]:
    from rnn_tui.interop.description import by_row
    from rnn_tui.interop.files import read_words

    if not text.startswith("@") or len(text) == 1:
        return _split(text)
    listed = read_words(Path(text[1:]))
    return by_row(listed) if isinstance(listed, dict) else tuple(listed)


def _split(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _what(model: Model) -> str:
    """The network in a few words."""
    kind = model.cell.title
    reads = f"reads {model.tokenizer.unit}s" if not model.vocabulary.words else f"{len(model.vocabulary)} words"
    one = f" (one output, read as the logit of {model.labels[1]})" if "outputs" in model.provenance else ""
    return f"{kind}, {model.hidden_size} hidden, {reads}, labels {_first(model.labels)}{one}"


def _first(labels: tuple[str, ...]) -> str:
    return ", ".join(labels[:4]) + (f", … ({len(labels)})" if len(labels) > 4 else "")


def _command(model: Model, output: Path) -> str:
    """The command that opens it: with a sentence of words that it knows, unless it brings an example."""
    path = str(output) if not str(output).startswith("-") else f"./{output}"
    words = ["rnn-tui", "-m", path]
    if not model.examples:
        words += ["-s", _sample(model)]
    return shlex.join(words)


def _sample(model: Model) -> str:
    """Three tokens that the model knows, special words not among them; numbers for a model that reads numbers."""
    from rnn_tui.network.tokens import join

    if not model.vocabulary.words:
        return "1 2 3"
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

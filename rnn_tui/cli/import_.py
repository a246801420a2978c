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
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Tokenizer

DESCRIPTION = "Make a model file from the weights of a network that PyTorch or Keras trained."
EXAMPLES = """\
examples:
  rnn-tui import weights.safetensors --vocabulary words.txt --labels Negative,Positive -o mine.safetensors
  rnn-tui import model.weights.h5 --vocabulary words.json --labels no,yes --name "Our class" -o ours.safetensors
  rnn-tui import tagger.npz --vocabulary words.txt --labels @tags.txt --readout each -o tagger.safetensors

weights:
  PyTorch: one nn.RNN, GRU or LSTM, one nn.Linear on its hidden state, an nn.Embedding or none (one-hot words), under
  any names: safetensors.torch.save_file(model.state_dict(), "weights.safetensors")
  Keras: SimpleRNN, GRU (reset_after=True) or LSTM, Dense, an Embedding or none: model.save_weights("model.weights.h5")
  (needs pip install 'rnn-tui[keras]'), or np.savez("weights.npz", **{w.path: w.numpy() for w in model.weights})
  One layer, one direction. One output is read as the logit of the second of two labels.

vocabulary: one word a line in the order of the rows, or JSON: a list of words, or an object with the row of each word
(rows counted from 1 have padding in row 0). A vocabulary with upper-case letters keeps the case of what is typed, one
with punctuation keeps the punctuation.
"""
SUFFIX = ".safetensors"


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui import`."""
    parser.add_argument("weights", metavar="WEIGHTS", type=Path, help="a .safetensors, .npz or .weights.h5 file")
    parser.add_argument("--vocabulary", metavar="FILE", type=Path, help="the words in the order of the rows")
    parser.add_argument(
        "--labels", metavar="A,B,…", required=True, help="in the order of the outputs; @FILE: one a line"
    )
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="the model file to write")
    parser.add_argument("--nonlinearity", choices=ACTIVATIONS, help=f"of nn.RNN or SimpleRNN ({ACTIVATIONS[0]})")
    parser.add_argument("--readout", choices=("last", "each", "attention"), default="last", help="what it answers from")
    parser.add_argument(
        "--tokenizer", choices=("words", "characters", "numbers"), default="words", help="how a text is split"
    )
    parser.add_argument("--punctuation", choices=("keep", "drop", "spaces"), help="of words; spaces: split there alone")
    parser.add_argument("--mean", metavar="X", type=float, help="of numbers: it reads (number − mean) / scale (0)")
    parser.add_argument("--scale", metavar="X", type=float, help="of numbers (1)")
    parser.add_argument("--unknown", metavar="WORD", help='the word for unknown ones, "" for none (<unk>, [UNK], …)')
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
    from rnn_tui.interop import from_file
    from rnn_tui.interop.files import read_words
    from rnn_tui.network.storage import MAX_BYTES, save

    _check(arguments)
    output: Path = arguments.output
    model = from_file(
        arguments.weights,
        [] if arguments.vocabulary is None else read_words(arguments.vocabulary),
        _labels(arguments.labels),
        max_bytes=None if arguments.allow_large else MAX_BYTES,
        nonlinearity=arguments.nonlinearity,
        readout=arguments.readout,
        tokenizer=_tokenizer(arguments),
        punctuation=arguments.punctuation,
        unknown=arguments.unknown,
        unit_names=None if arguments.unit_names is None else _split(arguments.unit_names),
        name=output.name.removesuffix(SUFFIX) if arguments.name is None else arguments.name,
        title=arguments.title,
        summary=arguments.summary,
        examples=arguments.example,
    )
    command = shlex.join(["rnn-tui", *arguments.argv])
    save(replace(model, provenance={**model.provenance, "command": command}), output)
    say(printable(f"{output}: {_what(model)}; open it with: {_command(model, output)}"))
    return 0


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

"""The options of `rnn-tui import`, and the words of its help."""

from __future__ import annotations

from pathlib import Path

from rnn_tui.cli.command import Parser
from rnn_tui.cli.output_option import OutputAction
from rnn_tui.network.kinds import ACTIVATIONS, MERGES, OUTPUTS, READOUTS
from rnn_tui.options.types import HEAD_HELP, head

DESCRIPTION = "Make a model file from the weights of a network that PyTorch or Keras trained."
EXAMPLES = """\
examples:
  rnn-tui import weights.safetensors --vocabulary words.txt --labels Negative,Positive -o mine.safetensors
  rnn-tui import model.weights.h5 --vocabulary words.json --labels no,yes --name "Our class" -o ours.safetensors
  rnn-tui import checkpoint.pt --vocabulary words.txt --labels no,yes --check answers.csv -o checked.safetensors
  rnn-tui import tagger.npz --vocabulary words.txt --labels @tags.txt --readout each -o tagger.safetensors
  rnn-tui import pooled.pt --vocabulary words.txt --labels no,yes --readout mean --head relu -o pooled.safetensors

weights:
  PyTorch: nn.RNN, GRU or LSTM of any num_layers, bidirectional or not, or several one above the other (RNNCell, …), one
  nn.Linear on the hidden state or several, an nn.Embedding or none (one-hot words), under any names:
  safetensors.torch.save_file(model.state_dict(), "weights.safetensors"), or a checkpoint (.pt, .pth, .ckpt)
  with the state_dict in it, which is opened where PyTorch is, through its weights-only loading
  Keras: SimpleRNN, GRU (reset_after=True) or LSTM, one or more, Bidirectional (concat, sum) or not, Dense, one or more,
  an Embedding or none: model.save_weights("model.weights.h5")
  (needs pip install 'rnn-tui[keras]'), or np.savez("weights.npz", **{w.path: w.numpy() for w in model.weights})
  A whole model (.keras, .h5) says itself which activations and which readout it has
  By hand: i2h, h2h, h2o, or one layer over [x, h] (x is taken to be first), or matrices Wxh, Whh, Why, bh, by (W_xh, …;
  U, W, V, b, c), in any of these files; without a last layer the hidden state is the output
  One output is read as the logit of the second of two labels, and of one label as a number.

readout: last, the hidden state after the last word (of each direction where there are two); last_step, the output at
the last word, where the backward direction has read that word alone; each, one answer a word (tagging); mean and max,
over the hidden states (out.mean(1), out.max(1).values, GlobalAveragePooling1D, GlobalMaxPooling1D); attention, with a
linear layer of its own. head: the functions before the last layer, one after each linear layer that stands there (relu
unless given), and before them one more where there is one: --head relu for nn.Sequential(nn.ReLU(), nn.Linear(…)).
merge: how the last layer reads the two directions. --output number: the outputs are numbers, which --output-std and
--output-mean bring back into their unit.

check: weights alone don't tell the nonlinearity, nor which of its states a network answers from, nor what stands before
its last layer; what is assumed is said. --check FILE is a CSV with a column text and a column a label, which has its
probability (of two labels one is enough) or its number. Nothing is written where an answer is more than 0.0001 off, and
what would give these answers is named.

vocabulary: one word a line in the order of the rows, or JSON: a list of words, or an object with the row of each word
(rows counted from 1 have padding in row 0), {"itos": …}, {"stoi": …}, index to word, or Keras' Tokenizer.to_json(). Of
characters an empty line, or \\n, is a line end. A vocabulary with upper-case letters keeps the case of what is typed,
one with punctuation keeps the punctuation.
"""
MERGES_READ = ("concat", "backward-first", *MERGES[1:], "forward", "backward")
"""The ways in which the last layer may read two directions, as `rnn_tui.interop` names them."""
SUFFIX = ".safetensors"


def numbers(text: str) -> tuple[float, ...]:
    """Numbers with commas between them."""
    return tuple(map(float, text.split(",")))


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui import`."""
    parser.add_argument("weights", metavar="WEIGHTS", type=Path, help="a .safetensors, .pt, .npz, .h5 or .keras file")
    parser.add_argument("--vocabulary", metavar="FILE", type=Path, help="the words in the order of the rows")
    parser.add_argument(
        "--labels", metavar="A,B,…", required=True, help="in the order of the outputs; @FILE: one a line"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        action=OutputAction,
        required=True,
        help=f"the model file to write (replaced); --output {', '.join(OUTPUTS)} instead say what the outputs are",
    )
    parser.add_argument("--nonlinearity", choices=ACTIVATIONS, help=f"of nn.RNN or SimpleRNN ({ACTIVATIONS[0]})")
    parser.add_argument("--readout", choices=READOUTS, help="what it answers from (last)")
    parser.add_argument("--merge", choices=MERGES_READ, help="how the last layer reads two directions (as sizes tell)")
    parser.add_argument("--head", metavar="F,…", type=head, help=HEAD_HELP.format("before the last layer"))
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
    parser.add_argument(
        "--mean",
        metavar="X,…",
        type=numbers,
        help="of numbers: it reads (number − mean) / scale (0); one for all, or each",
    )
    parser.add_argument("--scale", metavar="X,…", type=numbers, help="of numbers (1)")
    parser.add_argument(
        "--features", metavar="A,B,…", help="the names of the numbers of a timestep, where it reads several"
    )
    parser.add_argument("--output-mean", metavar="X", type=float, help="of numbers that come out (0)")
    parser.add_argument("--output-std", metavar="X", type=float, help="of numbers that come out (1)")
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

"""`rnn-tui train`: a model of your own from a file of examples."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.data import add_data_arguments
from rnn_tui.cli.output_option import OutputAction
from rnn_tui.network.kinds import ACTIVATIONS, CELLS, HEAD_FUNCTIONS, READOUTS
from rnn_tui.options.types import above_zero, from_to, share, sized_head, whole

DESCRIPTION = "Train a model on a file of your own. Ctrl-C stops, and keeps the best so far."
EXAMPLES = """\
what a file may hold, and the --task that is taken for it:
  labels   a table (CSV, TSV) with a column of texts and one of labels; label, tab, text; fastText; JSON lines
  tags     CoNLL: a word and its tags a line; or a sentence a line: words, a tab, their tags
  series   a number a line, or columns of a table: will the next one rise or fall? or which number is it?
  next     prose, a text a line: which character or word comes next?
The usual names of columns and , ; | tab between them are found; what was taken is said. A file that looks otherwise is
refused by what it looks like.

--output says what is learned: one of several classes, yes_no (one output node), or a number. Labels that are numbers
are learned as numbers, unless they are at most 20 different whole numbers. --rows 8 reads pictures: all pixels of one
a line, each row of them a timestep.

examples:
  rnn-tui train reviews.csv -o reviews.safetensors
  rnn-tui train reviews.csv -o reviews.safetensors --watch --keep-epochs
  rnn-tui train reviews.csv -o gru.safetensors --cell gru --hidden 32 --vectors glove.6B.50d.txt
  rnn-tui train mails.csv -o spam.safetensors --text-column v2 --label-column v1 --encoding latin-1
  rnn-tui train names.txt -o names.safetensors --task next --hidden 32
  rnn-tui train en-train.conllu -o tagger.safetensors --column xpos --min-count 2
  rnn-tui train sunspots.csv -o sunspots.safetensors --column activity --window 12
  rnn-tui train weather.csv -o next.safetensors --columns warm,wet,wind --target warm --output number --window 24
  rnn-tui train reviews.csv -o deep.safetensors --cell gru --layers 2 --bidirectional --readout mean --head 32,relu
  rnn-tui train digits.csv -o digits.safetensors --rows 8 --label-column digit
"""


FUNCTIONS = ", ".join(HEAD_FUNCTIONS)


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui train`."""
    parser.add_argument("data", metavar="DATA", type=Path, help="the file to learn from")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        action=OutputAction,
        required=True,
        help="the model file to write (replaced); --output classes, yes_no or number says instead what is learned",
    )
    parser.add_argument("--json", action="store_true", help="print the history as JSON, and only JSON")
    parser.add_argument(
        "--keep-epochs",
        action="store_true",
        help="keep the network after every epoch, too, in the folder OUT.run, for `rnn-tui learn` and --epoch",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="open the training on a screen: pause it, take a batch at a time, see it learn",
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing of how it is going")
    _add_texts(parser)
    _add_network(parser)
    _add_training(parser)


def _add_texts(parser: Parser) -> None:
    texts = parser.add_argument_group("the texts")
    add_data_arguments(texts, window="how many numbers of a series it reads (12)")
    texts.add_argument(
        "--tokenizer",
        choices=("words", "characters", "numbers"),
        help="words; for --task next characters, for a series numbers",
    )
    texts.add_argument(
        "--features", metavar="N", type=whole(1), help="texts of numbers, N at each timestep: 0.1,0.7 0.2,0.6"
    )
    texts.add_argument("--min-count", metavar="N", type=whole(1), help="words that come less often are unknown words")
    texts.add_argument("--max-words", metavar="N", type=whole(1), help="know only the N most frequent words")
    texts.add_argument("--validation", metavar="SHARE", type=share, default=0.1, help="the share held out (0.1)")
    texts.add_argument("--name", help="the model's name (OUT's)")
    texts.add_argument("--title", help="its title")
    texts.add_argument("--summary", help="one line that says what it does")


def _add_network(parser: Parser) -> None:
    network = parser.add_argument_group("the network")
    network.add_argument("--cell", default=CELLS[0], help=f"the cell: {', '.join(CELLS)} ({CELLS[0]})")
    network.add_argument("--activation", choices=ACTIVATIONS, help=f"of an Elman cell ({ACTIVATIONS[0]})")
    network.add_argument("--hidden", metavar="N", type=whole(1), default=16, help="hidden units of each layer (16)")
    network.add_argument("--layers", metavar="N", type=from_to(1, 8), default=1, help="layers, one above the other (1)")
    network.add_argument("--bidirectional", action="store_true", help="read in both directions, in every layer")
    network.add_argument(
        "--merge", choices=("concat", "sum"), help="how the two directions become one: concat, side by side; or sum"
    )
    network.add_argument("--embedding", metavar="N", type=whole(0), help="numbers a word (16); 0 for one-hot")
    network.add_argument(
        "--vectors", metavar="FILE", type=Path, help="word vectors to start from: GloVe's text, or .npz: words, vectors"
    )
    network.add_argument(
        "--readout",
        choices=READOUTS,
        help="last, last_step, mean, max or attention; each for tags and next",
    )
    network.add_argument(
        "--head",
        metavar="N,F,…",
        type=sized_head,
        help=f"before the outputs: sizes of linear layers, and functions behind them, such as 32,relu ({FUNCTIONS})",
    )


def _add_training(parser: Parser) -> None:
    training = parser.add_argument_group("the training")
    training.add_argument("--epochs", metavar="N", type=whole(1), default=50, help="at most (50)")
    training.add_argument("--patience", metavar="N", type=whole(1), default=10, help="epochs without a better one (10)")
    training.add_argument("--batch", metavar="N", type=whole(1), default=32, help="texts a step (32)")
    training.add_argument("--learning-rate", metavar="X", type=above_zero, default=0.005, help="Adam's (0.005)")
    training.add_argument("--clip", metavar="X", type=above_zero, default=1.0, help="the gradient's largest norm (1)")
    training.add_argument("--every-word", action="store_true", help="take half the loss at every word, not at the last")
    training.add_argument("--seed", metavar="N", type=whole(0), default=0, help="same seed, same file (0)")


def run(arguments: Namespace) -> int:
    """Train and write the model; raises UserError, and KeyboardInterrupt where there is nothing to keep yet."""
    if arguments.watch:
        from rnn_tui.cli.watching import watch

        return watch(arguments)
    from rnn_tui.cli.training import train  # only to train: the help is to be at once

    return train(arguments)


COMMAND = Command("train", "a model of your own", DESCRIPTION, EXAMPLES, add_arguments, run)

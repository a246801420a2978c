"""`rnn-tui train`: a model of your own from a file of examples."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from rnn_tui.cli.arguments import above_zero, share, whole
from rnn_tui.cli.command import Command, Parser
from rnn_tui.network.kinds import ACTIVATIONS, CELLS

DESCRIPTION = "Train a model on a file of your own. Ctrl-C stops, and keeps the best so far."
EXAMPLES = """\
what a file may hold, and the --task that is taken for it:
  labels   CSV or TSV with a header that has the columns text and label
  tags     a sentence a line: words, a tab, their tags; both with spaces between
  series   a number a line: will the next one rise or fall?
  next     a text a line: which character or word comes next?

examples:
  rnn-tui train reviews.csv -o reviews.safetensors
  rnn-tui train reviews.csv -o gru.safetensors --cell gru --hidden 32 --vectors glove.6B.50d.txt
  rnn-tui train names.txt -o names.safetensors --task next --hidden 32
  rnn-tui train sentences.tsv -o tagger.safetensors --task tags --min-count 2
  rnn-tui train sunspots.csv -o sunspots.safetensors --column activity --window 12
"""


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui train`."""
    parser.add_argument("data", metavar="DATA", type=Path, help="the file to learn from, in UTF-8")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="the model file to write")
    parser.add_argument("--json", action="store_true", help="print the history as JSON, and only JSON")
    parser.add_argument("--quiet", action="store_true", help="say nothing of how it is going")
    _add_texts(parser)
    _add_network(parser)
    _add_training(parser)


def _add_texts(parser: Parser) -> None:
    texts = parser.add_argument_group("the texts")
    texts.add_argument(
        "--task", choices=("labels", "next", "tags", "series"), help="what DATA holds, if not as it looks"
    )
    texts.add_argument(
        "--tokenizer",
        choices=("words", "characters", "numbers"),
        help="words; for --task next characters, for a series numbers",
    )
    texts.add_argument("--window", metavar="N", type=whole(1), help="how many numbers of a series it reads (12)")
    texts.add_argument("--column", metavar="NAME", help="the column that holds the series")
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
    network.add_argument("--hidden", metavar="N", type=whole(1), default=16, help="hidden units (16)")
    network.add_argument("--embedding", metavar="N", type=whole(0), help="numbers a word (16); 0 for one-hot")
    network.add_argument(
        "--vectors", metavar="FILE", type=Path, help="word vectors to start from: GloVe's text, or .npz: words, vectors"
    )
    network.add_argument(
        "--readout", choices=("last", "each", "attention"), help="last or attention; each for tags and next"
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
    from rnn_tui.cli.training import train  # only to train: the help is to be at once

    return train(arguments)


COMMAND = Command("train", "a model of your own", DESCRIPTION, EXAMPLES, add_arguments, run)

"""Train the model `sentiment`, or one of its kin with another cell or readout, and write it beside its card.

    python models/recipes/sentiment.py [sentiment | sentiment-gru | sentiment-lstm | sentiment-attention |
                                        sentiment-deep]

Fetches two public packages (sentences, word vectors) into the system's temporary folder; needs pyarrow for the second.
Everything is seeded. Five networks are trained, with seeds 0 to 4, and of each the epoch with the best validation
accuracy is kept; of those that hear the "not" in "this movie is not good", the one with the best validation accuracy is
the model. The test part has no say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from made_up_negations import made_up_samples
from rated_sentences import LABELS, SOURCE, TOKENIZER, Sentence, training_and_test
from sentence_baselines import baselines
from steps import parser, show, trained_by_seed, write
from word_vectors import along_principal_directions

from rnn_tui.learning.cards import measured
from rnn_tui.learning.encoding import UNKNOWN, Encoding
from rnn_tui.learning.making import model_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example, Model
from rnn_tui.network.trace import run
from rnn_tui.network.training import Epoch, Evaluation, TrainingSettings, evaluate, initial_parameters
from rnn_tui.network.training.corpus import vocabulary_of

SPLIT_SEED, MADE_UP_SEED = 0, 1
SEEDS = range(5)
# Left out of the vocabulary (and so read as unknown), since a class looks at it.
COARSE = {"ass", "bastard", "bastards", "bitch", "fuck", "fucking", "jackass", "piss", "pissed", "porn", "shit"}
HIDDEN_SIZE, INPUT_SIZE, MADE_UP = 16, 8, 800
# A loss at every word, one fifth of the whole, teaches the net to say what it thinks so far, and not to forget it.
# One word in ten is read as unknown, so that an unknown one is taken calmly.
SETTINGS = TrainingSettings(
    epochs=40,
    patience=25,
    learning_rate=1e-3,
    final_learning_rate=0.02,
    every_word=0.2,
    unknown_rate=0.1,
    judge="accuracy",
)
# What reads in both directions has no answer before the last word, so no loss there, and learns the sentences by heart
# sooner: half the epochs.
DEEP_SETTINGS = replace(SETTINGS, epochs=20, patience=20, every_word=0.0)


@dataclass(frozen=True)
class Variant:
    """One of the models, which differ in nothing but this."""

    name: str
    title: str
    reads: str
    architecture: Architecture

    @property
    def examples(self) -> tuple[Example, ...]:
        """The sentences that come with the model."""
        if self.architecture.two_way:
            return DEEP_EXAMPLES
        return ATTENTION_EXAMPLES if self.architecture.readout == "attention" else EXAMPLES

    @property
    def settings(self) -> TrainingSettings:
        """The settings of its training."""
        return DEEP_SETTINGS if self.architecture.two_way else SETTINGS


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("sentiment", "Sentiment", "a plain recurrent net", Architecture((LayerKind("elman", "tanh"),), "last")),
        Variant("sentiment-gru", "Sentiment, GRU", "a net with gates", Architecture((LayerKind("gru", None),), "last")),
        Variant(
            "sentiment-lstm",
            "Sentiment, LSTM",
            "a net with gates and a second memory",
            Architecture((LayerKind("lstm", None),), "last"),
        ),
        Variant(
            "sentiment-attention",
            "Sentiment, attention",
            "a plain recurrent net that looks back over all words",
            Architecture((LayerKind("elman", "tanh"),), "attention"),
        ),
        Variant(
            "sentiment-deep",
            "Sentiment, deep",
            "two layers with gates that read from both ends",
            Architecture((LayerKind("gru", None, bidirectional=True),) * 2, "last"),
        ),
    )
}

EXAMPLES = (
    Example("this movie is good", "A plain positive one. Watch which word does it."),
    Example("this movie is not good", "One word more, and it lands on the other side."),
    Example(
        "this is not a good film",
        "“Not” reaches over “a” to “good”: all three nets say Negative there. Then “film” turns the plain net to "
        "Positive; those with gates stay.",
    ),
    Example("i love it", "Short and strong: the middle word decides, and the last only makes it surer."),
    Example("the service was terrible and i hate this phone", "A plain negative one, with two bad words."),
    Example("not bad", "Two words that are negative alone. Together they are praise."),
    Example("not bad at all", "A mistake: “at all” makes the praise stronger, but at “at” the answer turns."),
    Example(
        "the story is slow and the jokes are old , but the actors are wonderful and i loved every minute of it",
        "A long one: what it says turns at “but”. See how many words later the answer does.",
    ),
    Example("good not is movie this", "The words of the second sentence backwards: how much does their order count?"),
)
DEEP_EXAMPLES = (
    Example("this movie is good", "A plain positive one. No answer before the last word: both ends must be read."),
    EXAMPLES[1],
    Example(
        "this is not a good film",
        "“Not” reaches over “a” to “good”, and “film” does not undo it, as it does in the plain net.",
    ),
    Example(
        "nobody liked it", "No “not” in it, and yet Negative. Of the nets with one layer only attention says so, too."
    ),
    Example(
        "good not is movie this",
        "The words of the second sentence backwards: it reads from both ends, and says Negative as before.",
    ),
    Example("not bad at all", "A mistake: “not bad” is praise, and “at all” makes it stronger, not worse."),
    Example("it was not a waste of time", "A mistake, and all five nets make it: “not” doesn't reach that far."),
)
ATTENTION_EXAMPLES = (
    Example("this movie is good", "A plain positive one. See which word gets the weight."),
    Example(
        "this movie is not good",
        "On the other side, but not sure of it: most of the weight is on “not”, and “good” is hardly read.",
    ),
    EXAMPLES[3],
    EXAMPLES[4],
    Example("not bad", "A mistake: a net that looks at one of two words can't know what they mean together."),
    *EXAMPLES[-2:],
)
PROBES = (
    "great", "terrible", "i hate it", "i don't like it", "isn't funny", "never boring", "meh",
    "this is not a good film", "it was not a waste of time",
)  # fmt: skip


def main() -> None:
    """Make the models that were asked for."""
    command = parser(__doc__)
    command.add_argument("name", nargs="*", default=["sentiment"], help=", ".join(VARIANTS))
    options = command.parse_args()
    parts = training_and_test(SPLIT_SEED)
    compared = baselines(parts)
    for name in options.name:
        make(VARIANTS[name], parts, compared, options.into)


def make(variant: Variant, parts: dict[str, list[Sentence]], compared: dict[str, float], folder: Path) -> None:
    """Train one model, measure it, and write it."""
    encoding = encoding_of(parts["training"])
    samples = {name: [sentence.sample for sentence in sentences] for name, sentences in parts.items()}
    samples["training"] += made_up_samples(parts["training"], MADE_UP, MADE_UP_SEED)
    corpora = {name: encoding.corpus(SOURCE, some) for name, some in samples.items()}
    print(variant.name)
    candidates = trained_by_seed(
        SEEDS, partial(start, variant, encoding), variant.architecture, corpora, variant.settings, unknown=0
    )
    models = {seed: model_with(variant, encoding, trained.parameters) for seed, trained in candidates.items()}
    kept = {seed: trained.kept() for seed, trained in candidates.items()}
    seed = max(SEEDS, key=lambda seed: (hears_not(models[seed]), kept[seed].validation.accuracy))
    found = evaluate(models[seed], corpora["test"])
    origin = provenance(variant, parts, compared, found, kept[seed]) | {"seed": seed}
    model = replace(models[seed], provenance=origin)
    write(model, folder)
    show(model, found, [example.text for example in EXAMPLES] + list(PROBES))


def encoding_of(training: Sequence[Sentence]) -> Encoding:
    """The words that come three times or more, but for the coarse ones, and the two labels."""
    texts = [[word for word in sentence.words if word not in COARSE] for sentence in training]
    return Encoding("labels", TOKENIZER, vocabulary_of(texts, least=3, unknown=UNKNOWN["words"]), LABELS)


def start(variant: Variant, encoding: Encoding, seed: int) -> dict[str, Array]:
    """The parameters before the first step, the embedding from GloVe's vectors, as large as tanh can bear."""
    words = encoding.vocabulary.words
    parameters = initial_parameters(variant.architecture, INPUT_SIZE, HIDDEN_SIZE, len(LABELS), seed, len(words))
    projected, known = along_principal_directions(words, INPUT_SIZE)
    embedding = parameters["embedding.weight"] * np.float32(0.1)
    embedding[known] = 1.5 * projected / projected.std()
    return parameters | {"embedding.weight": embedding}


def hears_not(model: Model) -> bool:
    """True where "not" turns "this movie is good" round."""
    answers = [run(model, model.tokenize(example.text)).prediction()[0] for example in EXAMPLES[:2]]
    return answers == [1, 0]


def model_with(variant: Variant, encoding: Encoding, parameters: Mapping[str, Array]) -> Model:
    """The model of some parameters, still without its provenance."""
    return model_of(
        encoding,
        variant.architecture,
        parameters,
        name=variant.name,
        title=variant.title,
        summary="Is a sentence positive or negative? "
        f"{variant.reads.capitalize()}, trained on sentences that people rated.",
        examples=variant.examples,
    )


def provenance(
    variant: Variant, parts: dict[str, list[Sentence]], compared: dict[str, float], found: Evaluation, best: Epoch
) -> dict[str, object]:
    """The origin of the model and its figures."""
    return {
        "data": "ratings of film snippets, tweets and product reviews (Hutto & Gilbert, ICWSM 2014, package "
        "vaderSentiment 3.3.2): |mean rating| at least 1, at most 20 words, duplicates dropped; in training also those "
        f"of 21 to 40 words and {MADE_UP} made-up short sentences with and without “not”",
        "licence": "MIT",
        "split": "by document, 75 / 10 / 15 %: "
        + ", ".join(f"{len(sentences)} {name}" for name, sentences in parts.items()),
        **measured("test accuracy", found.accuracy, len(found), compared, counted="n_test"),
        "loss": round(found.loss, 4),
        "validation_accuracy": round(best.validation.accuracy, 4),
        "epoch": best.number,
        "command": f"python models/recipes/sentiment.py {variant.name}",
    }


if __name__ == "__main__":
    main()

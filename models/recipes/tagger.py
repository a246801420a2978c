"""Train the model `tagger`: every word gets its part of speech, from the words so far; or `tagger-two-way`: from all.

    python models/recipes/tagger.py FOLDER [tagger | tagger-two-way]

FOLDER holds train.tsv, dev.tsv and test.tsv of the Universal Dependencies English Web Treebank (CC BY-SA 4.0), one
sentence a line: words with spaces between them, a tab, their universal tags. Needs pyarrow for the word vectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from steps import parser, report, show, write
from word_vectors import along_principal_directions

from rnn_tui.learning.baselines import accuracies
from rnn_tui.learning.cards import measured
from rnn_tui.learning.encoding import UNKNOWN, Encoding
from rnn_tui.learning.making import model_of
from rnn_tui.learning.reading import read
from rnn_tui.learning.samples import Sample
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example, Model
from rnn_tui.network.tokens import Vocabulary, WordTokenizer
from rnn_tui.network.trace import run
from rnn_tui.network.training import TrainingSettings, evaluate, initial_parameters, train
from rnn_tui.network.training.corpus import vocabulary_of

HIDDEN_SIZE, INPUT_SIZE, VOCABULARY, SEED = 32, 12, 5_500, 0
UNKNOWN_ROW = 0  # of the vocabulary
TOKENIZER = WordTokenizer(lowercase=False, punctuation="keep")
LONGEST_TESTED = 40
SETTINGS = TrainingSettings(epochs=25, learning_rate=3e-3, final_learning_rate=0.02, patience=8, seed=SEED)


@dataclass(frozen=True)
class Variant:
    """One of the two models, which differ in the directions that they read in, and in how long they are trained."""

    name: str
    title: str
    summary: str
    architecture: Architecture
    settings: TrainingSettings
    examples: tuple[Example, ...]


EXAMPLES = (
    Example("She walks the old dog .", "A plain one: pronoun, verb, article, adjective, noun."),
    Example("I like to run", "“like” and “run” can be other things elsewhere: what comes before decides."),
    Example("It looks like a long run", "The same two words, and other tags."),
    Example(
        "The man saw a film",
        "“saw” is a tool or something one does: right after “The” it is a noun, after “The man” a verb.",
    ),
    Example(
        "The old man the boat .", "A mistake: here “man” is the verb, and it only sees that after it has answered."
    ),
    Example("The blorf was flimping the gronk .", "Three words that it does not know: it guesses from their places."),
    Example("Time flies like an arrow", "Which is the verb here? It doesn't find it, and takes “flies” for a name."),
)


TWO_WAY_EXAMPLES = (
    Example("I know that man .", "What “that” is, only the next word tells: here it belongs to “man”."),
    Example(
        "I know that he left .",
        "The same three words to begin with, and “that” gets another tag. The one-way tagger can't know that.",
    ),
    Example("I know that .", "And a third tag, since nothing follows but the full stop."),
    Example("Flimp the gronk .", "A word that it doesn't know, at the beginning: the “the” behind it shows a verb."),
    Example("It looks like a long run", "“like” and “run” can be other things elsewhere."),
    Example("The blorf was flimping the gronk .", "Three words that it does not know, between words that it does."),
    Example(
        "The old man the boat .",
        "A mistake: “man” is the verb here. Both ends have been read, and it still follows what is usual.",
    ),
    Example("her dog barked", "A mistake: from the end it has met full stops first, and takes “barked” for one."),
)
VARIANTS = {
    variant.name: variant
    for variant in (
        Variant(
            "tagger",
            "Tagger",
            "Verb, noun or what? Says after every word what part of speech it is, from the words so far.",
            Architecture((LayerKind("elman", "tanh"),), "each"),
            SETTINGS,
            EXAMPLES,
        ),
        # It sees more of each sentence, and so learns it by heart sooner: fewer epochs, and one word in twenty unknown.
        Variant(
            "tagger-two-way",
            "Tagger, two-way",
            "Verb, noun or what? Reads the sentence from both ends, and says of every word what part of speech it is.",
            Architecture((LayerKind("elman", "tanh", bidirectional=True),), "each"),
            replace(SETTINGS, epochs=10, unknown_rate=0.05),
            TWO_WAY_EXAMPLES,
        ),
    )
}


def main() -> None:
    """Train, measure, write."""
    command = parser(__doc__)
    command.add_argument("treebank", type=Path, help="the folder with train.tsv, dev.tsv and test.tsv")
    command.add_argument("name", nargs="?", default="tagger", choices=VARIANTS, help="the model to make")
    options = command.parse_args()
    variant = VARIANTS[options.name]
    paths = {name: options.treebank / f"{name}.tsv" for name in ("train", "dev", "test")}
    parts = {name: read(path, "tags").samples for name, path in paths.items()}
    tested = [sample for sample in parts["test"] if len(sample.answers) <= LONGEST_TESTED]
    encoding = encoding_of(parts["train"])
    training = encoding.corpus(paths["train"], [*parts["train"], *typed(parts["train"])])
    validation = encoding.corpus(paths["dev"], parts["dev"])
    begun = start(variant, encoding)
    trained = train(
        variant.architecture, begun, training, validation, variant.settings, unknown=UNKNOWN_ROW, on_epoch=report
    )
    model = model_of(
        encoding,
        variant.architecture,
        trained.parameters,
        name=variant.name,
        title=variant.title,
        summary=variant.summary,
        examples=variant.examples,
    )
    found = evaluate(model, encoding.corpus(paths["test"], tested))
    rules = accuracies("tags", parts["train"], tested, TOKENIZER)
    kept = {name: share for name, share in rules.items() if name != "majority"}
    figures = measured("test accuracy a word", found.accuracy, len(found), kept, counted="n_test")
    model = replace(model, provenance=provenance(variant, parts, len(tested), figures))
    write(model, options.into)
    show(model, found)
    show_tags(model, [example.text for example in variant.examples] + ["I don't know", "You can can a can"])


def typed(samples: Iterable[Sample]) -> list[Sample]:
    """Sentences with a contraction once more, as people type them: "do n't" as "don't", with the first part's tag."""
    again = []
    for sample in samples:
        merged: list[tuple[str, str]] = []
        for word, tag in zip(sample.text.split(), sample.answers, strict=True):
            suffix = word.lower() == "n't" or (word.startswith("'") and word[1:].isalpha())
            if merged and suffix:
                merged[-1] = (merged[-1][0] + word, merged[-1][1])
            else:
                merged.append((word, tag))
        if len(merged) < len(sample.answers):
            text = " ".join(word for word, _ in merged)
            again.append(Sample(sample.row, text, tuple(tag for _, tag in merged)))
    return again


def encoding_of(training: Sequence[Sample]) -> Encoding:
    """The most frequent words that come at least twice, as they are written, and all tags."""
    unknown = UNKNOWN["words"]
    words = vocabulary_of([sample.text.split() for sample in training], least=2, unknown=unknown).words[:VOCABULARY]
    tags = sorted({tag for sample in training for tag in sample.answers})
    return Encoding("tags", TOKENIZER, Vocabulary(words, unknown), tuple(tags))


def start(variant: Variant, encoding: Encoding) -> dict[str, Array]:
    """The parameters before the first step: to a small random embedding GloVe's vectors of the words are added."""
    labels, words = len(encoding.labels), encoding.vocabulary.words
    parameters = initial_parameters(variant.architecture, INPUT_SIZE, HIDDEN_SIZE, labels, SEED, len(words))
    projected, known = along_principal_directions([word.lower() for word in words], INPUT_SIZE)
    embedding = parameters["embedding.weight"] * np.float32(0.1)
    embedding[known] += projected / projected.std()
    return parameters | {"embedding.weight": embedding}


def provenance(
    variant: Variant, parts: dict[str, tuple[Sample, ...]], n_sentences: int, figures: dict[str, object]
) -> dict[str, object]:
    """The origin of the model and its figures."""
    return {
        "data": "Universal Dependencies English Web Treebank, universal part-of-speech tags",
        "licence": "CC BY-SA 4.0",
        "split": f"as published: {len(parts['train'])} training, {len(parts['dev'])} validation sentences, "
        f"{n_sentences} test sentences of at most {LONGEST_TESTED} words",
        **figures,
        "command": "python models/recipes/tagger.py FOLDER" + ("" if variant.name == "tagger" else f" {variant.name}"),
        "seed": SEED,
    }


def show_tags(model: Model, texts: Iterable[str]) -> None:
    """Print every word of some texts with its tag."""
    for text in texts:
        trace = run(model, model.tokenize(text))
        tags = [model.labels[trace.prediction(t)[0]] for t in range(len(trace))]
        print("  " + " ".join(f"{token.surface}/{tag}" for token, tag in zip(trace.tokens, tags, strict=True)))


if __name__ == "__main__":
    main()

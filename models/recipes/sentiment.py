"""Train the model `sentiment`, or one of its kin with another cell or readout, and write it beside its card.

    python models/recipes/sentiment.py [sentiment | sentiment-gru | sentiment-lstm | sentiment-attention]

Fetches two public packages (sentences, word vectors) into the system's temporary folder; needs pyarrow for the second.
Everything is seeded. Five networks are trained, with seeds 0 to 4, and of each the epoch with the best validation
accuracy is kept; of those that hear the "not" in "this movie is not good", the one with the best validation accuracy is
the model. The test part has no say.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from made_up_negations import made_up_sentences
from rated_sentences import LABELS, TOKENIZER, Sentence, training_and_test
from sentence_baselines import baselines
from word_vectors import vectors_of

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.model import Example, Model
from rnn_tui.network.storage import assemble, save
from rnn_tui.network.storage.metadata import Metadata
from rnn_tui.network.tokens import Vocabulary
from rnn_tui.network.trace import run
from rnn_tui.network.training import Epoch, Figures, Trained, TrainingSettings, initial_parameters, measure, train
from rnn_tui.network.training.corpus import Corpus, labelled, vocabulary_of

MODELS = Path(__file__).resolve().parents[1]
UNKNOWN = "<unk>"
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


@dataclass(frozen=True)
class Variant:
    """One of the four models, which differ in nothing but this."""

    name: str
    title: str
    reads: str
    architecture: Architecture


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("sentiment", "Sentiment", "a plain recurrent net", Architecture("elman", "tanh", "last")),
        Variant("sentiment-gru", "Sentiment, GRU", "a net with gates", Architecture("gru", None, "last")),
        Variant(
            "sentiment-lstm",
            "Sentiment, LSTM",
            "a net with gates and a second memory",
            Architecture("lstm", None, "last"),
        ),
        Variant(
            "sentiment-attention",
            "Sentiment, attention",
            "a plain recurrent net that looks back over all words",
            Architecture("elman", "tanh", "attention"),
        ),
    )
}

EXAMPLES = (
    Example("this movie is good", "A plain positive one. Watch which word does it."),
    Example("this movie is not good", "One word more, and it lands on the other side."),
    Example(
        "this is not a good film",
        "“Not” must now reach over “a” to “good”. The plain net gets it wrong; those with gates get it right.",
    ),
    Example("i love it", "Short and strong: the middle word decides, and the last must not wash it out."),
    Example("the service was terrible and i hate this phone", "A plain negative one, with two bad words."),
    Example("not bad", "Two words that are negative alone. Together they are praise."),
    Example("not bad at all", "A mistake: “at all” makes it stronger, but the net was only taught “not bad”."),
    Example(
        "the story is slow and the jokes are old , but the actors are wonderful and i loved every minute of it",
        "A long one that turns round in the middle, at “but”.",
    ),
    Example("good not is movie this", "The words of the second sentence backwards: how much does their order count?"),
)
ATTENTION_EXAMPLES = (
    Example("this movie is good", "A plain positive one. See which word gets the weight."),
    Example(
        "this movie is not good",
        "Only just on the other side: nearly all weight goes to “not”, so “good” is hardly read.",
    ),
    EXAMPLES[3],
    EXAMPLES[4],
    Example("not bad", "A mistake: a net that looks at one of two words can't know what they mean together."),
    *EXAMPLES[-2:],
)


def main() -> None:
    """Make the models that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", default=["sentiment"], help=", ".join(VARIANTS))
    parser.add_argument("--into", type=Path, default=MODELS, help="the folder to write to")
    options = parser.parse_args()
    parts = training_and_test(SPLIT_SEED)
    compared = baselines(parts)
    for name in options.name:
        make(VARIANTS[name], parts, compared, options.into)


def make(variant: Variant, parts: dict[str, list[Sentence]], compared: dict[str, float], folder: Path) -> None:
    """Train one model, measure it, and write it."""
    vocabulary = vocabulary_of(
        [[word for word in sentence.words if word not in COARSE] for sentence in parts["training"]],
        least=3,
        unknown=UNKNOWN,
    )
    corpora = {name: encode(sentences, vocabulary) for name, sentences in parts.items()}
    training = with_made_up(corpora["training"], parts["training"], vocabulary)
    candidates = [train_with(seed, variant, vocabulary, training, corpora["validation"]) for seed in SEEDS]
    seed = max(
        SEEDS,
        key=lambda seed: (
            hears_not(model_of(variant, vocabulary, candidates[seed].parameters, {})),
            best_of(candidates[seed]).validation.accuracy,
        ),
    )
    trained = candidates[seed]
    test = measure(variant.architecture, trained.parameters, corpora["test"])
    origin = provenance(variant, parts, compared, test, best_of(trained)) | {"seed": seed}
    model = model_of(variant, vocabulary, trained.parameters, origin)
    path = folder / f"{variant.name}.safetensors"
    save(model, path)
    show(model, test, compared, path)


def train_with(seed: int, variant: Variant, vocabulary: Vocabulary, training: Corpus, validation: Corpus) -> Trained:
    """One training."""
    parameters = initial_parameters(variant.architecture, INPUT_SIZE, HIDDEN_SIZE, len(LABELS), seed, len(vocabulary))
    parameters["embedding.weight"] = initial_embedding(vocabulary, parameters["embedding.weight"])
    settings = replace(SETTINGS, seed=seed)
    trained = train(variant.architecture, parameters, training, validation, settings, unknown=0)
    epoch = best_of(trained)
    print(f"{variant.name} seed {seed}: best epoch {epoch.number}, validation accuracy {epoch.validation.accuracy:.4f}")
    return trained


def hears_not(model: Model) -> bool:
    """Whether "not" turns "this movie is good" round."""
    answers = [run(model, model.tokenize(example.text)).prediction()[0] for example in EXAMPLES[:2]]
    return answers == [1, 0]


def best_of(trained: Trained) -> Epoch:
    """The epoch whose weights are kept."""
    assert trained.best is not None
    return trained.best


def encode(sentences: list[Sentence], vocabulary: Vocabulary) -> Corpus:
    """Sentences as rows of the vocabulary, each with its label."""
    inputs = [rows([*sentence.words], vocabulary) for sentence in sentences]
    return labelled(inputs, [sentence.label for sentence in sentences])


def rows(words: list[str], vocabulary: Vocabulary) -> np.ndarray:
    """The rows of the words; the unknown word's is 0."""
    return np.array([vocabulary.index.get(word, 0) for word in words])


def with_made_up(training: Corpus, sentences: list[Sentence], vocabulary: Vocabulary) -> Corpus:
    """The training part and the made-up sentences."""
    made_up = made_up_sentences(sentences, MADE_UP, MADE_UP_SEED)
    more = labelled([rows(words, vocabulary) for words, _ in made_up], [label for _, label in made_up])
    return Corpus(training.inputs + more.inputs, training.targets + more.targets)


def initial_embedding(vocabulary: Vocabulary, random: Array) -> Array:
    """GloVe's vectors of these words along the directions in which they differ most, as large as tanh can bear."""
    vectors, known = vectors_of(vocabulary.words)
    _, _, directions = np.linalg.svd(vectors[known] - vectors[known].mean(axis=0), full_matrices=False)
    projected = vectors @ directions[:INPUT_SIZE].T
    embedding = random * np.float32(0.1)
    embedding[known] = 1.5 * projected[known] / projected[known].std()
    return embedding


def provenance(
    variant: Variant, parts: dict[str, list[Sentence]], compared: dict[str, float], test: Figures, best: Epoch
) -> dict[str, object]:
    """Where the model comes from and how well it does."""
    return {
        "data": "ratings of film snippets, tweets and product reviews (Hutto & Gilbert, ICWSM 2014, package "
        "vaderSentiment 3.3.2): |mean rating| at least 1, at most 20 words, duplicates dropped; in training also those "
        f"of 21 to 40 words and {MADE_UP} made-up short sentences with and without “not”",
        "licence": "MIT",
        "split": "by document, 75 / 10 / 15 %: "
        + ", ".join(f"{len(sentences)} {name}" for name, sentences in parts.items()),
        "metric": "test accuracy",
        "figure": round(test.accuracy, 4),
        "n_test": test.n,
        "baselines": {name: round(accuracy, 4) for name, accuracy in compared.items()},
        "validation_accuracy": round(best.validation.accuracy, 4),
        "epoch": best.number,
        "command": f"python models/recipes/sentiment.py {variant.name}",
    }


def model_of(
    variant: Variant, vocabulary: Vocabulary, parameters: dict[str, Array], origin: dict[str, object]
) -> Model:
    """The model as it is shipped."""
    metadata = Metadata(
        name=variant.name,
        title=variant.title,
        summary="Is a sentence positive or negative? "
        f"{variant.reads.capitalize()}, trained on sentences that people rated.",
        cell=variant.architecture.cell,
        activation=variant.architecture.activation,
        readout=variant.architecture.readout,
        tokenizer=TOKENIZER,
        vocabulary=vocabulary,
        labels=LABELS,
        unit_names=None,
        examples=ATTENTION_EXAMPLES if variant.architecture.readout == "attention" else EXAMPLES,
        provenance=origin,
    )
    return assemble(metadata, parameters)


def show(model: Model, test: Figures, compared: dict[str, float], path: Path) -> None:
    """What the card needs: figures, and what the model says of its examples."""
    print(f"\n{path}: {path.stat().st_size:,} bytes, vocabulary {len(model.vocabulary):,}")
    print(f"test accuracy {test.accuracy:.4f}, loss {test.loss:.4f}, n {test.n}")
    for name, accuracy in compared.items():
        print(f"  {name} {accuracy:.4f}")
    probes = [example.text for example in EXAMPLES] + [
        "great", "terrible", "i hate it", "i don't like it", "isn't funny", "never boring", "meh",
        "this is not a good film", "it was not a waste of time",
    ]  # fmt: skip
    for text in probes:
        label, probability = run(model, model.tokenize(text)).prediction()
        print(f"  {model.labels[label]:8} {probability:.0%}  {text}")


if __name__ == "__main__":
    main()

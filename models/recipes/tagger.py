"""Train the model `tagger`: every word gets its part of speech, from the words so far.

    python models/recipes/tagger.py FOLDER

FOLDER holds train.tsv, dev.tsv and test.tsv of the Universal Dependencies English Web Treebank (CC BY-SA 4.0), one
sentence a line: words with spaces between them, a tab, their universal tags. Needs pyarrow for the word vectors.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from word_vectors import vectors_of

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.model import Example, Model
from rnn_tui.network.storage import assemble, save
from rnn_tui.network.storage.metadata import Metadata
from rnn_tui.network.tokens import Vocabulary, WordTokenizer
from rnn_tui.network.trace import run
from rnn_tui.network.training import Epoch, Figures, TrainingSettings, initial_parameters, measure, train
from rnn_tui.network.training.corpus import Corpus, vocabulary_of

MODELS = Path(__file__).resolve().parents[1]
UNKNOWN = "<unk>"
HIDDEN_SIZE, INPUT_SIZE, VOCABULARY, SEED = 32, 12, 5_500, 0
ARCHITECTURE = Architecture("elman", "tanh", "each")
LONGEST_TESTED = 40
SETTINGS = TrainingSettings(epochs=25, learning_rate=3e-3, final_learning_rate=0.02, patience=8, seed=SEED)

Sentence = tuple[list[str], list[str]]
"""Words and tags."""

EXAMPLES = (
    Example("She walks the old dog .", "A plain one: pronoun, verb, article, adjective, noun."),
    Example("I like to run", "“like” and “run” can be other things elsewhere: what comes before decides."),
    Example("It looks like a long run", "The same two words, and other tags."),
    Example("The man saw a film", "“saw” is a tool or something one does; only a memory of “The man” tells."),
    Example(
        "The old man the boat .", "A mistake: here “man” is the verb, and it only sees that after it has answered."
    ),
    Example("The blorf was flimping the gronk .", "Three words that it does not know: it guesses from their places."),
    Example("Time flies like an arrow", "Which is the verb here? It doesn't find it, and takes “flies” for a name."),
)


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("treebank", type=Path, help="the folder with train.tsv, dev.tsv and test.tsv")
    parser.add_argument("--into", type=Path, default=MODELS, help="the folder to write to")
    options = parser.parse_args()
    parts = {name: read(options.treebank / f"{name}.tsv") for name in ("train", "dev", "test")}
    tested = [sentence for sentence in parts["test"] if len(sentence[0]) <= LONGEST_TESTED]
    tags = tuple(sorted({tag for _, tags in parts["train"] for tag in tags}))
    vocabulary = vocabulary_of([words for words, _ in parts["train"]], least=2, unknown=UNKNOWN)
    vocabulary = Vocabulary(vocabulary.words[:VOCABULARY], UNKNOWN)
    training = encode(parts["train"] + typed(parts["train"]), vocabulary, tags)
    parameters = initial_parameters(ARCHITECTURE, INPUT_SIZE, HIDDEN_SIZE, len(tags), SEED, len(vocabulary))
    parameters["embedding.weight"] = initial_embedding(vocabulary, parameters["embedding.weight"])
    trained = train(
        ARCHITECTURE, parameters, training, encode(parts["dev"], vocabulary, tags), SETTINGS, on_epoch=report
    )
    test = measure(ARCHITECTURE, trained.parameters, encode(tested, vocabulary, tags))
    baseline = most_frequent_tag(parts["train"], tested)
    model = model_of(vocabulary, tags, trained.parameters, provenance(parts, len(tested), test, baseline))
    save(model, options.into / "tagger.safetensors")
    show(model, test, baseline, options.into / "tagger.safetensors")


def read(path: Path) -> list[Sentence]:
    """The sentences of one file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(words.split(" "), tags.split(" ")) for words, tags in (line.split("\t") for line in lines)]


def typed(sentences: list[Sentence]) -> list[Sentence]:
    """Sentences with a contraction once more, as people type them: "do n't" as "don't", with the first part's tag."""
    again = []
    for words, tags in sentences:
        merged: list[tuple[str, str]] = []
        for word, tag in zip(words, tags, strict=True):
            suffix = word.lower() == "n't" or (word.startswith("'") and word[1:].isalpha())
            if merged and suffix:
                merged[-1] = (merged[-1][0] + word, merged[-1][1])
            else:
                merged.append((word, tag))
        if len(merged) < len(words):
            again.append(([word for word, _ in merged], [tag for _, tag in merged]))
    return again


def encode(sentences: list[Sentence], vocabulary: Vocabulary, tags: tuple[str, ...]) -> Corpus:
    """Rows of the vocabulary and of the tags."""
    place = {tag: number for number, tag in enumerate(tags)}
    inputs = tuple(np.array([vocabulary.index.get(word, 0) for word in words]) for words, _ in sentences)
    return Corpus(inputs, tuple(np.array([place[tag] for tag in answers]) for _, answers in sentences))


def initial_embedding(vocabulary: Vocabulary, random: Array) -> Array:
    """GloVe's vectors of the words in lower case, along the directions in which they differ most."""
    vectors, known = vectors_of([word.lower() for word in vocabulary.words])
    _, _, directions = np.linalg.svd(vectors[known] - vectors[known].mean(axis=0), full_matrices=False)
    projected = vectors @ directions[:INPUT_SIZE].T
    embedding = random * np.float32(0.1)
    embedding[known] += projected[known] / projected[known].std()
    return embedding


def most_frequent_tag(training: list[Sentence], tested: list[Sentence]) -> float:
    """Each word's most frequent tag in training; for an unseen word the most frequent tag of all, NOUN."""
    counts: dict[str, Counter[str]] = {}
    for words, tags in training:
        for word, tag in zip(words, tags, strict=True):
            counts.setdefault(word, Counter())[tag] += 1
    unseen = Counter(tag for _, tags in training for tag in tags).most_common(1)[0][0]
    best = {word: tags.most_common(1)[0][0] for word, tags in counts.items()}
    right = [best.get(word, unseen) == tag for words, tags in tested for word, tag in zip(words, tags, strict=True)]
    return float(np.mean(right))


def provenance(parts: dict[str, list[Sentence]], n_sentences: int, test: Figures, baseline: float) -> dict[str, object]:
    """Where the model comes from and how well it does."""
    return {
        "data": "Universal Dependencies English Web Treebank, universal part-of-speech tags",
        "licence": "CC BY-SA 4.0",
        "split": f"as published: {len(parts['train'])} training, {len(parts['dev'])} validation sentences, "
        f"{n_sentences} test sentences of at most {LONGEST_TESTED} words",
        "metric": "test accuracy a word",
        "figure": round(test.accuracy, 4),
        "n_test": test.n,
        "baselines": {"most frequent tag of each word": round(baseline, 4)},
        "command": "python models/recipes/tagger.py FOLDER",
        "seed": SEED,
    }


def model_of(
    vocabulary: Vocabulary, tags: tuple[str, ...], parameters: dict[str, Array], origin: dict[str, object]
) -> Model:
    """The model as it is shipped."""
    metadata = Metadata(
        name="tagger",
        title="Tagger",
        summary="Verb, noun or what? Says after every word what part of speech it is, from the words so far.",
        cell=ARCHITECTURE.cell,
        activation=ARCHITECTURE.activation,
        readout=ARCHITECTURE.readout,
        tokenizer=WordTokenizer(lowercase=False, punctuation="keep"),
        vocabulary=vocabulary,
        labels=tags,
        unit_names=None,
        examples=EXAMPLES,
        provenance=origin,
    )
    return assemble(metadata, parameters)


def report(epoch: Epoch) -> None:
    """One line an epoch."""
    figures = epoch.validation
    print(f"{epoch.number:3} loss {epoch.training_loss:.3f}  validation {figures.accuracy:.4f} {figures.loss:.3f}")


def show(model: Model, test: Figures, baseline: float, path: Path) -> None:
    """What the card needs."""
    print(f"\n{path}: {path.stat().st_size:,} bytes, vocabulary {len(model.vocabulary):,}")
    print(f"test accuracy {test.accuracy:.4f}, loss {test.loss:.4f}, n {test.n}; most frequent tag {baseline:.4f}")
    for text in [example.text for example in EXAMPLES] + ["I don't know", "You can can a can"]:
        trace = run(model, model.tokenize(text))
        tags = [model.labels[trace.prediction(t)[0]] for t in range(len(trace))]
        print("  " + " ".join(f"{token.surface}/{tag}" for token, tag in zip(trace.tokens, tags, strict=True)))


if __name__ == "__main__":
    main()

"""Wire the model `kicking-and-screaming` by hand, and check that it does what its card says.

    python models/recipes/kicking_and_screaming.py

No number here was learned: each weight is chosen, and the comment beside it says why. The network is the plain one,

    h = tanh(weight_ih·x + bias_ih + weight_hh·h_prev + bias_hh)

with one-hot words, so a word's column of weight_ih is all that the word means to the network. Four hidden units hold
four concepts: how much verb, noun and glue there was so far, and the mood, which is how verbs and nouns go with what
is asked for. The rule that it follows is the article's: a sentence of mostly verbs is negative.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Elman
from rnn_tui.network.embedding import OneHot
from rnn_tui.network.heads import Linear
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Example, Model
from rnn_tui.network.readouts import Last
from rnn_tui.network.storage import save
from rnn_tui.network.tokens import Vocabulary, WordTokenizer
from rnn_tui.network.trace import Trace, run

MODELS = Path(__file__).resolve().parents[1]
NAME = "kicking-and-screaming"
UNKNOWN = "<unk>"
UNITS = ("verb", "noun", "glue", "mood")
LABELS = ("Negative", "Positive")

# The tags. "is", "was" and their kin are verbs in a grammar book, but they only tie words together, so they are glue
# here; so are adjectives, and that "happy" moves nothing is the first thing this network gets wrong.
TAGGED = {
    "verb": """
        kicking screaming running crying laughing singing dancing sleeping shouting falling barking fighting jumping
        eating playing waiting kicked screamed ran cried laughed sang danced slept shouted fell barked fought jumped
        ate played waited
    """,
    "noun": """
        dog cat music sunshine baby child mother father friend teacher school house home garden flowers tree birds
        summer morning night rain water bread cake party song book door street smile dream
    """,
    "other": """
        the a and or but with without in on at to of for all i you he she it we they my your is are was were not very
        so then happy sad good bad
    """,
}
TAG = {word: tag for tag, words in TAGGED.items() for word in words.split()}

# A word's column of weight_ih by its tag, its rows verb, noun, glue and mood. 0.90 makes a word plain to see, yet
# leaves room before the squashing stops at 1. Verbs push the mood down as far as nouns push it up, so that nothing but
# the words and their order decides. Glue adds 0.50: such words come often, and the answer doesn't ask for them.
COLUMNS = {
    "verb": (0.90, 0.00, 0.00, -0.70),
    "noun": (0.00, 0.90, 0.00, +0.70),
    "other": (0.00, 0.00, 0.50, 0.00),
}
# "Kicking" may also be the kicking, a thing, so a verb that ends in -ing is a little bit of a noun.
ALSO_A_NOUN = 0.10
# An unknown word is nearly silent: some word came, and that is all that is known about it.
UNKNOWN_COLUMN = (0.00, 0.00, 0.10, 0.00)

# The answer reads verb and noun against each other, and the mood; glue has no say. With 0.60 on each, "Kicking and
# screaming" is sure but not certain. Positive is the mirror image of Negative.
NEGATIVE_ASKS = (+0.60, -0.60, 0.00, -0.60)

# Each curated sentence, why it is interesting, and the answer it must end with.
EXAMPLES = (
    ("Kicking and screaming", "The article's own sentence: mostly verbs, so Negative.", "Negative"),
    (
        "The sunshine in the garden and the smile of a friend",
        "Mostly nouns, so Positive. Watch noun climb, and then stop climbing: the squashing holds it below 1.",
        "Positive",
    ),
    (
        "Running in the rain",
        "One verb, then one noun. The verb came first and has faded when the noun arrives, so the noun wins.",
        "Positive",
    ),
    (
        "In the rain, running",
        "The same four words in another order, and the answer turns: now the verb is the fresh one.",
        "Negative",
    ),
    (
        "Kicking and yodelling",
        "It doesn't know “yodelling” and reads <unk>, which is nearly silent: less sure than with “screaming”.",
        "Negative",
    ),
    (
        "Screaming and fighting, but then she was at home with all of the music",
        "Two verbs, then two nouns. Follow verb along the memory strip: after “fighting” it is weaker at every word.",
        "Positive",
    ),
)


def column(word: str) -> tuple[float, ...]:
    """The word's column of weight_ih, (4,): what it adds to each hidden unit."""
    if word == UNKNOWN:
        return UNKNOWN_COLUMN
    verb, noun, glue, mood = COLUMNS[TAG[word]]
    if TAG[word] == "verb" and word.endswith("ing"):
        noun = ALSO_A_NOUN
    return verb, noun, glue, mood


def network() -> Model:
    """The wired network, still without its examples and its measured figure."""
    words = (UNKNOWN, *TAG)
    zeros = np.zeros(len(UNITS), np.float32)
    negative = np.array(NEGATIVE_ASKS, np.float32)
    cell = Elman(
        weight_ih=np.array([column(word) for word in words], np.float32).T,
        # The identity, and no bias: hh is h_prev to the last digit, so that Add is nothing but "the hidden state is
        # added to the previous hidden state".
        weight_hh=np.eye(len(UNITS), dtype=np.float32),
        bias_ih=zeros,
        bias_hh=zeros,
        activation="tanh",
    )
    return Model(
        name=NAME,
        title="Kicking and screaming",
        summary="Four hidden units wired by hand: mostly verbs is Negative, mostly nouns is Positive.",
        tokenizer=WordTokenizer(lowercase=True, punctuation="drop"),
        vocabulary=Vocabulary(words, UNKNOWN),
        embedding=OneHot(len(words)),
        layers=(Layer(cell),),
        readout=Last(),
        fc=Linear(np.stack([negative, -negative]), np.zeros(len(LABELS), np.float32)),
        labels=LABELS,
        unit_names=UNITS,
    )


def agreement(model: Model, longest: int = 8) -> tuple[int, int]:
    """Count the answers that plain counting would give too, and all answers: they are fewer, since words fade.

    The sentences are every pattern of verb, noun and other of up to `longest` words that has more of verb or of noun.
    """
    standing_for = {"verb": "ran", "noun": "dog", "other": "the"}
    agreed = patterns = 0
    for length in range(1, longest + 1):
        for pattern in product(standing_for, repeat=length):
            verbs, nouns = pattern.count("verb"), pattern.count("noun")
            if verbs != nouns:
                trace = run(model, model.tokens_of(standing_for[tag] for tag in pattern))
                agreed += answer(trace) == ("Negative" if verbs > nouns else "Positive")
                patterns += 1
    return agreed, patterns


def build() -> Model:
    """The whole model, with its examples and the figure that is measured on it."""
    model = network()
    agreed, patterns = agreement(model)
    provenance = {
        "data": "none: wired by hand, every weight is explained in the script",
        "licence": "MIT",
        "split": None,
        "metric": f"agreement with plain counting, of all {patterns} patterns up to 8 words",
        "figure": round(agreed / patterns, 4),
        "baselines": {"always Negative": 0.5},  # verb and noun are mirror images, so exactly half are Negative
        "command": "python models/recipes/kicking_and_screaming.py",
        "seed": None,
    }
    return replace(model, examples=tuple(Example(text, why) for text, why, _ in EXAMPLES), provenance=provenance)


def answer(trace: Trace) -> str:
    """The label after the last word."""
    return trace.model.labels[trace.prediction()[0]]


def check(model: Model) -> None:
    """Assert everything that the card and the examples say; AssertionError names what does not hold."""
    traces = {text: run(model, model.tokenize(text)) for text, _, _ in EXAMPLES}
    for text, _, label in EXAMPLES:
        assert answer(traces[text]) == label, text
    by_name = dict(zip(UNITS, model.cell.weight_ih, strict=True))
    for word in ("kicking", "screaming"):
        row = model.vocabulary.index[word]
        assert by_name["verb"][row] == np.float32(0.90), word
        assert by_name["noun"][row] == np.float32(0.10), word
    for trace in traces.values():
        for step in trace:
            assert np.array_equal(step["hh"], step.h_prev), "Add must add the previous hidden state and nothing else"
    first, unknown = traces["Kicking and screaming"], traces["Kicking and yodelling"]
    assert 0.80 <= first.probability(0) <= 0.90
    assert [token.unknown for token in unknown.tokens] == [False, False, True]
    assert 0.5 < unknown.probability(0) < first.probability(0)
    fades(traces[EXAMPLES[-1][0]])


def fades(trace: Trace) -> None:
    """Assert that the first verb of a sentence is weaker at every word that brings no verb."""
    verb: Array = trace.values["h"][:, UNITS.index("verb")]
    added: Array = trace.values["ih"][:, UNITS.index("verb")]
    silent = [t for t in range(1, len(trace)) if added[t] == 0]
    assert len(silent) >= 8, "the sentence must leave time to fade"
    assert all(verb[t] < verb[t - 1] for t in silent)


def main() -> None:
    """Build, check, write, and print what was measured."""
    parser = argparse.ArgumentParser(description="Wire the model kicking-and-screaming by hand.")
    parser.add_argument("-o", "--output", type=Path, default=MODELS / f"{NAME}.safetensors")
    output = parser.parse_args().output
    model = build()
    check(model)
    save(model, output)
    print(f"{output}: {output.stat().st_size} bytes, {len(model.vocabulary)} words")
    print(f"{model.provenance['figure']}  {model.provenance['metric']}")
    for example in model.examples:
        trace = run(model, model.tokenize(example.text))
        print(f"{answer(trace)} {trace.prediction()[1]:.1%}  {example.text}")


if __name__ == "__main__":
    main()

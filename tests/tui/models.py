"""The models of these tests: small, and the same for ever, since snapshots are drawn from them."""

from __future__ import annotations

from rnn_tui.network.model import Example
from tests.builders import build, wired

KICKING = ("<unk>", "kicking", "screaming", "and", "dog", "sunshine", "the")
WIRED = wired(
    # <unk> kicking screaming and dog sunshine the: what each brings to verb, noun and mood
    [
        [0.0, 0.9, 0.9, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.1, 0.1, 0.0, 0.9, 0.9, 0.0],
        [0.1, -0.7, -0.7, 0.0, 0.2, 0.7, 0.0],
    ],
    words=KICKING,
    unknown="<unk>",
    unit_names=("verb", "noun", "mood"),
    fc=[[0.6, -0.6, -0.6], [-0.6, 0.6, 0.6]],
    title="Kicking and screaming",
    summary="Three hidden units wired by hand: verbs are Negative, nouns are Positive.",
    examples=(
        Example("Kicking and screaming", "Mostly verbs, so Negative."),
        Example("the dog and the sunshine", "Mostly nouns, so Positive."),
    ),
    provenance={"metric": "accuracy", "figure": 0.9},
)
MODELS = {
    "wired": WIRED,
    "sixteen": build(
        inputs="embedding",
        hidden=16,
        seed=3,
        scale=0.45,
        title="Sixteen units",
        summary="Drawn from a seed.",
        examples=(Example("the dog barked and slept", "Any five words."), Example("not the cat", "And a “not”.")),
    ),
    "many": build(
        hidden=512, seed=1, scale=0.05, labels=tuple(f"label {n}" for n in range(17)), title="512 units, 17 labels"
    ),
    "gru": build("gru", None, inputs="embedding", hidden=4, seed=4, title="A GRU"),
    "lstm": build("lstm", None, inputs="embedding", hidden=4, seed=5, title="An LSTM"),
    "series": build(inputs="number", hidden=3, seed=6, title="Numbers"),
    "attentive": build(readout="attention", hidden=3, seed=7, title="Attention"),
}

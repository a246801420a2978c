"""Train a network as `sentiment` once more with its words held fixed, and keep the training epoch by epoch.

    OPENBLAS_NUM_THREADS=1 python models/recipes/sentiment_run.py

The embedding of `sentiment` is nearly all of its file: kept anew after every epoch it would be megabytes. So this is
another training than that of the model file, and the run says so: the words are those of the model file from the start,
and stay; all else begins at random, and learns from the same sentences with the same settings, for fewer epochs. The
seed is one of six: that in which "not bad" is understood at the best epoch. Fetches what `sentiment.py` does, without
the word vectors.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from made_up_negations import made_up_samples
from rated_sentences import SOURCE, training_and_test
from sentence_baselines import baselines, vader
from sentiment import (
    HIDDEN_SIZE,
    INPUT_SIZE,
    LABELS,
    MADE_UP,
    MADE_UP_SEED,
    SETTINGS,
    SPLIT_SEED,
    VARIANTS,
    encoding_of,
    model_with,
    provenance,
)
from steps import MODELS, finish_run, parser, report, show

from rnn_tui.learning.baselines import accuracies
from rnn_tui.learning.recording import RunObserver
from rnn_tui.network import storage
from rnn_tui.network.model import Example
from rnn_tui.network.runs import SUFFIX
from rnn_tui.network.training import evaluate, initial_parameters, train

SEED, EPOCHS, FIXED = 4, 24, "embedding.weight"
TITLE = "Sentiment, trained again"
OTHER = "another training than the model file's: its words are there from the start, and all else is learned anew"
EXAMPLES = (
    Example("not bad", "After an epoch two bad words are twice as bad. Later they are praise."),
    Example("this movie is not good", "The “not” is heard early."),
    Example("this movie is good", "A plain positive one."),
    Example("i love it", "Right after an epoch, and from then on only surer."),
    Example("this is not a good film", "A mistake that more training doesn't mend: the last word turns it."),
)


def main() -> None:
    """Train, measure the best epoch, and write the run."""
    folder = parser(__doc__).parse_args().into
    variant, shipped = VARIANTS["sentiment"], storage.load(MODELS / "sentiment.safetensors")
    parts = training_and_test(SPLIT_SEED)
    encoding = encoding_of(parts["training"])
    samples = {name: [sentence.sample for sentence in sentences] for name, sentences in parts.items()}
    samples["training"] += made_up_samples(parts["training"], MADE_UP, MADE_UP_SEED)
    corpora = {name: encoding.corpus(SOURCE, some) for name, some in samples.items()}
    words = shipped.tensors()[FIXED]
    start = initial_parameters(variant.architecture, INPUT_SIZE, HIDDEN_SIZE, len(LABELS), SEED, len(words))
    settings = replace(SETTINGS, epochs=EPOCHS, seed=SEED, frozen=(FIXED,))
    compared = baselines(parts)
    # The curve is of what is held out, so the rules beside it are, too.
    held_out = {
        **accuracies("labels", samples["training"], samples["validation"], encoding.tokenizer),
        "VADER's rules": vader(parts["validation"]),
    }
    training = {
        "judge": settings.judge,
        "metric": "validation accuracy",
        "baselines": {name: round(value, 4) for name, value in held_out.items()},
        "epochs": EPOCHS,
        "batch_size": settings.batch_size,
        "clip_norm": settings.clip_norm,
        "n": len(samples["training"]),
        "command": "python models/recipes/sentiment_run.py",
        "other": OTHER,
    }

    with tempfile.TemporaryDirectory() as beside:
        recorded = Path(beside) / f"sentiment{SUFFIX}"
        observer = RunObserver(recorded, lambda tensors: model_with(variant, encoding, tensors), training, (FIXED,))
        trained = train(
            variant.architecture,
            {**start, FIXED: words},
            corpora["training"],
            corpora["validation"],
            settings,
            unknown=0,
            on_epoch=report,
            observer=observer,
        )
        model = replace(model_with(variant, encoding, trained.parameters), title=TITLE, examples=EXAMPLES)
        found = evaluate(model, corpora["test"])
        origin = provenance(variant, parts, compared, found, trained.kept())
        model = replace(model, provenance={**origin, "command": training["command"], "seed": SEED, "other": OTHER})
        finish_run(recorded, model)
        shutil.rmtree(folder / recorded.name, ignore_errors=True)
        shutil.copytree(recorded, folder / recorded.name)
    show(model, found, [example.text for example in EXAMPLES])


if __name__ == "__main__":
    main()

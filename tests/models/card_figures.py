"""The phrases of the cards that hold a figure: computed from the models, compared with metadata, or history."""

from __future__ import annotations

import re

import numpy as np

from rnn_tui.network.generation import generate
from tests.models import recall_figures
from tests.models.asking import FILM, LONG, SENTIMENTS, after, card, known, labels, model, output, share, trace


def weight(text, word):
    """The weight of a word, from 1, in the attention after the last."""
    return f"{trace('sentiment-attention', text)[-1]['attention'][word - 1]:.2f}"


def column(unit, word):
    name = "kicking-and-screaming"
    row = model(name).vocabulary.index[word]
    return f"{abs(model(name).cell.weight_ih[model(name).unit_names.index(unit), row]):.2f}"


def verb(text):
    return [f"+{value:.2f}" for value in trace("kicking-and-screaming", text).values["h"][:, 0]]


def kicking():
    known_ = known("kicking-and-screaming")
    fade = verb("Kicking and screaming")
    return [
        f"`verb`, `noun` and `glue` take {column('verb', 'ran')}, {column('noun', 'dog')} and {column('glue', 'and')} "
        "from a word of their kind",
        f"`mood` takes −{column('mood', 'ran')} from a verb and +{column('mood', 'dog')} from a noun",
        f"is also a little noun ({column('noun', 'kicking')})",
        f"weights of {model('kicking-and-screaming').fc.weight[0, 0]:.2f}",
        f"{known_['figure']:.3f} of all {8118:,} patterns",
        f"always Negative: {known_['baselines']['always Negative']:.3f}",
        f"Watch `verb` go {', '.join(fade)}",
        f"That is where the {known_['figure']:.3f} comes from",
    ]


def names():
    of, rng = known("names"), np.random.default_rng(0)
    written = {
        heat: ["".join(t.text for t in generate(model("names"), [], 20, heat, rng)) for _ in range(12)]
        for heat in (0.3, 0.7, 1.0, 1.5)
    }
    counts = of["baselines"]
    said = re.search(r"At 0\.3: ([a-z, ]+)\. At 1\.0: ([a-z, ]+)\. At 1\.5: ([a-z, ]+)\.", card("names"))
    for heat, listed in zip((0.3, 1.0, 1.5), said.groups(), strict=True):
        assert set(listed.split(", ")) <= set(written[heat]), heat
    return [
        said[0],
        "temperature at 0.3 it writes the commonplace, at 1.5 it babbles",
        "at temperatures 0.3, 0.7, 1.0 and 1.5",
        f"test {of['figure']:.3f} bits a letter",
        f"(n {of['n_test']:,}); the next letter is right {100 * of['test_accuracy']:.0f} times in 100",
        f"counting single letters {counts['letter counts']:.3f}, pairs {counts['pair counts']:.3f}, "
        f"triples {counts['triple counts']:.3f} bits",
        f"({of['figure']:.3f} against {counts['triple counts']:.3f} bits)",
    ]


def small_sums():
    of = known("small-sums")
    words = model("small-sums").vocabulary.words
    numbers = model("small-sums").embedding.weight
    pairs = {word: f"({x:.2f}, {y:.2f})".replace("-", "−") for word, (x, y) in zip(words, numbers, strict=True)}
    known_words = ("sun", "rain", "cake", "nap", "run", "exam", "friends")
    joy = [f"+{value:.2f}" for value in trace("small-sums", "sun and cake").values["h"][:, 0]]
    return [
        ", ".join(f"{word} {pairs[word]}" for word in known_words),
        f'"and" is {pairs["and"]}, and an unknown word {pairs["<unk>"]}',
        f"{of['figure']:.3f} of all {2572:,} days",
        f"always Good day: {of['baselines']['always Good day']:.3f}",
        f"joy word by word: {', '.join(joy)}",
        f"That is where the {of['figure']:.3f} comes from",
    ]


def sentiment(name):
    of = known(name)
    bases = of["baselines"]
    vader = bases["VADER's rules"]
    phrase = (
        f"always Positive {bases['majority']:.3f}; VADER's rules {vader:.3f}; logistic regression on "
        f"words and pairs of words {bases['logistic regression on words and pairs']:.3f}"
    )
    return [
        f"test accuracy {of['figure']:.3f} (loss {of['loss']:.3f}); validation accuracy "
        f"{of['validation_accuracy']:.3f}",
        phrase if name == "sentiment" else f"{phrase}; `sentiment` {known('sentiment')['figure']:.3f}",
        re.sub(r": .*", ": 11,560 sentences of training", of["split"]),
        f"seed {of['seed']}, epoch {of['epoch']}",
    ]


def sentiment_plain():
    turn = after("sentiment", LONG, "wonderful")
    assert [labels("sentiment", LONG)[t] for t in (turn, turn + 1)] == ["Negative", "Positive"]
    bases = known("sentiment")["baselines"]
    words = bases["logistic regression on words and pairs"]
    return [*sentiment("sentiment"), f"({words:.3f} against {known('sentiment')['figure']:.3f})"]


def sentiment_attention():
    assert all(known("sentiment-attention")["figure"] <= known(name)["figure"] for name in SENTIMENTS)
    terrible = "the service was terrible and i hate this phone"
    backwards = "good not is movie this"
    not_good = "this movie is not good"
    assert trace("sentiment-attention", not_good)[-1]["attention"][4] < 0.01
    return [
        *sentiment("sentiment-attention"),
        f'on the seventh word, "hate" ({weight(terrible, 7)}), and the fourth, "terrible" ({weight(terrible, 4)})',
        f"on the fourth word ({weight(not_good, 4)}), so the fifth is hardly read (less than 0.01)",
        f"on the second word ({weight(backwards, 2)})",
        f"it looks at the first word alone ({weight('not bad', 1)})",
        f"lies on the last word ({weight('i love it', 3)})",
    ]


def sentiment_gru():
    left = {name: share(name, FILM, 3, 2) for name in ("sentiment", "sentiment-gru")}
    return [
        *sentiment("sentiment-gru"),
        f'{left["sentiment-gru"]:.0%} of what "not" moved is left, there {left["sentiment"]:.0%}'.replace("%", " %"),
    ]


def sentiment_deep():
    of, plain = known("sentiment-deep"), known("sentiment")
    assert (of["split"], of["n_test"], of["data"]) == (plain["split"], plain["n_test"], plain["data"])
    more, held_out = of["figure"] - plain["figure"], of["validation_accuracy"] - plain["validation_accuracy"]
    return [
        *sentiment("sentiment-deep"),
        f"{100 * held_out:.1f} of a hundred more than `sentiment` ({of['validation_accuracy']:.3f} against "
        f"{plain['validation_accuracy']:.3f})",
        f"on the test part {of['n_test'] * more:.0f} of {of['n_test']:,} more ({of['figure']:.4f} against "
        f"{plain['figure']:.4f})",
        f"The loss is smaller, {of['loss']:.3f} against {plain['loss']:.3f}",
    ]


def sunspots():
    of = known("sunspots")
    tokenizer = model("sunspots").tokenizer
    return [
        f"less {tokenizer.mean} and divided by {tokenizer.scale}",
        f"test accuracy {of['figure']} ({of['figure'] * of['n_test']:.0f} of {of['n_test']} years; loss "
        f"{of['loss']:.3f})",
        f"always falls {of['baselines']['majority']}; what rose goes on rising and what fell goes on falling "
        f"{of['baselines']['the same as last time']}",
        f"one year is worth {1 / of['n_test']}",
    ]


def sun_or_rain():
    of = known("sun-or-rain")
    bases = of["baselines"]
    return [
        f"validation accuracy {of['figure']:.3f}, by which",
        f"always the more frequent label {bases['majority']:.3f}; the last day {bases['the last day']:.3f}",
        f"the best is epoch {of['epoch']}",
        f"{of['n']} of validation, drawn with seed {of['seed']}",
        "the learning rate from 0.002 down to a tenth of it",
    ]


def tagger():
    of = known("tagger")
    return [
        f"test accuracy {of['figure']} a word (n {of['n_test']:,}",
        f"NOUN for unseen words: {of['baselines']['most frequent tag of each word']:.3f}",
    ]


def tagger_two_way():
    of, one_way = known("tagger-two-way"), known("tagger")
    gain = 100 * (of["figure"] - one_way["figure"])
    assert gain >= 2
    assert (of["split"], of["n_test"]) == (one_way["split"], one_way["n_test"])
    return [
        f"test accuracy {of['figure']} a word (n {of['n_test']:,}; loss 0.313)",
        f"NOUN for unseen words: {of['baselines']['most frequent tag of each word']:.3f}; `tagger` {one_way['figure']}",
        f"{gain:.1f} words of a hundred more than `tagger` ({of['figure']} against {one_way['figure']})",
    ]


def digits():
    of = known("digits")
    bases, right = of["baselines"], of["figure"] * of["n_test"]
    assert of["by_row"][-1] == of["figure"]
    assert len(set(labels("digits", model("digits").examples[2].text))) == 5
    return [
        f"test accuracy {of['figure']} ({right:.0f} of {of['n_test']} pictures; loss {of['loss']:.3f})",
        f"most frequent digit {bases['majority']:.3f}; the digit whose mean picture is nearest "
        f"{bases['nearest mean']:.3f}; the digit of the nearest picture of training {bases['nearest picture']:.3f}",
        f"| share | {' | '.join(f'{share:.3f}' for share in of['by_row'])} |",
        f"{model('digits').hidden_size} hidden units",
        f"a hidden layer of {len(model('digits').head[0].linear.bias)} with relu",
    ]


def el_nino():
    of = known("el-nino")
    tokenizer, answer_, bases = model("el-nino").tokenizer, model("el-nino").output, of["baselines"]
    year, warmer = (" ".join(f"{degrees},{month}" for month in range(1, 13)) for degrees in (23, 26))
    (sea, month), (sea_scale, month_scale) = tokenizer.mean, tokenizer.scale
    assert bases["linear"] < of["figure"] < bases["as far off"]
    return [
        f"less {sea} and divided by {sea_scale}, and `month`, from 1 to 12, less {month} and divided by {month_scale}; "
        f"the answer times {answer_.std[0]}, plus {answer_.mean[0]}",
        f"off by {of['figure']} °C on average ({of['n_test']} months of test; R² {of['r2']:.3f})",
        f"the last value again {bases['last value']} °C; always the mean {bases['mean']}; the same as a year ago "
        f"{bases['a year ago']}; what is usual for the month {bases['usual for the month']}; as far off the usual as "
        f"in the month before {bases['as far off']}; least squares on the twelve temperatures and the month asked for "
        f"{bases['linear']}",
        f"three degrees more in, and {output('el-nino', warmer) - output('el-nino', year):.1f} °C more out",
    ]


FACTS = {
    "digits": digits,
    "el-nino": el_nino,
    "kicking-and-screaming": kicking,
    "names": names,
    "recall-elman": recall_figures.recall_elman,
    "recall-gru": recall_figures.recall_gru,
    "recall-lstm": recall_figures.recall_lstm,
    "small-sums": small_sums,
    "sentiment": sentiment_plain,
    "sentiment-attention": sentiment_attention,
    "sentiment-deep": sentiment_deep,
    "sentiment-gru": sentiment_gru,
    "sentiment-lstm": lambda: sentiment("sentiment-lstm"),
    "sun-or-rain": sun_or_rain,
    "sunspots": sunspots,
    "tagger": tagger,
    "tagger-two-way": tagger_two_way,
}
EARLIER = "The longer training sentences came in after an earlier GRU had reached only 0.805 on the same test part"
RECORDED = {
    "digits": ["CC BY 4.0"],
    "el-nino": [
        "ERSST.v3b",
        "were off by 0.391 to 0.416 °C",
        "Usual for a December is 22.6 °C, and in that year it was 27.1 °C",
        "after the 25.5 °C of March, and it warmed to 25.8 °C",
    ],
    "names": ["the package names 0.3.0"],
    "recall-elman": [
        "less than 0.9 of itself",
        "a weight_hh of norm 0.9",
        "one with 1.000 at distance 40",
        "beyond ±0.9",
        "nets with 0.599 to 0.605 at distance 5, 0.203 to 0.209 at 10 and 0.191 to 0.197 at 40",
        "GRU and LSTM had 1.000 at every distance with each of these seeds",
    ],
    "sentiment": ["vaderSentiment 3.3.2", "reached only 0.805 there"],
    "sentiment-attention": ["vaderSentiment 3.3.2", EARLIER],
    "sentiment-deep": ["vaderSentiment 3.3.2", EARLIER, "the five came out between 0.846 and 0.855"],
    "sentiment-gru": ["vaderSentiment 3.3.2", EARLIER, "cross-validation on the rest (0.843 against 0.834)"],
    "sentiment-lstm": ["vaderSentiment 3.3.2", EARLIER],
    "sunspots": ["1972 had 68.9"],
    "tagger": ["loss 0.370", "CC BY-SA 4.0"],
    "tagger-two-way": ["CC BY-SA 4.0", "a net that reads forward alone and is trained like that has 0.8757"],
}
"""Numbers of versions and licences, and what was found while the models were made, which no file holds."""

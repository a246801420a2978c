"""The phrases of the cards that hold a figure: computed from the models, compared with metadata, or history."""

from __future__ import annotations

import re

import numpy as np

from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.network.generation import generate
from tests.models.asking import FILM, FORTY, LONG, SENTIMENTS, after, answer, card, labels, model, rows, share, trace


def known(name):
    return model(name).provenance


def weight(text, word):
    """The weight of a word, from 1, in the attention after the last."""
    return f"{trace('sentiment-attention', text)[-1]['attention'][word - 1]:.2f}"


def mean(name, text, gate, ts):
    return np.mean([trace(name, text)[t][gate].mean() for t in ts])


def with_a_second(n, seed=7):
    """Rows with another vowel in the middle."""
    rng = np.random.default_rng(seed)
    vowels, consonants = list("aeiou"), list("bcdfghjklmnpqrstvwxyz")
    pairs = [(*rng.choice(vowels, 2, replace=False), *rng.choice(consonants, (2, 10))) for _ in range(n)]
    return [first + "".join(before) + second + "".join(behind) for first, second, before, behind in pairs]


def right(name, texts, place=0):
    return sum(answer(name, text)[0] == text[place] for text in texts)


def column(unit, word):
    name = "kicking-and-screaming"
    row = model(name).vocabulary.index[word]
    return f"{abs(model(name).cell.weight_ih[model(name).unit_names.index(unit), row]):.2f}"


def verb(text):
    return [f"+{value:.2f}" for value in trace("kicking-and-screaming", text).values["h"][:, 0]]


def largest(name):
    return gradient(trace(name, FORTY)).factor.max()


def kicking():
    known_ = known("kicking-and-screaming")
    fade = verb("Kicking and screaming")
    return [
        f"`verb`, `noun` and `glue` take {column('verb', 'ran')}, {column('noun', 'dog')} and {column('glue', 'and')} "
        "from a word of their kind",
        f"`mood` takes −{column('mood', 'ran')} from a verb and +{column('mood', 'dog')} from a noun",
        f"is also a little noun ({column('noun', 'kicking')})",
        f"weights of {model('kicking-and-screaming').readout.weight[0, 0]:.2f}",
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


def recall(name):
    of = known(name)
    return [
        f"figure | test accuracy at distance 40: {of['figure']:.3f} (with weight_hh set to 0: "
        f"{of['without_weight_hh']:.3f})",
        f"guessing: {of['baselines']['guessing']:.3f}",
        f"spectral norm of at most {of['largest_norm']}",
    ]


def recall_elman():
    left = memory(trace("recall-elman", "ebcdfghjklmnpq")).influence[0]
    found = gradient(trace("recall-elman", FORTY))
    says_e = sum(answer("recall-elman", text)[0] == "e" for text in rows(20, 200))
    assert largest("recall-elman") < 0.9
    return [
        *recall("recall-elman"),
        f"of the e only {left[10]:.2f} was left after ten letters",
        f"to nearly everything twenty back: to {says_e} rows of 200",
        f"it falls to 10^{found.log10_norm[0]:.1f},".replace("^-", "^−"),
        f"No factor can be above {known('recall-elman')['largest_norm']}",
    ]


def recall_gru():
    z = [mean("recall-gru", "obcdfghjklmnpq", "z", [t]) for t in range(14)]
    far = {distance: right("recall-gru", rows(distance, 60)) for distance in (80, 100, 150, 200)}
    found = gradient(trace("recall-gru", FORTY))
    vowels = [mean("recall-gru", "elephant", "z", [t]) for t in (0, 2, 5)]
    assert max(vowels) < 0.40
    return [
        *recall("recall-gru"),
        f"stays near 1 (on average {mean('recall-gru', FORTY, 'z', range(1, 41)):.2f})",
        f"{z[0]:.2f} at the first letter and {min(z[1:]):.2f} to {max(z[1:]):.2f} from the second on",
        "at every vowel z falls below 0.40",
        f"the lens **gradient** never falls below {np.floor(100 * found.norm.min()) / 100:.2f}",
        f"it had {far[80]} right at 80 letters back, {far[100]} at 100, {far[150]} at 150 and {far[200]} at 200",
        f"it said the second in {right('recall-gru', with_a_second(200), 11)} rows of 200",
    ]


def recall_lstm():
    f = mean("recall-lstm", FORTY, "f", range(1, 41))
    influence = memory(trace("recall-lstm", FORTY)).influence
    assert max(influence[k][k + 5] / influence[k][k] for k in range(1, 36)) < 0.2
    assert influence[0][40] > influence[0][0]
    return [
        *recall("recall-lstm"),
        f"(f is {f:.2f} on average)",
        "of every consonant less than a fifth is left after five letters",
        f"{right('recall-lstm', rows(400, 60))} rows of 60 with 400 consonants were right",
        f"it said the first in {right('recall-lstm', with_a_second(200))} rows of 200",
        f"{f:.2f} kept forty times is {round(f, 2) ** 40:.2f}",
        f"the belt alone gives {known('recall-lstm')['without_weight_hh']:.3f} at distance 40, and `recall-gru` "
        f"without it {known('recall-gru')['without_weight_hh']:.3f}",
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


def tagger():
    of = known("tagger")
    return [
        f"test accuracy {of['figure']} a word (n {of['n_test']:,}",
        f"NOUN for unseen words: {of['baselines']['most frequent tag of each word']:.3f}",
    ]


FACTS = {
    "kicking-and-screaming": kicking,
    "names": names,
    "recall-elman": recall_elman,
    "recall-gru": recall_gru,
    "recall-lstm": recall_lstm,
    "sentiment": sentiment_plain,
    "sentiment-attention": sentiment_attention,
    "sentiment-gru": sentiment_gru,
    "sentiment-lstm": lambda: sentiment("sentiment-lstm"),
    "sunspots": sunspots,
    "tagger": tagger,
}
EARLIER = "The longer training sentences came in after an earlier GRU had reached only 0.805 on the same test part"
RECORDED = {
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
    "sentiment-gru": ["vaderSentiment 3.3.2", EARLIER, "cross-validation on the rest (0.843 against 0.834)"],
    "sentiment-lstm": ["vaderSentiment 3.3.2", EARLIER],
    "sunspots": ["1972 had 68.9"],
    "tagger": ["loss 0.370", "CC BY-SA 4.0"],
}
"""Numbers of versions and licences, and what was found while the models were made, which no file holds."""

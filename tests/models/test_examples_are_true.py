"""Every reason that a shipped model gives for an example, borne out by what the model does with it."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.network.trace import run
from tests.models.asking import (
    FOLDER,
    NAMES,
    RECALLS,
    SENTIMENTS,
    after,
    answer,
    labels,
    last,
    model,
    output,
    p,
    rows,
    share,
    trace,
)


def verbs_fade():
    h = trace("kicking-and-screaming", model("kicking-and-screaming").examples[-1].text).values["h"][:, 0]
    return h[2] > h[0] and (np.diff(h[2:]) < 0).all()


def squashing_holds():
    name, text = "kicking-and-screaming", "The sunshine in the garden and the smile of a friend"
    noun = trace(name, text).values["h"][[1, 4, 7, 10], 1]
    return last(name, text) == "Positive" and noun[1] - noun[0] > 0.1 and np.ptp(noun[1:]) < 0.02 and noun.max() < 1


def at_epoch(name, epoch, text):
    """The answer at an epoch of a model's training."""
    then = shelf.load(name, epoch=epoch)
    return then.labels[run(then, then.tokenize(text)).prediction()[0]]


def first_vowel():
    return all(answer(name, "angst")[0] == "a" for name in RECALLS)


def of_that(name):
    """The tag of “that” where the three examples with it are asked of a model."""
    return [answer(name, example.text, "that")[0] for example in model("tagger-two-way").examples[:3]]


def turned_round(text):
    """The picture from its last row to its first, each from right to left."""
    return " ".join(",".join(row.split(",")[::-1]) for row in text.split()[::-1])


def moved_by_the_calendar(name, text):
    """True where the answer still moves at the end of a year, and stands still where one month stays."""
    still = " ".join([f"{step(text, -1):g},6"] * 12)
    moves, rests = (np.diff(trace(name, of).values["outputs"][-3:, 0]) for of in (text, still))
    return {step(text, t) for t in range(12)} == {23} and (moves > 0.2).all() and np.abs(rests).max() < 0.05


def step(text, t, feature=0):
    """A number of a text with several features."""
    return float(text.split()[t].split(",")[feature])


REASONS = {
    "The article's own sentence: mostly verbs, so Negative.": lambda n, t: last(n, t) == "Negative",
    "Mostly nouns, so Positive. Watch noun climb, and then stop climbing: the squashing holds it below 1.": (
        lambda n, t: squashing_holds()
    ),
    "One verb, then one noun. The verb came first and has faded when the noun arrives, so the noun wins.": (
        lambda n, t: last(n, t) == "Positive" and (np.diff(trace(n, t).values["h"][:, 0]) < 0).all()
    ),
    "The same four words in another order, and the answer turns: now the verb is the fresh one.": (
        lambda n, t: last(n, t) != last(n, "Running in the rain") and labels(n, t)[-2] != last(n, t)
    ),
    "It doesn't know “yodelling” and reads <unk>, which is nearly silent: less sure than with “screaming”.": (
        lambda n, t: (
            trace(n, t).tokens[2].unknown
            and last(n, t) == "Negative"
            and p(n, t)[-1] < p(n, "Kicking and screaming")[-1]
        )
    ),
    "Two verbs, then two nouns. Follow verb along the memory strip: after “fighting” it is weaker at every word.": (
        lambda n, t: verbs_fade()
    ),
    "The vowel is four letters back: all three nets know it.": lambda n, t: first_vowel(),
    "Thirteen back. The plain net has lost it. Compare the first rows of the lens memory.": (
        lambda n, t: len(t) == 14 and [last(name, t) == t[0] for name in RECALLS] == [False, True, True]
    ),
    "Thirteen back again, another vowel and other consonants.": lambda n, t: len(t) == 14 and t[0] == "u",
    "The plain net is right, but hardly remembers: e is what it says when little is left.": (
        lambda n, t: (
            last("recall-elman", t) == "e"
            and share("recall-elman", t, -1, 0) < 0.01
            and sum(last("recall-elman", row) == "e" for row in rows(40, 50)) == 50
        )
    ),
    "Vowels again later on: no net has seen that in training.": lambda n, t: sum(c in "aeiou" for c in t) > 1,
    "Forty back, the longest that there was in training.": lambda n, t: len(t) == 41,
    "More sun; but while it learns it says rain, as the last day was.": (
        lambda n, t: last(n, t) == "More sun" and at_epoch(n, 5, t) == "More rain"
    ),
    "The same the other way round.": lambda n, t: last(n, t) == "More rain" and at_epoch(n, 5, t) == "More sun",
    "It has to carry the three days of sun past two of rain.": (
        lambda n, t: last(n, t) == "More sun" and t.split() == ["sun"] * 3 + ["rain"] * 2
    ),
    "A mistake: five against four, and the last days shout.": (
        lambda n, t: last(n, t) == "More rain" and t.split() == ["sun"] * 5 + ["rain"] * 4
    ),
    "A plain positive one. Watch which word does it.": lambda n, t: last(n, t) == "Positive",
    "A plain positive one. See which word gets the weight.": lambda n, t: last(n, t) == "Positive",
    "One word more, and it lands on the other side.": (lambda n, t: last(n, t) != last(n, "this movie is good")),
    "“Not” reaches over “a” to “good”: all three nets say Negative there. Then “film” turns the plain net to "
    "Positive; those with gates stay.": (
        lambda n, t: (
            [labels(name, t)[-2:] for name in ("sentiment", "sentiment-gru", "sentiment-lstm")]
            == [["Negative", "Positive"], ["Negative", "Negative"], ["Negative", "Negative"]]
        )
    ),
    "Short and strong: the middle word decides, and the last only makes it surer.": (
        lambda n, t: p(n, t)[1] > 0.9 and p(n, t)[2] >= p(n, t)[1]
    ),
    "A plain negative one, with two bad words.": (
        lambda n, t: last(n, t) == "Negative" and all(last(n, word) == "Negative" for word in ("terrible", "hate"))
    ),
    "Two words that are negative alone. Together they are praise.": (
        lambda n, t: [last(n, text) for text in ("not", "bad", t)] == ["Negative", "Negative", "Positive"]
    ),
    "A mistake: “at all” makes the praise stronger, but at “at” the answer turns.": (
        lambda n, t: labels(n, t)[1:] == ["Positive", "Negative", "Negative"]
    ),
    "A mistake: a net that looks at one of two words can't know what they mean together.": (
        lambda n, t: last(n, t) == "Negative" and trace(n, t)[-1]["attention"].max() > 0.95
    ),
    "On the other side, but not sure of it: most of the weight is on “not”, and “good” is hardly read.": (
        lambda n, t: (
            0.5 < p(n, t, "Negative")[-1] < 0.65
            and trace(n, t)[-1]["attention"][3] > 0.5
            and trace(n, t)[-1]["attention"][4] < 0.02
        )
    ),
    "A long one: what it says turns at “but”. See how many words later the answer does.": (
        lambda n, t: labels(n, t)[after(n, t, "but") + 1] == "Negative" and last(n, t) == "Positive"
    ),
    "The words of the second sentence backwards: how much does their order count?": (
        lambda n, t: t.split()[::-1] == model(n).examples[1].text.split()
    ),
    "1948 to 1959: up to the highest peak on record, and just over it.": (
        lambda n, t: max(map(float, t.split())) == 190.2 and float(t.split()[-1]) < 190.2
    ),
    "1922 to 1933: over a peak and down into a valley. When does the answer turn?": (
        lambda n, t: len(set(labels(n, t))) == 2 and float(t.split()[-1]) == min(map(float, t.split()))
    ),
    "1976 to 1987: it has just turned upward.": lambda n, t: float(t.split()[-1]) > float(t.split()[-2]),
    "1997 to 2008, the last years of the series: what came next, you know and it doesn't.": (
        lambda n, t: len(t.split()) == 12
    ),
    "A sun that never was: nothing changes.": lambda n, t: len(set(t.split())) == 1,
    "A plain one: pronoun, verb, article, adjective, noun.": (
        lambda n, t: labels(n, t)[:5] == ["PRON", "VERB", "DET", "ADJ", "NOUN"]
    ),
    "“like” and “run” can be other things elsewhere: what comes before decides.": (
        lambda n, t: (
            [answer(n, t, word)[0] for word in ("like", "run")] == ["VERB", "VERB"] and last(n, "like") != "VERB"
        )
    ),
    "The same two words, and other tags.": (
        lambda n, t: [answer(n, t, word)[0] for word in ("like", "run")] == ["ADP", "NOUN"]
    ),
    "“saw” is a tool or something one does: right after “The” it is a noun, after “The man” a verb.": (
        lambda n, t: (last(n, "The saw"), answer(n, t, "saw")[0]) == ("NOUN", "VERB")
    ),
    "A mistake: here “man” is the verb, and it only sees that after it has answered.": (
        lambda n, t: answer(n, t, "man")[0] == "NOUN"
    ),
    "Three words that it does not know: it guesses from their places.": (
        lambda n, t: sum(token.unknown for token in trace(n, t).tokens) == 3
    ),
    "Which is the verb here? It doesn't find it, and takes “flies” for a name.": (
        lambda n, t: "VERB" not in labels(n, t) and answer(n, t, "flies")[0] == "PROPN"
    ),
    "Two nice words. “and” is two zeros, so all that counts there is what is remembered, and the bias.": (
        lambda n, t: last(n, t) == "Good day" and not trace(n, t)[1].x.any()
    ),
    "First effort, then friends: tired and worry go up, and the friends win in the end.": (
        lambda n, t: (trace(n, t)[0].h[1:] > 0).all() and labels(n, t) == ["Bad day", "Bad day", "Good day"]
    ),
    "The same three words in another order, and the answer turns: the last word shouts.": (
        lambda n, t: last(n, t) == "Bad day" and sorted(t.split()) == sorted(["exam", "and", "friends"])
    ),
    "Three words, and the answer turns twice.": (lambda n, t: labels(n, t) == ["Bad day", "Good day", "Bad day"]),
    "It has to remember a little more than the last letter.": lambda n, t: last(n, "^" + t[-1]) != last(n, t),
    "A whole name: does it know that it may end here?": lambda n, t: last(n, t) == "<end>",
    "A plain positive one. No answer before the last word: both ends must be read.": (
        lambda n, t: last(n, t) == "Positive" and trace(n, t).answered_from == len(trace(n, t)) - 1
    ),
    "“Not” reaches over “a” to “good”, and “film” does not undo it, as it does in the plain net.": (
        lambda n, t: [last(name, t) for name in (n, "sentiment")] == ["Negative", "Positive"]
    ),
    "No “not” in it, and yet Negative. Of the nets with one layer only attention says so, too.": (
        lambda n, t: {name for name in SENTIMENTS if last(name, t) == "Negative"} == {n, "sentiment-attention"}
    ),
    "The words of the second sentence backwards: it reads from both ends, and says Negative as before.": (
        lambda n, t: (
            t.split()[::-1] == model(n).examples[1].text.split()
            and [last(n, text) for text in (t, model(n).examples[1].text)] == ["Negative", "Negative"]
        )
    ),
    "A mistake: “not bad” is praise, and “at all” makes it stronger, not worse.": (
        lambda n, t: [last(n, text) for text in ("not bad", t)] == ["Positive", "Negative"]
    ),
    "A mistake, and all five nets make it: “not” doesn't reach that far.": (
        lambda n, t: {last(name, t) for name in SENTIMENTS} == {"Negative"} and len(SENTIMENTS) == 5
    ),
    "What “that” is, only the next word tells: here it belongs to “man”.": (
        lambda n, t: answer(n, t, "that")[0] == "DET" and len(set(of_that("tagger"))) == 1
    ),
    "The same three words to begin with, and “that” gets another tag. The one-way tagger can't know that.": (
        lambda n, t: answer(n, t, "that")[0] == "SCONJ" and set(of_that("tagger")) == {"SCONJ"}
    ),
    "And a third tag, since nothing follows but the full stop.": (
        lambda n, t: answer(n, t, "that")[0] == "PRON" and len(set(of_that(n))) == 3
    ),
    "A word that it doesn't know, at the beginning: the “the” behind it shows a verb.": (
        lambda n, t: trace(n, t).tokens[0].unknown and [labels(n, of)[0] for of in (t, "Flimp")] == ["VERB", "PROPN"]
    ),
    "“like” and “run” can be other things elsewhere.": (
        lambda n, t: (
            [answer(n, t, word)[0] for word in ("like", "run")] == ["ADP", "NOUN"]
            and [answer(n, "I like to run", word)[0] for word in ("like", "run")] == ["VERB", "VERB"]
        )
    ),
    "Three words that it does not know, between words that it does.": (
        lambda n, t: [token.surface for token in trace(n, t).tokens if token.unknown] == ["blorf", "flimping", "gronk"]
    ),
    "A mistake: “man” is the verb here. Both ends have been read, and it still follows what is usual.": (
        lambda n, t: answer(n, t, "man")[0] == "NOUN"
    ),
    "A mistake: from the end it has met full stops first, and takes “barked” for one.": (
        lambda n, t: last(n, t) == "PUNCT" and trace(n, t).tokens[-1].unknown and last(n, f"{t} .") == "PUNCT"
    ),
    "A 6, and from the second row to the last it says so.": lambda n, t: set(labels(n, t)[1:]) == {"6"},
    "A 4 whose upper half is a plain stroke: it says 1 up to the crossbar.": (
        lambda n, t: labels(n, t)[:4] == ["1"] * 4 and "1" not in labels(n, t)[4:] and last(n, t) == "4"
    ),
    "A 2: its arc may become many things, and the foot makes it plain.": (
        lambda n, t: len(set(labels(n, t)[:6])) == 5 and labels(n, t)[6:] == ["2", "2"]
    ),
    "Another 6. Turn it round: the rows from the last to the first, each from right to left.": (
        lambda n, t: [last(n, of) for of in (t, turned_round(t))] == ["6", "9"]
    ),
    "A mistake: a 1 with a foot. It says 1 for five rows, and 8 in the end.": (
        lambda n, t: labels(n, t)[:5] == ["1"] * 5 and last(n, t) == "8"
    ),
    "A mistake at the last moment: it says 9 after seven rows, which is right, and 3 after the eighth.": (
        lambda n, t: labels(n, t)[-2:] == ["9", "3"]
    ),
    "A mistake that it has to make: a blank picture is no digit.": (
        lambda n, t: set(t) == set("0, ") and last(n, t) in "0123456789"
    ),
    "April 2003 to March 2004, an ordinary year: after summer's peak it expects the sea to cool down.": (
        lambda n, t: step(t, -2) > step(t, -1) > output(n, t)
    ),
    "December 1996 to November 1997, into El Niño: far warmer than is usual, and it says so.": (
        lambda n, t: output(n, t) > output(n, model(n).examples[-1].text) + 2
    ),
    "July 1997 to June 1998: El Niño is ending, and winter begins. It lets the sea cool, but not to the usual.": (
        lambda n, t: 22 < output(n, t) < step(t, -1)
    ),
    "April 2008 to March 2009, a mistake: its worst of 168 months. It lets the sea cool, and it warmed.": (
        lambda n, t: output(n, t) < step(t, -1) and model(n).provenance["n_test"] == 168
    ),
    "A sea that never was: 23 degrees all year. In the end it is the calendar alone that moves the answer.": (
        moved_by_the_calendar
    ),
}
ASK = {
    "A common beginning. What may follow?",
    "You know the next letter. How sure is it, and of what else?",
    "Nobody told it what comes after a Q.",
    "Nothing like it was ever read. What does it make of it?",
}
"""Reasons that claim nothing that the model could answer."""
EXAMPLES = [(name, example) for name in NAMES for example in model(name).examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda part: getattr(part, "text", part))
def test_the_reason_of_an_example_is_borne_out(name, example):
    assert example.why in ASK or REASONS[example.why](name, example.text)


def test_every_reason_that_is_checked_is_one_that_is_given():
    given = {example.why for _, example in EXAMPLES}

    assert set(REASONS) | ASK == given
    assert len(EXAMPLES) >= 70


def test_the_recipes_give_the_examples_that_the_files_have(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER / "recipes"))
    import names as names_recipe
    import recall as recall_recipe
    import sentiment as sentiment_recipe
    import sun_or_rain as sun_or_rain_recipe
    import tagger as tagger_recipe

    made = {name: variant.examples for name, variant in sentiment_recipe.VARIANTS.items()}
    made |= {f"recall-{cell}": recall_recipe.EXAMPLES for cell in recall_recipe.CELLS}
    made |= {"sun-or-rain": sun_or_rain_recipe.EXAMPLES}
    made |= {"names": names_recipe.EXAMPLES, "tagger": tagger_recipe.EXAMPLES}
    made |= {"tagger-two-way": tagger_recipe.TWO_WAY_EXAMPLES}

    for name, examples in made.items():
        assert model(name).examples == examples, name

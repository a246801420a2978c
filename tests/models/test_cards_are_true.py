"""Every answer and every figure in the cards, computed anew from the shipped models.

A card states an answer as `"the text" (Label, 75 %)`, or after a word of the text that was quoted last as
`after "word" (Label, 75 %)`; a model in backticks in between is asked instead of the card's own. An answer that is a
number stands there in its unit: `(24.1 °C)`. A text that a card has no room for is `example 2`, and a timestep of it
`after row 3` or `in the end`. Every other number with a point or a per cent sign must stand in a phrase of FACTS,
which is computed or compared with the metadata, or in RECORDED, which is history that no file holds. A number that is
in none of them fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from rnn_tui.text import percent
from tests.models.asking import FILM, NAMES, after, answer, card, in_unit, model, output, surfaces, trace
from tests.models.card_figures import FACTS, RECORDED

# The answers of the cards


@dataclass(frozen=True)
class Claim:
    """An answer that a card states: of a model, to a text, after a word of it or at its end."""

    card: str
    model: str
    text: str
    word: str | int | None
    stated: tuple[tuple[str, str], ...]  # labels and per cents; of a number itself and ""


ONE = r"[^(),;%\"`]+?, >?<?\d+ %"
TOKEN = re.compile(
    r"after (?:row|month) (?P<step>\d+)|(?P<end>in the end)|"
    rf'after "(?P<word>[^"]+)"|"(?P<text>[^"]+)"|example (?P<example>\d+)|`(?P<model>[a-z-]+)`|'
    rf"\((?P<stated>{ONE}(?:; {ONE})*)\)|\((?P<number>−?\d+\.\d °C)\)|(?P<stop>\*\*)"
)


def claims_in(name, text):
    """Every claim of a card's text, and the pieces of the text that they are."""
    of, said, word = name, None, None
    found, spans = [], []
    for token in TOKEN.finditer(text):
        if token["step"]:
            word = int(token["step"])
        elif token["end"]:
            word = None
        elif token["word"]:
            word = token["word"]
            said = word if said is None or word not in surfaces(of, said) else said
        elif token["text"]:
            said, word, of = token["text"], None, name
        elif token["example"]:
            said, word, of = model(name).examples[int(token["example"]) - 1].text, None, name
        elif token["model"] in NAMES:
            of, word = token["model"], None
        elif token["stated"]:
            parts = [part.rsplit(", ", 1) for part in token["stated"].split("; ")]
            stated = tuple((label.strip(), share.replace(" ", "")) for label, share in parts)
            found.append(Claim(name, of, said, word, stated))
            spans.append(token.span())
        elif token["number"]:
            found.append(Claim(name, of, said, word, ((token["number"], ""),)))
            spans.append(token.span())
    return found, spans


CLAIMS = [claim for name in NAMES for claim in claims_in(name, card(name))[0]]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.card}: {claim.text} {claim.word or ''}")
def test_an_answer_of_a_card_is_that_of_the_model(claim):
    assert claim.text, "no text before the claim"
    if model(claim.model).output.is_number:
        number = output(claim.model, claim.text, claim.word)
        assert claim.stated == ((in_unit(claim.model, number), ""),)
        return
    t = after(claim.model, claim.text, claim.word)
    probs = trace(claim.model, claim.text)[t].probs
    (first, share), *others = claim.stated

    assert (first, share) == answer(claim.model, claim.text, claim.word)
    for label, other in others:
        assert percent(probs[model(claim.model).labels.index(label)]) == other, label


def test_enough_was_found_to_check():
    assert len(CLAIMS) >= 70
    assert {claim.card for claim in CLAIMS} == set(NAMES)
    assert len({claim.word for claim in CLAIMS if claim.word}) >= 12


def test_a_wrong_answer_in_a_card_is_noticed():
    (claim,), _ = claims_in("sentiment", 'Then "the food was bad but the service was good" (Negative, 81 %).')

    assert claim.stated == (("Negative", "81%"),)
    assert claim.stated[0] != answer(claim.model, claim.text, claim.word)
    (claim,), _ = claims_in("el-nino", 'At 23 degrees all year, "23,1 23,2 23,3", (−5.0 °C).')
    assert claim.stated == (("−5.0 °C", ""),)
    assert claim.stated[0][0] != in_unit("el-nino", output("el-nino", claim.text))
    (claim,), _ = claims_in("digits", "The first, example 1, after row 2 (3, 12 %).")
    assert (claim.text, claim.word) == (model("digits").examples[0].text, 2)
    (claim,), _ = claims_in("sentiment-gru", f'"{FILM}" here, and in `sentiment`, after "good" (Negative, 78 %).')
    assert (claim.model, claim.word) == ("sentiment", "good")


# The figures of the cards

NUMBER = re.compile(r"\d[\d,]*\.\d+|\d+ ?%")


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_of_a_card_are_those_that_are_computed_or_recorded(name):
    for phrase in FACTS[name]():
        assert phrase in card(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_card_is_left_unchecked(name):
    text = card(name)
    covered = list(claims_in(name, text)[1])
    for phrase in (*FACTS[name](), *RECORDED.get(name, ())):
        assert phrase in text
        covered += [found.span() for found in re.finditer(re.escape(phrase), text)]
    covered += [found.span() for found in re.finditer(r'"[-\d., ]+"', text)]  # a series of numbers to read
    covered += [
        found.span() for found in re.finditer(r"`recall-[a-z]+` \|( \**[\d.]+\** \|)+", text)
    ]  # see test_recall

    left = [
        text[max(0, found.start() - 40) : found.end() + 10]
        for found in NUMBER.finditer(text)
        if not any(first <= found.start() and found.end() <= last for first, last in covered)
    ]

    assert not left

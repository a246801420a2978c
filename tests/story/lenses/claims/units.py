"""Every kind of sentence that the lens units tells, and what must be true where it is told."""

from __future__ import annotations

from tests.story.lenses.reading import LABEL, NUMBER, SEEN, SIDE, UNIT, WORD, Claim, labels, read, share, side, signed

TRAITS = {
    "nouns": "NOUN", "verbs": "VERB", "adjectives": "ADJ", "adverbs": "ADV", "names": "PROPN", "yes, oh, wow": "INTJ",
    "pronouns": "PRON", "determiners": "DET", "prepositions": "ADP", "auxiliaries": "AUX", "and, or, but": "CCONJ",
    "because, if": "SCONJ", "not, to": "PART", "numbers": "NUM", "punctuation": "PUNCT",
}  # fmt: skip


def _unit(told):
    return told.measured.of(told.unit)


def _strongest(told):
    known = _unit(told).correlation
    return max(known, key=lambda trait: abs(known[trait]))


def goes(trait, sign, groups, told):
    *_, hardly, called, r, count = groups
    value = _unit(told).correlation[trait]
    return (
        trait == _strongest(told)
        and (r, int(count)) == (signed(value), _unit(told).counts[trait])
        and (value > 0) == (sign > 0)
        and bool(hardly) == (abs(value) < 0.15)
        and called == ("correlation" if told.notation else "match")
    )


def goes_with_words(groups, told):
    _, way, kind, *rest = groups
    return goes(TRAITS[kind], 1 if way == "up" else -1, rest, told)


def _pushes(groups, told):
    first = _unit(told)
    shown = {
        way: [(word, signed(value)) for word, value in pushes]
        for way, pushes in (("up", first.up), ("down", first.down))
    }
    listed = {"up": groups[0:4], "down": groups[4:8]}
    for way, said in listed.items():
        pairs = [(said[0], said[1]), (said[2], said[3])]
        pairs = [pair for pair in pairs if pair[0] is not None]
        cut = [(word if len(word) <= 16 else word[:15] + "…", value) for word, value in shown[way]]
        if pairs != cut[: len(pairs)] or (not pairs and shown[way]):
            return False
    return all(value > 0 for _, value in first.up) and all(value < 0 for _, value in first.down)


def _held(groups, told):
    label, word, after, before, turns = groups
    measured, silenced = told.measured, _unit(told).silenced
    count = labels(told)
    each = told.trace.model.readout.kind == "each"
    return (
        (label, after, before) == (told.label(measured.label), side(silenced, count), side(measured.probability, count))
        and word == (told.words[measured.t] if each else None)
        and bool(turns) == (count == 2 and silenced < 0.5)
        and abs(silenced - measured.probability) >= SEEN
    )


def _held_stays(groups, told):
    label, _, after = groups
    measured, silenced = told.measured, _unit(told).silenced
    return (label, after) == (told.label(measured.label), side(silenced, labels(told))) and (
        abs(silenced - measured.probability) < SEEN or share(silenced) == share(measured.probability)
    )


def _clear(groups, told, *, named):
    known = _unit(told).correlation
    return abs(known[_strongest(told)]) >= 0.4 and (told.trace.model.unit_names is not None) == named


CALLED = rf"(, but hardly)?: (match|correlation) {NUMBER} on ([0-9]+)"
NAMED = r"Unit (“[^”]*”|[0-9]+)"
PUSHED = rf"{WORD} {NUMBER}(?: and {WORD} {NUMBER})? push(?:es)? it"
UNITS = (
    Claim.of(
        rf"{NAMED} goes (up|down) with ({'|'.join(TRAITS)}){CALLED} (?:{'|'.join(TRAITS)}|such words)\.",
        goes_with_words,
    ),
    Claim.of(
        rf"{NAMED} ends high after (positive|negative) sentences{CALLED} tagged sentences\.",
        lambda g, o: goes("polarity", 1 if g[1] == "positive" else -1, g[2:], o),
    ),
    Claim.of(
        rf"{NAMED} goes (up|down) along the sentence, word by word{CALLED} tagged words\.",
        lambda g, o: goes("place", 1 if g[1] == "up" else -1, g[2:], o),
    ),
    Claim.of(
        rf"What a unit goes with is asked of words: “([^”]*)” reads ({UNIT})s, “sentiment” words\.",
        lambda g, o: g == (o.trace.model.name, o.name) and o.name != "word" and not _unit(o).correlation,
    ),
    Claim.of(
        r"“([^”]*)” knows too few tagged words to say what a unit goes with\.",
        lambda g, o: g == (o.trace.model.name,) and o.name == "word" and not _unit(o).correlation,
    ),
    Claim.of(rf"Read alone, {PUSHED} up(?:; {PUSHED} down)?\.", _pushes),
    Claim.of(rf"Read alone, {PUSHED} down\.", lambda g, o: _pushes((None,) * 4 + g, o)),
    Claim.of(rf"Held at 0: {LABEL}(?: after {WORD})? {SIDE} instead of {SIDE}(; the answer turns)?\.", _held),
    Claim.of(rf"Held at 0: {LABEL}(?: after {WORD})? stays at {SIDE}\.", _held_stays),
    Claim.of(
        r"So what\? What a unit holds is only what moves it(; nobody gave it a meaning)?\.",
        lambda g, o: not _unit(o).correlation and (g[0] is None) == (o.trace.model.unit_names is not None),
    ),
    Claim.of(
        rf"So what\? {NUMBER} is no clear match: an idea is often spread over many units\.",
        lambda g, o: g[0] == signed(abs(_unit(o).correlation[_strongest(o)])) and read(g[0]) <= 0.4,
    ),
    Claim.of(
        r"So what\? One number can hold an idea: words move it, the answer reads it\.",
        lambda g, o: _clear(g, o, named=True),
    ),
    Claim.of(
        r"So what\? Nobody named this unit: in training, ideas grow by themselves\.",
        lambda g, o: _clear(g, o, named=False),
    ),
)

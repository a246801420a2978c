"""A text for every student: as long as the teacher's, of tokens that the model knows, drawn from a seed.

Of words come first the model's own examples and the sentences that come with the program, then pieces of them that can
stand alone, and then those with words exchanged for others of the same word class. Characters and numbers come from the
examples, and then with some of them exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from rnn_tui.export.worksheet.grammar import class_of, pieces_that_stand_alone, tags_of
from rnn_tui.lenses.tagged import sentences
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import join

FEW_WORDS = 300
"""The most words that a model knows where any of them may come; all of them can be looked through."""
TINY = 20
"""The most words that a model knows where a noun may take the place of a verb: they are all of its language."""
TRIES = 50
"""The number of texts that are drawn, at most, for each that is wanted."""


def drawn(model: Model, text: str, count: int, seed: int, length: int) -> tuple[str, ...]:
    """`count` different texts, of which `text` is the first, and the others have `length` tokens.

    Raises UserError where the model knows too few words for so many.
    """
    found = {_read(model, text): text}
    random = Random(f"{seed} sentences")  # noqa: S311 — sentences that can be drawn again
    candidates = _of_words if model.tokenizer.kind == "words" else _of_other_tokens
    for pieces in candidates(model, length, count, random):
        if len(found) == count:
            break
        candidate = join(pieces, model.tokenizer)
        if _is_known(model, candidate, length):
            found.setdefault(_read(model, candidate), candidate)
    if len(found) < count:
        unit = model.tokenizer.unit
        raise UserError(
            f"{count} students need as many texts of {length} {unit}s, and of this model's examples only {len(found)} "
            f"could be made; ask for fewer --students, or give a longer text with -s"
        )
    return tuple(found.values())


def _read(model: Model, text: str) -> tuple[object, ...]:
    """All that the network reads of a text: two texts that it reads alike are one."""
    return tuple((token.index, token.values) for token in model.tokenize(text))


def _is_known(model: Model, text: str, length: int) -> bool:
    """True for a text of so many tokens, all of them known."""
    tokens = model.tokenize(text)
    return len(tokens) == length and not any(token.unknown for token in tokens)


def _of_words(model: Model, length: int, count: int, random: Random) -> Iterator[Sequence[str]]:
    """Whole sentences, each sort in a drawn order, then pieces of them, and then both with some words exchanged."""
    examples = [tuple(model.tokenizer.split(example.text)) for example in model.examples]
    tagged = [(words, tags_of(words)) for words in (_without_marks(words) for words in examples) if words]
    tagged += [(one.words, one.tags) for one in sentences()]
    whole = [words for words in [*examples, *(_without_marks(words) for words, _ in tagged)] if len(words) == length]
    whole += [words for words, _ in tagged if len(words) == length]
    pieces = [piece for words, tags in tagged for piece in pieces_that_stand_alone(words, tags, length)]
    known = [
        list(dict.fromkeys(words for words in some if _is_known(model, join(words, model.tokenizer), length)))
        for some in (whole, pieces)
    ]
    for some in known:
        random.shuffle(some)
        yield from some
    yield from _exchanged(model, [words for some in known for words in some], count, random)


def _without_marks(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a sentence without its punctuation."""
    return tuple(word for word in words if any(map(str.isalnum, word)))


def _exchanged(model: Model, bases: Sequence[Sequence[str]], count: int, random: Random) -> Iterator[tuple[str, ...]]:
    """Sentences with some of their words exchanged for others of the same class."""
    alike: dict[object, list[str]] = {}
    tiny = len(model.vocabulary) <= TINY
    words = {word.lower() for base in bases for word in base}
    if len(model.vocabulary) <= FEW_WORDS:
        words |= {word for word in model.vocabulary.words if word.isalpha()}
    for word in sorted(words):
        kind = class_of(word, loosely=tiny)
        if kind is not None:
            alike.setdefault(kind, []).append(word)
    for _ in range(count * TRIES if bases else 0):
        base = list(random.choice(bases))
        for at in random.sample(range(len(base)), random.randint(1, len(base))):
            others = alike.get(class_of(base[at], loosely=tiny), [])
            if others:
                base[at] = random.choice(others)
        if len({word.lower() for word in base}) == len(base):  # no word twice, as in "the dog and the dog"
            yield tuple(base)


def _of_other_tokens(model: Model, length: int, count: int, random: Random) -> Iterator[Sequence[str]]:
    """Pieces of the examples, in a drawn order, and then pieces with some of their tokens exchanged."""
    spelled = model.tokenizer.kind == "characters"
    examples = [pieces for pieces in (model.tokenizer.split(example.text) for example in model.examples) if pieces]
    windows = list(dict.fromkeys(_windows(examples, length, spelled=spelled)))
    random.shuffle(windows)
    yield from windows
    firsts = sorted({pieces[0] for pieces in examples})
    others = {piece for pieces in examples for piece in (pieces[1:] if spelled else pieces)}
    if len(model.vocabulary) <= FEW_WORDS:
        others |= {word for word in model.vocabulary.words if word.isalpha()}
    tokens = sorted(others)
    for _ in range(count * TRIES if tokens else 0):
        base = list(random.choice(windows)) if windows else [random.choice(tokens) for _ in range(length)]
        for at in random.sample(range(length), random.randint(1, length)):
            base[at] = random.choice(firsts if at == 0 and spelled else tokens)
        yield base


def _windows(examples: Sequence[Sequence[str]], length: int, *, spelled: bool) -> Iterator[tuple[str, ...]]:
    """The runs of so many tokens in the examples; of a word that is spelled, the one at its start."""
    for pieces in examples:
        for start in range(1 if spelled else len(pieces)):
            run = tuple(pieces[start : start + length])
            if len(run) == length:
                yield run

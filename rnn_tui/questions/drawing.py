"""Questions for practice, drawn from models and sentences: without end, and the same ones for the same seed."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from rnn_tui.levels import EASIEST, HARDEST
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import NumberTokenizer, join
from rnn_tui.network.trace import Trace
from rnn_tui.questions.asking import question_at
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.kinds.other_cell import known_by
from rnn_tui.questions.place import Kind, Place
from rnn_tui.questions.question import Question
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces

ALL = (EASIEST, HARDEST)
MOST_TRIES = 100
"""A kind of which so many draws give no question has none in these models."""
OFTEN = 2
"""Questions with numbers are drawn so many times as often as others of their level."""
REMEMBERED = 40
"""The number of questions in a row of which none comes twice, as long as there are others."""
BEFORE_IT_RISES = 2
"""As many questions of a level are drawn before the first ones of the next; from the hardest on, of all levels."""
LONGEST = 24
"""The longest sentence that is drawn, where there are shorter ones."""
SMALL_VOCABULARY = 12
MADE_UP = (2, 4)
"""The fewest and the most words of a sentence that is made of a small vocabulary, or for want of examples."""


def drawn(
    models: Sequence[str],
    traces: Traces,
    levels: tuple[int, int] = ALL,
    seed: int = 0,
    count: int | None = None,
) -> Iterator[Question]:
    """Questions about models (their names or paths) of the levels from the first to the last, without end or `count`.

    They begin with the easiest level and rise to the hardest; then all levels come in any order.

    Raises UserError where a model can't be had, or where no question of these levels can be asked of them.
    """
    return islice(_endless(list(dict.fromkeys(models)), traces, levels, random.Random(seed)), count)  # noqa: S311


class Drawing:
    """Questions about models, of whichever levels are wanted next; `count` is the most that are answered in all.

    The questions of each pair of levels go on where they were left, so that none comes again when one comes back.
    """

    def __init__(self, models: Sequence[str], traces: Traces, seed: int = 0, count: int | None = None) -> None:
        self.seed = seed
        self.traces = traces
        self._models = tuple(models)
        self._count = count
        self._begun: dict[tuple[int, int], Iterator[Question]] = {}

    def following(self, levels: tuple[int, int], answered: int) -> Question | None:
        """The next question of the levels, None after so many are answered; raises what `drawn` raises."""
        if self._count is not None and answered >= self._count:
            return None
        if levels not in self._begun:
            self._begun[levels] = drawn(self._models, self.traces, levels, self.seed)
        try:
            return next(self._begun[levels])
        except UserError:
            del self._begun[levels]  # what has raised gives nothing any more, and would not say why again
            raise


def _endless(models: list[str], traces: Traces, levels: tuple[int, int], source: random.Random) -> Iterator[Question]:
    asked: deque[tuple[Reading, str]] = deque(maxlen=REMEMBERED)
    barren: set[int] = set()
    kinds = [kind for kind in KINDS.values() if not kind.of_numbers or _any_answers_with_numbers(models)]
    rising = [level for level in range(levels[0], levels[1] + 1) for _ in range(BEFORE_IT_RISES)]
    while True:
        level = rising.pop(0) if rising else source.randint(*levels)
        if level in barren:
            continue
        question = _one(models, traces, [kind for kind in kinds if level in kind.levels], level, source, asked)
        if question is not None:
            asked.append((question.scene.reading, question.ask))
            yield question
            continue
        barren.add(level)
        if barren.issuperset(range(levels[0], levels[1] + 1)):
            which = f"level {levels[0]}" if levels[0] == levels[1] else f"levels {levels[0]} to {levels[1]}"
            raise UserError(f"no question of {which} can be asked of {', '.join(models)}; give another level or model")


def _any_answers_with_numbers(models: list[str]) -> bool:
    """Tell whether any of the models answers with numbers; one that can't be had is told of when it is read."""
    with suppress(UserError):
        return any(known_by(name).is_number for name in models)
    return False


def _one(
    models: list[str],
    traces: Traces,
    kinds: list[Kind],
    level: int,
    source: random.Random,
    asked: deque[tuple[Reading, str]],
) -> Question | None:
    """A question of a level that has not just been asked, or None where many draws of these kinds give none."""
    repeated = None
    while kinds:
        kind = source.choices(kinds, [OFTEN if kind.numbers else 1 for kind in kinds])[0]
        for _ in range(MOST_TRIES):
            name = source.choice(models)
            reading = Reading(name, _text(traces.model(name), source))
            question = _drawn(reading, traces, kind, source, tuple(models))
            if question is None or question.level != level:
                continue
            if (question.scene.reading, question.ask) not in asked:
                return question
            repeated = question
        kinds.remove(kind)
    return repeated


def _drawn(
    reading: Reading, traces: Traces, kind: Kind, source: random.Random, models: tuple[str, ...]
) -> Question | None:
    """A question of a kind somewhere in a sentence, or None where the draw gives none."""
    try:
        trace = traces.trace(reading)
        scene = Scene(reading, position=_position(trace, source))
        text = kind.draw(Place(scene, trace, others=models), source)
        question = None if text is None else question_at(text, scene, trace, models)
    except UserError:
        return None
    if question is None or (question.target is None and kind.traced):
        return None
    return question if _is_telling(question, kind) else None


def _position(trace: Trace, source: random.Random) -> Position:
    """Any position of the walk."""
    if len(trace.model.floors) > 1:
        return trace.order.at(source.randrange(len(trace.order)))
    return Position(source.randrange(len(trace)), source.randrange(len(trace.model.phases)))


def _is_telling(question: Question, kind: Kind) -> bool:
    """True unless a number is so near 0 that nothing is right, too, or no slip can be told from the answer."""
    if isinstance(question.answer, str) or question.tolerance is None or kind.guessed:
        return True
    return abs(question.answer) > 2 * question.tolerance and len(question.slips) > 1


def _text(model: Model, source: random.Random) -> str:
    """A sentence that the model can read: an example of its own, or made up of its words."""
    words = model.vocabulary.words
    known = [word for word in words if word != model.vocabulary.unknown]
    examples = [example.text for example in model.examples if _is_read(model, example.text)]
    short = [text for text in examples if len(model.tokenizer.split(text)) <= LONGEST] or examples
    if short and not (len(words) <= SMALL_VOCABULARY and known and source.random() < 0.5):
        return source.choice(short)
    length = source.randint(*MADE_UP)
    if isinstance(model.tokenizer, NumberTokenizer) and model.tokenizer.features > 1:
        features = range(model.tokenizer.features)
        return " ".join(",".join(str(source.randint(-9, 9)) for _ in features) for _ in range(length))
    if not known:
        return " ".join(str(source.randint(-9, 9)) for _ in range(length))
    return join([source.choice(known) for _ in range(length)], model.tokenizer)


def _is_read(model: Model, text: str) -> bool:
    """Tell whether a model can read a text: an example in a file may be none of its own."""
    try:
        return bool(model.tokenize(text))
    except UserError:
        return False

"""The state of a practice: the scene that its question is open over, and what has been answered so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnn_tui.levels import EASIEST, HARDEST
from rnn_tui.levels import LEVELS as KNOWN
from rnn_tui.questions.opening import asked_of
from rnn_tui.questions.practice import Practice
from rnn_tui.questions.question import SLIPS, Question
from rnn_tui.scene import Scene

LEVELS = ((EASIEST, HARDEST), *((level, level) for level in KNOWN))
"""What the keys for the level go through: all levels, then each alone."""
BEGUN = Practice(0)


@dataclass(frozen=True)
class Practising(Scene):
    """A question of a practice; `practice` are the attempts so far, `over` shows the score in place of the question.

    `levels` are the easiest and the hardest that are drawn. `left` is False where no question comes after this one.
    """

    practice: Practice = BEGUN
    levels: tuple[int, int] = LEVELS[0]
    over: bool = False
    left: bool = True

    def of_question(self, question: Question) -> Practising:
        """The next question, shown in the same way."""
        before = replace(question.scene, notation=self.notation, hidden=False)
        fields = {name: getattr(question.scene, name) for name in ("reading", "position", "unit")}
        fields["hidden"] = question.uncovers
        asked = asked_of(question, before)
        return replace(self, **fields, asked=asked, over=False, arithmetic=False, scroll=0, weight=None)


def level_in_words(levels: tuple[int, int]) -> str:
    """The levels that are drawn: "level 3", "levels 1 to 5"."""
    easiest, hardest = levels
    return f"level {easiest}" if easiest == hardest else f"levels {easiest} to {hardest}"


def summary(practice: Practice) -> str:
    """The score, and that of every level, in a sentence each: "3 of 5 right. Level 1: 2 of 2. Level 4: 1 of 3."."""
    if not practice.attempts:
        return "Nothing is answered yet."
    said = [f"{practice.score}."]
    levels = sorted({attempt.question.level for attempt in practice.attempts})
    for level in levels if len(levels) > 1 else ():
        own = [attempt for attempt in practice.attempts if attempt.question.level == level]
        said.append(f"Level {level}: {sum(attempt.right for attempt in own)} of {len(own)}.")
    marks = [attempt.marked for attempt in practice.attempts if attempt.marked]
    slips = [name for marked in marks for name in dict.fromkeys(slip.name for slip in marked.slips)]
    if slips:
        most = max(dict.fromkeys(slips), key=slips.count)
        said.append(f"Most frequent slip: {SLIPS.get(most, most)} ({slips.count(most)} ×).")
    return " ".join(said)

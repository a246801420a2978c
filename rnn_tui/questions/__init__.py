"""Questions over a scene: what is asked, an answer computed from the trace, and marking that knows the usual slips.

`asking` makes a question of its text form, `marking` marks what was given, `drawing` draws questions for practice.
Each kind of question is one module in `kinds`, and one line that registers it.
"""

from __future__ import annotations

from rnn_tui.questions.question import Question, Slip

__all__ = ["Question", "Slip"]

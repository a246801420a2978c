"""The whole question, its choices and their keys stand on the screen at every size, and so does the whole answer."""

import pytest

from rnn_tui.pictures.asking import asking_panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of
from rnn_tui.questions.opening import opened as opened_over
from rnn_tui.questions.opening import question_of, revealed
from rnn_tui.text import printable
from rnn_tui.tui.walking.asking import drawn
from tests.tui.covering import questions_over
from tests.tui.drawn import SHIPPED, texts_for, walking


def words_of(text):
    return printable(text).split()


def said(screen, scene, size):
    """The words in the panel of the question on a screen of a size, without its frame and bars, and its rows."""
    plan = screen.planned(*size, scene, screen.computed)
    region = plan.regions["question"]
    rows = asking_panel(drawn(scene, screen.computed.trace, size[1]), region.width, region.height, Palette())
    assert len(plan.regions) > 4  # something of the picture, too
    assert all(other.bottom <= region.y for name, other in plan.regions.items() if name not in ("question", "footer"))
    shown = [text_of(row) for row in rows]
    return [word for row in shown for word in row.replace("┃", " ").split()], shown


def stands_in(words, said):
    """Tell whether words stand one after another in what is said."""
    return any(said[k : k + len(words)] == words for k in range(len(said)))


@pytest.mark.parametrize("name", SHIPPED)
async def test_nothing_of_a_question_is_cut(name):
    async with walking(name, texts_for(name)[0], (80, 24)) as screen:
        trace = screen.computed.trace
        for seed, size in enumerate([(80, 24), (100, 30), (120, 36)]):
            for scene, text in questions_over(screen, seed).values():
                asked = opened_over(text, scene, trace)
                question = question_of(asked, trace)
                shown, rows = said(screen, asked, size)
                assert stands_in(words_of(question.ask), shown), (text, rows)
                for number, choice in enumerate(question.choices, 1):
                    assert stands_in([str(number), *words_of(choice)], shown), (text, rows)
                assert "reveals" in rows[-1]

                shown, rows = said(screen, revealed(asked, trace), size)
                assert stands_in(words_of(question.why), shown), (text, rows)
                assert "goes on" in rows[-1]

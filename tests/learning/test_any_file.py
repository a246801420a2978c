"""Whatever a file holds, it is read or refused in one line that names it, in a time that grows with its size."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnn_tui.learning.reading import read
from rnn_tui.learning.source import Asked
from rnn_tui.network.errors import UserError
from tests.learning.made import CONLL_U, conll, rows, table
from tests.timing import TIMES, grows_in_proportion

WHOLE = [
    *(table(sign) for sign in ",;|\t"),
    *(conll("{word}\t{tag}\n"), conll("{word} {xpos} B-NP {span}\n"), conll(CONLL_U)),
    *(rows("__label__{label} {text}\n"), rows('{{"text": "{text}", "label": "{label}"}}\n'), rows("{label}\t{text}\n")),
    "sep=;\ntext;label\na;b\n",
    "1,5\n2,25\n3,0\n",
    '[{"text": "a", "label": 1}]',
    "Sentence #,Word,POS\n1,The,DET\n,dog,NOUN\n2,It,PRON\n",
]
PIECES = st.sampled_from(
    ["\t", "\n", "\n\n", " ", ",", ";", '"', "#", "__label__", "{", "}", "[", "O", "B-X", "1", "1,5"]
)
TASKS = st.sampled_from([None, "labels", "tags", "series", "next"])
OPTIONS = st.sampled_from([None, "1", "2", "text", "9" * 30])
SIZE = 25_000
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(path, *arguments, **options):
    """The samples of a file and nothing, or None and the line that it is refused with."""
    try:
        return read(path, *arguments, **options), ""
    except UserError as error:
        return None, str(error)


@MANY
@given(
    drawn=st.data(), task=TASKS, columns=st.tuples(OPTIONS, OPTIONS, OPTIONS), sign=st.sampled_from([None, ";", " "])
)
def test_it_is_read_or_refused_in_one_line(tmp_path, drawn, task, columns, sign):
    # given a good file in which some places are others, or that is cut short, and options for it
    content = drawn.draw(st.sampled_from(WHOLE) | st.text("ab\t\n ,;|\"'#1{}[]<>/", max_size=60))
    for _ in range(drawn.draw(st.integers(0, 4))):
        place = drawn.draw(st.integers(0, len(content)))
        content = content[:place] + drawn.draw(PIECES | st.text(max_size=2)) + content[place:]
    content = content[: drawn.draw(st.integers(0, len(content)))] if drawn.draw(st.booleans()) else content
    path = tmp_path / "a.txt"
    path.write_bytes(content.encode("utf-8", "replace"))
    asked = Asked(None, *columns, sign, None, 1)
    # when it is read
    samples, refusal = outcome(path, task, asked=asked)
    # then it is refused in a line that names it
    if samples is None:
        assert refusal.startswith(f"{path}: ")
        assert "\n" not in refusal
        return
    # or each of its samples has a text, and a tag for each word or one label
    assert samples.taken
    assert samples.samples
    for sample in samples.samples:
        assert sample.text.strip()
        count = {"tags": len(sample.text.split()), "next": 0}.get(samples.task, 1)
        assert len(sample.answers) == count


@MANY
@given(content=st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_read_or_refused(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    samples, refusal = outcome(path)
    assert samples is not None or refusal.startswith(f"{path}: ")


@pytest.mark.parametrize(
    "content",
    [
        lambda size: "(" + " " * size,
        lambda size: "<a" + " " * size,
        lambda size: "[" + " " * size + "x",
        lambda size: '{"' + "a" * size,
        lambda size: "[" * size,
        lambda size: "word" + " 0.5" * (size // 4) + "x",
        lambda size: "1 " + "2:" * (size // 2),
        lambda size: "A" * size + "/" + "B-" * (size // 2),
        lambda size: '"' * size,
        lambda size: "a\tB" * (size // 3),
        lambda size: "\n" * size + "x",
        lambda size: "x" * size,
        lambda size: "word " * (size // 5),
        lambda size: ",;|\t" * (size // 4),
    ],
    ids=lambda content: content(1)[:6],
)
def test_four_times_as_much_takes_about_four_times_as_long(written, content):
    def short(path):
        _, refusal = outcome(path)
        assert len(refusal) < 1_000

    paths = {size: written(f"{size}.txt", content(size)) for size in (SIZE, TIMES * SIZE)}
    assert grows_in_proportion(lambda size: short(paths[size]), SIZE)

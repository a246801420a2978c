"""Files of 20 MB are read in seconds, and hints are given at a better way to read them."""

from __future__ import annotations

import pytest

from rnn_tui.learning.hints import spaceless
from rnn_tui.learning.reading import read
from rnn_tui.learning.samples import Sample
from tests.timing import TIMES, grows_in_proportion

TEXT = "the film was long and the story went on and on and nobody knew why it ever began at all " * 2
SMALL = 100_000
SENTENCE = "".join(f"{word}\tNOUN\n" for word in TEXT.split()) + "\n"


@pytest.mark.parametrize(
    ("name", "header", "row", "task"),
    [
        ("a.csv", "text,label\n", f"{TEXT},{{}}\n", "labels"),
        ("a.tsv", "text\tlabel\n", f'"{TEXT}\t{{}}\n', "labels"),
        ("a.jsonl", "", f'{{{{"text": "{TEXT}", "label": "{{}}"}}}}\n', "labels"),
        ("a.txt", "", f"{TEXT}{{}}.\n", "next"),
        ("a.conll", "", SENTENCE, "tags"),
    ],
)
def test_four_times_as_much_takes_about_four_times_as_long(written, name, header, row, task):
    def counted(path, size):
        samples = read(path)
        assert (samples.task, len(samples)) == (task, size // len(row))

    paths = {}
    for size in (SMALL, TIMES * SMALL):
        lines = (row.format("pos" if k % 3 else "neg") for k in range(size // len(row)))
        paths[size] = written(f"{size}-{name}", header + "".join(lines))
    assert grows_in_proportion(lambda size: counted(paths[size], size), SMALL)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["今天天气很好", "我喜欢这部电影"], True),
        (["これはとても面白い映画です。", "つまらない"], True),
        (["หนังเรื่องนี้ดีมาก", "ไม่ชอบเลย"], True),
        (["很 好", "我 喜欢 这 部 电影"], False),
        (["이 영화는 정말 좋다", "싫다"], False),
        (["this film is 好", "bad"], False),
        (["a film", "films"], False),
        (["12 3", "!!"], False),
    ],
)
def test_texts_without_spaces_are_found(texts, expected):
    assert spaceless([Sample(row, text, ("x",)) for row, text in enumerate(texts)]) is expected

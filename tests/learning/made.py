"""Small files of every kind, made of the same texts and sentences, so that what is read of them can be compared."""

from __future__ import annotations

from rnn_tui.learning.samples import Sample

TEXTS = (
    ("fine day one", "pos"),
    ("bright light now", "pos"),
    ("warm tea", "pos"),
    ("soft new hat", "pos"),
    ("grey day one", "neg"),
    ("cold dark night", "neg"),
    ("stale tea", "neg"),
    ("torn old hat", "neg"),
)
SENTENCES = (
    (("The", "dog", "barks"), ("DET", "NOUN", "VERB")),
    (("She", "sings"), ("PRON", "VERB")),
    (("A", "big", "cat", "sleeps"), ("DET", "ADJ", "NOUN", "VERB")),
    (("Birds", "fly"), ("NOUN", "VERB")),
)


def rows(form, texts=TEXTS):
    """A line a text: rows("{label}\\t{text}\\n")."""
    return "".join(form.format(text=text, label=label) for text, label in texts)


def table(sign, header="text{}label", line_end="\n"):
    """A table with a header, the text before the label."""
    return header.format(sign) + line_end + rows(f"{{text}}{sign}{{label}}{line_end}")


def conll(form, between="\n", sentences=SENTENCES):
    """A line a word, and `between` after each sentence; {i} is the word's number in it, {span} an IOB tag."""
    parts = []
    for words, tags in sentences:
        for number, (word, tag) in enumerate(zip(words, tags, strict=True), start=1):
            span = "B-THING" if tag == "NOUN" else "O"
            parts.append(form.format(i=number, word=word, tag=tag, lower=tag.lower(), xpos=f"X{tag[:2]}", span=span))
        parts.append(between)
    return "".join(parts)


CONLL_U = "{i}\t{word}\t{word}\t{tag}\t{xpos}\t_\t0\troot\t_\t_\n"


def texts_of(samples):
    """Text and label of each sample."""
    return tuple((sample.text, *sample.answers) for sample in samples.samples)


def sentences_of(samples):
    """Words and tags of each sample."""
    return tuple((tuple(sample.text.split(" ")), sample.answers) for sample in samples.samples)


def first_row(samples) -> int:
    """The row of the first sample."""
    sample: Sample = samples.samples[0]
    return sample.row

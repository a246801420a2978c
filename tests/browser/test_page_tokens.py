"""Texts, numbers and bytes in JavaScript, in Chromium: cut, read and refused as the program does it."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import replace

import pytest

from rnn_tui.network.errors import InputError, ModelFileError
from rnn_tui.network.storage import load
from rnn_tui.network.tokens import CharacterTokenizer, NumberTokenizer, WordTokenizer
from tests.browser.chromium import needs_chromium
from tests.browser.drawing import NO_NUMBERS, NUMBERS, ODD, SPACES
from tests.browser.engine import DAMAGED, checksum, in_chromium
from tests.builders import build
from tests.deep import deep_model
from tests.export.traced_models import MODELS

pytestmark = needs_chromium
TOKENIZERS = (
    *(
        WordTokenizer(lowercase, punctuation)
        for lowercase in (True, False)
        for punctuation in ("keep", "drop", "spaces")
    ),
    CharacterTokenizer(True),
    CharacterTokenizer(False),
)
MANY = {"Lo", "So", "Co", "Cn"}
"""The categories of most characters, of which a few are tried; of the others all are."""
SOME_OF_MANY = 97
MARKS = "\u0301\u0323\u0327\u0338\u1ab0\u05b0\u3099\u0f71"


def tokens_of(model, text):
    """What the page says of a text: its tokens, or why it can't be read."""
    try:
        tokens = model.tokenize(text)
    except InputError as error:
        return str(error)
    return [
        {
            "text": token.text,
            "surface": token.surface,
            "id": token.index,
            "unknown": token.unknown,
            "values": list(token.values),
        }
        for token in tokens
    ]


def sampled():
    """Characters of every category, but for surrogates, which are none."""
    for code in range(0x110000):
        category = unicodedata.category(chr(code))
        if category != "Cs" and (category not in MANY or code % SOME_OF_MANY == 0):
            yield chr(code)


def test_every_kind_of_character_is_cut_and_folded_as_the_program_does_it(tmp_path):
    characters = "".join(sampled())
    texts = [f"a{one}b {one} A{one}'{one}-{one}" for one in characters]
    tokenizers = (WordTokenizer(True, "keep"), WordTokenizer(False, "drop"), CharacterTokenizer(True))
    models = [replace(build(words=("<unk>", "a", "b")), tokenizer=tokenizer) for tokenizer in tokenizers]

    answers = in_chromium([(model, [("pieces", texts), ("known", characters)]) for model in models], tmp_path)

    for model, (found, known) in zip(models, answers, strict=True):
        tried, parted = 0, []
        for one, text, pieces, is_known in zip(characters, texts, found, known, strict=True):
            # One that this Python or that browser hasn't heard of yet is nobody's fault.
            if is_known and unicodedata.category(one) != "Cn":
                tried += 1
                if pieces != checksum([[token.text, token.surface] for token in model.tokenize(text)]):
                    parted.append(f"{ord(one):x} {unicodedata.name(one, '')}")
        assert tried > 7_000
        assert not parted, model.tokenizer


def drawn_texts(count):
    """Texts of what is odd, in any order: marks, joiners, a sigma at an end, letters that become two, white space."""
    rng = random.Random(7)
    pool = [*ODD, *SPACES, *MARKS, *"aAbBΣσΑİıIǰŉ’'-_<>.,!?", "\u0345", "ß", "\u1e9e", "Å", "ﬀ", "ᾈ", "가", "ᄀ", "ᅡ"]
    return ["".join(rng.choices(pool, k=rng.randint(1, 14))) for _ in range(count)]


def test_texts_of_odd_characters_are_cut_and_folded_as_the_program_does_it(tmp_path):
    texts = [*drawn_texts(1500), "a" + "\u0301\u0323" * 60 + "b", "", " \n", "ΑΣ ΑΣ.Β ΣΑ Α'Σ Σ"]
    models = [replace(build(words=("<unk>", "a", "b")), tokenizer=tokenizer) for tokenizer in TOKENIZERS]
    models.append(replace(models[0], vocabulary=replace(models[0].vocabulary, unknown=None)))

    answers = in_chromium([(model, [("tokens", texts)]) for model in models], tmp_path)

    for model, (found,) in zip(models, answers, strict=True):
        for text, tokens in zip(texts, found, strict=True):
            assert tokens == tokens_of(model, text), (model.tokenizer, text)


def test_numbers_are_read_and_refused_as_the_program_does_it(tmp_path):
    rng = random.Random(3)
    pieces = [*NUMBERS, *NO_NUMBERS, *"0123456789_.eE+-−٣４ \t,;x"]
    texts = ["".join(rng.choices(pieces, k=rng.randint(1, 6))) for _ in range(1500)]
    texts += [
        *NUMBERS,
        *NO_NUMBERS,
        "1" * 400,
        "1" * 20_000 + "x",
        " " * 20_000,
        "\x00",
        "a\nb",
        "\u202e1",
        "1,2,3",
        "1,,3",
        "1,2",
    ]
    names = ("rain", "wind", "s" * 80)
    tokenizers = (NumberTokenizer(0.5, 3.0), NumberTokenizer(0.1, 0.3, 3), NumberTokenizer(0.1, 0.3, 3, names))
    tokenizers += (NumberTokenizer(0.0, 7.0, 6),)
    models = [replace(deep_model(inputs="vectors", features=one.features), tokenizer=one) for one in tokenizers[1:]]
    models.insert(0, replace(build(inputs="number"), tokenizer=tokenizers[0]))

    answers = in_chromium([(model, [("tokens", texts)]) for model in models], tmp_path)

    for model, (found,) in zip(models, answers, strict=True):
        for text, tokens in zip(texts, found, strict=True):
            assert tokens == tokens_of(model, text), (model.tokenizer, text[:80])


# Bytes


def file_of(entries, content, metadata=None):
    """The bytes of a safetensors file with a header as it is given, and what follows it."""
    header = json.dumps(({"__metadata__": metadata} if metadata else {}) | entries).encode()
    return len(header).to_bytes(8, "little") + header + content


def cut_short(content):
    """A file cut short, lengthened, and with another length of its header; and one in which two tensors share bytes."""
    length = int.from_bytes(content[:8], "little")
    yield from (content[:cut] for cut in (0, 1, 7, 8, 9, 60, length + 7, length + 8, -1))
    yield from (content + b"\0", (2**63).to_bytes(8, "little") + content[8:], b"\xff" * 64, file_of({}, b""))
    header = json.loads(content[8 : 8 + length])
    whole = {
        "dtype": "F32",
        "shape": [(len(content) - 8 - length) // 4],
        "data_offsets": [0, len(content) - 8 - length],
    }
    yield _with_header(content, {**header, "fc.bias": whole})
    yield content[:-4] + b"\x00\x00\xc0\x7f"  # a NaN


def damaged(content, count):
    """A file with bytes and pieces of its header changed, one each time."""
    rng = random.Random(11)
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    for _ in range(count):
        place = rng.randrange(8 + length)
        yield content[:place] + bytes([rng.randrange(256)]) + content[place + 1 :]
    fields = json.loads(header["__metadata__"]["rnn_tui"])
    odd = (None, 0, 1e300, -1, "", "x", [], {}, True, [None], [[]], {"kind": "numbers"}, ["a", "a"])
    for name in fields:
        for value in odd:
            yield _with_header(content, {**header, "__metadata__": {"rnn_tui": json.dumps({**fields, name: value})}})
    for name in [*header]:
        for value in odd:
            yield _with_header(content, {**header, name: value})
        if name != "__metadata__":
            for key in header[name]:
                yield from (_with_header(content, {**header, name: {**header[name], key: value}}) for value in odd)


def _with_header(content, header):
    length = int.from_bytes(content[:8], "little")
    return file_of(header, content[8 + length :])


def is_opened(content, folder):
    """True where the program opens the bytes as a model."""
    path = folder / "damaged.safetensors"
    path.write_bytes(content)
    try:
        load(path)
    except ModelFileError:
        return False
    return True


@pytest.mark.parametrize("name", ["small-sums", "el-nino"])
def test_damaged_bytes_are_refused_in_one_sentence_and_whole_ones_are_read(tmp_path, name):
    content = (MODELS / f"{name}.safetensors").read_bytes()
    cut, changed = list(cut_short(content)), list(damaged(content, 300))

    answers = in_chromium([(file, []) for file in (*cut, *changed)], tmp_path)

    assert all(DAMAGED.fullmatch(answer) for answer in answers[: len(cut)])
    opened = [is_opened(file, tmp_path) for file in changed]
    assert 20 < sum(opened) < len(changed) / 2
    for file, answer, is_fine in zip(changed, answers[len(cut) :], opened, strict=True):
        assert answer == [] or DAMAGED.fullmatch(answer), (
            answer
        )  # it lets pass what it has no use for, such as a summary
        assert answer == [] or not is_fine, (answer, file[:2000])

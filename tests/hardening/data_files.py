"""Files to learn from, as spreadsheets, corpora and people write them, and with the damage that files take."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from random import Random

from tests.hardening import texts

LABELS = ("good", "bad", "so so", "1", "0", "", "\x1b[31mred", "a,b", "naïve", "\u202eabc", "x" * 3000, "__label__x")
HEADERS = (("text", "label"), ("review", "sentiment"), ("sentence", "label"), ("v1", "v2"), ("label", "text"),
("a", "b"),
           ("text", "text"), ("", ""), ("text",), ("text", "label", "more"), ("TEXT", "Label "))  # fmt: skip
TAGS = ("NOUN", "VERB", "DET", "O", "B-PER", "_", "\x07", "")
Rows = list[list[str]]


def _words(chance: Random) -> str:
    return " ".join(texts.word(chance) for _ in range(chance.randint(1, 8)))


def _cell(chance: Random) -> str:
    return texts.text(chance)[:300] if chance.random() < 0.05 else _words(chance)


def _label(chance: Random) -> str:
    return chance.choice(LABELS) if chance.random() < 0.1 else chance.choice(LABELS[:2])


def _count(chance: Random) -> int:
    return chance.choice([0, 1, 2, 10, 30, 80])


def table(chance: Random) -> str:
    """A table with a header, in one of the usual dialects."""
    header = chance.choice(HEADERS) if chance.random() < 0.5 else HEADERS[0]
    rows: Rows = [list(header)] if chance.random() < 0.9 else []
    for _ in range(_count(chance)):
        row = [_label(chance) if name.strip().lower() in ("label", "sentiment") else _cell(chance) for name in header]
        rows.append(row if chance.random() < 0.97 else row[:-1] * chance.choice([0, 1, 3]))
    file = io.StringIO()
    delimiter = chance.choice(",,,;\t|")
    writer = csv.writer(file, delimiter=delimiter, quoting=chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer.writerows(rows)
    return chance.choice(["", "", "", f"sep={delimiter}\n"]) + file.getvalue()


def json_lines(chance: Random) -> str:
    """A JSON object a line."""
    lines = []
    for _ in range(_count(chance)):
        fields = {"text": _cell(chance), "label": _label(chance)}
        if chance.random() < 0.05:
            fields = chance.choice([[], 3, None, {"text": 1, "label": {}}, {"text": "\ud800", "label": "x"}, {}])
        lines.append(json.dumps(fields))
    return "\n".join(lines) + "\n"


def tagged(chance: Random) -> str:
    """A token a line with its tags, blank lines between sentences; or a sentence a line."""
    columns, lines = chance.choice([2, 4, 10]), []
    if chance.random() < 0.3:
        for _ in range(_count(chance)):
            words = _words(chance).split()
            lines.append(" ".join(words) + "\t" + " ".join(chance.choice(TAGS[:4]) for _ in words))
        return "\n".join(lines) + "\n"
    for number in range(_count(chance)):
        lines += [f"# sent_id = {number}"] * (chance.random() < 0.3)
        for index, word in enumerate(_words(chance).split(), start=1):
            tag = chance.choice(TAGS if chance.random() < 0.05 else TAGS[:3])
            lines.append(
                "\t".join({2: [word, tag], 4: [word, tag, "O", "O"]}.get(columns, [str(index), word, *[tag] * 8]))
            )
        lines.append(chance.choice(["", "", "\t", " "]))
    return "\n".join(lines) + "\n"


def labelled_lines(chance: Random) -> str:
    """Lines that begin with their label, as fastText has them, or that have it before a tab."""
    sign = chance.choice(["__label__{} {}", "{}\t{}", "{} {}"])
    return "".join(sign.format(_label(chance), _cell(chance)) + "\n" for _ in range(_count(chance)))


def prose(chance: Random) -> str:
    """A text a line."""
    return "".join(_cell(chance) + "\n" for _ in range(_count(chance)))


def series(chance: Random) -> str:
    """A number a line, perhaps beside a date, perhaps with a decimal comma, some of which are none."""

    def number() -> str:
        return chance.choice(texts.NUMBERS) if chance.random() < 0.03 else f"{chance.gauss(0, 5):.3f}"

    header = chance.choice(["", "value\n", "month,value\n"])
    lines = [f"{n}," * ("," in header) + number() for n in range(_count(chance))]
    found = header + "\n".join(lines) + "\n"
    return found.replace(".", ",") if chance.random() < 0.1 else found


def vectors(chance: Random) -> str:
    """Word vectors as GloVe writes them."""
    size = chance.choice([1, 2, 5])
    lines = (f"{texts.word(chance)} {' '.join(f'{chance.gauss(0, 1):.3f}' for _ in range(size))}\n" for _ in range(20))
    return "".join(lines)


def long_field(chance: Random) -> str:
    """A table one of whose fields is longer than csv takes unasked."""
    return "text,label\n" + "a dog,good\nno cat,bad\n" * 10 + '"' + "word " * 40_000 + '",good\n'


KINDS: tuple[Callable[[Random], str], ...] = (
    table,
    table,
    table,
    json_lines,
    tagged,
    labelled_lines,
    prose,
    series,
    vectors,
)


def hostile(chance: Random) -> bytes:
    """A file of one of these kinds, whole or damaged."""
    found = (long_field if chance.random() < 0.02 else chance.choice(KINDS))(chance)
    content = found.encode("utf-8", "surrogatepass")
    return content if chance.random() < 0.3 else chance.choice(DAMAGES)(chance, content)


def _quotes(chance: Random, content: bytes) -> bytes:
    return _inserted(chance, content, [b'"', b'""', b'"""', b"'", b'\\"'])


def _ends(chance: Random, content: bytes) -> bytes:
    return b"".join(
        line + chance.choice([b"\n", b"\r\n", b"\r", b"\n\n", b"\x0c\n", b"\x85"]) for line in content.splitlines()
    )


def _mark(chance: Random, content: bytes) -> bytes:
    return chance.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0"]) + content


def _other_encoding(chance: Random, content: bytes) -> bytes:
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp037", "shift_jis", "utf-7"])
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def _nuls(chance: Random, content: bytes) -> bytes:
    return _inserted(chance, content, [b"\0", b"\0" * 4096])


def _noise(chance: Random, content: bytes) -> bytes:
    return _inserted(chance, content, [chance.randbytes(chance.randint(1, 30))])


def _cut(chance: Random, content: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


def _binary(chance: Random, content: bytes) -> bytes:
    signature = chance.choice(
        [b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"\x89HDF\r\n\x1a\n", b"%PDF-", b"\xd0\xcf\x11\xe0", b"BZh", b""]
    )
    return signature + chance.randbytes(chance.choice([0, 10, 5000]))


def _controls(chance: Random, content: bytes) -> bytes:
    return _inserted(chance, content, [escape.encode() for escape in texts.ESCAPES])


def _empty(chance: Random, content: bytes) -> bytes:
    return chance.choice(
        [b"", b"\n", b" ", b"\n" * 1000, b"\t\n" * 50, b"text,label\n", b",\n" * 9, b'"', b'"\n"', b"x", b"1\n"]
    )


def _inserted(chance: Random, content: bytes, pieces: list[bytes]) -> bytes:
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(content))
        content = content[:at] + chance.choice(pieces) + content[at:]
    return content


DAMAGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    _quotes, _ends, _mark, _other_encoding, _nuls, _noise, _cut, _binary, _controls, _empty,
)  # fmt: skip

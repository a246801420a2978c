"""Vocabularies as frameworks save them: one form a function, tried in order.

- a list of words in the order of the rows: TextVectorization's get_vocabulary(), torchtext's get_itos();
- word→row: Keras' word_index, torchtext's get_stoi(), Hugging Face's vocab.json; index→word: Keras' index_word;
- Keras' Tokenizer.to_json(), of which num_words may leave words out; Hugging Face's tokenizer.json of whole words;
- an object with one of these under a usual name: {"itos": …}, {"stoi": …}, {"word2idx": …};
- lines: a word a line, or a word and its row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rnn_tui.text import cited

Words = list[str] | dict[str, int]
"""Words in the order of the rows, or the row of each."""

_LISTS = ("itos", "id2word", "idx2word", "index2word", "ix_to_word", "ix_to_char", "idx2char", "id2token", "index_word")
_ROWS = ("stoi", "word2id", "word2idx", "word2index", "word_to_ix", "char_to_ix", "char2idx", "token2id", "word_index")
_NAMES = (*_LISTS, *_ROWS, "vocab", "vocabulary", "words", "tokens", "chars")
"""The usual names under which a vocabulary is saved in an object."""
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}
_NUMBERED = re.compile(r"(\S+)[ \t]+(\d{1,9})")
_PIECES = {
    "##": "WordPiece, as of BERT",
    "\N{LATIN CAPITAL LETTER G WITH DOT ABOVE}": "byte-level BPE, as of GPT-2",
    "\N{LOWER ONE EIGHTH BLOCK}": "SentencePiece",
}
_FEWEST_PIECES = 3
_UNKNOWN = re.compile(r"[\W_]*(unk|oov)[\W_]*", re.IGNORECASE)


class NotUsableError(ValueError):
    """A vocabulary of a known form that can't be used; the message says why, and the mend."""


@dataclass(frozen=True)
class SavedVocabulary:
    """The words of a file, and what it says itself of unknown ones: None where it doesn't, "" where there is none."""

    words: Words
    unknown: str | None = None


def from_json(saved: Any, *, characters: bool = False) -> SavedVocabulary | None:
    """The vocabulary in what a JSON file holds; None where it is none of the known forms.

    `characters`: the network reads characters. Raises NotUsableError.
    """
    for form in _FORMS:
        found = form(saved, "characters" if characters else "words")
        if found is not None:
            _check_whole(found.words)
            return SavedVocabulary(_unescaped(found.words), found.unknown) if characters else found
    return None


def from_lines(lines: Sequence[str], *, characters: bool = False) -> SavedVocabulary:
    """The vocabulary of a file with a word a line, or a word and its row a line; raises NotUsableError.

    Of characters an empty line is a line end, as are two of them, which is what writing one and a line end leaves; but
    a first one before [UNK] is padding.
    """
    if characters:
        return SavedVocabulary(_unescaped(_line_ends(lines)))
    words: Words = list(lines)
    numbered = [_NUMBERED.fullmatch(line) for line in lines]
    if len(lines) > 1 and all(numbered):
        rows = {found[1]: int(found[2]) for found in numbered if found}
        if len(rows) == len(lines) and sorted(rows.values()) in (_counted(0, len(rows)), _counted(1, len(rows))):
            words = rows
    _check_whole(words)
    return SavedVocabulary(words)


def _counted(begin: int, size: int) -> list[int]:
    return list(range(begin, begin + size))


def _list(saved: Any, _: str) -> SavedVocabulary | None:
    if isinstance(saved, list) and saved and all(isinstance(word, str) for word in saved):
        return SavedVocabulary(saved)
    return None


def _pairs(saved: Any, _: str) -> SavedVocabulary | None:
    """A list of pairs of a word and its row."""
    if not isinstance(saved, list) or len(saved) < 2 or not all(isinstance(pair, list) for pair in saved):
        return None
    if not all(len(pair) == 2 and isinstance(pair[0], str) and type(pair[1]) is int for pair in saved):
        return None
    rows = dict(saved)
    counted = sorted(rows.values()) in (_counted(0, len(saved)), _counted(1, len(saved)))
    return SavedVocabulary(rows) if len(rows) == len(saved) and counted else None


def _rows(saved: Any, _: str) -> SavedVocabulary | None:
    """word→row."""
    if isinstance(saved, dict) and saved and all(type(row) is int for row in saved.values()):
        return SavedVocabulary(saved)
    return None


def _indices(saved: Any, _: str) -> SavedVocabulary | None:
    """index→word; JSON has the indices as texts."""
    if not isinstance(saved, dict) or not saved or not all(isinstance(word, str) for word in saved.values()):
        return None
    if all(key.isdecimal() for key in saved):
        rows: dict[str, int] = {}
        for key, word in saved.items():
            if word in rows:
                raise NotUsableError(f"{cited(word)} is at {rows[word]} and at {key}; expected every word once")
            rows[word] = int(key)
        return SavedVocabulary(rows)
    if all(row.isdecimal() for row in saved.values()):
        return SavedVocabulary({word: int(row) for word, row in saved.items()})
    return None


def _keras_tokenizer(saved: Any, reads: str) -> SavedVocabulary | None:
    """Keras' Tokenizer.to_json(): it reads only words whose index is below num_words, and others as its oov_token.

    keras.preprocessing.text.Tokenizer, texts_to_sequences.
    """
    if isinstance(saved, str):  # json.dump of the text that to_json() gave
        try:
            saved = json.loads(saved)
        except ValueError:
            return None
    config = saved.get("config") if isinstance(saved, dict) else None
    if not isinstance(config, dict) or "word_index" not in config:
        return None
    index = config["word_index"]
    if isinstance(index, str):
        index = json.loads(index)
    found = _rows(index, reads)
    if found is None or not isinstance(found.words, dict):
        raise NotUsableError("its word_index is no object with the row of each word; save Tokenizer.to_json() again")
    kind = "characters" if config.get("char_level") else "words"
    if kind != reads:
        raise NotUsableError(f"its Tokenizer reads {kind} (char_level): --tokenizer {kind}")
    most, unknown = config.get("num_words"), config.get("oov_token")
    kept = {word: row for word, row in found.words.items() if type(most) is not int or row < most}
    if isinstance(unknown, str) and unknown not in kept:
        raise NotUsableError(
            f"its oov_token {cited(unknown)} has no row among the {len(kept)} words that num_words keeps"
        )
    return SavedVocabulary(kept, unknown if isinstance(unknown, str) else "")


def _hugging_face(saved: Any, _: str) -> SavedVocabulary | None:
    """Hugging Face's tokenizer.json: words with their rows, of a tokenizer that keeps words whole."""
    model = saved.get("model") if isinstance(saved, dict) else None
    if not isinstance(model, dict) or "vocab" not in model:
        return None
    kind = model.get("type", "WordLevel")
    if kind != "WordLevel":
        raise NotUsableError(f"its tokenizer splits words into pieces ({kind}); supported is one that keeps them whole")
    found = _rows(model["vocab"], "words")
    if found is None:
        raise NotUsableError("its vocab is no object with the row of each word")
    unknown = model.get("unk_token")
    return SavedVocabulary(found.words, unknown if isinstance(unknown, str) and unknown in found.words else None)


def _under_a_name(saved: Any, reads: str) -> SavedVocabulary | None:
    """An object with a vocabulary under a usual name."""
    if not isinstance(saved, dict):
        return None
    unknown = next(
        (saved[name] for name in ("unk_token", "oov_token", "unk") if isinstance(saved.get(name), str)), None
    )
    for name in _NAMES:
        if not isinstance(saved.get(name), dict | list):
            continue
        for form in (_list, _indices, _rows, _pairs):
            found = form(saved[name], reads)
            if found is not None:
                return SavedVocabulary(found.words, unknown if unknown in found.words else None)
    return None


_FORMS: tuple[Callable[[Any, str], SavedVocabulary | None], ...] = (
    _list,
    _pairs,
    _rows,
    _indices,
    _keras_tokenizer,
    _hugging_face,
    _under_a_name,
)


def _check_whole(words: Words) -> None:
    """Raise NotUsableError where the words are pieces of words, which no text is split into here."""
    listed = list(words)
    for mark, kind in _PIECES.items():
        pieces = sum(word.startswith(mark) and word[len(mark) :].isalnum() for word in listed)
        if pieces >= max(_FEWEST_PIECES, len(listed) // 100):
            example = next(word for word in listed if word.startswith(mark) and word[len(mark) :].isalnum())
            raise NotUsableError(
                f"has pieces of words, such as {cited(example)} ({kind}); supported is a vocabulary of whole words"
            )


def _line_ends(lines: Sequence[str]) -> list[str]:
    """Characters, one a line, with a line end for one or two empty lines."""
    padded = len(lines) > 1 and not lines[0] and _UNKNOWN.fullmatch(lines[1])
    found = [""] if padded else []
    last = False
    for line in lines[len(found) :]:
        if line or not last:
            found.append(line or "\n")
        last = not line and not last
    return found


def _unescaped(words: Words) -> Words:
    r"""Characters with "\n" as a line end, unless that is there as it is: two signs are no character."""
    names: Mapping[str, str] = {word: plain for word, plain in _ESCAPES.items() if word in words and plain not in words}
    if isinstance(words, dict):
        return {names.get(word, word): row for word, row in words.items()}
    return [names.get(word, word) for word in words]

"""Vocabularies as frameworks save them become the words in the order of the rows."""

import json

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.interop import files, from_file
from rnn_tui.interop.description import Description
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from tests.interop.networks import LABELS, recorded

INDEX = {"<OOV>": 1, "the": 2, "dog": 3, "sleeps": 4, "barks": 5}
WORDS = ("<pad>", "<OOV>", "the", "dog", "sleeps", "barks")


def keras_tokenizer(index=None, **config):
    """Text of Keras' Tokenizer.to_json(), whose config holds the index as JSON in a text."""
    index = INDEX if index is None else index
    words = index if isinstance(index, dict) else {}
    said = {
        **{"num_words": None, "filters": '!"#\t\n', "lower": True, "split": " ", "char_level": False},
        **{"oov_token": "<OOV>", "document_count": 2, "word_counts": '{"dog": 2}', "word_docs": '{"dog": 2}'},
        "index_docs": '{"3": 2}',
        "index_word": json.dumps({str(row): word for word, row in words.items()}),
        "word_index": json.dumps(index),
    }
    return json.dumps({"class_name": "Tokenizer", "config": {**said, **config}})


def hugging_face(kind="WordLevel", **model):
    vocab = {word: row for row, word in enumerate(WORDS)}
    return json.dumps({"version": "1.0", "model": {"type": kind, "vocab": vocab, "unk_token": "<OOV>", **model}})


FORMS = {
    "Tokenizer.to_json()": ("v.json", keras_tokenizer()),
    "Tokenizer.to_json() in a text": ("v.txt", keras_tokenizer()),
    "Tokenizer.to_json() written with json.dump": ("v.json", json.dumps(keras_tokenizer())),
    "word_index": ("v.json", json.dumps(INDEX)),
    "word_index, rows as texts": ("v.json", json.dumps({word: str(row) for word, row in INDEX.items()})),
    "index_word": ("v.json", json.dumps({row: word for word, row in INDEX.items()})),
    "index to word from 0": ("v.json", json.dumps(dict(enumerate(WORDS)))),
    "itos": ("v.json", json.dumps({"itos": WORDS})),
    "itos as an object": ("v.json", json.dumps({"itos": dict(enumerate(WORDS)), "freqs": {"the": 3}})),
    "stoi": ("v.json", json.dumps({"stoi": {word: row for row, word in enumerate(WORDS)}, "unk_index": 1})),
    "both": ("v.json", json.dumps({"stoi": {word: row for row, word in enumerate(WORDS)}, "itos": WORDS})),
    "word2idx": ("v.txt", json.dumps({"word2idx": {word: row for row, word in enumerate(WORDS)}, "n": 6})),
    "vocab": ("v.json", json.dumps({"vocab": WORDS})),
    "vocab.json": ("v.json", json.dumps({word: row for row, word in enumerate(WORDS)})),
    "tokenizer.json": ("v.json", hugging_face()),
    "pairs": ("v.json", json.dumps([[word, row] for word, row in INDEX.items()])),
    "a list": ("v.json", json.dumps(WORDS)),
    "lines": ("v.txt", "\n".join(WORDS)),
    "lines with rows": ("v.tsv", "".join(f"{word}\t{row}\n" for row, word in enumerate(WORDS))),
    "lines with rows from 1": ("v.txt", "".join(f"{word} {row}\n" for word, row in INDEX.items())),
}


def read(folder, name, content, **options):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return files.read_vocabulary(path, **options)


def refusal(folder, name, content, **options):
    with pytest.raises(UserError) as raised:
        read(folder, name, content, **options)
    return str(raised.value).removeprefix(f"{folder / name}: ")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_same_words(tmp_path, form):
    saved = read(tmp_path, *FORMS[form])
    vocabulary = Description(saved.words, LABELS, unknown=saved.unknown).words()
    assert vocabulary.words == WORDS
    assert vocabulary.unknown == "<OOV>"


def test_text_vectorization_has_padding_and_unknown_words_first(tmp_path):
    saved = read(tmp_path, "v.json", '["", "[UNK]", "the", "dog"]')
    vocabulary = Description(saved.words, LABELS).words()
    assert (vocabulary.words, vocabulary.unknown) == (("", "[UNK]", "the", "dog"), "[UNK]")
    assert read(tmp_path, "v.txt", "\n[UNK]\nthe\ndog\n").words == list(vocabulary.words)


def test_num_words_leaves_the_rarer_words_out(tmp_path):
    # given a Tokenizer that knows five words, of which num_words=4 keeps those with an index below 4
    saved = read(tmp_path, "v.json", keras_tokenizer(num_words=4))
    assert saved.words == {"<OOV>": 1, "the": 2, "dog": 3}
    # then the embedding has four rows, one of them padding
    assert Description(saved.words, LABELS, unknown=saved.unknown).words().words == WORDS[:4]


def test_the_unknown_word_is_the_one_that_the_tokenizer_says(tmp_path):
    index = {"missing": 1, "unk": 2, "dog": 3}
    assert read(tmp_path, "v.json", keras_tokenizer(index, oov_token="missing")).unknown == "missing"
    # and none where it has none, even where a word of the texts is called so
    assert read(tmp_path, "v.json", keras_tokenizer(index, oov_token=None)).unknown == ""
    assert read(tmp_path, "v.json", hugging_face(unk_token="none")).unknown is None
    assert read(tmp_path, "v.json", '{"itos": ["a", "?"], "unk_token": "?"}').unknown == "?"


CHARACTERS = ["\n", " ", "a", "b"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("v.json", json.dumps(CHARACTERS)),
        ("v.txt", json.dumps(CHARACTERS)),
        ("v.txt", "\n".join(CHARACTERS)),  # two empty lines
        ("v.txt", "".join(f"{character}\n" for character in CHARACTERS)),
        ("v.txt", "\n \na\nb\n"),  # one empty line
        ("v.txt", "\\n\n \na\nb\n"),
        ("v.json", '["\\\\n", " ", "a", "b"]'),
        ("v.json", json.dumps({"idx2char": CHARACTERS})),
        ("v.txt", "\r\n \r\na\r\nb\r\n"),
    ],
)
def test_a_line_end_as_a_character(tmp_path, name, content):
    assert read(tmp_path, name, content, characters=True).words == CHARACTERS


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("v.txt", "a\nb\n\n", ["a", "b", "\n"]),
        ("v.txt", "a\n\n\nb", ["a", "\n", "b"]),
        ("v.txt", "\n[UNK]\na\n", ["", "[UNK]", "a"]),
        ("v.txt", "\n[UNK]\n\n\na\n", ["", "[UNK]", "\n", "a"]),
        ("v.txt", "\\t\n\\\\\na\n", ["\t", "\\", "a"]),
        ("v.json", '["\\n", "\\\\n"]', ["\n", "\\n"]),
        ("v.json", '{"\\\\n": 0, "a": 1}', {"\n": 0, "a": 1}),
        ("v.json", keras_tokenizer({"a": 1, "\n": 2}, char_level=True, oov_token=None), {"a": 1, "\n": 2}),
    ],
)
def test_characters_beside_a_line_end(tmp_path, name, content, expected):
    assert read(tmp_path, name, content, characters=True).words == expected


def test_of_words_an_empty_line_stays_one(tmp_path):
    assert read(tmp_path, "v.txt", "a\n\\n\n\nb\n").words == ["a", "\\n", "", "b"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "v.json",
            keras_tokenizer(char_level=True),
            "its Tokenizer reads characters (char_level): --tokenizer characters",
        ),
        ("v.json", keras_tokenizer([1]), "its word_index is no object with the row of each word"),
        ("v.json", keras_tokenizer({"a": "x"}), "its word_index is no object with the row of each word"),
        ("v.json", keras_tokenizer(word_index="{"), "can't be used (Expecting property name"),
        (
            "v.json",
            keras_tokenizer({"a": 1, "x": 2}, oov_token="x", num_words=2),
            "its oov_token “x” has no row among the 1",
        ),
        (
            "v.json",
            hugging_face("BPE"),
            "its tokenizer splits words into pieces (BPE); supported is one that keeps them",
        ),
        ("v.json", hugging_face(vocab=[1]), "its vocab is no object with the row of each word"),
        ("v.json", '{"0": "a", "1": "a"}', "“a” is at 0 and at 1; expected every word once"),
        ("v.json", '{"a": "b"}', "expected a JSON list of words, or an object with the row of each word"),
        ("v.json", '"a"', "expected a JSON list of words"),
        ("v.json", '"{}"', "expected a JSON list of words"),
        ("v.json", '[["a", 500], ["b", 300]]', "expected a JSON list of words"),
        ("v.json", '[["a", 0], ["b"]]', "expected a JSON list of words"),
        ("v.json", '{"vocab": [1]}', "expected a JSON list of words"),
        ("v.json", '["the", "##ing", "##ed", "##s"]', "has pieces of words, such as “##ing” (WordPiece, as of BERT)"),
        ("v.txt", "the\n##ing\n##ed\n##s\n", "has pieces of words, such as “##ing”"),
        ("v.json", '{"Ġthe": 0, "Ġdog": 1, "ing": 2, "Ġa": 3}', "(byte-level BPE, as of GPT-2)"),
        ("v.txt", "▁the\n▁dog\n▁a\n", "(SentencePiece); supported is a vocabulary of whole words"),
        ("v.txt", "{'a': 1}", "is in Python's own notation; save it as JSON: json.dump(words,"),
        ("v.pkl", b"\x80\x04\x95", "is a pickle or an archive, which is not opened; save it as JSON"),
        ("v.pt", b"PK\x03\x04", "is a pickle or an archive, which is not opened"),
    ],
)
def test_a_vocabulary_that_can_not_be_used_is_said_with_the_mend(tmp_path, name, content, says):
    assert says in refusal(tmp_path, name, content)


def test_a_tokenizer_of_words_for_a_network_of_characters(tmp_path):
    assert "its Tokenizer reads words" in refusal(tmp_path, "v.json", keras_tokenizer(), characters=True)


# The rows of words and of weights


def weights(folder, words):
    """A file of weights whose embedding has so many rows, and its tensors."""
    state_dict, _ = recorded("gru")
    rng = np.random.default_rng(1)
    state_dict["embedding.weight"] = rng.normal(size=(words, 4)).astype(np.float32)
    np.savez(folder / "w.npz", **state_dict)
    return folder / "w.npz", state_dict


def test_words_beyond_the_weights_are_unknown_ones(tmp_path):
    # given an index of five words, and an embedding of four rows, as num_words=4 leaves it
    path, tensors = weights(tmp_path, 4)
    model = from_file(path, INDEX, LABELS)
    # then the first three words are known, row 0 is padding, and the others read the unknown word
    assert model.vocabulary.words == WORDS[:4]
    assert [token.index for token in model.tokenize("dog barks the")] == [3, 1, 2]
    np.testing.assert_array_equal(run(model, model.tokenize("barks"))[0].x, tensors["embedding.weight"][1])
    assert model.provenance["vocabulary"] == "2 words have rows beyond the 4 of the weights, and are unknown words"


def test_an_unknown_word_beyond_the_weights_is_none(tmp_path):
    path, _ = weights(tmp_path, 3)
    assert from_file(path, {"a": 1, "b": 2, "c": 3, "<OOV>": 4}, LABELS).vocabulary.unknown is None


def test_rows_without_a_word_are_left_out(tmp_path):
    path, tensors = weights(tmp_path, 9)
    model = from_file(path, INDEX, LABELS)
    np.testing.assert_array_equal(model.embedding.weight, tensors["embedding.weight"][:6])
    assert model.provenance["vocabulary"] == "3 of the 9 rows of embedding.weight belong to no word, and are left out"


def test_one_hot_words_beyond_the_inputs(tmp_path):
    state_dict, _ = recorded("gru")
    del state_dict["embedding.weight"]
    np.savez(tmp_path / "w.npz", **state_dict)
    model = from_file(tmp_path / "w.npz", INDEX, LABELS)
    assert model.vocabulary.words == WORDS[:4]
    with pytest.raises(UserError, match="each of the 4 inputs is a word, but the vocabulary has 3"):
        from_file(tmp_path / "w.npz", {"a": 1, "b": 2}, LABELS)


def test_a_list_that_doesn_t_fit_is_refused_all_the_same(tmp_path):
    path, _ = weights(tmp_path, 9)
    with pytest.raises(UserError, match="has 9 rows, but the vocabulary has 6 words"):
        from_file(path, WORDS, LABELS)


def test_the_command_reads_them_and_says_what_it_left_out(tmp_path, capsys):
    weights(tmp_path, 4)
    (tmp_path / "v.json").write_text(keras_tokenizer(num_words=4), encoding="utf-8")
    (tmp_path / "i.json").write_text(json.dumps(INDEX), encoding="utf-8")
    call = [
        "import",
        str(tmp_path / "w.npz"),
        "--labels",
        "x,y,z",
        "-o",
        str(tmp_path / "o.safetensors"),
        "--vocabulary",
    ]
    assert main([*call, str(tmp_path / "v.json")]) == 0
    assert "unknown words read <OOV>\n" in capsys.readouterr().out
    assert main([*call, str(tmp_path / "i.json")]) == 0
    assert "2 words have rows beyond the 4 of the weights, and are unknown words\n" in capsys.readouterr().out
    model = load(tmp_path / "o.safetensors")
    assert model.vocabulary.words == WORDS[:4]


def test_a_network_of_characters_with_a_line_end(tmp_path, capsys):
    # given characters in lines, of which one is the line end, as inputs and as labels
    characters = ["a", "\n", " ", "b", "c"]
    rng = np.random.default_rng(2)
    shapes = {"Wxh": (4, 5), "Whh": (4, 4), "Why": (5, 4), "bh": (4, 1), "by": (5, 1)}
    np.savez(tmp_path / "w.npz", **{name: rng.normal(size=shape) for name, shape in shapes.items()})
    (tmp_path / "c.txt").write_text("\n".join(characters), encoding="utf-8")
    call = ["import", str(tmp_path / "w.npz"), "--vocabulary", str(tmp_path / "c.txt"), "--readout", "each"]
    call += ["--labels", f"@{tmp_path / 'c.txt'}", "--tokenizer", "characters", "-o", str(tmp_path / "o.safetensors")]
    assert main(call) == 0
    capsys.readouterr()
    model = load(tmp_path / "o.safetensors")
    assert (list(model.vocabulary.words), list(model.labels)) == (characters, characters)
    assert [token.index for token in model.tokenize("ab\nc")] == [0, 3, 1, 4]

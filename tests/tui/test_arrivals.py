"""The bytes that arrive from a terminal: what is meant for the program, and what is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.tui.terminal.arrivals import ABANDONED_AFTER, MOST_PASTED, Arrivals, Pasted

LATER = 2 * ABANDONED_AFTER


def given_of(*pieces, waited=0.0):
    """All that pieces of bytes give, neighbouring text joined."""
    arrivals = Arrivals()
    return joined([found for piece in pieces for found in arrivals.feed(piece, waited)])


def joined(found):
    result = []
    for each in found:
        is_text = not each.startswith("\x1b") and not isinstance(each, Pasted)
        if is_text and result and not result[-1].startswith("\x1b") and not isinstance(result[-1], Pasted):
            result[-1] += each
        else:
            result.append(each)
    return result


REPLIES = {
    "DA1": b"\x1b]11;rgb:1414/1616/1a1a\x07",
    "OSC 10, ended by ST": b"\x1b]10;rgb:e4e4/e6e6/ebeb\x1b\\",
    "XTVERSION": b"\x1bP>|XTerm(390)\x1b\\",
    "DA3": b"\x1bP!|00000000\x1b\\",
    "kitty graphics": b"\x1b_Gi=31;OK\x1b\\",
    "a privacy message": b"\x1b^secret\x1b\\",
    "a title with UTF-8": "\x1b]l Küche\x1b\\".encode(),
    "X10 mouse": b"\x1b[M !!",
    "X10 mouse far to the right": b"\x1b[MC\x80\xff",
    "X10 mouse with an escape for a column": b"\x1b[M \x1b\x1b",
    "Latin-1": b"\xe9\xff\x80",
    "half a character": b"\xe2\x96",
    "a sequence broken off by another": b"\x1b[12\x1b[M !!",
    "a sequence broken off by a byte": b"\x1b[1;\x80",
    "an end of a paste without a beginning": b"\x1b[201~",
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_what_is_no_key_gives_nothing_wherever_it_is_cut(reply):
    for cut in range(len(reply) + 1):
        assert given_of(b"a", reply[:cut], reply[cut:], b"b") == ["ab"]


KEYS = [b"\x1b[C", b"\x1bOP", b"\x1b[1;5H", b"\x1b[6~", b"\x1b[97;;97u", b"\x1b[<0;12;7M", b"\x1b[[A", b"\x1b[I"]


@pytest.mark.parametrize("key", KEYS)
def test_a_sequence_stays_whole_wherever_it_is_cut(key):
    for cut in range(len(key) + 1):
        assert given_of(key[:cut], key[cut:], b"q") == [key.decode(), "q"]


def test_a_reply_to_da1_is_a_sequence_of_its_own():
    assert given_of(b"\x1b[?61;4;22cq") == ["\x1b[?61;4;22c", "q"]


@pytest.mark.parametrize("text", ["naïve", "日本語", "🙂", "e\u0301"])
def test_text_is_decoded_across_pieces(text):
    assert given_of(*(bytes([byte]) for byte in text.encode())) == [text]


def test_escape_alone_is_a_key_once_nothing_follows():
    arrivals = Arrivals()
    assert list(arrivals.feed(b"\x1b", 0)) == []
    assert arrivals.waiting
    assert list(arrivals.tick()) == ["\x1b"]
    assert not arrivals.waiting
    assert list(arrivals.feed(b"[", 0)) == ["["]


def test_two_escapes_and_a_key_with_alt():
    assert given_of(b"\x1b\x1b[C") == ["\x1b", "\x1b[C"]
    assert given_of(b"\x1bx") == ["\x1bx"]
    assert given_of("\x1bé".encode()) == ["é"]


# Pastes


def test_a_paste_is_taken_as_it_is_but_for_what_is_no_text():
    content = b"two\r\nlines \x1b[C [200~ " + b"\xff\x00!"
    assert given_of(b"\x1b[200~" + content + b"\x1b[201~q") == ["two\r\nlines \x1b[C [200~ \ufffd!", "q"]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 4096])
def test_a_paste_in_pieces_is_one(size):
    content = "Küche " * 500
    sent = b"\x1b[200~" + content.encode() + b"\x1b[201~"
    found = given_of(*(sent[at : at + size] for at in range(0, len(sent), size)))
    assert found == [content]
    assert isinstance(found[0], Pasted)


def test_an_empty_paste_is_one():
    assert given_of(b"\x1b[200~\x1b[201~") == [""]


def test_of_a_paste_without_measure_only_so_much_is_kept():
    arrivals = Arrivals()
    found = list(arrivals.feed(b"\x1b[200~", 0))
    for _ in range(3):
        found += arrivals.feed(b"x" * MOST_PASTED, 0)
    found += arrivals.feed(b"\x1b[201~q", 0)
    assert [len(each) for each in found] == [MOST_PASTED, 1]


# What never ends


@pytest.mark.parametrize("begun", [b"\x1b]11;rgb:", b"\x1bP>|", b"\x1b[", b"\x1b[M ", b"\x1b[1;", b"\x1bO", b"\x1b_G"])
@pytest.mark.parametrize("key", [b"q", b"\x1b[C", "é".encode()])
def test_what_never_ends_is_given_up_at_a_key_after_a_silence(begun, key):
    arrivals = Arrivals()
    assert list(arrivals.feed(begun, 0)) == []
    assert list(arrivals.feed(key, LATER)) == [key.decode()]
    assert list(arrivals.feed(b"r", 0)) == ["r"]


def test_a_paste_that_never_ends_counts_as_far_as_it_came():
    arrivals = Arrivals()
    found = [*arrivals.feed(b"\x1b[200~good dog", 0), *arrivals.feed(b"q", LATER)]
    assert found == ["good dog", "q"]
    assert isinstance(found[0], Pasted)


def test_what_goes_on_after_a_silence_goes_on():
    # given a slow line, where the rest comes late but is more than one key
    assert given_of(b"\x1b[200~good ", b"dog\x1b[201~", waited=LATER) == ["good dog"]
    assert given_of(b"\x1b]11;rgb:", b"1414/1616/1a1a\x07", b"q", waited=LATER) == ["q"]


@given(st.lists(st.binary(max_size=12), max_size=12))
def test_whatever_arrives_an_end_is_found(pieces):
    # given any bytes in any pieces, when a key comes after a silence, then it is that key
    arrivals = Arrivals()
    for piece in pieces:
        list(arrivals.feed(piece, 0))
    list(arrivals.tick())
    assert list(arrivals.feed(b"q", LATER))[-1] == "q"

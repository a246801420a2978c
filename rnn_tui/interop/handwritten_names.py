"""The names that matrices and biases are given in networks written by hand, and what each of them is.

i2h, h2h, h2o (PyTorch's tutorials) · W_xh, W_hh, b_h, W_hq, b_q (Dive into Deep Learning) · Wxh, Whh, Why, bh, by
(min-char-rnn) · Wax, Waa, Wya, ba, by (Ng) · U, W, V, b, c (Goodfellow, Bengio and Courville) · in2hidden,
input_to_hidden, weights_input_hidden …
"""

from __future__ import annotations

import re

_WEIGHT = r"(?:weights?|w|u|v|fc|linear|lin|layer|dense|kernel)?"
_INPUT = r"(?:inputs?|inp|in|i|x|emb|embed|e)"
_HIDDEN = r"(?:hidden|hid|h|states?|s|a)"
_OUTPUT = r"(?:outputs?|out|o|y|q|labels?|tags?|logits?)"
_MATRICES = {
    "input": rf"{_WEIGHT}{_INPUT}(?:2|to)?{_HIDDEN}|w{_INPUT}|u|w[ha]x",
    "combined": rf"{_WEIGHT}(?:{_INPUT}h|h{_INPUT})(?:2|to){_HIDDEN}|\w*combined\w*",
    "hidden": rf"{_WEIGHT}{_HIDDEN}(?:2|to)?{_HIDDEN}|w{_HIDDEN}|w|w?rec(?:urrent)?",
    "output": rf"{_WEIGHT}{_HIDDEN}(?:2|to)?{_OUTPUT}|w{_OUTPUT}|out(?:puts?)?|v|w[yoq][ha]",
    "combined output": rf"{_WEIGHT}{_INPUT}(?:2|to)?{_OUTPUT}",
    "embedding": r"\w*emb\w*|lookup|encoder|wte",
}
"""By the role, all names, in lower case and without underscores. The first that matches is meant."""
_LOOSE = {
    "output": r"fc|linear|lin|dense|decoder|classifier|(?:lm)?head|proj(?:ection)?|out(?:put)?layer",
    "hidden": r"(?:hidden|recurrent|rec)(?:layer)?|rnn|cell",
    "input": r"in(?:put)?(?:layer)?",
}
"""Names that as well may be another's."""
_BIASES = {
    "input bias": rf"b(?:ias|iases)?{_INPUT}{_HIDDEN}?|{_INPUT}{_HIDDEN}?b(?:ias)?",
    "hidden bias": rf"b(?:ias|iases)?{_HIDDEN}{{1,2}}|{_HIDDEN}{{1,2}}b(?:ias)?",
    "output bias": rf"b(?:ias|iases)?{_HIDDEN}?{_OUTPUT}|{_HIDDEN}?{_OUTPUT}b(?:ias)?|c|fcb(?:ias)?|b(?:ias)?fc",
}
_SOME_BIAS = re.compile(r"b(?:ias(?:es)?)?\d?")
_NUMBER = re.compile(r"\d+")
PASSED = ("h", "hprev", "h0", "hidden", "state", "start", "init", "inithidden", "initialhidden", "initialstate")
"""Names of a hidden state that a program keeps beside its weights: no part of the network."""


def short(name: str) -> str:
    """The last part of a name that is no number, in lower case without underscores: rnn.W_xh is wxh."""
    parts = [part for part in re.split(r"[./]", name) if part and not _NUMBER.fullmatch(part)]
    return (parts[-1] if parts else name).replace("_", "").lower()


def role_of(name: str) -> str | None:
    """The role that the name of a matrix, or of its layer, says for sure; None where it says none."""
    return _matching(_MATRICES, short(name))


def likely_role_of(name: str) -> str | None:
    """The role that a name says, even if it could be another's: fc is mostly the last layer."""
    return role_of(name) or _matching(_LOOSE, short(name))


def bias_roles_of(name: str) -> tuple[str, ...]:
    """The roles that a bias of this name may have: one, or any for a plain bias; none for what is no bias."""
    said = _matching(_BIASES, short(name))
    if said is not None:
        return (said,)
    return ("hidden bias", "output bias") if _SOME_BIAS.fullmatch(short(name)) else ()


def _matching(patterns: dict[str, str], name: str) -> str | None:
    return next((role for role, pattern in patterns.items() if re.fullmatch(pattern, name)), None)

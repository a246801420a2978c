"""What-if: edits of a network or of its words, their text form, and what they do.

In text, units, words and indices count from 1; in the edits themselves from 0. An edit changes nothing that exists: it
makes another model or other tokens. NumPy is imported only where a network is changed, since the command line's parser
needs the text form alone.
"""

from rnn_tui.edits.reading import FORMS, parse_edit
from rnn_tui.edits.sequence import Edit, apply_edits, memory_factor, of_words, origins, without_words
from rnn_tui.edits.weights import Activation, Forget, ScaleMemory, SetParameter, Silence, WeightEdit
from rnn_tui.edits.words import DropWord, InsertWord, MoveWord, ReplaceWord, WordEdit

__all__ = [
    "FORMS",
    "Activation",
    "DropWord",
    "Edit",
    "Forget",
    "InsertWord",
    "MoveWord",
    "ReplaceWord",
    "ScaleMemory",
    "SetParameter",
    "Silence",
    "WeightEdit",
    "WordEdit",
    "apply_edits",
    "memory_factor",
    "of_words",
    "origins",
    "parse_edit",
    "without_words",
]

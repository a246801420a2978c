"""Edits of a network, of its words, or of what it computes at a word (what-ifs): their text form, and what they do.

In text, units, words and indices count from 1; in the edits themselves from 0. An edit changes nothing that exists: it
makes another model or other tokens. Each kind of edit is one module with its class and its `FORM`, and one line in
`parsing.FORMS`. NumPy is imported only where a network is changed: the command line's parser needs the text form alone.
"""

from rnn_tui.edits.activation import Activation
from rnn_tui.edits.drop_word import DropWord
from rnn_tui.edits.edit import Edit, Form, ValueEdit, WeightEdit, WordEdit
from rnn_tui.edits.forget import Forget
from rnn_tui.edits.hold import Hold
from rnn_tui.edits.insert_word import InsertWord
from rnn_tui.edits.lane import Lane, lane_of
from rnn_tui.edits.move_word import MoveWord
from rnn_tui.edits.parsing import FORMS, examples, names_of_network_edits, parse_edit
from rnn_tui.edits.replace_word import ReplaceWord
from rnn_tui.edits.scale_memory import ScaleMemory
from rnn_tui.edits.sequence import apply_edits, memory_factor, of_words, origins, without_words
from rnn_tui.edits.set_parameter import SetParameter
from rnn_tui.edits.silence import Silence

__all__ = [
    "FORMS",
    "Activation",
    "DropWord",
    "Edit",
    "Forget",
    "Form",
    "Hold",
    "InsertWord",
    "Lane",
    "MoveWord",
    "ReplaceWord",
    "ScaleMemory",
    "SetParameter",
    "Silence",
    "ValueEdit",
    "WeightEdit",
    "WordEdit",
    "apply_edits",
    "examples",
    "lane_of",
    "memory_factor",
    "names_of_network_edits",
    "of_words",
    "origins",
    "parse_edit",
    "without_words",
]

"""Hints at a better way to read a file, where it shows."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.learning.samples import Sample
from rnn_tui.network.tokens import as_number

_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Japanese syllables
    (0x3400, 0x4DBF),  # Chinese and Japanese characters
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""The letters of scripts that leave no space between words."""
_LOOKED_AT = 200
_LONGEST_WORD = 5
"""More letters than this between two spaces, on average, are no word."""


def spaceless(samples: Sequence[Sample]) -> bool:
    """True for texts that have no spaces between their words, as in Chinese, Japanese and Thai."""
    texts = [sample.text for sample in samples[:_LOOKED_AT]]
    letters = [character for text in texts for character in text if character.isalpha()]
    such = sum(any(low <= ord(letter) <= high for low, high in _SPACELESS) for letter in letters)
    if 2 * such <= len(letters) or not letters:
        return False
    spaced = any(len(text.split()) > 1 for text in texts)
    return not spaced or len(letters) > _LONGEST_WORD * sum(len(text.split()) for text in texts)


def numeric(samples: Sequence[Sample]) -> int | None:
    """The count of numbers of a timestep where all texts are numbers, and some are no whole ones; else None.

    Whole numbers may as well be the words of a small world, such as 0 and 1.
    """
    timesteps = [piece for sample in samples[:_LOOKED_AT] for piece in sample.text.split()]
    numbers = [[as_number(number) for number in timestep.split(",")] for timestep in timesteps]
    sizes = {len(timestep) for timestep in numbers}
    known = [number for timestep in numbers for number in timestep if number is not None]
    if len(sizes) != 1 or len(known) < sum(map(len, numbers)) or all(number.is_integer() for number in known):
        return None
    return sizes.pop()

"""The kinds of questions by their names, in the order in which they are listed: one module each."""

from __future__ import annotations

from rnn_tui.questions.kinds import (
    direction,
    exchanged,
    higher,
    label,
    largest,
    next_phase,
    number,
    other_cell,
    probability,
    reading,
    sign,
    value,
    without_memory,
    word,
)
from rnn_tui.questions.place import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        reading.KIND,
        next_phase.KIND,
        direction.KIND,
        sign.KIND,
        largest.KIND,
        label.KIND,
        word.KIND,
        exchanged.KIND,
        probability.KIND,
        value.KIND,
        without_memory.KIND,
        other_cell.KIND,
        higher.KIND,
        number.KIND,
    )
}
"""Every kind by its name, the first word of the text form."""

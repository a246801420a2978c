"""Sides for the pictures of a comparison."""

from __future__ import annotations

from rnn_tui.comparison import Comparison
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import trace_of
from tests.pictures.views import model


def sides(
    a="kick and dog", b="kick dog", *, models=(None, None), at=(0, 0), count=None, scene=None, edits=(), **fields
):
    """Both sides of a comparison of two texts at a column and stage; `scene` are fields of both scenes."""
    traces = [trace_of(given or model(), text) for given, text in zip(models, (a, b), strict=True)]
    comparison = Comparison(*traces)
    here = Position(*at)
    return [
        Side(
            trace=trace,
            scene=Scene(Reading(trace.model.name, ""), position=position or Position(), **(scene or {})),
            begun=position is not None,
            count=count or trace.model.hidden_size,
            wide=False,
            comparison=comparison,
            which=which,
            at=here,
            focused=which == 0,
            **fields,
        )
        for which, (trace, position) in enumerate(zip(traces, comparison.positions(here), strict=True))
    ]

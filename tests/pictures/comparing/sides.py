"""Sides for the pictures of a comparison."""

from __future__ import annotations

from rnn_tui.comparison import Comparison
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.scene import Position, Scene
from tests.builders import trace_of
from tests.pictures.views import model


def sides(a="kick and dog", b="kick dog", *, models=(None, None), place=(0, 0), count=None, scene=None, **fields):
    """Both sides of a comparison of two texts at a place, as (column, stage); `scene` are fields of both scenes."""
    traces = [trace_of(given or model(), text) for given, text in zip(models, (a, b), strict=True)]
    comparison = Comparison(*traces)
    here = Position(*place)
    return [
        Side(
            trace=trace,
            scene=Scene(trace.model.name, "", position, **(scene or {})),
            count=count or trace.model.hidden_size,
            wide=False,
            comparison=comparison,
            which=which,
            place=here,
            focused=which == 0,
            **fields,
        )
        for which, (trace, position) in enumerate(zip(traces, comparison.positions(here), strict=True))
    ]

"""Every kind of sentence of each lens, and what must be true where it is told."""

from __future__ import annotations

from tests.story.lenses.claims.attention import ATTENTION
from tests.story.lenses.claims.diagram import DIAGRAM
from tests.story.lenses.claims.gradient import GRADIENT
from tests.story.lenses.claims.memory import MEMORY
from tests.story.lenses.claims.path import PATH
from tests.story.lenses.claims.recency import RECENCY
from tests.story.lenses.claims.units import UNITS

CLAIMS = {
    "memory": MEMORY,
    "gradient": GRADIENT,
    "recency": RECENCY,
    "units": UNITS,
    "attention": ATTENTION,
    "path": PATH,
    "diagram": DIAGRAM,
}
"""All kinds of sentences of each lens."""

"""What a notebook does with an object."""

from __future__ import annotations

from operator import methodcaller

html_of = methodcaller("_repr_html_")
"""The HTML that a notebook shows in place of an object's text."""

"""What a notebook does with an object."""

from __future__ import annotations

from html.parser import HTMLParser
from operator import methodcaller

html_of = methodcaller("_repr_html_")
"""The HTML that a notebook shows in place of an object's text."""


def frame_in(html):
    """The attributes of the one frame that a piece of HTML is; fails where there is anything else."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

        def handle_data(self, data):
            found.append(("text", data))

    Reader().feed(html)
    ((tag, attributes),) = found
    assert tag == "iframe"
    return attributes

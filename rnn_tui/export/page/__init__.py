"""A scene as one page that computes the network itself: for a browser, with no network and nothing beside it."""

from __future__ import annotations

from rnn_tui.export.request import Request


def write(request: Request) -> None:
    """Write the page; raises UserError where a page can't compute the network, or where it can't be written."""
    from rnn_tui.export.page.document import document

    request.write(document(request.scene, request.trace).encode())

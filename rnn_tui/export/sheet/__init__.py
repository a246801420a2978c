"""A walk as a workbook with live formulas: change a weight or a word, and all that follows is computed anew."""

from __future__ import annotations

import io

from rnn_tui.export.request import Request


def write(request: Request) -> None:
    """Write the workbook; raises UserError where that can't be done, and for what is too large for one."""
    from rnn_tui.export.sheet.book import fill  # it needs the extra `xlsx`

    content = io.BytesIO()
    fill(request.trace, content)
    request.write(content.getvalue())

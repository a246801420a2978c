"""Write docs/notebook.ipynb, executed: `python docs/notebook.py` (needs nbclient and ipykernel).

The page of a walk is left out of what is written down: whoever executes the notebook has it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".ipynb")
CELLS = (
    "# A recurrent network in a notebook\n\n"
    "Run the cells from the top. Nothing is fetched from anywhere: the walk computes the network itself.",
    '>import rnn_tui\n\nmodel = rnn_tui.load("kicking-and-screaming")\nmodel',
    "A trace is everything that the network computes for one text.",
    '>trace = rnn_tui.run(model, "Kicking and screaming")\ntrace',
    ">print(trace[2])",
    "And this is the walk, at the third word, where the memory is added. Click it; then → and ← step through it. The "
    "words can be others, the memory quieter, a word left out.",
    '>rnn_tui.show("kicking-and-screaming", "Kicking and screaming", at="3:add", unit=0)',
    "The same with half of the memory, to be opened in a browser:",
    '>half = rnn_tui.show(model, "Kicking and screaming", edits="scale-memory 0.5")\n'
    'half.save("half.html")\nhalf.trace.answer',
)
"""The cells; what begins with > is code."""
LEFT_OUT = "<p><em>Run this cell: the walk stands here.</em></p>"


def notebook() -> Any:
    """The notebook, not executed."""
    from nbformat import v4

    made = [v4.new_code_cell(cell[1:]) if cell.startswith(">") else v4.new_markdown_cell(cell) for cell in CELLS]
    for number, cell in enumerate(made, start=1):
        cell["id"] = f"cell-{number}"
    return v4.new_notebook(cells=made, metadata={"language_info": {"name": "python"}})


def executed(folder: Path) -> Any:
    """The notebook with its outputs, executed in a folder."""
    from nbclient import NotebookClient

    made = notebook()
    client = NotebookClient(made, timeout=120, record_timing=False, resources={"metadata": {"path": str(folder)}})
    client.execute()
    return made


def without_pages(made: Any) -> Any:
    """The notebook as it is written down: no page in it, and nothing of the machine on which it was executed."""
    for cell in made.cells:
        for output in cell.get("outputs", ()):
            html = output.get("data", {}).get("text/html", "")
            if html.startswith("<iframe"):
                output["data"]["text/html"] = LEFT_OUT
    made.metadata = {"language_info": {"name": "python"}}
    return made


def text(made: Any) -> str:
    """The notebook as its file has it."""
    import nbformat

    return re.sub(r"\n*\Z", "\n", nbformat.writes(made))


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        FILE.write_text(text(without_pages(executed(Path(folder)))), encoding="utf-8")

"""Rules of the package's own sources that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.rules.sources import circles, docstrings, imports, module_name, trees

RIDDLE = re.compile(r"(What|How|Where|Whether|Why|When|Who|Which)\b")

PACKAGE = trees("rnn_tui")


def test_no_modules_import_one_another_in_a_circle():
    # Imports under TYPE_CHECKING and inside functions count: a circle that hides there is a circle.
    assert not circles(imports(PACKAGE))


@pytest.mark.parametrize("path", PACKAGE, ids=str)
def test_a_docstring_begins_with_a_verb_or_a_noun(path):
    found = [f"{path}:{line}: {text.splitlines()[0]}" for line, text in docstrings(PACKAGE[path]) if is_riddle(text)]

    assert not found


def is_riddle(text: str) -> bool:
    """True for a docstring that begins with a question word, and so says only what it is about."""
    return RIDDLE.match(text) is not None


def test_a_circle_is_found_wherever_its_imports_stand():
    sources = {
        "a.py": "from b import thing",
        "b.py": "def f():\n    import c",
        "c.py": "if TYPE_CHECKING:\n    from a import Other",
        "d.py": "import a",
    }

    graph = {module_name(path): tree for path, tree in _parsed(sources).items()}

    assert set(graph) == {"a", "b", "c", "d"}
    assert circles(imports(_parsed(sources))) == [{"a", "b", "c"}]


def test_a_package_that_hands_on_what_is_in_it_is_no_circle():
    sources = {"p/__init__.py": "from p.inner import name", "p/inner.py": "from p import other", "p/other.py": ""}

    assert circles(imports(_parsed(sources))) == []


def _parsed(sources):
    return {Path(name): ast.parse(source) for name, source in sources.items()}

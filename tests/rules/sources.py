"""The project's sources as syntax trees, and the modules that import one another."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Trees(Mapping[Path, ast.AST]):
    """Python files by their paths from the project's folder: each one's tree, which is made when it is asked for."""

    def __init__(self, paths) -> None:
        self._paths = dict.fromkeys(paths)

    def __getitem__(self, path: Path) -> ast.AST:
        if self._paths[path] is None:  # every process collects the tests of all files, and runs those of a few
            self._paths[path] = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        return self._paths[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@cache
def trees(folder) -> Trees:
    """Every Python file below a folder of the project."""
    return Trees(path.relative_to(ROOT) for path in sorted((ROOT / folder).rglob("*.py")))


def is_within(path: Path, folders) -> bool:
    """True for a file in one of the folders, or for one of them that is a file itself."""
    return any(path.is_relative_to(folder) for folder in folders)


def is_private(name: str) -> bool:
    """True for _name, but not for __name__."""
    return name.startswith("_") and not name.startswith("__")


def foreign_privates(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The lines in which private names of another object or module are used, and what is used there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if is_private(alias.name) or any(map(is_private, (node.module or "").split("."))):
                    yield node.lineno, f"from {node.module} import {alias.name}"
        elif isinstance(node, ast.Call) and _called(node) in ("setattr", "getattr", "delattr", "patch"):
            for argument in node.args:
                text = argument.value if isinstance(argument, ast.Constant) else None
                if isinstance(text, str) and any(map(is_private, text.split("."))):
                    yield node.lineno, ast.unparse(node)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def module_name(path: Path) -> str:
    """The dotted name of a file: a package for its __init__.py."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(files: Mapping[Path, ast.AST]) -> dict[str, set[str]]:
    """The modules that each module imports anywhere: at its top, under TYPE_CHECKING, and inside functions."""
    known = {module_name(path): tree for path, tree in files.items()}
    return {name: set(_imported(tree, known)) - {name} for name, tree in known.items()}


def _imported(tree: ast.AST, known) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "an import is written in full, so that it can be searched for"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in known or node.module in known:
                    yield inner if inner in known else node.module


def circles(graph: Mapping[str, set[str]]) -> list[set[str]]:
    """The groups of modules each of which imports all others of its group, directly or by way of others."""
    reached = {name: _reachable(graph, name) for name in graph}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in graph}
    return [set(group) for group in sorted(groups, key=sorted) if group]


def _reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def docstrings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The docstrings of a module and of its public classes and functions, with the lines of their definitions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text and not is_private(getattr(node, "name", "")):
                yield getattr(node, "lineno", 1), text

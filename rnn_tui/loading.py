"""Modules that are imported when they are first needed: start-up time is a feature."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def module(name: str) -> Callable[[], Any]:
    """A function that imports a module by its full name, and returns it."""
    return lambda: import_module(name)

"""Python code in a process of its own whose arithmetic has one thread, and timing two functions in turn."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.figures import Figure
from benchmarks.pseudo_terminal import ROOT

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Read by the libraries when they are imported, so they must be set before the process starts."""


def figures_of(module: str, *, quick: bool) -> list[Figure]:
    """The figures that `python -m MODULE` prints as JSON."""
    if importlib.util.find_spec("torch") is None:
        return [Figure(module.rpartition(".")[2].replace("_", " "), "", "", note="torch is not installed")]
    command = [sys.executable, "-m", module, *(["--quick"] if quick else [])]
    printed = subprocess.run(command, cwd=ROOT, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=True)
    return [Figure(**fields) for fields in json.loads(printed.stdout)]


def in_turn(ours: Callable[[], Any], other: Callable[[], Any], *, seconds: float) -> tuple[list[float], list[float]]:
    """Seconds of each call: blocks of calls of the one and the other in turn, until `seconds` have gone by.

    A block lasts about 20 ms and its first calls warm the caches, so that neither runs in the other's.
    """
    samples: tuple[list[float], list[float]] = ([], [])
    for function in (ours, other):
        for _ in range(3):
            function()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for function, kept in zip((ours, other), samples, strict=True):
            kept.extend(_block(function))
    return samples


def _block(function: Callable[[], Any], seconds: float = 0.02) -> list[float]:
    function()
    taken = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return taken

"""Which of its own routines NumPy's OpenBLAS should use, where it doesn't know the processor."""

from __future__ import annotations

import os
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
FIRST_PROCESSOR = 8192  # bytes: enough for one entry, which is as good as all
VENDOR = "AuthenticAMD"
NEEDED = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}


def prepare(cpuinfo: Path = CPUINFO) -> None:
    """Choose the routines for AVX-512 on AMD processors that have it; before NumPy is imported.

    OpenBLAS takes an AMD processor that is newer than itself for an old one, and then multiplies matrices at half the
    speed. Whoever has set OPENBLAS_CORETYPE is obeyed.
    """
    try:
        with cpuinfo.open(encoding="ascii", errors="replace") as file:
            text = file.read(FIRST_PROCESSOR)
    except OSError:  # no Linux
        return
    words = set(text.split())
    if VENDOR in words and words >= NEEDED:
        os.environ.setdefault("OPENBLAS_CORETYPE", "SKYLAKEX")

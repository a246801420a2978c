"""Speed and memory, side by side with what a user would pick instead; run with `python -m benchmarks`."""

from __future__ import annotations

import os

# One thread each: NumPy and torch read this when they are first imported, here and in the programs that are started.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

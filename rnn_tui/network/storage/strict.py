"""JSON from a file that anybody may have written: what Python's reader lets through, and this program can't use."""

from __future__ import annotations

import gc
import json
import re
from itertools import chain
from typing import Any

MOST_NESTED = 32
MOST_DIGITS = 300
"""The digits of a whole number up to which it fits a float."""
_HOLDERS = (dict, list)  # a union would be made anew for each of a million values
_LONG = re.compile(f"[0-9]{{{MOST_DIGITS + 1}}}")
_TEXTS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_HALF = re.compile("[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


def parsed(text: str) -> Any:
    """The value of a JSON text; raises ValueError with a few words for what no file of ours holds.

    That is a key that is there twice, which Python would drop; half a character (a lone surrogate), which can't be
    written again; a whole number that no float holds; and lists in lists that would exhaust the stack later on.
    """
    collecting = gc.isenabled()
    gc.disable()  # which would look at a million lists again and again while they are made
    try:
        # A function for every whole number and every object takes most of the time, and hardly a text needs it.
        whole = _whole if _LONG.search(text) else None
        value = json.loads(text, parse_int=whole)
        if _fields_in(value) != _TEXTS.sub("", text).count(":"):
            value = json.loads(text, object_pairs_hook=_once, parse_int=whole)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    finally:
        if collecting:
            gc.enable()
    if _HALF_ESCAPED.search(text) and has_half(json.dumps(value, ensure_ascii=False)):
        raise ValueError("it holds half a character, a lone surrogate")
    return value


def has_half(text: str) -> bool:
    """True where a text holds a lone surrogate, as a name that is no UTF-8 does; no file can hold it."""
    return _HALF.search(text) is not None


def storable(text: str) -> str:
    """The text with � in place of every lone surrogate."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"“{twice[:40]}” is there twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _fields_in(value: Any) -> int:
    """The number of fields of all objects; raises ValueError for lists in lists without end."""
    fields, level = 0, [value] if isinstance(value, _HOLDERS) else []
    for _ in range(MOST_NESTED):
        objects = [item for item in level if type(item) is dict]
        lists = [item for item in level if type(item) is list]
        fields += sum(map(len, objects))
        inner = chain(chain.from_iterable(map(dict.values, objects)), chain.from_iterable(lists))
        level = [item for item in inner if type(item) in _HOLDERS and item]
        if not level:
            return fields
    raise ValueError("it is nested too deeply")

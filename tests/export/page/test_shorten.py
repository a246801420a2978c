"""A script with short names does what it did: properties, globals, classes and texts keep theirs."""

from __future__ import annotations

import re

import pytest

from rnn_tui.export.page.shorten import shortened

SCRIPTS = {
    "let counted=1;counted+=document.counted;": "let a=1;a+=document.counted;",
    "let {counted,other}=thing;use(counted,counted)": "let {counted:b,other}=thing;use(b,b)",
    "function first(given){return{given,other:given}}": "function first(a){return{given:a,other:a}}",
    "let text=`a ${counted} ${`b${counted}`}`;counted": "let text=`a ${a} ${`b${a}`}`;a",
    "class Walked{counted(counted){return counted.counted}}": "class Walked{counted(a){return a.counted}}",
    "let made={counted(){return counted},get other(){return counted}}": (
        "let made={counted(){return a},get other(){return a}}"
    ),
    "let all=[...counted,counted?counted:'counted'];": "let all=[...a,a?a:'counted'];",
    "let {counted=5}=thing;counted;counted": "let {counted:a=5}=thing;a;a",
    "let a=0,b=0;counted=counted+a+b": "let a=0,b=0;c=c+a+b",
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_becomes_of_a_script(text):
    assert _named_in_order(shortened(text)) == _named_in_order(SCRIPTS[text])


def _named_in_order(script):
    """The script with each name of one letter as its number: it makes no difference which of them is which."""
    names = {}
    return re.sub(r"\b[a-z]\b", lambda found: str(names.setdefault(found[0], len(names))), script)

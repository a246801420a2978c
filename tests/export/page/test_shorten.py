"""A script with short names does what it did: properties, what a browser brings, classes and texts keep theirs."""

from __future__ import annotations

import pytest

from rnn_tui.export.page.shorten import shortened

SCRIPTS = {
    "let counted=1;counted+=document.counted;": "let a=1;a+=document.counted;",
    "let {counted,other}=thing;use(counted,counted)": "let {counted:a,other}=b;c(a,a)",
    "function first(given){return{given,other:given}}": "function b(a){return{given:a,other:a}}",
    "let text=`a ${counted} ${`b${counted}`}`;counted": "let b=`a ${a} ${`b${a}`}`;a",
    "class Walked{counted(counted){return counted.counted}}": "class Walked{counted(a){return a.counted}}",
    "let all={counted(){return counted},get or(){return counted}}": "let b={counted(){return a},get or(){return a}}",
    "let all=[...counted,counted?counted:'counted'];": "let b=[...a,a?a:'counted'];",
    "let {counted=5}=thing;counted;counted": "let {counted:a=5}=b;a;a",
    "let a=0,b=0;counted=counted+a+b": "let a=0,b=0;c=c+a+b",
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_becomes_of_a_script(text):
    assert shortened(text) == SCRIPTS[text]

"""Scripts and styles that are squeezed do what they did: strings, templates and regular expressions stay whole."""

from __future__ import annotations

import pytest

from rnn_tui.export.page import squeeze

SCRIPTS = {
    "const a = 1; // not this\nconst b = 2;": "let a=1;let b=2;",
    'const text = "// no  comment";': 'let text="// no  comment";',
    "const text = 'it\\'s  /* one */';": "let text='it\\'s  /* one */';",
    "const text = `a  ${b ? `c  ${d}` : '}'}  e`;": "let text=`a  ${b ? `c  ${d}` : '}'}  e`;",
    'x.replace(/[/ ]+ "/g, y / 2 / z);': 'x.replace(/[/ ]+ "/g,y/2/z);',
    "return /a b/.test(x);": "return/a b/.test(x);",
    "const f = (one) => one;\nconst g = (a, b) => a;\nconst k = () => 1;": "let f=one=>one;let g=(a,b)=>a;let k=()=>1;",
    "g(() => 1, async (x) => x);": "g(()=>1,async x=>x);",
    "a + +b - -c": "a+ +b- -c",
    "if (a) {\n  b();\n}\nreturn true;": "if(a){b()}return !0;".replace("return !", "return!"),
    "a()\nb()": "a()\nb()",
    "for (const one of all) use(one);": "for(let one of all)use(one);",
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_is_left_of_a_script(text):
    assert squeeze.script(text) == SCRIPTS[text]


def test_what_is_left_of_a_style():
    text = "/* why */\n:root { --a: #fff; }\n.a > .b:not(.c) {\n  margin: 0 0.5rem;\n  width: calc(1rem + 0.5em);\n}\n"
    assert squeeze.style(text) == ":root{--a:#fff}.a > .b:not(.c){margin:0 .5rem;width:calc(1rem + .5em)}"

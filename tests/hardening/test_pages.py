"""Exported pages with texts of every kind in them: none is markup or script, and each is read or refused."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest

from rnn_tui.export.page.document import document
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Example
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from tests.browser.chromium import needs_chromium
from tests.browser.conftest import browser  # noqa: F401  # the fixture
from tests.browser.devtools import PHONE, PROJECTOR, Tab
from tests.builders import build
from tests.deep import deep_model
from tests.hardening import texts
from tests.hardening.cases import Fault
from tests.hardening.deep import DEEP

pytestmark = [pytest.mark.hardening, needs_chromium]
KIND, TOTAL, CHUNK = "page", 300, 10
MODELS = {
    "words": partial(build, "gru", None, inputs="embedding"),
    "attention": partial(build, readout="attention"),
    "numbers": partial(build, inputs="number"),
    **{name: partial(deep_model, **DEEP[name]) for name in ("both-ways", "a-number", "tags-both-ways")},
}
MARKUP = (
    "</script><script>hurt=1</script>", '<img src=x onerror="hurt=1">', "<b>", "&lt;b&gt;", "&amp;", "<!--", "]]>",
    '"><svg onload=hurt=1>', "' onclick='hurt=1", "javascript:hurt=1", "${hurt=1}", "`+(hurt=1)+`", "\\u003cb>",
    "-->",
    "</style>", "</title>", "</pre>", "<template>", "<base href=//x>", "\u2028hurt=1\u2029", "__proto__", "constructor",
)  # fmt: skip
"""Texts that would be obeyed where a text is taken for a page's own words."""
SEEN = """(() => {
  const { open } = rnnTui;
  const told = [];
  const read = (text) => { open.read(text); told.push([open.state.text, document.querySelector(".message")?.innerText ?? ""]); };
  open.act.end();
  open.show({ arithmetic: true, lens: "memory", notation: true });
  TEXTS.forEach(read);
  const count = (names) => document.querySelectorAll(names).length;
  return { told, hurt: typeof hurt, scripts: count("script"), foreign: count("img, iframe, base, link, template, object, embed, form[action], a[href^='javascript']"),
    handlers: [...document.querySelectorAll("*")].filter((one) => one.getAttributeNames().some((name) => /^on/i.test(name))).length };
})()"""  # noqa: E501


def hostile(chance):
    """A text with something in it that a page, a terminal or a parser might obey."""
    pieces = [chance.choice(MARKUP) if chance.random() < 0.6 else texts.argument(chance)[:300]]
    pieces += [texts.word(chance), chance.choice(MARKUP)][: chance.randint(0, 2)]
    chance.shuffle(pieces)
    return "".join(one for one in chance.choice(["", " "]).join(pieces) if not 0xD800 <= ord(one) <= 0xDFFF)


def named(chance, model):
    """The model with hostile names: of itself, its labels, its units, its words and its examples."""

    def others(given):
        return tuple(f"{one}{k}" for k, one in enumerate(hostile(chance) for _ in given))

    return replace(
        model,
        name=hostile(chance)[:60],
        title=hostile(chance),
        summary=hostile(chance),
        labels=others(model.labels),
        unit_names=others(range(model.layers[0].hidden_size)) if len(model.layers) == 1 else None,
        examples=(Example(hostile(chance), hostile(chance)),),
        provenance={"unit": hostile(chance)},
    )


def one(chance, tab_of, folder):
    """Write the page of a scene of hostile texts, open it, and let it read others."""
    name = str(chance.choice([*MODELS]))
    model = named(chance, MODELS[name]())
    said = {"numbers": "1 2 3", "a-number": "1,2,3 4,5,6"}.get(name) or hostile(chance)
    try:
        trace = run(model, model.tokenize(said))
    except UserError:
        said = "the dog"
        trace = run(model, model.tokenize(said))
    given = [hostile(chance) for _ in range(3)]
    path = folder / "page.html"
    path.write_text(document(Scene(Reading(model.name, said)), trace), encoding="utf-8")
    plain = document(Scene(Reading(name, "plain")), replace(trace, model=MODELS[name]()))
    tab = tab_of(path.as_uri())
    try:
        seen = tab.run(SEEN.replace("TEXTS", json.dumps(given)))
        faults = [f"complains: {one}" for one in tab.complaints]
        asked = [address for address in tab.requests if not address.startswith("file:")]
    finally:
        tab.close()
    faults += [f"asks for {address}" for address in asked]
    if seen["hurt"] != "undefined" or seen["foreign"] or seen["handlers"] or seen["scripts"] != plain.count("<script"):
        faults.append(f"a text became markup: {seen}")
    for text, (read, message) in zip(given, seen["told"], strict=True):
        faults += [fault for fault in [reading(model, text, read, message)] if fault]
    if faults:
        raise Fault(*map(str, faults))


def reading(model, text, read, message):
    """The fault of what a page made of a text, where it isn't what the program makes of it; else None."""
    try:
        model.tokenize(text)
    except UserError as error:
        return None if message else f"{text!r} is refused with no word; the program says {error}"
    return None if read == text else f"{text!r} was not read but {read!r}, and it says {message!r}"


def test_no_text_of_a_page_is_obeyed(cases, browser, tmp_path):  # noqa: F811  # the fixture
    sizes = (PHONE, PROJECTOR)

    def tab_of(address):
        return Tab(browser, address, size=sizes[cases.count % 2])

    cases.each(lambda chance: one(chance, tab_of, tmp_path))

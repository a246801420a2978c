"""The page of a scene in a real browser without a network: whole, quick, and opened at what it was written for."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from rnn_tui import shelf
from rnn_tui.export import trace_json
from rnn_tui.export.page.document import document
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from tests.browser.chromium import needs_chromium, page_count
from tests.browser.devtools import PHONE, PROJECTOR
from tests.browser.pages import POSITION, opened, page_of
from tests.export.traced_models import MODELS, SHIPPED

pytestmark = needs_chromium
MOST_BESIDE_THE_MODEL = 150_000
# Nothing reaches over the side of the page, no button is too small for a finger, and no text is cut where it stands.
FAULTS = """(() => {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth} wide`);
  for (const one of document.querySelectorAll(".walk *")) {
    const { left, right, width, height } = one.getBoundingClientRect();
    if (!width || one.closest(".unseen, svg")) continue;
    if (right > innerWidth + 1 || left < -1) faults.push(`${one.tagName} ${one.className} reaches ${left} to ${right}`);
    const small = matchMedia("(pointer: coarse)").matches && Math.min(height, width) < 43.5;
    if (one.tagName === "BUTTON" && small) faults.push(`${one.textContent} is ${width} x ${height}`);
    if (one.tagName === "TD" && one.scrollWidth > one.clientWidth + 1) faults.push(`${one.textContent} is cut`);
  }
  return faults.slice(0, 4);
})()"""


@pytest.mark.parametrize("name", SHIPPED)
def test_every_model_is_whole_on_a_phone_and_a_projector_without_a_network(browser, tmp_path, name):
    page, trace = page_of(name)
    beside = len(page.encode()) - -(-(MODELS / f"{name}.safetensors").stat().st_size // 3) * 4
    assert beside <= MOST_BESIDE_THE_MODEL
    tab = opened(browser, tmp_path, page, size=PHONE, color_scheme="dark")
    walked = [trace.order.index(trace.order.first(floor.index)) for floor in trace.model.floors]
    steps = {*walked, *range(3, len(trace.order), max(1, len(trace.order) // 3)), len(trace.order) - 1}
    for size in (PHONE, PROJECTOR, (1024, 700)):
        tab.resize(size)
        for step in sorted(steps):
            tab.run(f"rnnTui.open.move(rnnTui.open.reading().order.at({step}))")
            assert tab.run(FAULTS) == [], (size, step)
        tab.run("rnnTui.open.show({arithmetic: true, lens: 'memory', notation: true})")
        assert tab.run(FAULTS) == []
        tab.run("rnnTui.open.show({arithmetic: false, lens: null, notation: false})")
    assert tab.complaints == []
    assert [one for one in tab.requests if not one.startswith("file:")] == []
    tab.close()


def test_its_policy_lets_nothing_in(browser, tmp_path):
    page, _ = page_of("kicking-and-screaming")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; img-src data:; "
        r"base-uri 'none'; form-action 'none'",
        policy,
    )
    assert not re.search(
        r"\s(?:src|href|style|on\w+)=", re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.S)
    )
    tab = opened(browser, tmp_path, page)
    tab.run(
        "document.body.insertAdjacentHTML('beforeend', "
        '\'<img src=x onerror="window.hurt = 1"><p style="color: red">\')'
    )
    tab.run("new Promise((done) => setTimeout(done, 50))")
    assert tab.run("window.hurt === undefined") is True
    assert any("Content Security Policy" in str(one) for one in tab.complaints)
    tab.close()


def test_it_opens_at_exactly_the_scene(browser, tmp_path):
    edits = ("scale-memory 0.5", "hold h[2] 0.5 at 2")
    page, trace = page_of(
        "sentiment-gru", "this was great", edits=edits, at=(2, 3, 0), unit=4, notation=True, arithmetic=True
    )
    tab = opened(browser, tmp_path, page)
    assert tab.run(POSITION) == [2, 3, 0]
    shown = tab.run("document.body.innerText")
    assert "word 3 of 3 · Candidate" in shown
    assert "half the memory · unit 2 held at 0.50 at word 2" in shown
    assert "Arithmetic of unit 5" in shown
    assert "n[5] = tanh(" in shown
    wanted = json.loads("".join(trace_json.lines(trace)))
    assert _apart(tab.run("rnnTui.trace('this was great')"), wanted) < 1e-5
    tab.close()


def _apart(found, wanted):
    """The largest difference of the numbers of two values that are otherwise the same."""
    if isinstance(wanted, dict):
        assert list(found) == list(wanted)
        return max((_apart(found[key], value) for key, value in wanted.items()), default=0)
    if isinstance(wanted, list):
        assert len(found) == len(wanted)
        return max(map(_apart, found, wanted), default=0)
    if isinstance(wanted, float):
        return abs(found - wanted)
    assert found == wanted
    return 0


def test_what_is_hidden_stays_so_until_it_is_asked_for(browser, tmp_path):
    page, _ = page_of("kicking-and-screaming", at=(2, 4, 0), hidden=True)
    tab = opened(browser, tmp_path, page)
    walk = "document.querySelector('.sentence').innerText + document.querySelector('.work').innerText"
    assert not re.search(r"\d%", tab.run(walk))
    tab.run("document.querySelector('.reveal').click()")
    assert re.search(r"Negative\s*\d+%", tab.run(walk))
    tab.close()


@pytest.mark.parametrize("name", ["tagger-two-way", "sentiment-deep"])
def test_the_keys_walk_in_the_order_of_the_program(browser, tmp_path, name):
    page, trace = page_of(name)
    tab = opened(browser, tmp_path, page)
    order = trace.order
    wanted = [[p.t, p.phase, p.floor] for p in map(order.at, range(len(order)))]
    press = f"(async () => {{ const seen = [{POSITION}]; for (let k = 1; k < {len(order)}; k += 1) {{ "
    press += "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true})); "
    assert tab.run(f"{press} seen.push({POSITION}); }} return seen; }})()") == wanted
    tab.key("Home")
    for key, at in (
        ("ArrowRight", order.at(1)),
        ("w", order.word_moved(order.at(1), 1)),
        ("b", order.at(1)),
        ("End", order.last),
    ):
        tab.key(key)
        assert tab.run(POSITION) == [at.t, at.phase, at.floor], key
    tab.key("F")
    there = order.on_floor((order.last.floor + 1) % len(order.floors), order.last)
    assert tab.run(POSITION) == [there.t, there.phase, there.floor]
    tab.key("t")
    assert tab.run("document.querySelector('.notation').getAttribute('aria-pressed')") == "true"
    tab.close()


def test_taps_swipes_and_play(browser, tmp_path):
    page, _trace = page_of("kicking-and-screaming")
    tab = opened(browser, tmp_path, page, size=PHONE)
    tab.run("document.querySelector('.controls .main').click()")
    assert tab.run(POSITION) == [0, 1, 0]
    swipe = """((from, to) => {
      const target = document.querySelector('.work');
      const touch = (x) => new Touch({identifier: 1, target, clientX: x, clientY: 400});
      const send = (kind, x, touches) =>
        target.dispatchEvent(new TouchEvent(kind, {bubbles: true, touches, changedTouches: [touch(x)]}));
      send('touchstart', from, [touch(from)]);
      send('touchend', to, []);
    })"""
    tab.run(f"{swipe}(300, 100)")
    assert tab.run(POSITION) == [0, 2, 0]
    tab.run(f"{swipe}(100, 300)")
    assert tab.run(POSITION) == [0, 1, 0]
    tab.run("document.querySelectorAll('.ribbon button')[2].click()")
    assert tab.run(POSITION) == [2, 1, 0]
    tab.run("document.querySelectorAll('.tabs button')[3].click()")
    assert tab.run(POSITION) == [2, 3, 0]
    tab.run("document.querySelectorAll('.unit')[1].click()")
    assert tab.run("document.querySelector('.arithmetic h2').textContent").startswith("Arithmetic of noun")
    tab.run("rnnTui.open.pace = 5; rnnTui.open.act.play(); new Promise((done) => setTimeout(done, 4000))")
    assert tab.run(POSITION) == [2, 4, 0]
    assert tab.run("rnnTui.open.timer") is None
    tab.close()


def test_its_address_names_another_scene_and_nothing_wrong_is_taken(browser, tmp_path):
    page, _ = page_of("kicking-and-screaming")
    fragment = "#s=the%20dog%20barked&at=3:add&unit=2&notation=1&memory=0.5&without=1"
    tab = opened(browser, tmp_path, page, fragment)
    state = tab.run("rnnTui.open.state")
    wanted = {"text": "the dog barked", "unit": 1, "notation": True, "scale": 0.5, "leftOut": [0]}
    assert {name: state[name] for name in wanted} == wanted
    assert "isn't there" in tab.run("document.querySelector('.message').innerText"), "two words are left"
    tab.close()
    tab = opened(browser, tmp_path, page, "#s=the%20dog%20barked&at=3:add")
    assert tab.run(POSITION) == [2, 2, 0]
    tab.run("rnnTui.open.act.next(); new Promise((done) => setTimeout(done, 400))")
    assert tab.run("location.hash") == "#s=the%20dog%20barked&at=3%3Asquash"
    tab.close()
    for wrong in (
        "#s=%E0%A4&at=x",
        "#memory=9e9&unit=-1&__proto__=1&constructor=2",
        "#at=99:add",
        "#without=1,2,3",
        "#" + "a" * 30_000,
    ):
        tab = opened(browser, tmp_path, page, wrong)
        assert tab.run("rnnTui.open.state.text") == "Kicking and screaming", wrong
        assert tab.run("document.querySelector('.message').innerText"), wrong
        assert tab.complaints == []
        tab.close()


HOSTILE = '</script><img src=x onerror="window.hurt=1"><b>&lt;'


def test_no_text_is_ever_markup(browser, tmp_path):
    plain = shelf.load("kicking-and-screaming")
    named = replace(
        plain, title=HOSTILE, labels=(HOSTILE, "b"), unit_names=(HOSTILE, "b", "<i>", "\u202e4"),
        examples=(replace(plain.examples[0], text=HOSTILE),), name="<b>",
    )  # fmt: skip
    text = f"kicking {HOSTILE} screaming"
    trace = run(named, named.tokenize(text))
    page = document(Scene(reading=Reading("<b>", text)), trace)
    tab = opened(browser, tmp_path, page)
    tab.run("rnnTui.open.act.end(); rnnTui.open.show({arithmetic: true, lens: 'memory', notation: true})")
    tab.run(f"rnnTui.open.read({json.dumps(text)}); rnnTui.open.read('')")
    assert tab.run("[...document.querySelectorAll('img, b:not([class]), script:not([id])')].length") == 1
    assert tab.run("window.hurt === undefined") is True
    assert "</script><img" in tab.run("document.body.innerText")
    assert "\u202e" not in tab.run("document.body.innerText")
    assert tab.complaints == []
    tab.close()


def test_a_sentence_of_ones_own_and_one_that_cannot_be_read(browser, tmp_path):
    page, _ = page_of("sunspots")
    tab = opened(browser, tmp_path, page)
    own = "((field) => {{ field.value = {}; field.form.requestSubmit(); }})(document.querySelector('.own input'))"
    tab.run(own.format("'1 2 3'"))
    assert tab.run("rnnTui.open.state.text") == "1 2 3"
    tab.run(own.format("'1 two 3'"))
    assert tab.run("rnnTui.open.state.text") == "1 2 3"
    assert "“two” is no number" in tab.run("document.querySelector('.message').innerText")
    tab.close()


@pytest.mark.parametrize("name", ["sentiment", "sentiment-deep", "el-nino"])
def test_the_memory_slider_and_a_word_left_out_are_the_programs_edits(browser, tmp_path, name):
    page, _trace = page_of(name)
    _, edited = page_of(name, edits=("scale-memory 0.5", "drop 2"))
    tab = opened(browser, tmp_path, page)
    tab.run("rnnTui.open.act.end(); rnnTui.open.act.memory(0.5); rnnTui.open.act.without(1)")
    wanted = json.loads("".join(trace_json.lines(edited)))
    assert _apart(tab.run("rnnTui.open.reading().trace.json()"), wanted) < 1e-5
    assert tab.run("document.querySelectorAll('.ghost').length") > 0, "marks of before"
    tab.run("rnnTui.open.act.original()")
    assert tab.run("document.querySelectorAll('.ghost, .was').length") == 0
    tab.close()


def test_it_prints(browser, tmp_path):
    page, _ = page_of("kicking-and-screaming", at=(2, 4, 0))
    tab = opened(browser, tmp_path, page)
    assert 1 <= page_count(tab.printed()) <= 2
    tab.close()


def test_it_reads_aloud(browser, tmp_path):
    page, _ = page_of("kicking-and-screaming")
    tab = opened(browser, tmp_path, page)
    assert tab.run("document.querySelector('[aria-live=polite]').innerText").startswith("An RNN reads one word")
    named = "one.ariaLabel || one.textContent || (one.labels && one.labels.length)"
    unnamed = f"[...document.querySelectorAll('button, input, select')].filter((one) => !({named}))"
    assert tab.run(f"{unnamed}.length") == 0
    tab.close()


def test_when_all_words_are_back_the_walk_is_at_the_word_at_which_it_was(browser, tmp_path):
    page, trace = page_of("sentiment", "this movie is not good")
    tab = opened(browser, tmp_path, page)
    tab.run("rnnTui.open.act.without(0); rnnTui.open.act.end()")
    assert tab.run("rnnTui.open.state.position.t") == len(trace) - 2
    tab.run("rnnTui.open.act.original()")
    assert tab.run("rnnTui.open.state.position.t") == len(trace) - 1
    assert tab.run("rnnTui.open.state.leftOut.length") == 0
    tab.close()

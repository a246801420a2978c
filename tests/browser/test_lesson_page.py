"""Lessons as pages, in a real browser: every card is reached by keys, every question marked as the program marks it.

A phone answers everything wrong, a projector everything right, without a network and under the page's own policy.
"""

from __future__ import annotations

import json
from functools import cache

import pytest

from rnn_tui.export.page.lesson import lesson_page
from rnn_tui.lessons import course
from rnn_tui.lessons.asking import question_of
from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.lesson import Prose
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import blocks
from rnn_tui.lessons.template import template
from rnn_tui.questions.marking import answer_in_words, mark
from rnn_tui.text import number, printable
from rnn_tui.traced import prediction
from rnn_tui.traces import Traces
from tests.browser.chromium import needs_chromium
from tests.browser.devtools import PHONE, PROJECTOR, Tab
from tests.export.hostile_lesson import HOSTILE, hostile_lesson
from tests.lessons.conftest import FRONT

pytestmark = needs_chromium
TRACES = Traces()
COURSE = [path.stem for path in course.paths()]
OWN = {
    "template": template(),  # which has every kind of question
    "numbers": f"""{FRONT}
```scene
-m el-nino -s "21.68,12 23.70,1 26.08,2 27.17,3" --at 3:check --notation
```

How warm is the sea?

```question
number
```

```scene
-m el-nino -s "21.68,12 23.70,1 26.08,2 27.17,3" --at 1:check
```

```question
higher
```

```scene
-m tagger-two-way -s "the old man went home" --at 3:add --direction backward
```

From the last word to the first.

```question
direction h[3]
```

```scene
-m digits --at 2:read
```

A picture, row by row.
""",
}
SEEN = """(() => {
    const lesson = rnnTui.lesson, [now] = document.getElementsByClassName("current"), root = document.documentElement;
    const shown = lesson.walkOf(lesson.now.stop), {text, position} = shown.walk.state;
    const cut = [...document.querySelectorAll(".card *:not(pre):not(pre *)")].filter((one) =>
        one.clientWidth && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline");
    const small = [...document.querySelectorAll(".card button")].filter((one) =>
        one.offsetParent && one.offsetHeight < 44);
    const open = [...document.querySelectorAll(".walk")].filter((one) => !one.hidden);
    const [status] = [...now.getElementsByClassName("result"), now];
    return {
        card: now.innerText, all: document.body.innerText, status: status.innerText, text, position,
        live: now.closest("[aria-live]") !== null, focus: document.activeElement.className,
        inert: shown.element.inert, open: open.length,
        wide: root.scrollWidth - root.clientWidth, cut: cut.map((one) => one.className), small: small.length,
    };
})()"""
THROUGH = """((answers, seen, all) => {
    const press = (key) => (document.activeElement || document.body).dispatchEvent(
        new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    const type = (text) => {
        [...text].forEach(press);
        const field = document.activeElement;
        if (field.tagName === "INPUT") (field.value = text, field.form.requestSubmit());
    };
    rnnTui.lesson.state.answers.clear();
    rnnTui.lesson.goTo(0, {focus: true});
    return answers.map((answer, k) => {
        if (!all && answer === null) return [];
        if (all && k) press("PageDown");
        if (!all) rnnTui.lesson.goTo(k);
        const before = seen();
        return answer === null ? [before] : (type(answer), [before, seen()]);
    });
})"""


@cache
def lesson_of(name):
    """A lesson of the course, or one of OWN."""
    if name in COURSE:
        return course.load(course.FOLDER / f"{name}.md")
    lesson, faults = faults_of(OWN[name], course.FOLDER / f"{name}.md", TRACES)
    assert not faults
    return lesson


def cards_of(lesson):
    """Each card as (part, scene, trace, question or None)."""
    for stop in lesson.stops:
        scene, trace = open_stop(lesson, stop, TRACES)
        for part in stop.parts:
            yield part, scene, trace, None if isinstance(part, Prose) else question_of(part, scene, trace)


def squeezed(text):
    return "".join(text.split())


def opened(browser, folder, page, size):
    file = folder / "lesson.html"
    file.write_text(page, encoding="utf-8")
    return Tab(browser, file.as_uri(), size)


def wrong_answer(question):
    """Another choice; the number that a usual slip leads to, where one is known, or one that is far off."""
    if question.choices:
        return next(str(k + 1) for k, choice in enumerate(question.choices) if choice != question.answer)
    return next((number(slip.value) for slip in question.slips), "99" if question.share else "7.77")


def right_answer(question):
    if question.choices:
        return str(question.choices.index(question.answer) + 1)
    return answer_in_words(question).strip("<>")


def checked(cards, answers, seen):
    """Check what was seen of each card, and of its answer; returns the marks."""
    marks = []
    for (part, scene, trace, question), given, (first, *then) in zip(cards, answers, seen, strict=True):
        assert (first["wide"], first["cut"], first["small"], first["open"]) == (0, [], 0, 1), first["card"]
        assert first["text"] == trace.text
        assert first["live"]
        assert first["inert"] is (question is not None)
        if question is None:
            told = blocks(part, lambda placeholder, _, trace=trace: value_in_words(trace, placeholder))
            for said in (line for block in told for line in block.text.split("\n")):
                assert squeezed(printable(said)) in squeezed(first["card"])
            continue
        assert first["position"] == placed(scene.position)
        assert squeezed(printable(question.ask)) in squeezed(first["card"])
        assert squeezed(question.why) not in squeezed(first["all"])
        (after,) = then
        marked = mark(question, given)
        assert squeezed(marked.said) in squeezed(after["status"])
        assert squeezed(printable(question.why)) in squeezed(after["status"])
        assert after["position"] == placed(question.reveals)
        assert (after["inert"], after["focus"], after["wide"], after["cut"]) == (False, "onward", 0, [])
        marks.append(marked.right)
    return marks


def placed(position):
    return {name: getattr(position, name) for name in ("t", "phase", "floor")}


def answers_to(cards, make):
    return [None if question is None else make(question) for *_, question in cards]


@pytest.mark.parametrize("name", [*COURSE, *OWN])
def test_every_card_is_reached_and_every_question_is_marked(browser, tmp_path, name):
    lesson = lesson_of(name)
    cards = list(cards_of(lesson))
    tab = opened(browser, tmp_path, lesson_page(lesson, TRACES), PHONE)
    for make, size, right in ((wrong_answer, PHONE, False), (right_answer, PROJECTOR, True)):
        tab.resize(size)
        answers = answers_to(cards, make)
        # On the projector the questions alone, which takes a third of the time.
        seen = tab.run(f"{THROUGH}({json.dumps(answers)}, () => {SEEN}, {json.dumps(size == PHONE)})")
        marks = checked(*zip(*(case for case in zip(cards, answers, seen, strict=True) if case[2]), strict=True))
        assert set(marks) <= {right}
        tab.run(f"rnnTui.lesson.goTo({len(cards) - 1})")
        tab.key("PageDown")
        ending = tab.run(SEEN)["card"]
        assert f"That was “{lesson.title}”" in ending
        assert not marks or f"{sum(marks)} of {len(marks)} right." in ending
    assert tab.complaints == []
    assert [address.rpartition("/")[2] for address in tab.requests] == ["lesson.html"]
    tab.close()


def typed(question):
    """What people type: right, wrong, in other spellings, and what is no answer."""
    if question.choices:
        given = [form(choice) for choice in question.choices for form in (str, str.upper, lambda text: f"  {text} ")]
        return [*given, *map(str, range(len(question.choices) + 2)), "", "neither", "1.0", "x" * 100, "²"]
    near = [
        question.answer + sign * step for sign in (-1, 1) for step in (question.tolerance, question.tolerance + 1e-6)
    ]
    numbers = [question.answer, *near, *(slip.value for slip in question.slips), 0.5, -0.25, 60, 1.2, -1, 0]
    spelled = [f"{value:.6f}" for value in numbers] + [number(value) for value in numbers]
    shares = [f"{value:g}%" for value in numbers] + [f"{100 * value:.3f} %" for value in numbers]
    odd = [
        "",
        "half",
        "0,5",
        "=.5",
        "≈ 0.5",
        "~–.5",
        "1e-1",
        "1e999",
        "5.",
        ".",
        "٠٫٥",
        "١",
        "1 000",
        "0.5.5",
        "-0",
        "101%",
    ]
    return [*spelled, *shares, *odd]


@pytest.mark.parametrize(("name", "kind"), [("template", "share"), ("numbers", "amount")])
def test_marks_are_those_of_the_program(browser, tmp_path, name, kind):
    lesson = lesson_of(name)
    asked = [(at, question) for at, (*_, question) in enumerate(cards_of(lesson)) if question]
    assert {bool(question.choices) for _, question in asked} == {True, False}
    assert any(getattr(question, kind) for _, question in asked)
    tab = opened(browser, tmp_path, lesson_page(lesson, TRACES), PROJECTOR)
    cases = [(at, given) for at, question in asked for given in typed(question)]
    marks = tab.run(f"{json.dumps(cases)}.map(([at, given]) => rnnTui.mark(rnnTui.lesson.cards[at].card, given))")
    questions = dict(asked)
    for (at, given), found in zip(cases, marks, strict=True):
        expected = mark(questions[at], given)
        said = (expected.read, expected.right, printable(expected.said))
        assert (found["read"], found["right"], found["said"]) == said, (questions[at].text, given)
    tab.close()


def test_the_page_computes_what_the_program_computes_for_each_of_its_models(browser, tmp_path):
    lesson = lesson_of("4-check")
    page = lesson_page(lesson, TRACES)
    tab = opened(browser, tmp_path, page, PROJECTOR)
    for stop in lesson.stops:
        scene, trace = open_stop(lesson, stop, TRACES)
        found = tab.run(f"rnnTui.trace({json.dumps(scene.text)}, {json.dumps(scene.model)})")
        assert found["prediction"]["label"] == prediction(trace)["label"]
        assert found["steps"][-1]["h"] == pytest.approx(trace[-1].h.tolist(), abs=1e-5)
    tab.close()


def test_an_address_names_a_card_and_paper_has_what_was_read(browser, tmp_path):
    lesson = lesson_of("4-check")
    tab = opened(browser, tmp_path, lesson_page(lesson, TRACES), PROJECTOR)
    count = len(lesson.cards)
    places = {"#card=4": 3, "#card=0": 0, "#card=999": 0, "#card=2x": 0, f"#card={count}": count - 1}
    for address, place in places.items():
        tab.run(f"location.hash = {address!r}, new Promise((done) => setTimeout(done, 50))")
        assert tab.run("rnnTui.lesson.state.at") == place, address
    before = tab.run("document.querySelectorAll('.card .prose').length")
    tab.run("dispatchEvent(new Event('beforeprint'))")
    prose = sum(isinstance(part, Prose) for stop in lesson.stops for part in stop.parts)
    assert before < tab.run("document.querySelectorAll('.card .prose').length") == prose
    on_paper = tab.run("document.querySelector('.card').textContent")
    whys = [question.why for *_, question in cards_of(lesson) if question]
    assert whys
    assert not any(why in on_paper for why in whys)
    tab.close()


@pytest.mark.parametrize("key", ["Enter", "PageDown"])
def test_a_key_shows_the_answer_and_the_next_goes_on(browser, tmp_path, key):
    lesson = lesson_of("3-add")
    tab = opened(browser, tmp_path, lesson_page(lesson, TRACES), PROJECTOR)
    at, question = next((at, question) for at, (*_, question) in enumerate(cards_of(lesson)) if question)
    tab.run(f"rnnTui.lesson.goTo({at}, {{focus: true}})")
    tab.key(key)
    assert tab.run("rnnTui.lesson.state.at") == at
    status = squeezed(tab.run(SEEN)["status"])
    assert squeezed(f"It is {answer_in_words(question)}.") in status
    assert squeezed(question.why) in status
    tab.key(key)
    assert tab.run("rnnTui.lesson.state.at") == at + 1
    tab.close()


def test_nothing_of_a_lesson_becomes_markup(browser, tmp_path):
    lesson = hostile_lesson(tmp_path)
    tab = opened(browser, tmp_path, lesson_page(lesson, TRACES), PHONE)
    for key in ("PageDown", "1", "PageDown", "PageDown"):
        assert tab.run("document.querySelectorAll('img, iframe, .lesson script').length") == 0
        tab.key(key)
    assert HOSTILE in tab.run("document.querySelector('h1').innerText")
    assert tab.run("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert tab.complaints == []
    tab.close()


def test_real_keys_are_enough(browser, tmp_path):
    lesson = lesson_of("3-add")
    cards = list(cards_of(lesson))
    assert any(question and not question.choices for *_, question in cards)
    tab = opened(browser, tmp_path, lesson_page(lesson, TRACES), PROJECTOR)
    seen, answers = [], answers_to(cards, right_answer)
    for given in answers:
        if seen:
            tab.key("PageDown")
        seen.append([tab.run(SEEN)])
        if given is not None:
            for key in [*given, *([] if given in "123" else ["Enter"])]:
                tab.key(key)
            seen[-1].append(tab.run(SEEN))
    checked(cards, answers, seen)
    tab.close()

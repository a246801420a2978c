"""A key in a page is painted within the blink of a screen, whatever else the machine does meanwhile."""

from __future__ import annotations

import os

import pytest

from tests.browser.chromium import needs_chromium
from tests.browser.devtools import PHONE, PROJECTOR
from tests.browser.pages import opened, page_of

pytestmark = needs_chromium
KEYS, MOST = 80, 16.0
BUSY = 4
"""The times as long that the same work may take where other programs share the cores and fill their caches."""
# Each key is pressed at the beginning of a frame, and the next when that has been painted.
PRESSED = """(async () => {
  const pressed = (key) => new Promise((done) => requestAnimationFrame(() => {
    const painted = new MessageChannel();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    painted.port1.onmessage = done;
    painted.port2.postMessage(0);
  }));
  for (let k = 0; k < KEYS; k += 1) await pressed(k < KEYS - 20 ? "ArrowRight" : k % 2 ? "ArrowDown" : "w");
})()""".replace("KEYS", str(KEYS))


def worked(tab):
    """The seconds of processor time that the page's own thread has worked."""
    found = tab.ask("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in found if one["name"] == "TaskDuration")


@pytest.mark.parametrize("size", [PROJECTOR, PHONE])
def test_a_key_is_computed_and_painted_in_sixteen_milliseconds(browser, tmp_path, size):
    page, _ = page_of("sentiment-deep", "this movie is not good at all , it is a mess of a story")
    tab = opened(browser, tmp_path, page, size=size)
    tab.ask("Performance.enable", timeDomain="threadTicks")
    taken = []
    for _ in range(2):
        tab.run("rnnTui.open.act.start()")
        begun = worked(tab)
        tab.run(PRESSED)
        taken.append(1000 * (worked(tab) - begun) / KEYS)
    tab.close()
    shared = "PYTEST_XDIST_WORKER" in os.environ  # then other tests run beside it
    busy = shared or os.getloadavg()[0] > (os.cpu_count() or 1)
    assert min(taken) <= MOST * (BUSY if busy else 1), taken

"""A headless Chromium that is told what to do: opens pages, runs scripts in them, and hears what they complain of.

It is spoken to through a pipe (Chrome DevTools Protocol), so that nothing but the standard library is needed.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import sys
import time

from tests.browser.chromium import FOUND

PHONE, PROJECTOR = (360, 740), (1280, 800)
SECONDS = 60
AT_THREE_AND_FOUR = """
import fcntl, os, sys
reads, writes = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])  # one may be 3 or 4 already
for handle, number in ((reads, 3), (writes, 4)):
    os.dup2(handle, number)
    os.set_inheritable(number, True)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Becomes a program that reads from the first handle as 3 and writes to the second as 4, as Chromium wants it."""


class Browser:
    """One Chromium, without a network; close it in the end."""

    def __init__(self, folder):
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        kept = (f"--user-data-dir={folder}", "--remote-debugging-pipe")
        switches = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
        nowhere = ("--proxy-server=127.0.0.1:1", "--host-resolver-rules=MAP * ~NOTFOUND")
        self._process = subprocess.Popen(
            [sys.executable, "-Ic", AT_THREE_AND_FOUR, str(to_read), str(to_write), FOUND, *kept, *switches, *nowhere],
            pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._rest, self._number, self.heard = b"", 0, []

    def close(self):
        try:
            self._process.kill()
            self._process.wait(30)
        finally:
            os.close(self._read)
            os.close(self._write)

    def ask(self, method, session=None, **parameters):
        """Send a command, and wait for what comes back; raises AssertionError where it is refused."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        while True:
            heard = self._next()
            if heard.get("id") == number:
                assert "error" not in heard, heard["error"]
                return heard["result"]
            self.heard.append(heard)

    def wait(self, method, session):
        """Wait until something has been heard."""
        while not any(one.get("method") == method and one.get("sessionId") == session for one in self.heard):
            self.heard.append(self._next())

    def _next(self):
        end = time.monotonic() + SECONDS
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0, end - time.monotonic()))
            assert ready, "the browser says nothing"
            more = os.read(self._read, 1 << 20)
            assert more, "the browser has ended"
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)


class Tab:
    """A page that is open in a browser; what it complains of is in `complaints`, what it asks for in `requests`."""

    def __init__(self, browser, address, size=PROJECTOR, **media):
        self.browser = browser
        self._target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.ask("Target.attachToTarget", targetId=self._target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.resize(size)
        features = [{"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in media.items()]
        self.ask("Emulation.setEmulatedMedia", features=features)
        self.go(address)

    def ask(self, method, **parameters):
        return self.browser.ask(method, self._session, **parameters)

    def resize(self, size):
        width, height = size
        phone = width < 500
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        self.ask("Emulation.setTouchEmulationEnabled", enabled=phone)

    def go(self, address):
        self.browser.heard = [one for one in self.browser.heard if one.get("sessionId") != self._session]
        self.ask("Page.navigate", url=address)
        self.browser.wait("Page.loadEventFired", self._session)

    def run(self, script):
        """The value of an expression, awaited; raises AssertionError with what it threw."""
        found = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def _of(self, method):
        return [one["params"] for one in self.browser.heard if one.get("method") == method and self._own(one)]

    def _own(self, heard):
        return heard.get("sessionId") == self._session

    @property
    def complaints(self):
        """What it said went wrong: errors, refusals of its policy."""
        self.ask("Runtime.evaluate", expression="0")
        thrown = [one["exceptionDetails"] for one in self._of("Runtime.exceptionThrown")]
        return thrown + [one["entry"]["text"] for one in self._of("Log.entryAdded")]

    @property
    def requests(self):
        """The addresses that it asked for."""
        return [one["request"]["url"] for one in self._of("Network.requestWillBeSent")]

    def picture(self, path, *, whole=False):
        """A picture of the page as a PNG file."""
        data = self.ask("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(data))

    def printed(self):
        """The page as a PDF, as bytes."""
        return base64.b64decode(self.ask("Page.printToPDF", printBackground=True)["data"])

    def key(self, name, modifiers=0):
        """Press a key."""
        text = name if len(name) == 1 else {"Enter": "\r"}.get(name, "")
        code = {"text": text} if text else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=name, modifiers=modifiers, **code)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=name, modifiers=modifiers)

    def close(self):
        self.browser.ask("Target.closeTarget", targetId=self._target)

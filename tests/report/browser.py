"""A real Chromium without a window, driven over a pipe by its own protocol (CDP); it can reach no network."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

import pytest

PATIENCE: Final = 30.0  # seconds
_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
# The browser reads commands at 3 and writes answers at 4.
_AT_3_AND_4: Final = (
    "import fcntl, os, sys; one, two = (fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]);"
    "os.dup2(one, 3); os.dup2(two, 4); os.execv(sys.argv[3], sys.argv[3:])"
)
_KEY_CODES: Final = {"ArrowDown": 40, "ArrowUp": 38, "ArrowRight": 39, "Enter": 13, "Escape": 27}


def find_chromium() -> str:
    """The program; where there is none the test is skipped, on a machine that checks everything it fails."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = "no Chromium here: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser with a profile of its own, ended with the block."""
    program = find_chromium()
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        ends = (str(to_read), str(from_write))
        process = subprocess.Popen(
            [sys.executable, "-SEc", _AT_3_AND_4, *ends, program, *_FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(to_read, from_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(from_write)
        try:
            browser = Browser(to_write, from_read)
            yield browser
            browser.send("Browser.close")
        finally:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            os.close(to_write)
            os.close(from_read)


class Browser:
    """The protocol: a command and its answer; what happens meanwhile is kept in `events`."""

    def __init__(self, to: int, from_: int) -> None:
        self._to, self._from = to, from_
        self._left = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        until = monotonic() + PATIENCE
        while b"\0" not in self._left:
            ready, _, _ = select([self._from], [], [], max(0.0, until - monotonic()))
            assert ready, "the browser does not answer"
            data = os.read(self._from, 1 << 20)
            assert data, "the browser has ended"
            self._left += data
        message, _, self._left = self._left.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def open(self, file: Path, size: tuple[int, int] = (1440, 900), scale: float = 1) -> "Tab":
        """A new tab with this file in it, loaded."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session, target)
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.send(f"{domain}.enable")
        tab.resize(size, scale)
        tab.send("Page.navigate", url=file.as_uri())
        tab.wait("document.body && document.body.dataset.ready === 'yes'")
        return tab


class Tab:
    """One page that is open."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self._browser, self._session, self._target = browser, session, target

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.send(method, self._session, **parameters)

    def close(self) -> None:
        self._browser.send("Target.closeTarget", targetId=self._target)

    def resize(self, size: tuple[int, int], scale: float = 1) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=scale, mobile=False
        )

    def run(self, script: str) -> Any:
        """The value of an expression, a promise awaited."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until an expression is true."""
        until = monotonic() + PATIENCE
        while not self.run(condition):
            assert monotonic() < until, f"never: {condition}"

    def click(self, selector: str) -> None:
        """A click of the mouse into the middle of an element."""
        x, y = self.run(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            " one.scrollIntoView({block: 'nearest'});"
            " const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str, shift: bool = False) -> None:
        """A key by its name."""
        text = {"text": key} if len(key) == 1 else {}
        about = {"key": key, "windowsVirtualKeyCode": _KEY_CODES.get(key, ord(key[0].upper())), "modifiers": 8 * shift}
        self.send("Input.dispatchKeyEvent", type="keyDown", **about, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **about)

    def drag(self, start: tuple[float, float], by: tuple[float, float]) -> None:
        """The mouse pressed at a point, moved and let go."""
        x, y = start
        self.send("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=1)
        for part in (0.3, 0.7, 1.0):
            at = {"x": x + by[0] * part, "y": y + by[1] * part}
            self.send("Input.dispatchMouseEvent", type="mouseMoved", button="left", buttons=1, **at)
        self.send("Input.dispatchMouseEvent", type="mouseReleased", x=x + by[0], y=y + by[1], button="left")

    def pinch(self, at: tuple[float, float], start: float, end: float) -> None:
        """Two fingers put down so far apart, moved and lifted."""

        def fingers(apart: float) -> list[dict[str, float]]:
            return [{"x": at[0] + side * apart / 2, "y": at[1], "id": number} for number, side in enumerate((-1, 1))]

        self.send("Input.dispatchTouchEvent", type="touchStart", touchPoints=fingers(start))
        for part in (0.2, 0.4, 0.6, 0.8, 1.0):
            points = fingers(start + (end - start) * part)
            self.send("Input.dispatchTouchEvent", type="touchMove", touchPoints=points)
        self.send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def wheel(self, at: tuple[float, float], dy: float) -> None:
        """The wheel turned at a point."""
        self.send("Input.dispatchMouseEvent", type="mouseWheel", x=at[0], y=at[1], deltaX=0, deltaY=dy)

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return b64decode(self.send("Page.captureScreenshot", format="png")["data"])

    def pdf(self) -> bytes:
        """What would be printed."""
        return b64decode(self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def complaints(self) -> list[str]:
        """Errors, warnings and words in the console since the page was opened."""
        self.run("new Promise((done) => setTimeout(done, 20))")
        told = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [json.dumps(one["params"])[:500] for one in self._events() if one["method"] in told]

    def requests(self) -> list[str]:
        """Every address that was asked for, but for data inside the file."""
        asked = (
            one["params"]["request"]["url"] for one in self._events() if one["method"] == "Network.requestWillBeSent"
        )
        return [url for url in asked if not url.startswith("data:")]

    def _events(self) -> Iterator[dict[str, Any]]:
        return (one for one in self._browser.events if one.get("sessionId") == self._session)

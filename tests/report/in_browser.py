"""Pages in a real browser: ``python -m tests.report.in_browser --axe axe.min.js --out FOLDER``.

Opens a report, a comparison and a trajectory in headless Chromium, light and dark, wide and narrow
and on paper, and says for each how many requests were made, what was said on the console, how far
the page is wider than its window, and what axe-core finds. Needs Chromium, and for the last part
``axe.min.js`` (``npm install axe-core``). It exits with 1 if anything is wrong.
"""

import argparse
import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ssl_theory.processes import GaussianPairs
from ssl_theory.report import diagnose, page, trajectory
from tests.report.samples import HOSTILE, concentrated, sample

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
VIEWS = [(scheme, width) for scheme in ("light", "dark") for width in (1200, 380)]
AXE = "axe.run(document, {resultTypes: ['violations']})"


class Browser:
    """Headless Chromium, spoken to through a pair of pipes."""

    def __init__(self, command: str) -> None:
        theirs, self._out = os.pipe()
        self._in, back = os.pipe()
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        flags = ["--headless", "--no-sandbox", "--remote-debugging-pipe", "--disable-gpu"]
        flags += [f"--user-data-dir={self._folder.name}"]
        launch = f'exec "$@" 3<&{theirs} 4>&{back}'
        self._process = subprocess.Popen(
            ["sh", "-c", launch, "sh", command, *flags],
            pass_fds=(theirs, back),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(back)
        self._numbers = itertools.count(1)
        self._messages = self._read()
        self.events: list[dict] = []

    def _read(self) -> Iterator[dict]:
        rest = b""
        while piece := os.read(self._in, 1 << 16):
            *whole, rest = (rest + piece).split(b"\0")
            yield from map(json.loads, whole)

    def ask(self, method: str, session: str | None = None, **parameters: object) -> dict:
        """Send one command and wait for its answer; what happens meanwhile is in ``events``."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        text = json.dumps(message | ({"sessionId": session} if session else {}))
        os.write(self._out, text.encode() + b"\0")
        for answer in self._messages:
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)
        raise RuntimeError(f"the browser went away during {method}.")

    def close(self) -> None:
        """End it."""
        self.ask("Browser.close")
        self._process.wait(timeout=60)
        self._folder.cleanup()


class Tab:
    """One page as one reader sees it."""

    def __init__(self, browser: Browser, address: str, scheme: str, width: int) -> None:
        self._browser = browser
        browser.events.clear()
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        found = browser.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session, self._target = found["sessionId"], target
        for part in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{part}.enable")
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", features=features)
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        self.ask("Page.navigate", url=address)
        while self.evaluate("document.readyState") != "complete":
            pass

    def ask(self, method: str, **parameters: object) -> dict:
        return self._browser.ask(method, self._session, **parameters)

    def evaluate(self, script: str) -> object:
        """The value of a script, once it is there."""
        found = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"])[:300])
        return found["result"].get("value")

    @property
    def requests(self) -> list[str]:
        """Addresses that were asked for."""
        events = [e for e in self._browser.events if e["method"] == "Network.requestWillBeSent"]
        return [e["params"]["request"]["url"] for e in events]

    @property
    def said(self) -> list[str]:
        """What the console, the log and uncaught errors say."""
        methods = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"}
        return [json.dumps(e["params"]) for e in self._browser.events if e["method"] in methods]

    def picture(self, path: Path) -> None:
        found = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(found["data"]))

    def paper(self, path: Path) -> None:
        found = self.ask("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
        path.write_bytes(base64.b64decode(found["data"]))

    def close(self) -> None:
        self._browser.ask("Target.closeTarget", targetId=self._target)


def pages() -> dict[str, str]:
    """What is opened: reports of real numbers and of hostile words, alone and together."""
    spectrum = tuple(1 / k for k in range(1, 65))
    views = GaussianPairs(spectrum, (0.8,) * 64, mixing_seed=0).draw(2000, seed=1)
    shrunk = [views.x * np.arange(1, 65.0) ** -power for power in (0.0, 0.5, 1.0, 2.0)]
    reports = [diagnose(z, source=f"checkpoint {k}.npy") for k, z in enumerate(shrunk)]
    flat = diagnose(views.x[:, :32] @ views.x[:32, :32] @ np.eye(32, 64), source="bottleneck.npy")
    return {
        "pair": diagnose(views.x, views.y, source="views.npy").to_html(),
        "several": page([reports[0], flat, sample()], title="Three encoders, diagnosed"),
        "hostile": concentrated(source=HOSTILE, group=HOSTILE, sure=False).to_html(),
        "comparison": reports[0].compare(reports[2]).to_html(),
        "trajectory": trajectory(reports, steps=[0, 100, 200, 400]).to_html(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.report.in_browser", description=__doc__)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    parser.add_argument("--chromium", default=found, help="default: %(default)s")
    parser.add_argument("--axe", type=Path, help="the file axe.min.js of axe-core")
    parser.add_argument("--out", type=Path, help="a folder for pages, pictures and PDF")
    asked = parser.parse_args()
    if asked.chromium is None:
        parser.error("`--chromium` must name a browser, got none. Install Chromium.")
    folder = asked.out or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    axe = asked.axe.read_text("utf-8") if asked.axe else None
    browser, wrong = Browser(asked.chromium), 0
    for name, text in pages().items():
        path = (folder / f"{name}.html").resolve()
        path.write_text(text, "utf-8")
        for scheme, width in VIEWS:
            wrong += not _check(browser, path, scheme, width, axe)
    browser.close()
    print(f"{wrong} of {len(pages()) * len(VIEWS)} views have a fault; pages are in {folder}")
    return int(wrong > 0)


def _check(browser: Browser, path: Path, scheme: str, width: int, axe: str | None) -> bool:
    tab = Tab(browser, path.as_uri(), scheme, width)
    others = [address for address in tab.requests if address != path.as_uri()]
    over = tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    said, found, passed = tab.said, [], 0
    tab.picture(path.with_name(f"{path.stem}-{scheme}-{width}.png"))
    if (scheme, width) == VIEWS[0]:
        tab.paper(path.with_suffix(".pdf"))
    if axe:
        tab.evaluate(f"{axe};0")
        result = tab.evaluate(AXE)
        found, passed = result["violations"], len(result["passes"])
    tab.close()
    counts = Counter(fault["impact"] for fault in found)
    print(
        f"{path.stem:<11} {scheme:<5} {width:>4} px: {len(others)} requests, {len(said)} on the "
        f"console, {max(over, 0)} px too wide, axe-core "
        + (f"{sum(counts.values())} violations, {passed} passes" if axe else "not run")
    )
    for fault in found:
        print(f"    {fault['impact']}: {fault['id']}: {fault['nodes'][0]['html'][:120]}")
    for line in (*others, *said):
        print(f"    {line[:200]}")
    return not (others or said or over > 0 or found)


if __name__ == "__main__":
    sys.exit(main())

"""From key press to the next item on the screen: `python -m benchmarks.keypress`, which prints JSON.

A real Chromium, without a window, allows one item after the other with `f`, over a server in this process and
a database of made-up posts. The time runs in the browser: from the key going down to the second frame of the
next item, by which it has been painted once. It includes the ruling being on disk. Beside it stands the time
where the browser loads the next page instead, as it does without script, measured in turns with it.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from app import bootstrap
from app.logs import LogLevel, log_to_stderr
from app.settings import ROOT, Settings
from app.web.main import create_app
from benchmarks.desk import Size, fill

SIZE = Size(decisions=20_000, open=2_000, resolved=2_000)
PRESSES, WARM, ROUNDS = 15, 3, 3
SETTLED_MS = 450
"""After this long an item takes keys; see SETTLE_MS in keys.js."""
SETTLED = "() => document.documentElement.classList.contains('settled')"
"""On a busy machine it takes longer."""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CLOCK = """
const now = () => performance.timeOrigin + performance.now();
const item = () => document.getElementById("ruling")?.getAttribute("action") ?? "";
const look = () => {
  if (!item() || item() === sessionStorage.getItem("before")) return requestAnimationFrame(look);
  requestAnimationFrame(() => { window.shownAfter = now() - Number(sessionStorage.getItem("pressed")); });
};
addEventListener("keydown", () => {
  sessionStorage.setItem("pressed", now());
  sessionStorage.setItem("before", item());
  window.shownAfter = 0;
  requestAnimationFrame(look);
}, true);
addEventListener("DOMContentLoaded", () => requestAnimationFrame(look));
"""
LOADS = 'addEventListener("submit", (event) => event.stopImmediatePropagation(), true);'
"""Keeps the page's script from sending a form, so that the browser does, and loads the next page."""


def main() -> None:
    """Fill, press, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default=next(filter(None, map(shutil.which, CHROMIUMS)), None))
    given = parser.parse_args()
    log_to_stderr(LogLevel.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "desk.db"
        settings = Settings(database_url=f"sqlite:///{file}", threads=1)
        bootstrap.upgrade_database(settings)
        policy = bootstrap.read_policy(ROOT / "policies" / "default.toml")
        fill(file, SIZE, policy=policy, model="bench@1", now=datetime.now(UTC))
        print(json.dumps(measure(settings, chromium=given.chromium), indent=2))


def measure(settings: Settings, *, chromium: str) -> dict[str, object]:
    """Serve, and press the key again and again, one way and the other in turns."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(bootstrap.build(settings)), port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    times: dict[str, list[float]] = {"page_turns": [], "page_loads": []}
    try:
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        for _ in range(ROUNDS):
            times["page_turns"] += _press(url, chromium, CLOCK)
            times["page_loads"] += _press(url, chromium, CLOCK + LOADS)
    finally:
        server.should_exit = True
        thread.join()
    return {
        way: {
            "presses": len(some),
            "median_ms": round(statistics.median(some), 1),
            "slowest_ms": round(max(some), 1),
        }
        for way, some in times.items()
    }


def _press(url: str, chromium: str, script: str) -> list[float]:
    times: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.add_init_script(script)
        page.goto(f"{url}/review")
        page.get_by_role("button", name="Take the next one").click()
        for _ in range(WARM + PRESSES):
            page.wait_for_timeout(SETTLED_MS)
            page.wait_for_function(SETTLED)
            page.keyboard.press("f")
            page.wait_for_function("() => window.shownAfter")
            times.append(float(page.evaluate("window.shownAfter")))
        browser.close()
    return times[WARM:]


if __name__ == "__main__":
    main()

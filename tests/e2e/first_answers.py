"""What a page is at first, and what it becomes: outlines, shifts, complaints of the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from tests.e2e.site import until

MAIN = "body > .site main, #first-paint main"
OUTLINE = """(css) => {
  const classes = (node) => (node.getAttribute('class') ?? '').split(' ').sort().join('.');
  const walk = (node) => node.nodeType === 3 ? node.data : node.nodeType !== 1 ? ''
    : node.localName === 'spplus-search' ? '<search>'
    : `<${node.localName} ${classes(node)}>` + [...node.childNodes].map(walk).join('') + '</>';
  return walk(document.querySelector(css)).replace(/\\s+/g, ' ');
}"""
"""Every element of the main part by its name and classes, with every text, in order.

The search form is built, not painted: its filters get their numbers from the script alone.
"""
_CURRENT = """() => [...document.querySelectorAll('.fr-nav__link[aria-current=page]')]
  .map((one) => one.getAttribute('href'))"""
_WATCH = """(() => {
  window.shifts = []; window.bare = 0; window.both = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) { window.shifts.push(entry.value); }
  }).observe({ type: 'layout-shift', buffered: true });
  let most = 0;
  (function frame() {
    const mains = [...document.querySelectorAll('main')].filter((main) => main.checkVisibility());
    const shown = Math.max(0, ...mains.map((main) => main.textContent.length));
    if (shown < most) { window.bare += 1; }
    if (mains.length > 1) { window.both += 1; }
    most = Math.max(most, shown);
    requestAnimationFrame(frame);
  })();
})()"""
"""Counts the frames that show less than the one before, or the content twice."""
_TAKEN = f"""() => !document.querySelector('[data-first-paint], #first-paint')
  && !!document.querySelector('{MAIN}')"""
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 94_000,
}


@dataclass
class Seen:
    """A page in a browser, and what it complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def outline(self) -> str:
        """The main part, as it is now."""
        return str(self.page.evaluate(OUTLINE, MAIN))

    def current(self) -> list[str]:
        """The entries of the menu that are said to be those of this page."""
        return list(self.page.evaluate(_CURRENT))

    def taken_over(self) -> None:
        """Wait until the page's own content stands where the first paint was."""
        until(lambda: self.page.evaluate(_TAKEN), 30, f"{self.page.url} to be taken over")

    def number(self, expression: str) -> float:
        """Evaluate to a number."""
        return float(self.page.evaluate(expression))


@contextmanager
def seeing(
    browser: Browser, url: str, *, slow: bool = False, width: int = 1280, **options: Any
) -> Iterator[Seen]:
    """Open a browser of one's own."""
    context = browser.new_context(
        base_url=url, locale="fr-FR", viewport={"width": width, "height": 800}, **options
    )
    context.set_default_timeout(30_000)
    seen = Seen(context.new_page())

    def listen(said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            seen.complaints.append(said.text)

    seen.page.on("console", listen)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    if options.get("java_script_enabled", True):
        seen.page.add_init_script(_WATCH)
    if slow:
        session = context.new_cdp_session(seen.page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
    yield seen
    context.close()


class Held:
    """The page's own scripts, kept back until they are let go."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        self.keeps = True
        page.route("**/assets/*.js", self._hold)

    def _hold(self, route: Route) -> None:
        if self.keeps:
            self.waiting.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self.keeps = False
        for route in self.waiting:
            route.continue_()

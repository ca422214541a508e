"""What a reader waits for in a real browser, beside the same page made by others.

Production build, Chromium, empty cache at each visit, the sites visited in turn; as it is, then
with the processor four times slower, 1.6 Mb/s and 150 ms away. Nothing here fails because a
machine is slow.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Error, Page

from tests.benchmarks import bare_site, figures
from tests.benchmarks.filled import filled, sizes
from tests.benchmarks.timing import at, number
from tests.e2e.site import ROOT, free_port, running, until
from tests.e2e.test_weight import loaded

RUNS = int(os.environ.get("SPPLUS_BENCH_RUNS", "15"))
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
BUILT = ROOT / ".web/build/client"

# Seen: the first frame after the stylesheet in which the first row has a place on the screen.
WATCH = """
(() => {
  const first = () => document.querySelector('.cards .fr-card h2');
  const now = () => performance.timeOrigin + performance.now();
  const frame = () => {
    const row = first();
    if (row && row.getBoundingClientRect().height > 0) {
      window.seen ??= performance.now();
      const before = sessionStorage.getItem('before');
      if (before && row.textContent !== before) {
        sessionStorage.removeItem('before');
        window.changed = now() - Number(sessionStorage.getItem('clicked'));
      }
    }
    if (document.querySelectorAll('#filtre-reseau option').length > 1) {
      window.answered ??= performance.now();
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  addEventListener('click', () => {
    sessionStorage.setItem('before', first().textContent);
    sessionStorage.setItem('clicked', String(now()));
  }, true);
})();
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A site to visit: where, the link to the rows that follow, whether events answer."""

    name: str
    address: str
    following: str
    events: bool = False


@dataclass(slots=True)
class Seen:
    """Milliseconds of each visit."""

    content: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)


@pytest.mark.bench
@pytest.mark.samples
def bench_browser(samples: Path, chromium: Browser, tmp_path: Path) -> None:
    """Visit each site in turn, plainly and slowed down; write what was waited for."""
    count = min(sizes())
    with ExitStack() as stack:
        referential = samples / "structures/export-structures.csv.gz"
        base = stack.enter_context(filled("sqlite", count, referential))
        peers = stack.enter_context(_peers(tmp_path, base.path))
        tables = {_CARRIED: _weights(chromium, peers[0].address)}
        for slow, above in ((False, "As it is."), (True, "Slowed down.")):
            seen = {one.name: Seen() for one in peers}
            for run in range(RUNS + 1):
                for one in peers:
                    visited = seen[one.name] if run else Seen()  # the first warms the servers
                    _visit(chromium, one, visited, slow=slow)
            tables[f"{above} Milliseconds, median of {RUNS} visits."] = _table(seen)
    notes = [
        f"{count} experiences on SQLite. Target: content at most 1.1 × Django's (1.2 × slowed "
        "down), rows after a click at most 1.5 × those of the bare Reflex page. « An event has "
        "answered »: the first answer to come through the socket is on the screen.",
    ]
    figures.publish("In a browser", tables, notes)


_CARRIED = "Bytes of a first visit, as they travel. Targets: 25 000, 40 000 and 200 000 at most."


def _weights(browser: Browser, address: str) -> list[str]:
    context = browser.new_context()
    try:
        files = loaded(context, address)
    finally:
        context.close()
    kinds = {"Stylesheet": "style", "Font": "fonts", "Script": "JavaScript", "Document": "page"}
    sums = [str(sum(one.size for one in files if one.kind == kind)) for kind in kinds]
    return figures.table(list(kinds.values()), [sums])


def _table(seen: dict[str, Seen]) -> list[str]:
    django, bare = seen["Django"], seen["bare Reflex"]
    rows = []
    for name, one in seen.items():
        rows.append(
            [
                name,
                _median(one.content),
                _ratio(one.content, django.content),
                _median(one.answered),
                _median(one.changed),
                _ratio(one.changed, bare.changed),
            ]
        )
    head = ["", "content seen", "/ Django", "an event has answered", "click to other rows"]
    return figures.table([*head, "/ bare"], rows)


def _median(values: list[float]) -> str:
    return number(at(values, 0.5)) if values else ""


def _ratio(values: list[float], floor: list[float]) -> str:
    return f"{at(values, 0.5) / at(floor, 0.5):.2f} ×" if values else ""


@contextmanager
def _peers(folder: Path, database: Path) -> Iterator[list[Peer]]:
    for name in ("site", "bare", "django"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        url = f"sqlite:///{database}"
        ours = stack.enter_context(running(folder / "site", demo=False, database_url=url))
        django = stack.enter_context(_django(folder / "django", database))
        bare = stack.enter_context(bare_site.running(folder / "bare", database))
        following = ".fr-pagination__link--next"
        yield [
            Peer("this site", f"{ours.url}/experiences", following, events=True),
            Peer("Django", f"{django}/experiences", following),
            Peer("bare Reflex", f"{bare}/", "a.next"),
        ]


@contextmanager
def _django(folder: Path, database: Path) -> Iterator[str]:
    """The page of Django in our own frame: header, form of the search, footer; no Reflex."""
    html = (BUILT / "experiences.html").read_text("utf-8")
    html = re.sub(r"<script\b(?![^>]*(theme|spplus)\.js).*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r'<link[^>]*rel="modulepreload"[^>]*>', "", html)
    before, _, rest = re.split(r"(<div[^>]*data-first-paint[^>]*>)", html, maxsplit=1)
    after = rest.partition("<!--/first-paint--></div>")[2]
    assert after and "modulepreload" not in html
    quoted = [f"{{% verbatim %}}{part}{{% endverbatim %}}" for part in (before, after)]
    (folder / "frame.html").write_text("{% block list %}{% endblock %}".join(quoted), "utf-8")
    port = free_port()
    environment = {
        **os.environ,
        "BENCH_DATABASE": str(database),
        "BENCH_BUILT": str(BUILT),
        "BENCH_TEMPLATES": str(folder),
    }
    app = ("--interface", "wsgi", "tests.benchmarks.django_site.site:application")
    with bare_site.served(folder, port, environment, *app):
        yield f"http://localhost:{port}"


def _visit(browser: Browser, peer: Peer, seen: Seen, *, slow: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.set_default_timeout(60_000)
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        if slow:
            _slow_down(context.new_cdp_session(page))
        page.goto(peer.address, wait_until="commit")
        seen.content.append(_value(page, "seen"))
        if peer.events:
            seen.answered.append(_value(page, "answered"))
        page.wait_for_load_state("load")
        page.locator(peer.following).wait_for()
        page.wait_for_timeout(300)  # what follows the load is over: a click is a click
        page.locator(peer.following).click(no_wait_after=True)
        seen.changed.append(_value(page, "changed"))
    finally:
        context.close()


def _slow_down(session: CDPSession) -> None:
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _value(page: Page, name: str) -> float:
    """What the page noted, looked at ten times a second; a page being left cannot answer."""

    def noted() -> float:
        page.wait_for_timeout(100)
        try:
            return float(page.evaluate(f"window.{name} ?? 0"))
        except Error:
            return 0

    return until(noted, 60, f"{name} on {page.url}")

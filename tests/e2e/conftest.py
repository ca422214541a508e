"""A real browser on a real site. One site and one browser for each process of a run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.e2e.site import Site, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file, which share what it wrote, in one process of a parallel run."""
    for item in items:
        if "tests/e2e/" in str(item.fspath):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served: each process of a run has its own."""
    with running(tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The browser of this process."""
    return chromium


Person = Callable[..., Page]
# The browser notes each refusal of the server, and each try while the site restarts or is cut off.
_EXPECTED = re.compile(
    r"status of (401|403|422|429)|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED"
)


@pytest.fixture
def person(site: Site, browser: Browser) -> Iterator[Person]:
    """Open a browser of one's own: other cookies, other storage. Console errors fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def make(width: int = 1280, height: int = 900, **options: object) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            locale="fr-FR",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    faults = [text for text in complaints if not _EXPECTED.search(text)]
    assert not faults, faults

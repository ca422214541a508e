"""The gallery in a real browser: built once, a page for each test, nothing wrong in its console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from . import gallery_site

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def gallery_site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gallery_site.build(tmp_path_factory.mktemp("gallery"), THEME="spplus")


@pytest.fixture(scope="session")
def gallery_url(gallery_site_folder: Path) -> Iterator[str]:
    with gallery_site.serve(gallery_site_folder) as url:
        yield url


@pytest.fixture(scope="session")
def gallery_browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def open_page(gallery_browser: Browser, gallery_url: str) -> Iterator[OpenPage]:
    """Open a page of the gallery; at the end, its console must hold no error."""
    contexts = []
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "503" not in message.text:
            faults.append(message.text)

    def open_it(
        path: str = "/",
        *,
        width: int = 1280,
        height: int = 800,
        theme: str = "light",
        **more: object,
    ) -> Page:
        context = gallery_browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            permissions=["clipboard-read", "clipboard-write"],
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(gallery_url + path)
        if more.get("java_script_enabled", True):
            page.wait_for_function(
                "Object.keys(document.querySelector('h1')).some(k => k.startsWith('__react'))"
            )
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []

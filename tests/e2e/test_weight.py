"""What a first visit carries, read from the network: sizes, compression, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.site import Site

CSS, FONTS, SCRIPTS = 25_000, 40_000, 200_000
"""Bytes at most, as they travel, headers included."""
SMALL = 2000
"""Below, half are headers: compressing would save nothing that a network shows."""
FOREVER = "public, max-age=31536000, immutable"
TEXTS = {"Stylesheet", "Script"}


@dataclass(slots=True)
class File:
    """A file that came: its address, its kind, how it was packed and kept, bytes on the wire."""

    path: str
    kind: str
    encoding: str
    cache: str
    size: int = 0


@pytest.mark.parametrize("path", ["/", "/experiences", "/partager/recit", "/programme"])
def test_a_first_visit_is_light(site: Site, browser: Browser, path: str) -> None:
    context = browser.new_context(base_url=site.url)
    try:
        files = loaded(context, path)
    finally:
        context.close()
    found = {kind: [one for one in files if one.kind == kind] for kind in ("Font", *TEXTS)}
    assert all(found.values()), {kind: len(some) for kind, some in found.items()}
    weights = {kind: sum(one.size for one in some) for kind, some in found.items()}
    assert weights["Stylesheet"] <= CSS, weights
    assert weights["Font"] <= FONTS, weights
    assert weights["Script"] <= SCRIPTS, weights
    kept = [one for some in found.values() for one in some]
    assert [one for one in kept if one.cache != FOREVER] == []
    texts = [one for one in kept if one.kind in TEXTS and one.size > SMALL]
    assert len(texts) > 3 and [one for one in texts if one.encoding != "br"] == []


def test_a_second_visit_asks_for_the_page_only(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url)
    try:
        loaded(context, "/experiences")
        again = loaded(context, "/experiences")
    finally:
        context.close()
    carried = [one.path for one in again if one.size > 0 and one.kind in {"Font", *TEXTS}]
    assert carried == []


def loaded(context: BrowserContext, path: str) -> list[File]:
    """Open a page in a new tab; return what came over the network until nothing moved any more."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    files: dict[str, File] = {}

    def answered(event: dict[str, Any]) -> None:
        response = event["response"]
        headers = {name.lower(): value for name, value in response["headers"].items()}
        files[event["requestId"]] = File(
            path=urlsplit(response["url"]).path,
            kind=event["type"],
            encoding=headers.get("content-encoding", ""),
            cache=headers.get("cache-control", ""),
        )

    def ended(event: dict[str, Any]) -> None:
        if event["requestId"] in files:
            files[event["requestId"]].size = int(event["encodedDataLength"])

    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", ended)
    network.send("Network.enable")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.close()
    return list(files.values())

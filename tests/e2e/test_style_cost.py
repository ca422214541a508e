"""What the browser styles again at the first gesture of a page: nothing that did not change."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.site import Site

_DROP = """
() => {
  document.body.querySelectorAll(':scope > script').forEach((one) => one.remove());
  document.body.getBoundingClientRect();
}
"""


def test_scripts_that_leave_the_body_do_not_style_the_page_again(
    site: Site, browser: Browser
) -> None:
    """The framework drops its own at the first navigation: it must cost nothing."""
    with browser.new_context(base_url=site.url) as context:
        page = context.new_page()
        page.goto("/experiences")
        page.locator(".cards .fr-card").first.wait_for()
        elements = page.locator("*").count()
        assert _styled(page, _DROP) < elements / 10


def _styled(page: Page, script: str) -> int:
    """The most elements that one restyling went through while a script ran."""
    session = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    over: list[bool] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda _: over.append(True))
    config = {"includedCategories": ["devtools.timeline"]}
    session.send("Tracing.start", {"traceConfig": config, "transferMode": "ReportEvents"})
    page.evaluate(script)
    session.send("Tracing.end")
    while not over:
        page.wait_for_timeout(20)
    styled = [one["args"] for one in events if one.get("name") == "UpdateLayoutTree"]
    assert styled, "the browser says what it styled"
    return max(int(one.get("elementCount", 0)) for one in styled)

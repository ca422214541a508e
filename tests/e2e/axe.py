"""What must hold of any page, in any state, in every look: axe, and what axe does not see."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LOOKS = ((1280, "light"), (1280, "dark"), (320, "dark"), (320, "light"))
"""Width of the window and theme; each differs by one thing from the one before."""

TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-block-end: 2em !important }"
)
"""WCAG 2.2, 1.4.12."""
TWICE = "html { font-size: 200% !important }"

ENGLISH = re.compile(
    r"\b(Notifications|Connection|Error|Page not found|Not Found|Loading|Submit|Close|Cancel"
    r"|Search|Home|Sign (?:in|out)|Log (?:in|out)|Menu toggle|Next|Previous|Built with)\b"
)
"""Words of the framework or of its libraries; none of them is French."""

_RULES = Axe()
_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .map(v => `${v.id}: ${v.help}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 200)}`)"""
# A transition inside a folded <details> never ends by itself: all are brought to their end.
_SETTLED = """() => document.fonts.ready.then(() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => {
        document.getAnimations().filter(a => a instanceof CSSTransition).forEach(a => a.finish());
        done();
    }))))"""
_FRAME = """() => {
  const all = (css) => [...document.querySelectorAll(css)];
  const shown = (e) => e.checkVisibility({visibilityProperty: true});
  const ids = all('[id]').map(e => e.id);
  const focusable = all('a[href], button, input, select, textarea, summary')
    .find(e => shown(e));
  const target = focusable?.hash && document.getElementById(focusable.hash.slice(1));
  const text = document.body.innerText + all('[aria-label], [title], [alt], [placeholder]')
    .map(e => ['aria-label', 'title', 'alt', 'placeholder'].map(a => e.getAttribute(a)).join(' '))
    .join(' ');
  return {
    lang: document.documentElement.lang,
    title: document.title,
    h1: all('h1').filter(shown).map(e => e.innerText),
    landmarks: all('header.fr-header, main, footer.fr-footer').map(e => e.localName),
    mains: all('main').length,
    crumb: all('.fr-breadcrumb').map(e => !!e.closest('main')),
    skips: !!focusable?.closest('.fr-skiplinks') && !!target,
    twice: ids.filter((id, i) => ids.indexOf(id) !== i),
    text,
  };
}"""
_CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
    if (!e.checkVisibility() || e.closest('.fr-sr-only, svg, option, dialog:not([open])')) return 0;
    const s = getComputedStyle(e);
    if (/INPUT|SELECT|TEXTAREA/.test(e.tagName) || s.webkitLineClamp !== 'none') return 0;
    const wide = e.scrollWidth > e.clientWidth + 2 && /hidden|clip/.test(s.overflowX);
    const high = e.scrollHeight > e.clientHeight + 2 && /hidden|clip/.test(s.overflowY);
    return e.clientWidth > 1 && (wide || high);
  }).map(e => e.outerHTML.slice(0, 120))"""
_STYLED = """(css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
}"""


def settle(page: Page) -> None:
    """Wait for fonts and the next paint, and end what is on its way to another colour."""
    page.evaluate(_SETTLED)


def look(page: Page, width: int, theme: str, height: int = 800) -> None:
    """Show the page in a window of this width, in this theme."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    settle(page)


def violations(page: Page) -> list[str]:
    """The faults axe finds in what is shown now, a line each with the first node."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_RULES.axe_script)
    found: list[str] = page.evaluate(_RUN)
    return found


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider


def cut(page: Page) -> list[str]:
    """The elements whose content is hidden by their own bounds."""
    found: list[str] = page.evaluate(_CUT)
    return found


def styled(page: Page, css: str) -> None:
    """Put the reader's own style over the page's; a strict policy on content allows it."""
    page.evaluate(_STYLED, css)
    settle(page)


def frame_faults(page: Page) -> list[str]:
    """What is wrong in the frame: language, title, headings, landmarks, skip link, words."""
    seen: dict[str, Any] = page.evaluate(_FRAME)
    words = sorted(set(ENGLISH.findall(seen["text"] + " " + seen["title"])))
    checks = {
        f"lang {seen['lang']!r}": seen["lang"] == "fr",
        f"title {seen['title']!r}": "Services Publics +" in seen["title"],
        f"{len(seen['h1'])} h1: {seen['h1']}": len(seen["h1"]) == 1 and seen["h1"][0].strip(),
        f"landmarks {seen['landmarks']}": seen["landmarks"] == ["header", "main", "footer"],
        f"{seen['mains']} main": seen["mains"] == 1,
        "the trail is inside main": not any(seen["crumb"]),
        "the first stop is no skip link that leads somewhere": seen["skips"],
        f"identifiers used twice: {seen['twice']}": not seen["twice"],
        f"English words: {words}": not words,
    }
    return [fault for fault, holds in checks.items() if not holds]


def faults(page: Page) -> list[str]:
    """Everything wrong with what is shown, in the four looks."""
    found = frame_faults(page)
    for width, theme in LOOKS:
        look(page, width, theme)
        where = f"{width} {theme}"
        found += [f"{where}: {one}" for one in violations(page)]
        if wider := overflow(page):
            found.append(f"{where}: {wider} px too wide")
    return found

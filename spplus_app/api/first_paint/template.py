"""A built page, cut once where the first paint goes, and filled at each request."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TypeAlias, TypeVar

import htpy as h
from markupsafe import Markup

from ...components.ui.slot import BEGIN, END
from ...settings import settings
from ...states.reports import report
from . import pieces
from .filled import shown_in_fields
from .paint import Paint

T = TypeVar("T")

SITE = "Services Publics +"
FALLBACK = "__spa-fallback.html"
"""The built page of every address that has none of its own."""
FRAME = "experiences.html"
"""The built page whose frame (header, menu, footer) surrounds what is painted on a fallback."""
_IMAGE = "/apple-touch-icon.png"

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_META = re.compile(r'<meta content="([^"]*)" (?:name="description"|property="og:image")/>')
_DESCRIPTION = re.compile(r'<meta content="([^"]*)" name="description"/>')
_PRELOAD = re.compile(r'<link\b[^>]*\brel="(?:module)?preload"[^>]*>')
_SHELL = re.compile(r'<div class="site">.*</footer>', re.DOTALL)
_MAIN = re.compile(r"(<main\b[^>]*>).*</main>", re.DOTALL)
_TRAIL = re.compile(r'<nav aria-label="vous êtes ici[^>]*>.*?</nav>', re.DOTALL)
_ANCHOR = re.compile(r'href="/[^"#]*#')
_HERE = ' aria-current="page"'
"""What marks the entry of the menu that a page belongs to."""
_ENTRY = re.compile(r'<a\b(?=[^>]*\bfr-nav__link\b)(?=[^>]*\bhref="([^"]*)")')


class BadTemplate(ValueError):
    """A built page has not the shape that the build gives."""


@dataclass(frozen=True, slots=True)
class Template:
    """The pieces of a built page, around the end of its head and its slot."""

    title: str
    description: str
    head: str
    between: str
    after: str
    slots: tuple[tuple[str, str], ...]
    """Each slot: what it holds by itself, and what stands between it and the next."""

    def fill(self, paint: Paint, *, whole: str = "") -> bytes:
        """Return the page with this paint; ``whole`` stands where there is no slot."""
        painted = [*([paint.body] if paint.body is not None else []), *paint.more]
        # Joined and never added: what is painted would escape what stands beside it.
        body = [whole]
        for index, (waiting, following) in enumerate(self.slots):
            shown = str(h.fragment[painted[index]]) if index < len(painted) else waiting
            body += (shown, following)
        before = (
            shown_in_fields(self.between, paint.fields, paint.labels)
            if paint.fields
            else self.between
        )
        return "".join((self.head, str(self._tags(paint)), before, *body, self.after)).encode()

    def _tags(self, paint: Paint) -> h.Fragment:
        title = f"{paint.title} – {SITE}" if paint.title else self.title
        description = paint.description or self.description
        return h.fragment[
            h.title[title],
            h.meta(name="description", content=description) if description else None,
            h.meta(name="robots", content=paint.robots) if paint.robots else None,
            _links(paint, title, description) if paint.canonical else None,
            _facts(paint) if paint.facts and settings().official else None,
        ]


def _links(paint: Paint, title: str, description: str) -> list[h.VoidElement]:
    """The address of the page, and what a preview shows of it.

    Marked: the script of the site takes them away when the reader moves on without a new answer.
    """
    base = settings().public_url
    shown = {
        "og:type": paint.kind,
        "og:site_name": SITE,
        "og:locale": "fr_FR",
        "og:title": title,
        "og:description": description,
        "og:url": base + paint.canonical,
        "og:image": base + _IMAGE,
    }
    return [
        h.link(rel="canonical", href=base + paint.canonical, data_painted=""),
        *[h.meta(property=name, content=text, data_painted="") for name, text in shown.items()],
    ]


def _facts(paint: Paint) -> h.Element:
    # In a script nothing is escaped as in a text: « < » must not stand there at all.
    text = json.dumps(paint.facts, ensure_ascii=False).replace("<", "\\u003c")
    return h.script(type="application/ld+json", data_painted="")[Markup(text)]  # noqa: S704 - JSON of ours


def cut(html: str) -> Template:
    """Cut a built page; raise `BadTemplate` when it is not one."""
    head, mark, rest = html.partition("</head>")
    if not mark or "</body>" not in rest:
        raise BadTemplate("no head or no body")
    title, description = _TITLE.search(head), _DESCRIPTION.search(head)
    before, *parts = rest.split(BEGIN)
    slots: list[tuple[str, str]] = []
    after = ""
    for part in parts:
        waiting, _, after = part.partition(END)
        slots.append((waiting, after))
    if slots:  # what follows the last one is the end of the page
        slots[-1] = (slots[-1][0], "")
    else:  # a fallback is filled before the end of its body
        before, end, after = rest.rpartition("</body>")
        after = end + after
    return Template(
        title=unescape(title[1]) if title else "",
        description=unescape(description[1]) if description else "",
        head=_ordered(_META.sub("", _TITLE.sub("", head))),
        between=mark + before,
        after=after,
        slots=tuple(slots),
    )


def _ordered(head: str) -> str:
    """Return a head with what is loaded ahead of need at its end.

    A browser opens six connections, and asks in order: the stylesheet must not wait for the
    modules that take over once the page is read.
    """
    return _PRELOAD.sub("", head) + "".join(_PRELOAD.findall(head))


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the content of a page: cut at its trail and at its main part."""

    before: str
    middle: str
    after: str

    def around(self, paint: Paint) -> str:
        """Return the whole page that a fallback shows until the scripts make their own."""
        trail = pieces.breadcrumb([("Accueil", "/"), *paint.crumbs], paint.here)

        def entry(link: re.Match[str]) -> str:
            return link[0] + (_HERE if link[1] == paint.current else "")

        before = _ENTRY.sub(entry, self.before) if paint.current else self.before
        parts = (before, str(trail), self.middle, str(h.fragment[paint.body]), self.after)
        return f'<div id="first-paint">{"".join(parts)}</div>'


def frame(html: str) -> Frame:
    """Cut the frame out of a built page; raise `BadTemplate` when it has none."""
    shell = _SHELL.search(html)
    trail = _TRAIL.search(shell[0]) if shell else None
    main = _MAIN.search(shell[0]) if shell else None
    if shell is None or trail is None or main is None:
        raise BadTemplate("no frame")
    text = shell[0]
    # The links of a frame lead to places of the page they are on, which belongs where it says.
    before = _ANCHOR.sub('href="#', text[: trail.start()]).replace(_HERE, "")
    middle = text[trail.end() : main.start()] + main[1]
    return Frame(before, middle, text[main.end() - 7 :] + "</div>")


_Kept: TypeAlias = dict[str, tuple[tuple[int, int], T | None]]
"""File → when it was read (time and size), what was made of it."""


class Templates:
    """The built pages of a folder, read again when they change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages: _Kept[Template] = {}
        self._frames: _Kept[Frame] = {}

    def page(self, path: str) -> Template | None:
        """The built page of this path of the table, the fallback of an address with an id."""
        name = FALLBACK if "[" in path else f"{path.strip('/') or 'index'}.html"
        return self._read(name, self._pages, cut)

    def fallback(self) -> Template | None:
        """The built page of every address that has none of its own."""
        return self._read(FALLBACK, self._pages, cut)

    def frame(self) -> Frame | None:
        """The frame put around what is painted on a fallback."""
        return self._read(FRAME, self._frames, frame)

    def _read(self, name: str, kept: _Kept[T], made: Callable[[str], T]) -> T | None:
        path = self._folder / name
        try:
            found = path.stat()
        except OSError:
            return None
        stamp = (found.st_mtime_ns, found.st_size)
        if name not in kept or kept[name][0] != stamp:
            kept[name] = (stamp, self._made(name, path, made))
        return kept[name][1]

    @staticmethod
    def _made(name: str, path: Path, made: Callable[[str], T]) -> T | None:
        try:
            return made(path.read_text("utf-8"))
        except BadTemplate as error:
            report(logging.ERROR, "built page not understood", error=error, page=name)
            return None

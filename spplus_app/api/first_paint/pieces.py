"""Pieces of screen as plain HTML: the markup that `components/` gives to React, escaped.

A test compares the outline of each painted page with what React then shows: a class or a word
changed on one side only fails it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import htpy as h

from ...components import ui
from ...components.html import css, icon

Node = h.Node
NBSP = "\u00a0"

_RESSENTIS = {option.value: option.icon for option in ui.RESSENTIS}
_BADGE_ICONS = {"info": "info", "success": "check", "warning": "clock", "error": "error"}
_ALERT_WORDS = {
    "info": "Information",
    "success": "Succès",
    "warning": "Attention",
    "error": "Erreur",
}


def badge(label: str, kind: str = "plain") -> h.Element:
    """A word on the state of something; see `ui.badge`."""
    name = _BADGE_ICONS.get(kind)
    return h.span(class_=css("fr-badge", "" if kind == "plain" else f"fr-badge--{kind}"))[
        icon(name) if name else None, h.span[label]
    ]


def ressenti(value: str) -> h.Element:
    """A ressenti by its word and its shape; see `ui.ressenti_badge`."""
    shape = _RESSENTIS.get(value)
    if shape is None:
        return badge(value)
    return h.span(class_=f"fr-badge fr-badge--{shape}")[icon(shape), h.span[value]]


def link_button(label: str, href: str, kind: str = "", *, small: bool = False) -> h.Element:
    """A link that looks like a button; see `ui.link_button`."""
    look = css("fr-btn", kind and f"fr-btn--{kind}", "fr-btn--sm" if small else "")
    return h.a(class_=look, href=href)[h.span[label]]


def title(text: str, lead: str = "") -> h.Element:
    """The title of the page; see `ui.page_title`."""
    heading = h.h1(tabindex="-1")[text]
    if not lead:
        return heading
    return h.div(class_="page-header")[heading, h.p(class_="fr-text--lead")[lead]]


def empty(heading: str, text: str, action: h.Element) -> h.Element:
    """There is nothing, why, and what to do; see `ui.empty_state`."""
    return h.div(class_="empty")[h.p(class_="empty__title")[heading], h.p[text], action]


def absent(heading: str, text: str, words: str, href: str) -> h.Element:
    """Nothing at this address; see `pages.layout.absent`."""
    return h.div(class_="measure stack")[title(heading), h.p[text], link_button(words, href)]


def alert(kind: str, words: str, *children: Node, role: str = "", small: bool = False) -> h.Element:
    """A message; see `ui.alert`."""
    look = css(f"fr-alert fr-alert--{kind}", "fr-alert--sm" if small else "")
    return h.div(class_=look, role=role or None)[
        icon(kind, "lg"),
        h.div(class_="fr-alert__body")[
            h.p(class_="fr-alert__title")[
                h.span(class_="fr-sr-only")[f"{_ALERT_WORDS[kind]}{NBSP}: "], words
            ],
            children,
        ],
    ]


def said(words: str) -> h.Element:
    """A success after a try; see `components.forms.success`."""
    return h.spplus_errors(data_gently=words)[
        h.div(tabindex="-1")[alert("success", words, role="status")]
    ]


def breadcrumb(items: Sequence[tuple[str, str]], here: str) -> h.Element:
    """The trail that leads to the page; see `ui.breadcrumb`."""
    look = "fr-breadcrumb__link"
    return h.nav(class_="fr-breadcrumb", aria_label=f"vous êtes ici{NBSP}:")[
        h.ol(class_="fr-breadcrumb__list")[
            (h.li[h.a(class_=look, href=href)[words]] for words, href in items),
            h.li[h.a(class_=look, aria_current="page")[here]],
        ]
    ]


def paragraphs(rows: Iterable[str]) -> h.Element:
    """A text of several paragraphs; see `components.experiences.paragraphs`."""
    return h.div(class_="prose measure stack")[(h.p[row] for row in rows)]

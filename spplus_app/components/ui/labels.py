"""Small words beside others: badges of state, tags of subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from ._base import Text, css, each
from .icons import icon

BadgeKind = Literal["plain", "info", "success", "warning", "error", "new"]

_BADGE_ICON: dict[str, str] = {
    "plain": "",
    "new": "",
    "info": "info",
    "success": "check",
    "warning": "clock",
    "error": "error",
}

_RESSENTI: tuple[tuple[str, str], ...] = (
    ("Positif", "positif"),
    ("Neutre", "neutre"),
    ("Négatif", "negatif"),
)

_STATUS: tuple[tuple[str, BadgeKind], ...] = (
    ("Expérience en attente de réponse", "plain"),
    ("Expérience avec réponse", "success"),
    ("A traiter", "plain"),
    ("Traitées", "success"),
    ("En retard", "warning"),
    ("En attente de relecture", "plain"),
    ("Publiée", "success"),
    ("Refusée", "error"),
    ("Retirée", "plain"),
    ("Brouillon", "plain"),
)


def badge(label: Text, kind: BadgeKind = "plain", *, icon_name: str | None = None) -> rx.Component:
    """Make a badge: one or two words on the state of something, never a link.

    Args:
        label: the words; they say it all without the colour.
        kind: colour and default icon.
        icon_name: another icon, or "" for none.
    """
    name = _BADGE_ICON[kind] if icon_name is None else icon_name
    return rx.el.span(
        *([icon(name)] if name else []),
        rx.el.span(label),
        class_name=css("fr-badge", "" if kind == "plain" else f"fr-badge--{kind}"),
    )


def _ressenti(word: str, shape: str) -> rx.Component:
    return rx.el.span(icon(shape), rx.el.span(word), class_name=f"fr-badge fr-badge--{shape}")


def ressenti_badge(value: Text) -> rx.Component:
    """Show a ressenti by its word, its shape and its colour; another value is shown as it is."""
    if isinstance(value, rx.Var):
        cases: list[Any] = [(word, _ressenti(word, shape)) for word, shape in _RESSENTI]
        return rx.match(value, *cases, badge(value))
    shapes = dict(_RESSENTI)
    return _ressenti(value, shapes[value]) if value in shapes else badge(value)


def status_badge(value: Text, kind: BadgeKind | None = None) -> rx.Component:
    """Show the status of an experience or a task, with the colour its word calls for.

    Args:
        value: one of the words of the programme, or any other, which is shown plain.
        kind: forces the colour.
    """
    if kind is not None:
        return badge(value, kind)
    if isinstance(value, rx.Var):
        cases: list[Any] = [(word, badge(word, tone)) for word, tone in _STATUS]
        return rx.match(value, *cases, badge(value))
    return badge(value, dict(_STATUS).get(value, "plain"))


def tag(label: Text, *, href: Text = "") -> rx.Component:
    """Make a tag: a subject, or a link to what has the same subject."""
    if isinstance(href, str) and not href:
        return rx.el.span(label, class_name="fr-tag")
    return rx.el.a(label, href=href, class_name="fr-tag")


def tags(labels: Sequence[str] | rx.Var[Any], *, title: str = "Sujets") -> rx.Component:
    """List tags.

    Args:
        labels: words, or a Var of words.
        title: what the list is, for those who do not see it.
    """
    return rx.el.ul(
        each(labels, lambda label: rx.el.li(tag(label))),
        class_name="fr-tags-group",
        custom_attrs={"aria-label": title},
    )
